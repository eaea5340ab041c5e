// Certificate authorities for invented people: the one behind My Number cards and the one behind HPKI cards, with
// RSA-2048 keys made when they are first wanted. Nothing here belongs to anybody.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "cardio/base/bytes.h"
#include "cardio/base/result.h"
#include "cardio/card/card.h"

namespace kazashi::simulator {

// A key inside an ID card. Copies share it.
class IdCardKey {
public:
    struct Parts;
    explicit IdCardKey(std::shared_ptr<const Parts> parts) : parts_{std::move(parts)} {}

    const base::Bytes& certificate() const;  // DER
    const base::Bytes& authority() const;    // DER, of whom it was issued by
    enum class Padding { by_card, by_host };
    // PKCS #1 v1.5 over a DigestInfo, or the bare operation over 256 octets. nullopt: input that does not fit.
    std::optional<base::Bytes> sign(base::ByteView input, Padding padding) const;

private:
    std::shared_ptr<const Parts> parts_;
};

class TestAuthority {
public:
    enum class Purpose { authentication, documents };  // the latter with key usage nonRepudiation
    enum class Validity { now, expired };              // five years from yesterday on, or until yesterday

    // With a folder, authority and keys stay there from one start to the next (PEM, keys readable by their owner only),
    // so whoever makes them first decides. Errors: io · malformed (what lies there) · limit (OpenSSL).
    static base::Result<TestAuthority> open(card::IdCardKind kind, const std::filesystem::path& folder);

    const base::Bytes& certificate() const;  // DER, self-signed
    std::string certificate_pem() const;
    // The same holder gets the same key again. An expired certificate is made anew each time.
    base::Result<IdCardKey> key_of(const std::string& holder, Purpose purpose, Validity validity);

private:
    struct Parts;
    explicit TestAuthority(std::shared_ptr<Parts> parts) : parts_{std::move(parts)} {}
    std::shared_ptr<Parts> parts_;
};

}  // namespace kazashi::simulator
