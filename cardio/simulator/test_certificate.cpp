#include "cardio/simulator/test_certificate.h"

#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>

#include "cardio/protocol/tlv.h"

namespace kazashi::simulator {

namespace {

using base::Error;
using base::Fault;
using base::Result;
using Bio = std::unique_ptr<BIO, Deleter<BIO_free_all>>;
using Extension = std::unique_ptr<X509_EXTENSION, Deleter<X509_EXTENSION_free>>;

constexpr int rsa_bits = 2048;
constexpr long day = 24L * 60 * 60;

Error no_openssl() { return {Fault::limit, "OpenSSL"}; }

// ---- extensions

bool add(X509* to, X509* issuer, int nid, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, to, nullptr, nullptr, 0);
    const Extension extension{X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str())};
    return extension && X509_add_ext(to, extension.get(), -1) == 1;
}

base::Bytes der(std::uint8_t tag, base::ByteView value) {
    base::Bytes out;
    protocol::append_tlv(out, tag, value);
    return out;
}
base::Bytes join(base::Bytes first, const base::Bytes& second) {
    base::append(first, second);
    return first;
}

// SubjectDirectoryAttributes { hcRole (1.0.17090.0.1) { { { [0] { [0] coding scheme, [2] "Medical Doctor" } } } } }.
base::Bytes healthcare_role() {
    constexpr std::array<std::uint8_t, 6> hc_role{0x28, 0x81, 0x85, 0x42, 0x00, 0x01};
    // 1.2.392.100495.1.6.1.1, the profession's own list.
    constexpr std::array<std::uint8_t, 10> scheme{0x2A, 0x83, 0x08, 0x86, 0x91, 0x0F, 0x01, 0x06, 0x01, 0x01};
    const auto coded = join(der(0x80, scheme), der(0x82, base::as_bytes("Medical Doctor")));
    const auto actor = der(0x30, der(0xA0, coded));
    const auto attribute = join(der(0x06, hc_role), der(0x31, der(0x31, actor)));
    return der(0x30, der(0x30, attribute));
}

bool add_role(X509* to, X509* issuer) {
    const auto value = "DER:" + base::to_hex(healthcare_role());
    return add(to, issuer, NID_subject_directory_attributes, value);
}

// ---- making

struct Subject {
    std::string name;
    long from{-day};  // seconds from now
    long until{5 * 365 * day};
};

Certificate begin_certificate(EVP_PKEY* key, const Subject& subject) {
    Certificate out{X509_new()};
    std::uint64_t serial = 0;
    if (!out || X509_set_version(out.get(), X509_VERSION_3) != 1) return nullptr;
    if (RAND_bytes(reinterpret_cast<unsigned char*>(&serial), 7) != 1) return nullptr;
    auto* name = X509_get_subject_name(out.get());
    const auto* common = reinterpret_cast<const unsigned char*>(subject.name.c_str());
    const bool good = ASN1_INTEGER_set_uint64(X509_get_serialNumber(out.get()), serial | 1U) == 1 &&
                      X509_gmtime_adj(X509_getm_notBefore(out.get()), subject.from) != nullptr &&
                      X509_gmtime_adj(X509_getm_notAfter(out.get()), subject.until) != nullptr &&
                      X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, common, -1, -1, 0) == 1 &&
                      X509_set_pubkey(out.get(), key) == 1;
    return good ? std::move(out) : nullptr;
}

bool end_certificate(X509* certificate, X509* issuer, EVP_PKEY* key) {
    return X509_set_issuer_name(certificate, X509_get_subject_name(issuer)) == 1 &&
           X509_sign(certificate, key, EVP_sha256()) > 0;
}

}  // namespace

base::Result<KeyPair> make_authority(const std::string& name) {
    KeyPair pair{Key{EVP_RSA_gen(rsa_bits)}, {}};
    if (!pair.key) return no_openssl();
    pair.certificate = begin_certificate(pair.key.get(), {name, -30 * day, 20 * 365 * day});
    auto* own = pair.certificate.get();
    const bool made = own && add(own, own, NID_basic_constraints, "critical,CA:TRUE") &&
                      add(own, own, NID_key_usage, "critical,keyCertSign,cRLSign") &&
                      add(own, own, NID_subject_key_identifier, "hash") && end_certificate(own, own, pair.key.get());
    return made ? Result<KeyPair>{std::move(pair)} : no_openssl();
}

base::Result<KeyPair> make_holder(const Holder& holder, const KeyPair& issuer) {
    KeyPair pair{Key{EVP_RSA_gen(rsa_bits)}, {}};
    if (!pair.key) return no_openssl();
    const bool expired = holder.validity == TestAuthority::Validity::expired;
    const bool documents = holder.purpose == TestAuthority::Purpose::documents;
    const Subject subject{holder.name, expired ? -20 * day : -day, expired ? -day : 5 * 365 * day};
    pair.certificate = begin_certificate(pair.key.get(), subject);
    auto* own = pair.certificate.get();
    auto* by = issuer.certificate.get();
    const auto* const usage = documents ? "critical,nonRepudiation" : "critical,digitalSignature";
    const bool made = own && add(own, by, NID_basic_constraints, "critical,CA:FALSE") &&
                      add(own, by, NID_key_usage, usage) && (!holder.healthcare_role || add_role(own, by)) &&
                      add(own, by, NID_authority_key_identifier, "keyid:always") &&
                      end_certificate(own, by, issuer.key.get());
    return made ? Result<KeyPair>{std::move(pair)} : no_openssl();
}

base::Bytes to_der(const X509* certificate) {
    base::Bytes out(static_cast<std::size_t>(std::max(0, i2d_X509(certificate, nullptr))));
    auto* at = out.data();
    i2d_X509(certificate, &at);
    return out;
}

std::string to_pem(X509* certificate) {
    const Bio bio{BIO_new(BIO_s_mem())};
    if (!bio || PEM_write_bio_X509(bio.get(), certificate) != 1) return {};
    char* data = nullptr;
    const auto size = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

}  // namespace kazashi::simulator
