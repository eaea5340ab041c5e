#include "sync/engine/curl_transport.h"

#include <csignal>
#include <thread>

#include "sync/engine/region_client.h"
#include "sync/wire/tuning.h"
#include "tests/catch.h"
#include "tests/fakes/fake_region.h"
#include "tests/fakes/temp_folder.h"
#include "tests/sync/engine/tls_server.h"

using namespace kazashi;
using namespace std::chrono_literals;
using base::Bytes;
using base::Fault;
using engine::CurlTransport;
using fakes::http_ok;
using fakes::TlsServer;

namespace {

struct Line {
    Line() { std::signal(SIGPIPE, SIG_IGN); }

    fakes::TempFolder folder;
    fakes::TestPki pki{fakes::make_pki(folder.path())};
    std::atomic<bool> cancel{false};

    CurlTransport to(const std::string& url) {
        return {url, pki.ca, CurlTransport::Certificate{pki.client_certificate, pki.client_key}, cancel};
    }
    Fault fault_of(const TlsServer::Answer& answer, std::size_t most = 1000) {
        TlsServer server{pki, answer};
        auto transport = to(server.url());
        const auto got = transport.get("/v1/feed?after=0", most);
        REQUIRE(!got);
        return got.fault();
    }
};

std::string text(const Bytes& bytes) { return std::string{base::as_text(bytes)}; }

}  // namespace

TEST_CASE("line: a get and a post reach the server with our certificate and come back") {
    Line line;
    TlsServer server{line.pki, [](const TlsServer::Request& request) {
                         const auto first = request.head.substr(0, request.head.find("\r\n"));
                         return http_ok(first + "|" + request.body + "|" + request.client);
                     }};
    auto transport = line.to(server.url());
    const auto got = transport.get("/v1/feed?after=7", 1000);
    REQUIRE(got);
    CHECK(text(*got) == "GET /v1/feed?after=7 HTTP/1.1||F0001-T1");
    const auto posted = transport.post("/v1/ledger", base::as_bytes("entries"), 1000);
    REQUIRE(posted);
    CHECK(text(*posted) == "POST /v1/ledger HTTP/1.1|entries|F0001-T1");
    const auto again = transport.get("/v1/time", 1000);
    REQUIRE(again);
    CHECK(text(*again) == "GET /v1/time HTTP/1.1||F0001-T1");
    CHECK(server.connections() == 1);
}

TEST_CASE("line: an empty push does not hang") {
    Line line;
    TlsServer server{line.pki, [](const TlsServer::Request& request) { return http_ok(request.body); }};
    auto transport = line.to(server.url());
    const auto posted = transport.post("/v1/ledger", {}, 1000);
    REQUIRE(posted);
    CHECK(posted->empty());
}

TEST_CASE("line: nobody listening is offline") {
    Line line;
    std::string url;
    {
        const TlsServer server{line.pki, [](const auto&) { return http_ok(""); }};
        url = server.url();
    }
    auto transport = line.to(url);
    CHECK(transport.get("/", 1000).fault() == Fault::offline);
}

TEST_CASE("line: an answer torn in the middle is offline") {
    Line line;
    CHECK(line.fault_of([](const auto&) {
        return "HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\nhalf";
    }) == Fault::offline);
}

TEST_CASE("line: status codes are translated") {
    Line line;
    const auto status = [&line](const std::string& code) {
        return line.fault_of([&code](const auto&) { return "HTTP/1.1 " + code + "\r\nContent-Length: 0\r\n\r\n"; });
    };
    CHECK(status("403 Forbidden") == Fault::denied);
    CHECK(status("401 Unauthorized") == Fault::denied);
    CHECK(status("500 Internal Server Error") == Fault::server_fault);
    CHECK(status("404 Not Found") == Fault::server_fault);
    CHECK(status("204 No Content") == Fault::server_fault);
}

TEST_CASE("line: a redirect is not followed") {
    Line line;
    CHECK(line.fault_of([](const auto&) {
        return "HTTP/1.1 302 Found\r\nLocation: https://127.0.0.1/\r\nContent-Length: 0\r\n\r\n";
    }) == Fault::server_fault);
}

TEST_CASE("line: what is not HTTP is a server fault") {
    Line line;
    CHECK(line.fault_of([](const auto&) { return "SSH-2.0-OpenSSH_9.2\r\nConnection: close\r\n\r\n"; }) ==
          Fault::server_fault);
}

TEST_CASE("line: an answer beyond the limit is cut off") {
    Line line;
    CHECK(line.fault_of([](const auto&) { return http_ok(std::string(10 << 20, '\0')); }, wire::tuning::page_bytes) ==
          Fault::limit);
    // Without a length in front it is the bytes that are counted.
    CHECK(line.fault_of(
              [](const auto&) { return "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + std::string(10 << 20, '\0'); },
              wire::tuning::page_bytes) == Fault::limit);
    TlsServer server{line.pki, [](const auto&) { return http_ok(std::string(1000, 'a')); }};
    auto transport = line.to(server.url());
    CHECK(transport.get("/", 999).fault() == Fault::limit);
    CHECK(transport.get("/", 1000));
}

TEST_CASE("line: a server whose certificate is not the region's is refused") {
    Line line;
    const fakes::TempFolder elsewhere;
    bool asked = false;
    const auto fault_with = [&](const std::string& ca_name) {
        TlsServer server{fakes::make_pki(elsewhere.path(), ca_name), [&asked](const auto&) {
                             asked = true;
                             return http_ok("");
                         }};
        auto transport = line.to(server.url());
        const auto got = transport.get("/", 1000);
        REQUIRE(!got);
        return got.fault();
    };
    CHECK(fault_with("another CA") == Fault::wrong_key);
    CHECK(fault_with("test region CA") == Fault::server_fault);  // the same name, another key
    CHECK(!asked);
}

TEST_CASE("line: TLS before 1.3 is not spoken") {
    Line line;
    TlsServer server{line.pki, [](const auto&) { return http_ok(""); }, {.only_tls_1_2 = true}};
    auto transport = line.to(server.url());
    CHECK(transport.get("/", 1000).fault() == Fault::server_fault);
}

TEST_CASE("line: plain HTTP is not spoken") {
    Line line;
    auto transport = line.to("http://127.0.0.1:1");
    CHECK(transport.get("/", 1000).fault() == Fault::server_fault);
}

TEST_CASE("line: a running transfer ends soon after it is cancelled") {
    Line line;
    TlsServer server{line.pki, [](const auto&) { return std::nullopt; }};
    auto transport = line.to(server.url());
    std::chrono::steady_clock::time_point cancelled_at;
    std::thread stopper{[&] {
        std::this_thread::sleep_for(300ms);
        cancelled_at = std::chrono::steady_clock::now();
        line.cancel = true;
    }};
    const auto got = transport.get("/", 1000);
    const auto ended_at = std::chrono::steady_clock::now();
    stopper.join();
    REQUIRE(!got);
    CHECK(got.fault() == Fault::cancelled);
    CHECK(ended_at - cancelled_at < 1s);  // 100 ms on a machine with nothing else to do
}

TEST_CASE("line: after a connection is gone the next request makes a new one") {
    Line line;
    TlsServer server{line.pki,
                     [](const auto&) { return "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"; }};
    auto transport = line.to(server.url());
    CHECK(transport.get("/", 1000));
    CHECK(transport.get("/", 1000));
    CHECK(server.connections() == 2);
}

TEST_CASE("line: CurlRegion believes a signed page for us and nothing else") {
    vault::init();
    Line line;
    store::Enrolment enrolment;
    fakes::FakeRegion region{model::TerminalId{"F0001-T1"}, {}};
    region.feed.push_back({1, model::RevokedCard{}});
    TlsServer server{line.pki, [&region](const TlsServer::Request& request) {
                         const auto path = request.head.substr(4, request.head.find(" HTTP") - 4);
                         return http_ok(text(region.get(path, 0).value()));
                     }};
    enrolment.terminal = region.terminal;
    enrolment.server_url = server.url();
    enrolment.region_verify = region.keys.verify;
    enrolment.region_ca = line.pki.ca;
    enrolment.tls_certificate = line.pki.client_certificate;
    enrolment.tls_key = line.pki.client_key;
    {
        engine::CurlRegion client{enrolment, line.cancel};
        const auto page = client.feed({0});
        REQUIRE(page);
        CHECK(page->entries == region.feed);
        CHECK(client.time().value() == region.now);
    }
    enrolment.terminal = model::TerminalId{"F0002-T1"};
    CHECK(engine::CurlRegion(enrolment, line.cancel).feed({0}).fault() == Fault::out_of_order);
    enrolment.terminal = region.terminal;
    enrolment.region_verify = vault::make_signing_pair().verify;
    CHECK(engine::CurlRegion(enrolment, line.cancel).feed({0}).fault() == Fault::bad_signature);
}

TEST_CASE("line: enrolling needs no certificate and believes only a whole answer") {
    vault::init();
    Line line;
    const auto seal = vault::make_sealing_pair().seal;
    wire::EnrolAnswer answer;
    answer.terminal = model::TerminalId{"F0001-T1"};
    answer.index_key = Bytes(32, 1);
    answer.region_seal = seal;
    answer.policy = model::default_policy();
    std::string client = "?";
    TlsServer server{line.pki, [&](const TlsServer::Request& request) -> std::string {
                         client = request.client;
                         const auto asked = wire::decode_enrol_request(base::as_bytes(request.body));
                         if (!asked) return "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
                         if (asked->code == "garbage") return http_ok("garbage");
                         if (asked->code != "K7Q4") return "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";
                         return http_ok(text(wire::encode(answer)));
                     }};
    const auto enrolled = engine::enrol(server.url(), line.pki.ca, {"K7Q4", "csr", {}, seal});
    REQUIRE(enrolled);
    CHECK(enrolled->terminal == answer.terminal);
    CHECK(client.empty());
    CHECK(engine::enrol(server.url(), line.pki.ca, {"spent", "csr", {}, seal}).fault() == Fault::denied);
    CHECK(engine::enrol(server.url(), line.pki.ca, {"garbage", "csr", {}, seal}).fault() == Fault::malformed);
}

TEST_CASE("line: every TLS request has a key of its own") {
    const auto one = engine::make_tls_request().value();
    const auto two = engine::make_tls_request().value();
    CHECK(one.key_pem.starts_with("-----BEGIN PRIVATE KEY-----"));
    CHECK(one.csr_pem.starts_with("-----BEGIN CERTIFICATE REQUEST-----"));
    CHECK(one.key_pem != two.key_pem);
}
