#include "cardio/simulator/test_authority.h"

#include <fcntl.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <array>
#include <map>

#include "cardio/simulator/file_descriptor.h"
#include "cardio/simulator/test_certificate.h"

namespace kazashi::simulator {

namespace {

using base::Error;
using base::Fault;
using base::Result;
namespace fs = std::filesystem;

using Context = std::unique_ptr<EVP_PKEY_CTX, Deleter<EVP_PKEY_CTX_free>>;
using Bio = std::unique_ptr<BIO, Deleter<BIO_free_all>>;

const char* folder_name(card::IdCardKind kind) { return kind == card::IdCardKind::hpki ? "hpki" : "my_number"; }

std::string text_of(BIO* bio) {
    char* data = nullptr;
    const auto size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
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

Result<KeyPair> read_pair(const fs::path& stem) {
    KAZASHI_TRY(const auto key_text, read_file(stem.string() + ".key"));
    KAZASHI_TRY(const auto certificate_text, read_file(stem.string() + ".crt"));
    const Bio keys{BIO_new_mem_buf(key_text.data(), static_cast<int>(key_text.size()))};
    const Bio certificates{BIO_new_mem_buf(certificate_text.data(), static_cast<int>(certificate_text.size()))};
    KeyPair pair{Key{PEM_read_bio_PrivateKey(keys.get(), nullptr, nullptr, nullptr)},
                 Certificate{PEM_read_bio_X509(certificates.get(), nullptr, nullptr, nullptr)}};
    if (!pair.key || !pair.certificate) return Error{Fault::malformed, "a file of the test authority"};
    return pair;
}

base::Status write_pair(const fs::path& stem, const KeyPair& pair) {
    const Bio keys{BIO_new(BIO_s_mem())};
    if (!keys || PEM_write_bio_PrivateKey(keys.get(), pair.key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return Error{Fault::limit, "OpenSSL"};
    KAZASHI_CHECK(write_file(stem.string() + ".key", text_of(keys.get())));
    return write_file(stem.string() + ".crt", to_pem(pair.certificate.get()));
}

// What lies there, or what `make` makes and, if there is a folder, leaves there.
template <class Make>
Result<KeyPair> find_or_make(const fs::path& folder, const std::string& name, Make make) {
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
    KeyPair own;
    base::Bytes certificate;
    std::map<std::string, IdCardKey> keys;
};

Result<TestAuthority> TestAuthority::open(card::IdCardKind kind, const fs::path& folder) {
    auto parts = std::make_shared<Parts>();
    parts->kind = kind;
    parts->folder = folder.empty() ? folder : folder / folder_name(kind);
    KAZASHI_TRY(parts->own, find_or_make(parts->folder, "authority", [kind] {
                    return make_authority(std::string{"Kazashi test authority "} + folder_name(kind));
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
    const Holder wanted{name, purpose, validity, parts_->kind == card::IdCardKind::hpki};
    const auto make = [&] { return make_holder(wanted, parts_->own); };
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
