#include "sync/vault/lock.h"

#include <sodium.h>

#include <algorithm>

#include "sync/vault/hasher.h"

namespace kazashi::vault {

namespace {

constexpr std::string_view card_wrap_label = "kazashi/wrap/card/1";
constexpr std::string_view window_wrap_label = "kazashi/wrap/window/1";
constexpr std::string_view emergency_wrap_label = "kazashi/wrap/emergency/1";
constexpr std::string_view facility_wrap_label = "kazashi/wrap/facility/1";

void append_number(Bytes& to, std::int64_t value) {
    const auto number = static_cast<std::uint64_t>(value);
    for (unsigned shift = 64; shift > 0; shift -= 8) {
        to.push_back(static_cast<std::uint8_t>(number >> (shift - 8) & 0xffU));
    }
}

Bytes names_header(const model::NamePage& page) {
    static constexpr std::string_view label = "kazashi/names/1";
    Bytes header{label.begin(), label.end()};
    header.push_back(0);
    append_number(header, page.epoch);
    append_number(header, page.page);
    append_number(header, page.version);
    return header;
}

model::Hash epoch_hash(std::int64_t epoch) {
    Bytes number;
    append_number(number, epoch);
    return hash("kazashi/emergency-key/1", number);
}

// A wrap of one kind never opens as a wrap of another, even under the same 32 bytes.
Bytes wrap_header(std::string_view label, const model::PackageId& id) {
    Bytes about{label.begin(), label.end()};
    about.push_back(0);
    base::append(about, package_header(id));
    return about;
}

Result<DataKey> to_data_key(ByteView bytes) {
    if (bytes.size() != 32) return base::Error{base::Fault::wrong_key, "wrap does not hold a data key"};
    return DataKey{base::Secret<32>{bytes.first<32>()}};
}

Result<DataKey> open_wrap(const base::Secret<32>& key, std::string_view label, const model::PackageId& id,
                          ByteView sealed) {
    KAZASHI_TRY(const auto plain, open(key, wrap_header(label, id), sealed));
    return to_data_key(plain.view());
}

}  // namespace

CardKey card_key(const card::Idm& idm, const card::Challenge& first, const card::Proof& first_answer,
                 const card::Challenge& second, const card::Proof& second_answer) {
    CardKey key;
    Hasher{"kazashi/lock/1", 32}
        .add(idm.view())
        .add(first.view())
        .add(first_answer.view())
        .add(second.view())
        .add(second_answer.view())
        .finish(key.bytes.data());
    return key;
}

model::CardIndex card_index(const IndexKey& key, const card::Idm& idm) {
    model::CardIndex index;
    Hasher{"kazashi/card-index/1", model::CardIndex::size, key.bytes.view()}.add(idm.view()).finish(index.bytes.data());
    return index;
}

model::HolderIndex holder_index(const IndexKey& key, const card::Digest& key_hash) {
    model::HolderIndex index;
    Hasher{"kazashi/holder-index/1", model::HolderIndex::size, key.bytes.view()}
        .add(key_hash.view())
        .finish(index.bytes.data());
    return index;
}

model::HolderIndex number_index(const IndexKey& key, std::string_view number) {
    model::HolderIndex index;
    Hasher{"kazashi/number-index/1", model::HolderIndex::size, key.bytes.view()}
        .add(base::as_bytes(number))
        .finish(index.bytes.data());
    return index;
}

card::Challenge grant_challenge(ByteView encoded_grant) {
    card::Challenge challenge;
    Hasher{"kazashi/grant/1", card::Challenge::size}.add(encoded_grant).finish(challenge.bytes.data());
    return challenge;
}

card::Challenge withdrawal_challenge(ByteView encoded_withdrawal) {
    card::Challenge challenge;
    Hasher{"kazashi/withdrawal/1", card::Challenge::size}.add(encoded_withdrawal).finish(challenge.bytes.data());
    return challenge;
}

Bytes package_header(const model::PackageId& id) {
    static constexpr std::string_view label = "kazashi/package/1";
    Bytes header{label.begin(), label.end()};
    header.push_back(0);
    base::append(header, id.patient.view());
    header.push_back(static_cast<std::uint8_t>(id.section));
    append_number(header, id.version);
    return header;
}

Bytes seal_package(const DataKey& key, const model::PackageId& id, ByteView compressed) {
    return seal(key.bytes, package_header(id), compressed);
}

Result<base::SecretBytes> open_package(const DataKey& key, const model::Package& package) {
    return open(key.bytes, package_header(package.id), package.sealed);
}

Bytes wrap(const CardKey& key, const model::PackageId& id, const DataKey& data_key) {
    return seal(key.bytes, wrap_header(card_wrap_label, id), data_key.bytes.view());
}

Bytes wrap(const WindowKey& key, const model::PackageId& id, const DataKey& data_key) {
    return seal(key.bytes, wrap_header(window_wrap_label, id), data_key.bytes.view());
}

Result<DataKey> unwrap(const CardKey& key, const model::PackageId& id, ByteView sealed) {
    return open_wrap(key.bytes, card_wrap_label, id, sealed);
}

Result<DataKey> unwrap(const WindowKey& key, const model::PackageId& id, ByteView sealed) {
    return open_wrap(key.bytes, window_wrap_label, id, sealed);
}

Bytes wrap(const EmergencyKey& key, const model::PackageId& id, const DataKey& data_key) {
    return seal(key.bytes, wrap_header(emergency_wrap_label, id), data_key.bytes.view());
}

Result<DataKey> unwrap(const EmergencyKey& key, const model::PackageId& id, ByteView sealed) {
    return open_wrap(key.bytes, emergency_wrap_label, id, sealed);
}

Bytes seal_emergency_key(const model::SealKey& terminal, std::int64_t epoch, const EmergencyKey& key) {
    const auto about = epoch_hash(epoch);
    base::SecretBytes plain{about.bytes.size() + 32};
    std::copy(about.bytes.begin(), about.bytes.end(), plain.data());
    std::copy_n(key.bytes.data(), 32, plain.data() + about.bytes.size());
    return seal_to(terminal, plain.view());
}

Result<EmergencyKey> open_emergency_key(const SealingPair& terminal, const model::EmergencyKeyWrap& wrap) {
    KAZASHI_TRY(const auto plain, open_with(terminal, wrap.sealed));
    const auto about = epoch_hash(wrap.epoch);
    if (plain.size() != about.bytes.size() + 32 ||
        sodium_memcmp(plain.view().data(), about.bytes.data(), about.bytes.size()) != 0) {
        return base::Error{base::Fault::wrong_key, "emergency key of another epoch"};
    }
    return EmergencyKey{base::Secret<32>{plain.view().subspan(about.bytes.size()).first<32>()}};
}

Bytes seal_names(const EmergencyKey& key, const model::NamePage& about, ByteView compressed) {
    return seal(key.bytes, names_header(about), compressed);
}

Result<base::SecretBytes> open_names(const EmergencyKey& key, const model::NamePage& page) {
    return open(key.bytes, names_header(page), page.sealed);
}

// A sealed box has no associated data, so what the wrap is for travels inside it: hash of the header ‖ data key.
Bytes wrap_for_terminal(const model::SealKey& terminal, const model::PackageId& id, const DataKey& data_key) {
    const auto about = hash(facility_wrap_label, package_header(id));
    base::SecretBytes plain{about.bytes.size() + 32};
    std::copy(about.bytes.begin(), about.bytes.end(), plain.data());
    std::copy_n(data_key.bytes.data(), 32, plain.data() + about.bytes.size());
    return seal_to(terminal, plain.view());
}

Result<DataKey> unwrap_facility(const SealingPair& terminal, const model::PackageId& id, ByteView sealed) {
    KAZASHI_TRY(const auto plain, open_with(terminal, sealed));
    const auto about = hash(facility_wrap_label, package_header(id));
    if (plain.size() != about.bytes.size() + 32 ||
        sodium_memcmp(plain.view().data(), about.bytes.data(), about.bytes.size()) != 0) {
        return base::Error{base::Fault::wrong_key, "wrap of another package"};
    }
    return to_data_key(plain.view().subspan(about.bytes.size()));
}

}  // namespace kazashi::vault
