#include "sync/server/http_server.h"

#include <openssl/ssl.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <charconv>
#include <csignal>
#include <optional>
#include <sstream>
#include <utility>

#include "sync/server/http_session.h"
#include "sync/server/tuning.h"

namespace kazashi::server {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Failure = boost::system::error_code;

std::optional<tcp::endpoint> endpoint_of(const std::string& address) {
    const auto colon = address.rfind(':');
    if (colon == std::string::npos) return std::nullopt;
    auto host = address.substr(0, colon);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
    Failure failure;
    const auto ip = asio::ip::make_address(host, failure);
    std::uint16_t port = 0;
    const char* const last = address.data() + address.size();
    const auto [end, error] = std::from_chars(address.data() + colon + 1, last, port);
    if (failure || error != std::errc{} || end != last) return std::nullopt;
    return tcp::endpoint{ip, port};
}

// Throws boost::system::system_error when a file of the region cannot be used.
void set_up(asio::ssl::context& tls, const std::filesystem::path& region) {
    tls.use_certificate_chain_file((region / "server.crt").string());
    tls.use_private_key_file((region / "server.key").string(), asio::ssl::context::pem);
    tls.load_verify_file((region / "ca.crt").string());
    tls.set_verify_mode(asio::ssl::verify_peer);
    auto* handle = tls.native_handle();
    SSL_CTX_set_min_proto_version(handle, TLS1_3_VERSION);
    // Connections are kept, so a resumed session would save nothing; without tickets there is no key to look after.
    SSL_CTX_set_num_tickets(handle, 0);
    SSL_CTX_set_session_cache_mode(handle, SSL_SESS_CACHE_OFF);
}

}  // namespace

struct HttpServer::Parts {
    Parts(Router& routes, HttpTimes patience) : router{routes}, times{patience} {}

    Router& router;
    const HttpTimes times;
    asio::io_context network{1};
    asio::thread_pool workers{tuning::workers};
    asio::ssl::context tls{asio::ssl::context::tls_server};
    tcp::acceptor acceptor{network};
    asio::steady_timer pause{network};
    std::optional<asio::signal_set> signals;
    std::shared_ptr<int> places{std::make_shared<int>(tuning::connections)};

    // A place is held by a session for as long as it lives; all of it happens on the network thread.
    std::optional<std::shared_ptr<void>> take_place() {
        if (*places == 0) return std::nullopt;
        --*places;
        return std::shared_ptr<void>{nullptr, [counter = places](void*) { ++*counter; }};
    }

    void accept() {
        acceptor.async_accept([this](Failure failure, tcp::socket socket) {
            if (failure == asio::error::operation_aborted) return;
            if (failure) return accept_later();
            Failure ignored;
            socket.set_option(tcp::no_delay{true}, ignored);
            // Over the limit the connection is closed at once: a terminal tries again by itself.
            if (auto place = take_place()) start_session(std::move(socket), {tls, workers, router, times}, *place);
            accept();
        });
    }

    // Out of file descriptors: trying again at once would only spin.
    void accept_later() {
        pause.expires_after(std::chrono::milliseconds{100});
        pause.async_wait([this](Failure failure) {
            if (!failure) accept();
        });
    }
};

HttpServer::HttpServer(std::unique_ptr<Parts> parts) : parts_{std::move(parts)} {}

HttpServer::~HttpServer() {
    parts_->network.stop();
    parts_->workers.join();
}

Result<std::unique_ptr<HttpServer>> HttpServer::listen(Router& router, const std::filesystem::path& region,
                                                       const std::string& address, HttpTimes times) {
    const auto endpoint = endpoint_of(address);
    if (!endpoint) return base::Error{base::Fault::malformed, "not an address to listen on: " + address};
    try {
        auto parts = std::make_unique<Parts>(router, times);
        set_up(parts->tls, region);
        parts->acceptor.open(endpoint->protocol());
        parts->acceptor.set_option(tcp::acceptor::reuse_address{true});
        parts->acceptor.bind(*endpoint);
        parts->acceptor.listen();
        parts->accept();
        return std::unique_ptr<HttpServer>{new HttpServer{std::move(parts)}};
    } catch (const boost::system::system_error& error) {
        return base::Error{base::Fault::io, std::string{"cannot listen: "} + error.code().message()};
    }
}

std::string HttpServer::address() const {
    std::ostringstream text;
    Failure ignored;
    text << parts_->acceptor.local_endpoint(ignored);
    return text.str();
}

std::uint16_t HttpServer::port() const {
    Failure ignored;
    return parts_->acceptor.local_endpoint(ignored).port();
}

void HttpServer::end_on_signals() {
    parts_->signals.emplace(parts_->network, SIGINT, SIGTERM);
    parts_->signals->async_wait([this](Failure failure, int) {
        if (!failure) stop();
    });
}

void HttpServer::run() {
    parts_->network.run();
    parts_->workers.join();
}

void HttpServer::stop() { parts_->network.stop(); }

}  // namespace kazashi::server
