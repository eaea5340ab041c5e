// The keys a sign-in opens, and how they lie in the store while nobody is signed in (design §5).
#pragma once

#include "sync/store/store.h"
#include "sync/vault/keys.h"

namespace kazashi::desk {

using base::Result;
using base::Status;

struct KeyRing {
    vault::StoreKey store;
    vault::IndexKey index;
    vault::SealingPair facility;
};

// Seals index and facility key under the store key, once, at enrolment.
Status seal_key_ring(store::Store& store, const vault::StoreKey& store_key, const vault::IndexKey& index,
                     const vault::SealingPair& facility);
// corrupt: what enrolment wrote is not there, or not under this store key.
Result<KeyRing> open_key_ring(store::Store& store, vault::StoreKey store_key);

// At an unattended kiosk nobody is there to open the index key, so it also lies readable (value kiosk_index_key): with
// it a thief can tell which lock a card they hold belongs to, and nothing more. `wanted` is the policy's self_service.
Status keep_kiosk_index_key(store::Store& store, const vault::IndexKey& index, bool wanted);

// A window key as its row keeps it: under the store key, bound to its grant.
base::Bytes seal_window_key(const vault::StoreKey& store_key, const model::GrantId& grant,
                            const vault::WindowKey& window_key);
Result<vault::WindowKey> open_window_key(const vault::StoreKey& store_key, const store::WindowRow& window);

}  // namespace kazashi::desk
