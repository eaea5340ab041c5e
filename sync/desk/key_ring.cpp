#include "sync/desk/key_ring.h"

#include "sync/vault/seal.h"

namespace kazashi::desk {

namespace {

using base::Error;
using base::Fault;
namespace name = store::value_name;

base::Bytes label(std::string_view what) {
    base::Bytes about;
    base::append(about, base::as_bytes("kazashi/stored/1"));
    about.push_back(0);
    base::append(about, base::as_bytes(what));
    return about;
}

base::Bytes window_label(const model::GrantId& grant) {
    auto about = label("window_key");
    about.push_back(0);
    base::append(about, grant.view());
    return about;
}

Result<base::Secret<32>> to_secret(base::ByteView bytes) {
    if (bytes.size() != 32) return Error{Fault::corrupt, "stored key has another length"};
    return base::Secret<32>{bytes.first<32>()};
}

Result<base::Secret<32>> open_value(store::Store& store, const vault::StoreKey& store_key, const char* what) {
    KAZASHI_TRY(const auto sealed, store.value(what));
    if (!sealed) return Error{Fault::corrupt, std::string{what} + " is not in the store"};
    const auto plain = vault::open(store_key.bytes, label(what), *sealed);
    if (!plain) return Error{Fault::corrupt, std::string{what} + " does not open"};
    return to_secret(plain->view());
}

Status put_value(store::Store& store, const vault::StoreKey& store_key, const char* what, base::ByteView plain) {
    return store.put_value(what, vault::seal(store_key.bytes, label(what), plain));
}

}  // namespace

Status seal_key_ring(store::Store& store, const vault::StoreKey& store_key, const vault::IndexKey& index,
                     const vault::SealingPair& facility) {
    KAZASHI_CHECK(put_value(store, store_key, name::index_key, index.bytes.view()));
    KAZASHI_CHECK(put_value(store, store_key, name::facility_key, facility.secret.view()));
    return store.put_value(name::facility_seal, facility.seal.view());
}

Result<KeyRing> open_key_ring(store::Store& store, vault::StoreKey store_key) {
    KAZASHI_TRY(auto index, open_value(store, store_key, name::index_key));
    KAZASHI_TRY(auto facility, open_value(store, store_key, name::facility_key));
    return KeyRing{std::move(store_key), vault::IndexKey{std::move(index)}, vault::sealing_pair(std::move(facility))};
}

Status keep_kiosk_index_key(store::Store& store, const vault::IndexKey& index, bool wanted) {
    KAZASHI_TRY(const auto kept, store.value(name::kiosk_index_key));
    const bool here = kept && !kept->empty();
    if (here == wanted) return base::ok();
    return store.put_value(name::kiosk_index_key, wanted ? index.bytes.view() : base::ByteView{});
}

base::Bytes seal_window_key(const vault::StoreKey& store_key, const model::GrantId& grant,
                            const vault::WindowKey& window_key) {
    return vault::seal(store_key.bytes, window_label(grant), window_key.bytes.view());
}

Result<vault::WindowKey> open_window_key(const vault::StoreKey& store_key, const store::WindowRow& window) {
    KAZASHI_TRY(const auto plain,
                vault::open(store_key.bytes, window_label(window.grant.id), window.sealed_window_key));
    KAZASHI_TRY(auto key, to_secret(plain.view()));
    return vault::WindowKey{std::move(key)};
}

}  // namespace kazashi::desk
