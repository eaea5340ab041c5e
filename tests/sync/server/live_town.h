// A town whose server listens on a real socket, and a client that may be rude to it.
#pragma once

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <thread>

#include "sync/server/files.h"
#include "sync/server/http_server.h"
#include "tests/sync/server/town.h"

namespace kazashi::test {

namespace asio = boost::asio;
using asio::ip::tcp;
using Tls = asio::ssl::stream<tcp::socket>;

// Less patient than in service, so that the tests of slow clients take a second.
inline server::HttpTimes impatient() {
    using namespace std::chrono_literals;
    return {500ms, 500ms, 1s, 5s, 1s, 300ms};
}

class LiveTown {
public:
    explicit LiveTown(server::HttpTimes times = impatient())
        : router_{town.region(), town.clock},
          server_{must(server::HttpServer::listen(router_, town.region().folder, "127.0.0.1:0", times))},
          thread_{[this] { server_->run(); }} {}
    ~LiveTown() {
        server_->stop();
        thread_.join();
    }

    Town town;
    std::uint16_t port() const { return server_->port(); }
    std::string url() const { return "https://127.0.0.1:" + std::to_string(port()); }
    std::filesystem::path ca() { return town.region().folder / "ca.crt"; }

    // As `kazashi enrol` does it.
    store::Enrolment enrol(const std::string& facility, TestTerminal& keys) {
        std::string code;
        must(town.repository().write([&](server::Records& records) -> base::Status {
            KAZASHI_TRY(code, server::make_code(records, model::FacilityId{facility}, town.now()));
            return base::ok();
        }));
        keys.tls = must(engine::make_tls_request());
        const auto answer =
            must(engine::enrol(url(), ca(), {code, keys.tls.csr_pem, keys.signing.verify, keys.sealing.seal}));
        keys.id = answer.terminal;
        keys.facility = answer.facility;
        store::Enrolment enrolment;
        enrolment.terminal = answer.terminal;
        enrolment.facility = answer.facility;
        enrolment.server_url = url();
        enrolment.region_verify = answer.region_verify;
        enrolment.region_seal = answer.region_seal;
        enrolment.tls_key = file(keys.id.str() + ".key", keys.tls.key_pem);
        enrolment.tls_certificate = file(keys.id.str() + ".crt", answer.certificate_pem);
        enrolment.region_ca = ca();
        return enrolment;
    }
    std::filesystem::path file(const std::string& name, const std::string& text) {
        must(server::write_file(town.folder / name, base::as_bytes(text), server::FileMode::secret));
        return town.folder / name;
    }

private:
    server::Router router_;
    std::unique_ptr<server::HttpServer> server_;
    std::thread thread_;
};

// Somebody with a TLS library and no manners.
class RawClient {
public:
    explicit RawClient(LiveTown& live, const std::filesystem::path& certificate = {},
                       const std::filesystem::path& key = {}, int version = TLS1_3_VERSION) {
        context_.load_verify_file(live.ca().string());
        SSL_CTX_set_max_proto_version(context_.native_handle(), version);
        if (!certificate.empty()) {
            context_.use_certificate_chain_file(certificate.string());
            context_.use_private_key_file(key.string(), asio::ssl::context::pem);
        }
        stream_.emplace(io_, context_);
        stream_->lowest_layer().connect({asio::ip::make_address("127.0.0.1"), live.port()});
        stream_->handshake(asio::ssl::stream_base::client, failure_);
    }
    bool connected() const { return !failure_; }
    void send(const std::string& bytes) { asio::write(*stream_, asio::buffer(bytes), failure_); }
    // Until the server closes; what it said before.
    std::string read_all() {
        std::string text;
        asio::read(*stream_, asio::dynamic_buffer(text), failure_);
        return text;
    }
    std::string ask(const std::string& bytes) {
        send(bytes);
        return read_all();
    }
    tcp::socket& socket() { return stream_->next_layer(); }

private:
    asio::io_context io_;
    asio::ssl::context context_{asio::ssl::context::tls_client};
    std::optional<Tls> stream_;
    boost::system::error_code failure_;
};

inline std::string get(const std::string& target) {
    return "GET " + target + " HTTP/1.1\r\nHost: r\r\nConnection: close\r\n\r\n";
}
inline std::string post(const std::string& target, const std::string& body, const std::string& type) {
    return "POST " + target + " HTTP/1.1\r\nHost: r\r\nConnection: close\r\nContent-Type: " + type +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}
inline int status(const std::string& answer) {
    return answer.starts_with("HTTP/1.1 ") ? std::stoi(answer.substr(9, 3)) : 0;
}

// Whatever was done to it: it still serves the next one.
inline void still_serves(LiveTown& live) {
    RawClient client{live};
    CHECK(status(client.ask(get("/fhir/metadata"))) == 200);
}

}  // namespace kazashi::test
