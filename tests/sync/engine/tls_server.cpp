#include "tests/sync/engine/tls_server.h"

#include <arpa/inet.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "sync/engine/region_client.h"

namespace kazashi::fakes {

namespace {

template <auto free_it>
struct Free {
    template <class T>
    void operator()(T* pointer) const {
        free_it(pointer);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using Csr = std::unique_ptr<X509_REQ, Free<X509_REQ_free>>;
using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;

void must(bool held) {
    if (!held) std::abort();
}

Certificate issue(const std::string& name, EVP_PKEY* key, X509* issuer, EVP_PKEY* issuer_key, const char* extension,
                  const char* value, long from = -3600, long until = 3600) {
    Certificate made{X509_new()};
    static long serial = 1;
    must(X509_set_version(made.get(), 2) == 1 && ASN1_INTEGER_set(X509_get_serialNumber(made.get()), serial++) == 1);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), from);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), until);
    const auto* text = reinterpret_cast<const unsigned char*>(name.c_str());
    must(X509_NAME_add_entry_by_txt(X509_get_subject_name(made.get()), "CN", MBSTRING_ASC, text, -1, -1, 0) == 1);
    X509* by = issuer == nullptr ? made.get() : issuer;
    must(X509_set_issuer_name(made.get(), X509_get_subject_name(by)) == 1 && X509_set_pubkey(made.get(), key) == 1);
    std::unique_ptr<X509_EXTENSION, Free<X509_EXTENSION_free>> more{
        X509V3_EXT_conf(nullptr, nullptr, extension, value)};
    must(more && X509_add_ext(made.get(), more.get(), -1) == 1);
    must(X509_sign(made.get(), issuer_key, EVP_sha256()) > 0);
    return made;
}

void write(const std::filesystem::path& file, X509* certificate) {
    const Bio out{BIO_new_file(file.c_str(), "w")};
    must(out && PEM_write_bio_X509(out.get(), certificate) == 1);
}

void write(const std::filesystem::path& file, EVP_PKEY* key) {
    const Bio out{BIO_new_file(file.c_str(), "w")};
    must(out && PEM_write_bio_PrivateKey(out.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1);
}

using Ssl = std::unique_ptr<SSL, Free<SSL_free>>;

std::string name_of_client(SSL* ssl) {
    const Certificate shown{SSL_get1_peer_certificate(ssl)};
    if (!shown) return {};
    char name[64] = {};
    X509_NAME_get_text_by_NID(X509_get_subject_name(shown.get()), NID_commonName, name, sizeof name);
    return name;
}

std::size_t content_length(const std::string& head) {
    const auto at = head.find("Content-Length: ");
    return at == std::string::npos ? 0 : std::stoul(head.substr(at + 16));
}

// One request, or nullopt when the client has gone.
std::optional<TlsServer::Request> read_request(SSL* ssl) {
    TlsServer::Request request;
    std::string text;
    char buffer[4096];
    while (true) {
        const auto end = text.find("\r\n\r\n");
        if (end != std::string::npos && text.size() >= end + 4 + content_length(text.substr(0, end))) {
            request.head = text.substr(0, end);
            request.body = text.substr(end + 4);
            request.client = name_of_client(ssl);
            return request;
        }
        const int got = SSL_read(ssl, buffer, sizeof buffer);
        if (got <= 0) return std::nullopt;
        text.append(buffer, static_cast<std::size_t>(got));
    }
}

}  // namespace

TestPki make_pki(const std::filesystem::path& folder, const std::string& ca_name, const ServerCertificate& server) {
    const TestPki files{folder / "ca.crt", folder / "server.crt", folder / "server.key", folder / "client.crt",
                        folder / "client.key"};
    const Key ca_key{EVP_EC_gen("P-256")};
    const auto ca = issue(ca_name, ca_key.get(), nullptr, ca_key.get(), "basicConstraints", "critical,CA:TRUE");
    write(files.ca, ca.get());

    const Key server_key{EVP_EC_gen("P-256")};
    write(files.server_key, server_key.get());
    write(files.server_certificate,
          issue("test region", server_key.get(), ca.get(), ca_key.get(), "subjectAltName", server.names.c_str(),
                server.from, server.until)
              .get());

    const auto request = engine::make_tls_request().value();
    std::ofstream{files.client_key} << request.key_pem;
    const Bio csr_text{BIO_new_mem_buf(request.csr_pem.data(), static_cast<int>(request.csr_pem.size()))};
    const Csr csr{PEM_read_bio_X509_REQ(csr_text.get(), nullptr, nullptr, nullptr)};
    must(csr && X509_REQ_verify(csr.get(), X509_REQ_get0_pubkey(csr.get())) == 1);
    write(files.client_certificate,
          issue("F0001-T1", X509_REQ_get0_pubkey(csr.get()), ca.get(), ca_key.get(), "extendedKeyUsage", "clientAuth")
              .get());
    return files;
}

struct TlsServer::Parts {
    std::unique_ptr<SSL_CTX, Free<SSL_CTX_free>> context{SSL_CTX_new(TLS_server_method())};
};

TlsServer::TlsServer(const TestPki& pki, Answer answer, Options options)
    : parts_{std::make_unique<Parts>()}, answer_{std::move(answer)} {
    auto* context = parts_->context.get();
    must(SSL_CTX_use_certificate_file(context, pki.server_certificate.c_str(), SSL_FILETYPE_PEM) == 1);
    must(SSL_CTX_use_PrivateKey_file(context, pki.server_key.c_str(), SSL_FILETYPE_PEM) == 1);
    must(SSL_CTX_load_verify_locations(context, pki.ca.c_str(), nullptr) == 1);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    if (options.only_tls_1_2) must(SSL_CTX_set_max_proto_version(context, TLS1_2_VERSION) == 1);

    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* raw = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    must(::bind(listener_, raw, size) == 0 && ::listen(listener_, 8) == 0 && ::getsockname(listener_, raw, &size) == 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread{[this] { run(); }};
}

TlsServer::~TlsServer() {
    stop_ = true;
    thread_.join();
    ::close(listener_);
}

void TlsServer::run() {
    while (!stop_) {
        pollfd waiting{listener_, POLLIN, 0};
        if (::poll(&waiting, 1, 20) <= 0) continue;
        const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0) continue;
        ++connections_;
        serve(socket);
        ::close(socket);
    }
}

// One connection at a time: requests come one after the other, and a client that waits is served when it is its turn.
void TlsServer::serve(int socket) {
    const timeval patience{0, 500'000};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    const Ssl ssl{SSL_new(parts_->context.get())};
    SSL_set_fd(ssl.get(), socket);
    if (SSL_accept(ssl.get()) != 1) return;
    while (!stop_) {
        const auto request = read_request(ssl.get());
        if (!request) return;
        const auto answer = answer_(*request);
        if (!answer) {
            char nothing = 0;
            while (!stop_ && ::recv(socket, &nothing, 1, MSG_PEEK) < 0) continue;
            return;
        }
        if (SSL_write(ssl.get(), answer->data(), static_cast<int>(answer->size())) <= 0) return;
        if (answer->find("Connection: close") != std::string::npos) return;
    }
}

}  // namespace kazashi::fakes
