#include "sync/vault/capsule.h"

#include <sodium.h>

#include <algorithm>
#include <cassert>
#include <string>

#include "sync/vault/hasher.h"

namespace kazashi::vault {

namespace {

using base::Error;
using base::Fault;

constexpr std::uint8_t version = 1;
constexpr std::size_t header_size = 12;
constexpr std::size_t salt_at = 8;
constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t sealed_size = capsule_facts_size + tag_size;
constexpr std::size_t capsule_size = std::tuple_size_v<CapsulePads> * card::Block::size;
static_assert(header_size + sealed_size + model::Signature::size == capsule_size);

using Octets = std::array<std::uint8_t, capsule_size>;

CapsulePads to_pads(const Octets& octets) {
    CapsulePads pads;
    auto from = octets.begin();
    for (auto& pad : pads) {
        std::copy_n(from, card::Block::size, pad.bytes.begin());
        from += card::Block::size;
    }
    return pads;
}

Octets to_octets(const CapsulePads& pads) {
    Octets octets;
    auto to = octets.begin();
    for (const auto& pad : pads) to = std::copy(pad.bytes.begin(), pad.bytes.end(), to);
    return octets;
}

void put_number(std::uint8_t* to, std::int64_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i)
        to[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> (size - 1 - i) * 8 & 0xffU);
}
std::int64_t number(ByteView bytes) {
    std::int64_t value = 0;
    for (const auto octet : bytes) value = value << 8 | octet;
    return value;
}

ByteView header_of(const Octets& octets) { return ByteView{octets}.first(header_size); }
ByteView sealed_of(const Octets& octets) { return ByteView{octets}.subspan(header_size, sealed_size); }

// Associated data; with the ciphertext behind it, what is signed.
Bytes header_and_idm(const Octets& octets, const card::Idm& idm) {
    Bytes about;
    base::append(about, header_of(octets));
    base::append(about, idm.view());
    return about;
}
Bytes signed_part(const Octets& octets, const card::Idm& idm) {
    auto part = header_and_idm(octets, idm);
    base::append(part, sealed_of(octets));
    return part;
}

std::array<std::uint8_t, nonce_size> nonce_of(ByteView header_and_idm) {
    std::array<std::uint8_t, nonce_size> nonce;
    Hasher{"kazashi/capsule/nonce/1", nonce_size}.add(header_and_idm).finish(nonce.data());
    return nonce;
}

constexpr std::string_view signature_label = "kazashi/capsule/1";

model::Hash key_header(std::int64_t epoch) {
    std::array<std::uint8_t, 8> octets;
    put_number(octets.data(), epoch, octets.size());
    return hash("kazashi/capsule-key/1", octets);
}

bool all(ByteView bytes, std::uint8_t value) {
    return std::all_of(bytes.begin(), bytes.end(), [&](std::uint8_t octet) { return octet == value; });
}

}  // namespace

CapsulePads seal_capsule(const CapsuleEpochKey& key, std::int64_t serial, const card::Idm& idm, ByteView facts,
                         const SigningPair& region) {
    assert(facts.size() == capsule_facts_size);
    assert(key.epoch > 0 && key.epoch <= most_capsule_epochs && serial > 0 && serial <= most_capsule_serials);
    Octets octets{'K', 'C', version};
    put_number(octets.data() + 3, key.epoch, 2);
    put_number(octets.data() + 5, serial, 3);
    random_bytes(octets.data() + salt_at, header_size - salt_at);
    const auto about = header_and_idm(octets, idm);
    const auto nonce = nonce_of(about);
    crypto_aead_xchacha20poly1305_ietf_encrypt(octets.data() + header_size, nullptr, facts.data(), facts.size(),
                                               about.data(), about.size(), nullptr, nonce.data(), key.key.bytes.data());
    const auto signature = sign(region, signature_label, signed_part(octets, idm));
    std::copy(signature.bytes.begin(), signature.bytes.end(), octets.begin() + header_size + sealed_size);
    return to_pads(octets);
}

Result<CapsuleHeader> capsule_header(const CapsulePads& pads) {
    const auto octets = to_octets(pads);
    if (all(octets, 0x00) || all(octets, 0xff)) return Error{Fault::not_found, "no capsule on this card"};
    if (octets[0] != 'K' || octets[1] != 'C' || octets[2] == 0) return Error{Fault::malformed, "not a capsule"};
    if (octets[2] > version) return Error{Fault::unsupported, "a capsule of a newer version"};
    const CapsuleHeader header{number(ByteView{octets}.subspan(3, 2)), number(ByteView{octets}.subspan(5, 3))};
    if (header.epoch == 0 || header.serial == 0) return Error{Fault::malformed, "not a capsule"};
    return header;
}

Result<CapsuleHeader> verify_capsule(const model::VerifyKey& region, const card::Idm& idm, const CapsulePads& pads) {
    KAZASHI_TRY(const auto header, capsule_header(pads));
    const auto octets = to_octets(pads);
    model::Signature signature;
    std::copy_n(octets.begin() + header_size + sealed_size, model::Signature::size, signature.bytes.begin());
    if (!verify(region, signature_label, signed_part(octets, idm), signature))
        return Error{Fault::bad_signature, "not what the region made for this card"};
    return header;
}

Result<OpenedCapsule> open_capsule(const std::vector<CapsuleEpochKey>& keys, const model::VerifyKey& region,
                                   const card::Idm& idm, const CapsulePads& pads) {
    KAZASHI_TRY(const auto header, verify_capsule(region, idm, pads));
    const auto key =
        std::find_if(keys.begin(), keys.end(), [&](const auto& candidate) { return candidate.epoch == header.epoch; });
    if (key == keys.end()) return Error{Fault::denied, "capsule_epoch " + std::to_string(header.epoch)};
    const auto octets = to_octets(pads);
    const auto about = header_and_idm(octets, idm);
    const auto nonce = nonce_of(about);
    OpenedCapsule opened{header, base::SecretBytes{capsule_facts_size}};
    const auto sealed = sealed_of(octets);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(opened.facts.data(), nullptr, nullptr, sealed.data(), sealed.size(),
                                                   about.data(), about.size(), nonce.data(),
                                                   key->key.bytes.data()) != 0) {
        return Error{Fault::wrong_key, "the key of this epoch does not open it"};
    }
    return opened;
}

Bytes seal_capsule_key(const model::SealKey& to, const CapsuleEpochKey& key) {
    const auto about = key_header(key.epoch);
    base::SecretBytes plain{about.bytes.size() + 32};
    std::copy(about.bytes.begin(), about.bytes.end(), plain.data());
    std::copy_n(key.key.bytes.data(), 32, plain.data() + about.bytes.size());
    return seal_to(to, plain.view());
}

Result<CapsuleEpochKey> open_capsule_key(const SealingPair& own, const model::CapsuleKeyWrap& wrap) {
    KAZASHI_TRY(const auto plain, open_with(own, wrap.sealed));
    const auto about = key_header(wrap.epoch);
    if (plain.size() != about.bytes.size() + 32 ||
        sodium_memcmp(plain.view().data(), about.bytes.data(), about.bytes.size()) != 0) {
        return Error{Fault::wrong_key, "capsule key of another epoch"};
    }
    return CapsuleEpochKey{wrap.epoch,
                           CapsuleKey{base::Secret<32>{plain.view().subspan(about.bytes.size()).first<32>()}}};
}

}  // namespace kazashi::vault
