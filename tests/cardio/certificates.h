// Authorities and holders of ID cards, made by OpenSSL in the test. Keys are made once per test program: they take
// time.
#pragma once

#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <chrono>
#include <map>
#include <memory>
#include <string>

#include "cardio/card/card.h"
#include "cardio/protocol/iso7816.h"
#include "tests/catch.h"

namespace kazashi::test {

struct FreeOpenssl {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
    void operator()(X509* certificate) const { X509_free(certificate); }
};
using OwnedKey = std::unique_ptr<EVP_PKEY, FreeOpenssl>;

// The same key for the same word, for as long as the program runs.
inline EVP_PKEY* rsa_key(const std::string& word, unsigned bits = 2048) {
    static std::map<std::string, OwnedKey> keys;
    auto& key = keys[word + "/" + std::to_string(bits)];
    if (!key) key.reset(EVP_RSA_gen(bits));
    REQUIRE(key);
    return key.get();
}
inline EVP_PKEY* ec_key() {
    static const OwnedKey key{EVP_EC_gen("P-256")};
    return key.get();
}

struct CertificateWish {
    std::string name{"nobody"};
    bool authority{false};
    std::string usage{"critical,digitalSignature"};  // empty: the extension is left out
    base::UtcTime not_before{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};
    base::UtcTime not_after{std::chrono::sys_days{std::chrono::year{2031} / 1 / 1}};
};

inline void extend(X509* certificate, int nid, const std::string& value) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str());
    REQUIRE(extension != nullptr);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

inline std::time_t seconds(base::UtcTime time) {
    return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

inline base::Bytes make_certificate(EVP_PKEY* key, EVP_PKEY* issuer_key, const std::string& issuer,
                                    const CertificateWish& wish) {
    const std::unique_ptr<X509, FreeOpenssl> certificate{X509_new()};
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 4711);
    ASN1_TIME_set(X509_getm_notBefore(certificate.get()), seconds(wish.not_before));
    ASN1_TIME_set(X509_getm_notAfter(certificate.get()), seconds(wish.not_after));
    const auto named = [](X509_NAME* name, const std::string& word) {
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(word.data()),
                                   static_cast<int>(word.size()), -1, 0);
    };
    named(X509_get_subject_name(certificate.get()), wish.name);
    named(X509_get_issuer_name(certificate.get()), issuer);
    X509_set_pubkey(certificate.get(), key);
    if (wish.authority) extend(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    const auto usage = wish.authority ? std::string{"critical,keyCertSign,cRLSign"} : wish.usage;
    if (!usage.empty()) extend(certificate.get(), NID_key_usage, usage);
    REQUIRE(X509_sign(certificate.get(), issuer_key, EVP_sha256()) > 0);
    base::Bytes der(static_cast<std::size_t>(i2d_X509(certificate.get(), nullptr)));
    auto* to = der.data();
    i2d_X509(certificate.get(), &to);
    return der;
}

// An authority, itself its own issuer.
inline base::Bytes authority_certificate(const std::string& name = "authority") {
    CertificateWish wish;
    wish.name = name;
    wish.authority = true;
    return make_certificate(rsa_key(name), rsa_key(name), name, wish);
}
// A holder's certificate from it.
inline base::Bytes holder_certificate(const CertificateWish& wish = {}, const std::string& authority = "authority") {
    return make_certificate(rsa_key(wish.name), rsa_key(authority), authority, wish);
}

// The private key's operation on `padded`, which has the key's size: what an HPKI card does.
inline base::Bytes raw_sign(EVP_PKEY* key, base::ByteView padded) {
    const std::unique_ptr<EVP_PKEY_CTX, FreeOpenssl> context{EVP_PKEY_CTX_new(key, nullptr)};
    REQUIRE(EVP_PKEY_sign_init(context.get()) == 1);
    REQUIRE(EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_NO_PADDING) == 1);
    std::size_t size = static_cast<std::size_t>(EVP_PKEY_get_size(key));
    base::Bytes signature(size);
    if (EVP_PKEY_sign(context.get(), signature.data(), &size, padded.data(), padded.size()) != 1) return {};
    return signature;
}
// With the padding of PKCS #1 v1.5: what a JPKI card does with a DigestInfo.
inline base::Bytes sign_digest(EVP_PKEY* key, const card::Digest& digest) {
    return raw_sign(key, protocol::padded_digest_info(digest.view(), static_cast<std::size_t>(EVP_PKEY_get_size(key))));
}

}  // namespace kazashi::test
