#include "cardio/simulator/test_authority.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <map>

#include "cardio/protocol/tlv.h"
#include "cardio/simulator/file_descriptor.h"

namespace kazashi::simulator {

namespace {

using base::Error;
using base::Fault;
using base::Result;
namespace fs = std::filesystem;

template <auto Function>
struct Deleter {
    template <class T>
    void operator()(T* object) const {
        Function(object);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using Context = std::unique_ptr<EVP_PKEY_CTX, Deleter<EVP_PKEY_CTX_free>>;
using Certificate = std::unique_ptr<X509, Deleter<X509_free>>;
using Bio = std::unique_ptr<BIO, Deleter<BIO_free_all>>;
using Extension = std::unique_ptr<X509_EXTENSION, Deleter<X509_EXTENSION_free>>;

constexpr int rsa_bits = 2048;
constexpr long day = 24L * 60 * 60;

Error no_openssl() { return {Fault::limit, "OpenSSL"}; }

const char* folder_name(card::IdCardKind kind) { return kind == card::IdCardKind::hpki ? "hpki" : "my_number"; }

base::Bytes to_der(const X509* certificate) {
    base::Bytes out(static_cast<std::size_t>(std::max(0, i2d_X509(certificate, nullptr))));
    auto* at = out.data();
    i2d_X509(certificate, &at);
    return out;
}

std::string text_of(BIO* bio) {
    char* data = nullptr;
    const auto size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

std::string to_pem(X509* certificate) {
    const Bio bio{BIO_new(BIO_s_mem())};
    return bio && PEM_write_bio_X509(bio.get(), certificate) == 1 ? text_of(bio.get()) : std::string{};
}

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

// ---- files

Result<std::string> read_file(const fs::path& path) {
    Bio in{BIO_new_file(path.c_str(), "r")};
    if (!in) return Error{Fault::not_found, "a file of the test authority"};
    std::array<char, 16384> text{};
    const int size = BIO_read(in.get(), text.data(), static_cast<int>(text.size()));
    return std::string{text.data(), static_cast<std::size_t>(std::max(0, size))};
}

base::Status write_file(const fs::path& path, const std::string& text) {
    const FileDescriptor file{::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
    if (!file || ::write(file.get(), text.data(), text.size()) != static_cast<::ssize_t>(text.size()))
        return Error{Fault::io, "a file of the test authority"};
    return base::ok();
}

struct Pair {
    Key key;
    Certificate certificate;
};

Result<Pair> read_pair(const fs::path& stem) {
    KAZASHI_TRY(const auto key_text, read_file(stem.string() + ".key"));
    KAZASHI_TRY(const auto certificate_text, read_file(stem.string() + ".crt"));
    const Bio keys{BIO_new_mem_buf(key_text.data(), static_cast<int>(key_text.size()))};
    const Bio certificates{BIO_new_mem_buf(certificate_text.data(), static_cast<int>(certificate_text.size()))};
    Pair pair{Key{PEM_read_bio_PrivateKey(keys.get(), nullptr, nullptr, nullptr)},
              Certificate{PEM_read_bio_X509(certificates.get(), nullptr, nullptr, nullptr)}};
    if (!pair.key || !pair.certificate) return Error{Fault::malformed, "a file of the test authority"};
    return pair;
}

base::Status write_pair(const fs::path& stem, const Pair& pair) {
    const Bio keys{BIO_new(BIO_s_mem())};
    if (!keys || PEM_write_bio_PrivateKey(keys.get(), pair.key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return no_openssl();
    KAZASHI_CHECK(write_file(stem.string() + ".key", text_of(keys.get())));
    return write_file(stem.string() + ".crt", to_pem(pair.certificate.get()));
}

// What lies there, or what `make` makes and, if there is a folder, leaves there.
template <class Make>
Result<Pair> find_or_make(const fs::path& folder, const std::string& name, Make make) {
    if (folder.empty()) return make();
    auto there = read_pair(folder / name);
    if (there || there.fault() != Fault::not_found) return there;
    std::error_code error;
    fs::create_directories(folder, error);
    KAZASHI_TRY(auto made, make());
    KAZASHI_CHECK(write_pair(folder / name, made));
    return made;
}

}  // namespace

struct IdCardKey::Parts {
    Key key;
    base::Bytes certificate;
    base::Bytes authority;
};

const base::Bytes& IdCardKey::certificate() const { return parts_->certificate; }
const base::Bytes& IdCardKey::authority() const { return parts_->authority; }

std::optional<base::Bytes> IdCardKey::sign(base::ByteView input, Padding padding) const {
    const int kind = padding == Padding::by_card ? RSA_PKCS1_PADDING : RSA_NO_PADDING;
    const Context context{EVP_PKEY_CTX_new(parts_->key.get(), nullptr)};
    base::Bytes out(static_cast<std::size_t>(EVP_PKEY_get_size(parts_->key.get())));
    auto size = out.size();
    const bool done = context && EVP_PKEY_sign_init(context.get()) == 1 &&
                      EVP_PKEY_CTX_set_rsa_padding(context.get(), kind) == 1 &&
                      EVP_PKEY_sign(context.get(), out.data(), &size, input.data(), input.size()) == 1;
    if (!done) return std::nullopt;
    return out;
}

struct TestAuthority::Parts {
    card::IdCardKind kind{};
    fs::path folder;
    Pair own;
    base::Bytes certificate;
    std::map<std::string, IdCardKey> keys;
};

Result<TestAuthority> TestAuthority::open(card::IdCardKind kind, const fs::path& folder) {
    auto parts = std::make_shared<Parts>();
    parts->kind = kind;
    parts->folder = folder.empty() ? folder : folder / folder_name(kind);
    KAZASHI_TRY(parts->own, find_or_make(parts->folder, "authority", [kind]() -> Result<Pair> {
                    Pair pair{Key{EVP_RSA_gen(rsa_bits)}, {}};
                    if (!pair.key) return no_openssl();
                    const Subject subject{std::string{"Kazashi test authority "} + folder_name(kind), -30 * day,
                                          20 * 365 * day};
                    pair.certificate = begin_certificate(pair.key.get(), subject);
                    auto* own = pair.certificate.get();
                    const bool made = own && add(own, own, NID_basic_constraints, "critical,CA:TRUE") &&
                                      add(own, own, NID_key_usage, "critical,keyCertSign,cRLSign") &&
                                      add(own, own, NID_subject_key_identifier, "hash") &&
                                      end_certificate(own, own, pair.key.get());
                    return made ? Result<Pair>{std::move(pair)} : no_openssl();
                }));
    parts->certificate = to_der(parts->own.certificate.get());
    return TestAuthority{std::move(parts)};
}

const base::Bytes& TestAuthority::certificate() const { return parts_->certificate; }
std::string TestAuthority::certificate_pem() const { return to_pem(parts_->own.certificate.get()); }

Result<IdCardKey> TestAuthority::key_of(const std::string& holder, Purpose purpose, Validity validity) {
    const bool documents = purpose == Purpose::documents;
    const auto name = holder + (documents ? "-documents" : "");
    if (const auto known = parts_->keys.find(name); known != parts_->keys.end() && validity == Validity::now)
        return known->second;
    const bool expired = validity == Validity::expired;
    const auto make = [&]() -> Result<Pair> {
        Pair pair{Key{EVP_RSA_gen(rsa_bits)}, {}};
        if (!pair.key) return no_openssl();
        const Subject subject{name, expired ? -20 * day : -day, expired ? -day : 5 * 365 * day};
        pair.certificate = begin_certificate(pair.key.get(), subject);
        auto* own = pair.certificate.get();
        auto* issuer = parts_->own.certificate.get();
        const bool made =
            own && add(own, issuer, NID_basic_constraints, "critical,CA:FALSE") &&
            add(own, issuer, NID_key_usage, documents ? "critical,nonRepudiation" : "critical,digitalSignature") &&
            (parts_->kind != card::IdCardKind::hpki || add_role(own, issuer)) &&
            add(own, issuer, NID_authority_key_identifier, "keyid:always") &&
            end_certificate(own, issuer, parts_->own.key.get());
        return made ? Result<Pair>{std::move(pair)} : no_openssl();
    };
    KAZASHI_TRY(auto pair, expired ? make() : find_or_make(parts_->folder, name, make));
    auto inside = std::make_shared<IdCardKey::Parts>();
    inside->certificate = to_der(pair.certificate.get());
    inside->key = std::move(pair.key);
    inside->authority = parts_->certificate;
    IdCardKey out{std::move(inside)};
    if (!expired) parts_->keys.emplace(name, out);
    return out;
}

}  // namespace kazashi::simulator
