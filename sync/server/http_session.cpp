#include "sync/server/http_session.h"

#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <array>
#include <boost/asio/post.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/version.hpp>
#include <optional>
#include <utility>

#include "sync/server/tuning.h"

namespace kazashi::server {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using Failure = beast::error_code;

struct FreeName {
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(unsigned char* text) const { OPENSSL_free(text); }
};

std::string common_name(X509* certificate) {
    const auto* subject = X509_get_subject_name(certificate);
    const int index = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    if (index < 0) return {};
    unsigned char* raw = nullptr;
    const int size = ASN1_STRING_to_UTF8(&raw, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, index)));
    const std::unique_ptr<unsigned char, FreeName> text{raw};
    if (size < 0) return {};
    return std::string{base::as_text({text.get(), static_cast<std::size_t>(size)})};
}

// Nobody, when no certificate was shown. One that was shown has been checked against our authority in the handshake.
std::optional<Peer> peer_of(SSL* tls) {
    const std::unique_ptr<X509, FreeName> certificate{SSL_get1_peer_certificate(tls)};
    if (!certificate || SSL_get_verify_result(tls) != X509_V_OK) return std::nullopt;
    Peer peer;
    peer.name = common_name(certificate.get());
    unsigned size = 0;
    if (X509_digest(certificate.get(), EVP_sha256(), peer.certificate.bytes.data(), &size) != 1) return std::nullopt;
    return peer;
}

class Session : public std::enable_shared_from_this<Session> {
public:
    Session(asio::ip::tcp::socket socket, SessionContext context, std::shared_ptr<void> place)
        : context_{context}, stream_{std::move(socket), context.tls}, place_{std::move(place)} {}

    void start() {
        wait_at_most(context_.times.handshake);
        stream_.async_handshake(asio::ssl::stream_base::server, [self = shared_from_this()](Failure failure) {
            if (failure) return;
            self->peer_ = peer_of(self->stream_.native_handle());
            self->read_header(self->context_.times.header);
        });
    }

private:
    using Parser = http::request_parser<http::string_body>;

    void wait_at_most(std::chrono::milliseconds time) { beast::get_lowest_layer(stream_).expires_after(time); }

    void read_header(std::chrono::milliseconds time) {
        parser_.emplace();
        parser_->header_limit(tuning::header_bytes);
        // The route's own limit is set once the route is known; until then no body is read.
        parser_->body_limit(tuning::fhir_bytes);
        wait_at_most(time);
        http::async_read_header(stream_, buffer_, *parser_, [self = shared_from_this()](Failure failure, std::size_t) {
            if (failure) return self->refuse_header(failure);
            self->take_header();
        });
    }

    // What is not HTTP gets one answer and the door; who has gone or is too slow, only the door.
    void refuse_header(Failure failure) {
        if (failure.category() != http::make_error_code(http::error::end_of_stream).category() ||
            failure == http::error::end_of_stream || failure == http::error::partial_message) {
            return close();
        }
        if (failure == http::error::body_limit) return refuse_length();
        const bool long_one = failure == http::error::header_limit;
        send({long_one ? 431 : 400, "text/plain; charset=utf-8", "this is not a request\n"}, After::drain);
    }

    void refuse_length() {
        read_request_line();
        send(context_.router.too_long(request_), After::drain);
    }

    void read_request_line() {
        const auto& header = parser_->get();
        request_ = HttpRequest{};
        request_.method = std::string{header.method_string()};
        request_.target = std::string{header.target()};
        request_.content_type = std::string{header[http::field::content_type]};
        request_.peer = peer_;
    }

    void take_header() {
        read_request_line();
        auto admitted = context_.router.admit(request_);
        if (auto* refused = std::get_if<HttpAnswer>(&admitted)) return refuse(std::move(*refused));
        const auto most = std::get<std::size_t>(admitted);
        if (parser_->content_length().value_or(0) > most) return refuse_length();
        parser_->body_limit(most);
        if (beast::iequals(parser_->get()[http::field::expect], "100-continue")) return send_continue();
        read_body();
    }

    // A body that is not wanted is not read either, except for what is on its way already.
    void refuse(HttpAnswer answer) {
        // HEAD: the answer has a body all the same, so nothing may come after it.
        const bool nothing_follows = parser_->is_done() && parser_->get().method() != http::verb::head;
        send(std::move(answer), nothing_follows && parser_->keep_alive() ? After::next : After::drain);
    }

    void send_continue() {
        auto go_on = std::make_shared<http::response<http::empty_body>>(http::status::continue_, 11);
        http::async_write(stream_, *go_on, [self = shared_from_this(), go_on](Failure failure, std::size_t) {
            if (failure) return self->close();
            self->read_body();
        });
    }

    void read_body() {
        wait_at_most(context_.times.body);
        http::async_read(stream_, buffer_, *parser_, [self = shared_from_this()](Failure failure, std::size_t) {
            if (failure) return self->refuse_header(failure);
            self->work();
        });
    }

    void work() {
        request_.body = std::move(parser_->get().body());
        // Neither client nor clock is watched meanwhile: a worker always comes back.
        beast::get_lowest_layer(stream_).expires_never();
        asio::post(context_.workers, [self = shared_from_this()]() mutable {
            auto answer = self->context_.router.answer(self->request_);
            // The session is handed over whole: its end must come on the network thread.
            const auto network = self->stream_.get_executor();
            asio::post(network, [session = std::move(self), answer = std::move(answer)]() mutable {
                session->send(std::move(answer), session->parser_->keep_alive() ? After::next : After::close);
            });
        });
    }

    enum class After { next, close, drain };

    void send(HttpAnswer answer, After after) {
        auto message = std::make_shared<http::response<http::string_body>>();
        message->version(11);
        message->result(static_cast<unsigned>(answer.status));
        message->set(http::field::content_type, answer.content_type);
        message->set(http::field::cache_control, "no-store");
        message->keep_alive(after == After::next);
        message->body() = std::move(answer.body);
        message->prepare_payload();
        wait_at_most(context_.times.write);
        http::async_write(stream_, *message, [self = shared_from_this(), message, after](Failure failure, std::size_t) {
            if (failure) return self->close();
            if (after == After::next) return self->read_header(self->context_.times.idle);
            if (after == After::close) return self->close();
            self->wait_at_most(self->context_.times.drain);
            self->drain(tuning::drain_bytes);
        });
    }

    // Closing while bytes are on their way would reset the connection before the answer is read.
    void drain(std::size_t most) {
        if (most == 0) return close();
        stream_.async_read_some(asio::buffer(scrap_),
                                [self = shared_from_this(), most](Failure failure, std::size_t n) {
                                    if (failure) return self->close();
                                    self->drain(most - std::min(most, n));
                                });
    }

    void close() {
        wait_at_most(context_.times.drain);
        stream_.async_shutdown(
            [self = shared_from_this()](Failure) { beast::get_lowest_layer(self->stream_).close(); });
    }

    SessionContext context_;
    beast::ssl_stream<beast::tcp_stream> stream_;
    std::shared_ptr<void> place_;
    beast::flat_buffer buffer_;
    std::optional<Parser> parser_;
    std::optional<Peer> peer_;
    HttpRequest request_;
    std::array<char, 4096> scrap_{};
};

}  // namespace

void start_session(asio::ip::tcp::socket socket, SessionContext context, std::shared_ptr<void> place) {
    std::make_shared<Session>(std::move(socket), context, std::move(place))->start();
}

}  // namespace kazashi::server
