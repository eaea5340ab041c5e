// The secret keys, each its own type: a data key cannot be passed where a store key is wanted. Table: design.md §5.
#pragma once

#include "cardio/base/secret.h"
#include "sync/model/ids.h"

namespace kazashi::vault {

template <class Tag>
struct Key {
    base::Secret<32> bytes;
    Key clone() const { return Key{bytes.clone()}; }
};

using DataKey = Key<struct DataKeyTag>;
using CardKey = Key<struct CardKeyTag>;  // card key-encryption-key, from a lock's answers; lives only during a tap
using WindowKey = Key<struct WindowKeyTag>;
using StoreKey = Key<struct StoreKeyTag>;
using SlotKey = Key<struct SlotKeyTag>;
using EmergencyKey = Key<struct EmergencyKeyTag>;  // of one epoch; opens emergency wraps and the name index
using CapsuleKey = Key<struct CapsuleKeyTag>;      // of one epoch; opens the capsules on cards
using IndexKey = Key<struct IndexKeyTag>;          // of the region: turns an IDm into a CardIndex

struct SigningPair {
    base::Secret<64> secret;
    model::VerifyKey verify;
};
struct SealingPair {
    base::Secret<32> secret;
    model::SealKey seal;
};

template <class K>
K random_key();  // any of those above
SigningPair make_signing_pair();
SealingPair make_sealing_pair();
// From a stored secret half; the public half is computed again, so the two can never disagree.
SigningPair signing_pair(base::Secret<64> secret);
SealingPair sealing_pair(base::Secret<32> secret);

// Once per process, before anything else here: libsodium's random source and CPU dispatch. Ends the program when
// there is no random source: nothing here may work without one.
void init();

}  // namespace kazashi::vault
