#include "terminal/doctor/region.h"

#include <csignal>

#include "sync/store/private_file.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/fake_region.h"
#include "tests/sync/engine/tls_server.h"
#include "tests/terminal/app/own_terminal.h"
#include "tests/terminal/doctor/looking.h"

using namespace kazashi;
using namespace kazashi::test;
using namespace std::chrono_literals;
using fakes::http_ok;
using fakes::TlsServer;

namespace {

// An enrolled terminal, a real TLS server, and a region behind it that signs.
class Line {
public:
    explicit Line(const fakes::ServerCertificate& certificate = {}, const std::string& own_ca = "")
        : pki_{fakes::make_pki(folder_.path(), "test region CA", certificate)} {
        std::signal(SIGPIPE, SIG_IGN);
        region.now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
        clock.set_wall(region.now);
        ca_ = own_ca.empty() ? pki_.ca : fakes::make_pki(other_.path(), own_ca).ca;
    }
    doctor::Findings look(const TlsServer::Answer& answer, TlsServer::Options options = {}) {
        const TlsServer server{pki_, answer, options};
        return look_at(server.url());
    }
    doctor::Findings look() {
        return look([this](const TlsServer::Request& request) { return honest(request); });
    }
    doctor::Findings look_at(const std::string& url) {
        auto& enrolment = terminal.enrolment;
        enrolment.server_url = url;
        enrolment.region_verify = region.keys.verify;
        enrolment.region_ca = ca_;
        enrolment.tls_certificate = pki_.client_certificate;
        enrolment.tls_key = pki_.client_key;
        REQUIRE(store::write_enrolment(terminal.state, enrolment));
        return doctor::probe_region({terminal.state, &clock, patience});
    }
    std::string honest(const TlsServer::Request& request) {
        const auto path = request.head.substr(4, request.head.find(" HTTP") - 4);
        const auto answer = region.get(path, 0);
        REQUIRE(answer);
        return http_ok(std::string{base::as_text(*answer)});
    }

    OwnTerminal terminal;
    fakes::FakeClock clock;
    fakes::FakeRegion region{model::TerminalId{"F0001-T1"}, {}};
    std::chrono::milliseconds patience{20s};

private:
    fakes::TempFolder folder_, other_;
    fakes::TestPki pki_;
    std::filesystem::path ca_;
};

constexpr long day = 24 * 3600;

}  // namespace

TEST_CASE("doctor: a region that answers with its signed time is well") {
    Line line;
    const auto findings = line.look();
    CHECK(is_ok(findings, "region_ok"));
    CHECK(find(findings, "clock_wrong") == nullptr);
    // The certificate of this test lives for an hour.
    CHECK(is_note(findings, "own_certificate_ends"));
}

TEST_CASE("doctor: a clock that differs from the region's signed time") {
    Line line;
    line.clock.set_wall(line.region.now - 1min);
    CHECK(find(line.look(), "clock_wrong") == nullptr);
    line.clock.set_wall(line.region.now - 61min);
    CHECK(figure(get(line.look(), "clock_wrong"), "minutes") == "61");
    line.clock.set_wall(line.region.now + 30min);
    CHECK(figure(get(line.look(), "clock_wrong"), "minutes") == "30");
    // Nobody's clock is judged by a time that is not signed.
    line.region.meddle = [](const std::string&, base::Bytes bytes) {
        bytes.back() ^= 1;
        return bytes;
    };
    CHECK(find(line.look(), "clock_wrong") == nullptr);
}

TEST_CASE("doctor: a region whose certificate has expired, or is not valid yet") {
    Line expired{{"IP:127.0.0.1", -2 * day, -day}};
    CHECK(is_fault(expired.look(), "region_certificate_expired"));
    Line early{{"IP:127.0.0.1", day, 2 * day}};
    CHECK(is_fault(early.look(), "region_certificate_not_yet"));
}

TEST_CASE("doctor: a certificate of another name, and of another authority") {
    Line name{{"DNS:somewhere.example", -3600, 3600}};
    CHECK(is_fault(name.look(), "region_certificate_name"));
    Line foreign{{}, "another CA"};
    CHECK(is_fault(foreign.look(), "region_certificate_foreign"));
}

TEST_CASE("doctor: nobody listens, or the name leads nowhere") {
    Line line;
    std::string url;
    {
        const TlsServer server{fakes::make_pki(line.terminal.outside.path()), [](const auto&) { return http_ok(""); }};
        url = server.url();
    }
    CHECK(is_fault(line.look_at(url), "region_unreachable"));
    CHECK(is_fault(line.look_at("https://region.invalid:8443"), "region_no_such_host"));
}

TEST_CASE("doctor: a region that says nothing is not waited for") {
    Line line;
    line.patience = 400ms;
    CHECK(is_fault(line.look([](const auto&) { return std::nullopt; }), "region_silent"));
}

TEST_CASE("doctor: what a region says of us, and what no region says") {
    Line line;
    const auto status = [](const std::string& code) {
        return [code](const auto&) { return "HTTP/1.1 " + code + "\r\nContent-Length: 0\r\n\r\n"; };
    };
    CHECK(is_fault(line.look(status("403 Forbidden")), "region_not_known"));
    CHECK(is_fault(line.look(status("404 Not Found")), "region_not_ours"));
    CHECK(is_fault(line.look([](const auto&) { return http_ok("<html>login</html>"); }), "region_not_ours"));
    CHECK(is_fault(line.look([](const auto&) { return http_ok(""); }, {.only_tls_1_2 = true}), "region_not_ours"));
    CHECK(is_fault(line.look([](const auto&) {
        return "HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\nhalf";
    }),
                   "region_broken"));
    line.region.meddle = [&](const std::string&, const base::Bytes&) {
        fakes::FakeRegion another{line.region.terminal, {}};
        return another.get("/v1/time?nonce=00112233445566778899aabbccddeeff", 0);
    };
    CHECK(is_fault(line.look(), "region_bad_signature"));
}

TEST_CASE("doctor: our own certificate, expired or damaged") {
    Line line;
    line.clock.set_wall(line.region.now + 49h);
    const auto expired = line.look();
    CHECK(is_fault(expired, "own_certificate_expired"));
    CHECK(figure(get(expired, "own_certificate_expired"), "days") == "2");
    const TlsServer server{fakes::make_pki(line.terminal.outside.path()), [](const auto&) { return http_ok(""); }};
    line.look_at(server.url());
    REQUIRE(store::write_private_file(line.terminal.state / "tls.crt", base::as_bytes("not a certificate")));
    const auto damaged = doctor::probe_region({line.terminal.state, &line.clock, line.patience});
    CHECK(is_fault(damaged, "own_certificate_damaged"));
    CHECK(is_fault(damaged, "region_refuses_certificate"));
}

TEST_CASE("doctor: without an enrolment there is no region to look for") {
    const fakes::TempFolder nothing;
    const fakes::FakeClock clock;
    CHECK(doctor::probe_region({nothing.path(), &clock, 1s}).empty());
}
