// What a certificate on an ID card says that is needed here, and whether to believe it. No name is kept: none is
// needed. OpenSSL stays behind this header. Source: RFC 5280; felica.md §7.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cardio/base/clock.h"
#include "cardio/base/result.h"
#include "cardio/card/card.h"

namespace kazashi::protocol {

inline constexpr std::size_t most_certificate = 8 * 1024;  // octets
inline constexpr int least_rsa_bits = 2048;
inline constexpr int most_rsa_bits = 8192;

struct HolderCertificate {
    card::Digest key_hash;  // SHA-256 of its SubjectPublicKeyInfo: stays when the certificate is renewed for one key
    base::UtcTime not_before;
    base::UtcTime not_after;
    std::size_t signature_size{};  // octets a signature of this RSA key has
    bool authority{};              // of an authority that issues others, not of a person
    bool signs_documents{};        // key usage nonRepudiation: such a key signs what its owner has read, nothing else
};
// malformed: not one DER certificate from end to end. unsupported: its key is not RSA of 2048 to 8192 bits. A key of
// another kind answers with another signature every time, and what it would be is not known yet.
base::Result<HolderCertificate> parse_certificate(base::ByteView der);

// PKCS #1 v1.5 over a SHA-256 digest. There is exactly one such signature per key and digest. bad_signature otherwise;
// the errors of parse_certificate.
base::Status verify_signature(base::ByteView certificate, const card::Digest& digest, base::ByteView signature);

// A person's certificate, valid at that time and issued by one of `issuers` (DER; the issuing authority itself, or one
// above it that needs none in between). denied: it is not. malformed: one of the bytes is no certificate.
base::Status verify_chain(base::ByteView certificate, const std::vector<base::Bytes>& issuers, base::UtcTime at);

// Of an authority that issues others' certificates. malformed otherwise.
base::Status check_issuer(base::ByteView certificate);

// One certificate as people keep it in files. malformed: not that.
base::Result<base::Bytes> certificate_from_pem(std::string_view pem);
base::Result<std::string> certificate_to_pem(base::ByteView certificate);

// SHA-256, what ID cards sign.
card::Digest sha256(base::ByteView bytes);

}  // namespace kazashi::protocol
