// A small HTTPS server on the loopback with a certificate authority of its own: as much of a region as curl can see.
// What it sends after a request's head is the test's business, well-formed or not.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>

namespace kazashi::fakes {

// Files of a region's small public-key world, made in `folder`.
struct TestPki {
    std::filesystem::path ca;
    std::filesystem::path server_certificate;
    std::filesystem::path server_key;
    std::filesystem::path client_certificate;  // CN=F0001-T1, made from make_tls_request()
    std::filesystem::path client_key;
};
// What may be wrong with the server's certificate.
struct ServerCertificate {
    std::string names{"IP:127.0.0.1,DNS:localhost"};
    long from{-3600};  // seconds from now
    long until{3600};
};
TestPki make_pki(const std::filesystem::path& folder, const std::string& ca_name = "test region CA",
                 const ServerCertificate& server = {});
class TlsServer {
public:
    struct Request {
        std::string head;
        std::string body;
        std::string client;  // CN of the client's certificate; empty when it showed none
    };
    struct Options {
        bool only_tls_1_2{false};
    };
    // `answer` gives the raw bytes to send; nullopt: say nothing until the client goes away.
    using Answer = std::function<std::optional<std::string>(const Request&)>;

    TlsServer(const TestPki& pki, Answer answer, Options options);
    TlsServer(const TestPki& pki, Answer answer) : TlsServer{pki, std::move(answer), Options{}} {}
    ~TlsServer();

    std::string url() const { return "https://127.0.0.1:" + std::to_string(port_); }
    int connections() const { return connections_; }

private:
    struct Parts;
    void run();
    void serve(int socket);

    std::unique_ptr<Parts> parts_;
    Answer answer_;
    int listener_{-1};
    int port_{0};
    std::atomic<bool> stop_{false};
    std::atomic<int> connections_{0};
    std::thread thread_;
};

inline std::string http_ok(const std::string& body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace kazashi::fakes
