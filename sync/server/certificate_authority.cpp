#include "sync/server/certificate_authority.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <array>
#include <initializer_list>
#include <limits>
#include <utility>

#include "sync/server/tuning.h"

namespace kazashi::server {

namespace {

using base::Fault;
using base::Result;

struct Free {
    void operator()(BIO* bio) const { BIO_free_all(bio); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(X509_REQ* request) const { X509_REQ_free(request); }
    void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
    void operator()(BIGNUM* number) const { BN_free(number); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

base::Error failed(Fault fault, const char* what) {
    ERR_clear_error();
    return {fault, what};
}

Owned<BIO> reading(std::string_view text) {
    if (text.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return nullptr;
    return Owned<BIO>{BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))};
}

std::string_view contents(BIO* bio) {
    char* data = nullptr;
    const auto size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

Result<std::string> certificate_text(X509* certificate) {
    const Owned<BIO> bio{BIO_new(BIO_s_mem())};
    if (PEM_write_bio_X509(bio.get(), certificate) != 1) return failed(Fault::io, "cannot write a certificate");
    return std::string{contents(bio.get())};
}

Result<base::SecretBytes> key_text(EVP_PKEY* key) {
    const Owned<BIO> bio{BIO_new(BIO_s_secmem())};
    if (PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1) {
        return failed(Fault::io, "cannot write a key");
    }
    return base::SecretBytes{base::as_bytes(contents(bio.get()))};
}

Owned<EVP_PKEY> new_key() { return Owned<EVP_PKEY>{EVP_EC_gen("P-256")}; }

bool is_p256(EVP_PKEY* key) {
    std::array<char, 32> group{};
    std::size_t size = 0;
    return EVP_PKEY_is_a(key, "EC") == 1 && EVP_PKEY_get_group_name(key, group.data(), group.size(), &size) == 1 &&
           std::string_view{group.data(), size} == "prime256v1";
}

bool set_serial(X509* certificate) {
    constexpr int bits = 128;
    const Owned<BIGNUM> number{BN_new()};
    return BN_rand(number.get(), bits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1 &&
           BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool set_life(X509* certificate, model::UtcTime now, int days) {
    auto from = std::chrono::floor<std::chrono::seconds>(now - tuning::backdated).time_since_epoch().count();
    auto to = std::chrono::floor<std::chrono::seconds>(now + std::chrono::days{days}).time_since_epoch().count();
    return ASN1_TIME_set(X509_getm_notBefore(certificate), from) != nullptr &&
           ASN1_TIME_set(X509_getm_notAfter(certificate), to) != nullptr;
}

bool set_subject(X509* certificate, const std::string& common_name) {
    const auto name = base::as_bytes(common_name);
    return X509_NAME_add_entry_by_NID(X509_get_subject_name(certificate), NID_commonName, MBSTRING_UTF8, name.data(),
                                      static_cast<int>(name.size()), -1, 0) == 1;
}

bool add_extension(X509* certificate, X509* issuer, int nid, const char* value) {
    X509V3_CTX context{};
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const Owned<X509_EXTENSION> extension{X509V3_EXT_conf_nid(nullptr, &context, nid, value)};
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

struct Extension {
    int nid;
    const char* value;
};

struct Draft {
    std::string common_name;
    EVP_PKEY* key{};
    int days{};
    std::initializer_list<Extension> extensions;
};

// `issuer` null: signed by itself.
Owned<X509> make_certificate(const Draft& draft, X509* issuer, EVP_PKEY* issuer_key, model::UtcTime now) {
    Owned<X509> certificate{X509_new()};
    X509* const signer = issuer == nullptr ? certificate.get() : issuer;
    const bool filled = X509_set_version(certificate.get(), X509_VERSION_3) == 1 && set_serial(certificate.get()) &&
                        set_life(certificate.get(), now, draft.days) &&
                        set_subject(certificate.get(), draft.common_name) &&
                        X509_set_issuer_name(certificate.get(), X509_get_subject_name(signer)) == 1 &&
                        X509_set_pubkey(certificate.get(), draft.key) == 1;
    if (!filled) return nullptr;
    for (const auto& [nid, value] : draft.extensions) {
        if (!add_extension(certificate.get(), signer, nid, value)) return nullptr;
    }
    if (X509_sign(certificate.get(), issuer_key, EVP_sha256()) == 0) return nullptr;
    return certificate;
}

Result<PemPair> as_text(X509* certificate, EVP_PKEY* key) {
    KAZASHI_TRY(auto certificate_pem, certificate_text(certificate));
    KAZASHI_TRY(auto key_pem, key_text(key));
    return PemPair{std::move(certificate_pem), std::move(key_pem)};
}

}  // namespace

struct CertificateAuthority::Parts {
    Owned<X509> certificate;
    Owned<EVP_PKEY> key;

    Owned<X509> leaf(const std::string& common_name, EVP_PKEY* key_of_leaf, CertificateUse use,
                     model::UtcTime now) const {
        if (use == CertificateUse::server) {
            return make_certificate({common_name,
                                     key_of_leaf,
                                     tuning::leaf_days,
                                     {{NID_basic_constraints, "critical,CA:FALSE"},
                                      {NID_key_usage, "critical,digitalSignature"},
                                      {NID_ext_key_usage, "serverAuth"},
                                      {NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1,IP:::1"},
                                      {NID_subject_key_identifier, "hash"},
                                      {NID_authority_key_identifier, "keyid:always"}}},
                                    certificate.get(), key.get(), now);
        }
        return make_certificate({common_name,
                                 key_of_leaf,
                                 tuning::leaf_days,
                                 {{NID_basic_constraints, "critical,CA:FALSE"},
                                  {NID_key_usage, "critical,digitalSignature"},
                                  {NID_ext_key_usage, "clientAuth"},
                                  {NID_subject_key_identifier, "hash"},
                                  {NID_authority_key_identifier, "keyid:always"}}},
                                certificate.get(), key.get(), now);
    }
};

CertificateAuthority::CertificateAuthority(std::unique_ptr<Parts> parts) : parts_{std::move(parts)} {}
CertificateAuthority::CertificateAuthority(CertificateAuthority&&) noexcept = default;
CertificateAuthority::~CertificateAuthority() = default;

Result<PemPair> CertificateAuthority::create(const std::string& name, model::UtcTime now) {
    const auto key = new_key();
    if (!key) return failed(Fault::io, "cannot make a key");
    const auto certificate = make_certificate({name,
                                               key.get(),
                                               tuning::ca_days,
                                               {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
                                                {NID_key_usage, "critical,keyCertSign,cRLSign"},
                                                {NID_subject_key_identifier, "hash"}}},
                                              nullptr, key.get(), now);
    if (!certificate) return failed(Fault::io, "cannot make the authority's certificate");
    return as_text(certificate.get(), key.get());
}

Result<CertificateAuthority> CertificateAuthority::load(std::string_view certificate_pem, base::ByteView key_pem) {
    auto parts = std::make_unique<Parts>();
    const auto certificate = reading(certificate_pem);
    const auto key = reading(base::as_text(key_pem));
    parts->certificate.reset(PEM_read_bio_X509(certificate.get(), nullptr, nullptr, nullptr));
    parts->key.reset(PEM_read_bio_PrivateKey(key.get(), nullptr, nullptr, nullptr));
    if (!parts->certificate || !parts->key) return failed(Fault::corrupt, "the authority's files cannot be read");
    if (X509_check_private_key(parts->certificate.get(), parts->key.get()) != 1) {
        return failed(Fault::corrupt, "the authority's key is not its certificate's");
    }
    return CertificateAuthority{std::move(parts)};
}

Result<PemPair> CertificateAuthority::issue(const std::string& common_name, CertificateUse use,
                                            model::UtcTime now) const {
    const auto key = new_key();
    if (!key) return failed(Fault::io, "cannot make a key");
    const auto certificate = parts_->leaf(common_name, key.get(), use, now);
    if (!certificate) return failed(Fault::io, "cannot make a certificate");
    return as_text(certificate.get(), key.get());
}

Result<std::string> CertificateAuthority::sign_request(std::string_view csr_pem, const std::string& common_name,
                                                       model::UtcTime now) const {
    const auto bio = reading(csr_pem);
    if (!bio) return failed(Fault::malformed, "not a certificate request");
    const Owned<X509_REQ> request{PEM_read_bio_X509_REQ(bio.get(), nullptr, nullptr, nullptr)};
    if (!request) return failed(Fault::malformed, "not a certificate request");
    const Owned<EVP_PKEY> key{X509_REQ_get_pubkey(request.get())};
    if (!key || !is_p256(key.get())) return failed(Fault::malformed, "the request's key is not a P-256 key");
    if (X509_REQ_verify(request.get(), key.get()) != 1) {
        return failed(Fault::malformed, "the request is not signed by its own key");
    }
    // Only the key is taken from the request; name and rights are ours to give.
    const auto certificate = parts_->leaf(common_name, key.get(), CertificateUse::client, now);
    if (!certificate) return failed(Fault::io, "cannot make a certificate");
    return certificate_text(certificate.get());
}

Result<model::Hash> fingerprint(std::string_view certificate_pem) {
    const auto bio = reading(certificate_pem);
    const Owned<X509> certificate{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)};
    model::Hash hash;
    unsigned size = 0;
    if (!certificate || X509_digest(certificate.get(), EVP_sha256(), hash.bytes.data(), &size) != 1) {
        return failed(Fault::malformed, "not a certificate");
    }
    return hash;
}

}  // namespace kazashi::server
