#include "cardio/protocol/certificate.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <cassert>
#include <memory>
#include <optional>

namespace kazashi::protocol {

namespace {

using base::Error;
using base::Fault;
using base::Result;
using base::Status;

struct Free {
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(BIO* bio) const { BIO_free_all(bio); }
    void operator()(X509_STORE* store) const { X509_STORE_free(store); }
    void operator()(X509_STORE_CTX* context) const { X509_STORE_CTX_free(context); }
    void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

// What OpenSSL puts aside about a failure is nobody's to read later.
Error failed(Fault fault, const char* what) {
    ERR_clear_error();
    return {fault, what};
}

Result<Owned<X509>> read(base::ByteView der) {
    if (der.empty() || der.size() > most_certificate) return Error{Fault::malformed, "a certificate's size"};
    const auto* at = der.data();
    Owned<X509> certificate{d2i_X509(nullptr, &at, static_cast<long>(der.size()))};
    if (!certificate || at != der.data() + der.size()) return failed(Fault::malformed, "no certificate");
    return certificate;
}

std::optional<base::UtcTime> time_of(const ASN1_TIME* time) {
    static const std::unique_ptr<ASN1_TIME, decltype(&ASN1_TIME_free)> epoch{ASN1_TIME_set(nullptr, 0),
                                                                             &ASN1_TIME_free};
    int days = 0;
    int seconds = 0;
    if (ASN1_TIME_diff(&days, &seconds, epoch.get(), time) != 1) return std::nullopt;
    return base::UtcTime{} + std::chrono::days{days} + std::chrono::seconds{seconds};
}

std::optional<card::Digest> key_hash(const X509* certificate) {
    std::uint8_t* encoded = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &encoded);
    if (size <= 0) return std::nullopt;
    const auto hash = sha256({encoded, static_cast<std::size_t>(size)});
    OPENSSL_free(encoded);
    return hash;
}

bool is_rsa_of_good_size(const EVP_PKEY* key) {
    return key != nullptr && EVP_PKEY_is_a(key, "RSA") == 1 && EVP_PKEY_get_bits(key) >= least_rsa_bits &&
           EVP_PKEY_get_bits(key) <= most_rsa_bits;
}

bool is_authority(X509* certificate) {
    // Also parses the extensions; what says it is none of the two is treated as the worse.
    const auto flags = X509_get_extension_flags(certificate);
    return X509_check_ca(certificate) != 0 || (flags & EXFLAG_INVALID) != 0;
}

}  // namespace

card::Digest sha256(base::ByteView bytes) {
    card::Digest digest;
    unsigned size = 0;
    const bool done = EVP_Digest(bytes.data(), bytes.size(), digest.bytes.data(), &size, EVP_sha256(), nullptr) == 1;
    assert(done && size == digest.bytes.size());
    static_cast<void>(done);
    return digest;
}

Result<HolderCertificate> parse_certificate(base::ByteView der) {
    KAZASHI_TRY(const auto certificate, read(der));
    const auto* key = X509_get0_pubkey(certificate.get());
    if (!is_rsa_of_good_size(key)) return failed(Fault::unsupported, "a key that is not RSA of 2048 bits or more");
    const auto hash = key_hash(certificate.get());
    const auto not_before = time_of(X509_get0_notBefore(certificate.get()));
    const auto not_after = time_of(X509_get0_notAfter(certificate.get()));
    if (!hash || !not_before || !not_after) return failed(Fault::malformed, "a certificate's key or times");
    HolderCertificate read_out;
    read_out.key_hash = *hash;
    read_out.not_before = *not_before;
    read_out.not_after = *not_after;
    read_out.signature_size = static_cast<std::size_t>(EVP_PKEY_get_size(key));
    read_out.authority = is_authority(certificate.get());
    // Without the extension the flags are all ones: then nothing says that it is for documents.
    const bool says = (X509_get_extension_flags(certificate.get()) & EXFLAG_KUSAGE) != 0;
    read_out.signs_documents = says && (X509_get_key_usage(certificate.get()) & X509v3_KU_NON_REPUDIATION) != 0;
    ERR_clear_error();
    return read_out;
}

Status verify_signature(base::ByteView certificate, const card::Digest& digest, base::ByteView signature) {
    KAZASHI_TRY(const auto read_one, read(certificate));
    auto* key = X509_get0_pubkey(read_one.get());
    if (!is_rsa_of_good_size(key)) return failed(Fault::unsupported, "a key that is not RSA of 2048 bits or more");
    const Owned<EVP_PKEY_CTX> context{EVP_PKEY_CTX_new(key, nullptr)};
    const bool fits = context && EVP_PKEY_verify_init(context.get()) == 1 &&
                      EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1 &&
                      EVP_PKEY_CTX_set_signature_md(context.get(), EVP_sha256()) == 1 &&
                      EVP_PKEY_verify(context.get(), signature.data(), signature.size(), digest.bytes.data(),
                                      digest.bytes.size()) == 1;
    if (!fits) return failed(Fault::bad_signature, "not signed by this certificate's key");
    return base::ok();
}

Status verify_chain(base::ByteView certificate, const std::vector<base::Bytes>& issuers, base::UtcTime at) {
    KAZASHI_TRY(const auto holder, read(certificate));
    if (is_authority(holder.get())) return failed(Fault::denied, "an authority's certificate");
    const Owned<X509_STORE> store{X509_STORE_new()};
    const Owned<X509_STORE_CTX> context{X509_STORE_CTX_new()};
    if (!store || !context) return failed(Fault::limit, "no memory for a chain");
    for (const auto& issuer : issuers) {
        KAZASHI_CHECK(check_issuer(issuer));
        KAZASHI_TRY(const auto trusted, read(issuer));
        if (X509_STORE_add_cert(store.get(), trusted.get()) != 1) return failed(Fault::limit, "an issuer");
    }
    if (X509_STORE_CTX_init(context.get(), store.get(), holder.get(), nullptr) != 1) {
        return failed(Fault::limit, "no memory for a chain");
    }
    // The region may name the issuing authority itself, without the root above it.
    X509_STORE_CTX_set_flags(context.get(), X509_V_FLAG_PARTIAL_CHAIN);
    X509_STORE_CTX_set_time(context.get(), 0,
                            std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count());
    if (X509_verify_cert(context.get()) != 1)
        return failed(Fault::denied, "not issued by whom the region trusts, or not valid now");
    ERR_clear_error();
    return base::ok();
}

Status check_issuer(base::ByteView certificate) {
    KAZASHI_TRY(const auto issuer, read(certificate));
    if (!is_authority(issuer.get())) return failed(Fault::malformed, "an issuer that is no authority");
    return base::ok();
}

Result<base::Bytes> certificate_from_pem(std::string_view pem) {
    constexpr std::size_t most_pem = 2 * most_certificate;
    if (pem.size() > most_pem) return Error{Fault::malformed, "a certificate's size"};
    const Owned<BIO> bio{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
    const Owned<X509> certificate{bio ? PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr) : nullptr};
    if (!certificate) return failed(Fault::malformed, "no certificate in PEM");
    base::Bytes der(static_cast<std::size_t>(std::max(0, i2d_X509(certificate.get(), nullptr))));
    auto* to = der.data();
    if (der.empty() || i2d_X509(certificate.get(), &to) <= 0) return failed(Fault::malformed, "a certificate in PEM");
    ERR_clear_error();
    return der;
}

Result<std::string> certificate_to_pem(base::ByteView certificate) {
    KAZASHI_TRY(const auto one, read(certificate));
    const Owned<BIO> bio{BIO_new(BIO_s_mem())};
    if (!bio || PEM_write_bio_X509(bio.get(), one.get()) != 1) return failed(Fault::limit, "a certificate in PEM");
    char* text = nullptr;
    const auto size = BIO_get_mem_data(bio.get(), &text);
    return std::string{text, static_cast<std::size_t>(size)};
}

}  // namespace kazashi::protocol
