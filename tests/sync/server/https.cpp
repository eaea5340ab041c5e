// The server on a real socket: its own client on the other side, and clients that mean no good.
#include <atomic>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <fstream>
#include <thread>

#include "sync/server/files.h"
#include "sync/server/http_server.h"
#include "sync/server/source_client.h"
#include "tests/sync/server/town.h"

using namespace kazashi;
using namespace kazashi::test;

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Tls = asio::ssl::stream<tcp::socket>;

// Less patient than in service, so that the tests of slow clients take a second.
server::HttpTimes impatient() {
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

std::string get(const std::string& target) {
    return "GET " + target + " HTTP/1.1\r\nHost: r\r\nConnection: close\r\n\r\n";
}
std::string post(const std::string& target, const std::string& body, const std::string& type) {
    return "POST " + target + " HTTP/1.1\r\nHost: r\r\nConnection: close\r\nContent-Type: " + type +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}
int status(const std::string& answer) { return answer.starts_with("HTTP/1.1 ") ? std::stoi(answer.substr(9, 3)) : 0; }

// Whatever was done to it: it still serves the next one.
void still_serves(LiveTown& live) {
    RawClient client{live};
    CHECK(status(client.ask(get("/fhir/metadata"))) == 200);
}

}  // namespace

TEST_CASE("https: enrol then feed then push then receipts") {
    LiveTown live;
    const auto image = live.town.issue("0000000001");
    server::SourceClient source = must(server::SourceClient::make(live.url(), live.town.region().folder));
    const auto text = bundle({patient_of("0000000001"), medicine("0000000001", "m1", "アムロジピン")});
    CHECK(must(source.post_bundle(base::as_bytes(text))).status == 200);

    TestTerminal terminal;
    const auto enrolment = live.enrol("F0001", terminal);
    const std::atomic<bool> cancel{false};
    engine::CurlRegion region{enrolment, cancel};
    const auto page = must(region.feed({}));
    CHECK(page.terminal == terminal.id);
    CHECK(page.packages_total == 3);
    CHECK(all<model::Package>(page.entries).size() == 3);
    CHECK(must(region.time()) == live.town.now());

    simulator::VirtualCard card{simulated(image)};
    const auto grant = live.town.draft(terminal, "0000000001");
    const auto entry = live.town.write(terminal, model::LedgerKind::grant, live.town.proved(grant, card));
    const auto answer = must(region.push({{entry}}));
    REQUIRE(answer.receipts.size() == 1);
    CHECK(answer.receipts[0].verdict == model::Verdict::accepted);
    const auto next = must(region.feed(page.next));
    CHECK(all<model::GrantNews>(next.entries).size() == 1);
    CHECK(all<model::Wrap>(next.entries).size() == 4);
}

TEST_CASE("https: who shows no certificate or the wrong one gets nothing") {
    LiveTown live;
    const auto folder = live.town.region().folder;
    TestTerminal terminal;
    const auto enrolment = live.enrol("F0001", terminal);
    const auto nonce = std::string(32, 'A');

    for (const auto& target : {std::string{"/v1/feed?after=0"}, "/v1/time?nonce=" + nonce}) {
        CHECK(status(RawClient{live}.ask(get(target))) == 401);
        CHECK(status(RawClient(live, folder / "source.crt", folder / "source.key").ask(get(target))) == 403);
        CHECK(status(RawClient(live, enrolment.tls_certificate, enrolment.tls_key).ask(get(target))) == 200);
    }
    CHECK(status(RawClient{live}.ask(post("/v1/ledger", "", "application/cbor"))) == 401);
    CHECK(status(RawClient{live}.ask(post("/fhir", "{}", "application/fhir+json"))) == 401);
    CHECK(status(RawClient(live, enrolment.tls_certificate, enrolment.tls_key)
                     .ask(post("/fhir", "{}", "application/fhir+json"))) == 403);
    // The server's own certificate is no client's, and another region's authority is not ours.
    CHECK(status(RawClient(live, folder / "server.crt", folder / "server.key").ask(get("/v1/feed?after=0"))) == 0);
    const auto root = must(server::CertificateAuthority::create("other", base::SystemClock{}.wall()));
    const auto other = must(server::CertificateAuthority::load(root.certificate, root.key.view()));
    const auto forged =
        must(other.issue(terminal.id.str(), server::CertificateUse::client, base::SystemClock{}.wall()));
    const auto crt = live.file("forged.crt", forged.certificate);
    const auto key = live.file("forged.key", std::string{base::as_text(forged.key.view())});
    CHECK(status(RawClient(live, crt, key).ask(get("/v1/feed?after=0"))) == 0);
}

TEST_CASE("https: a second certificate of the same name is not the terminal") {
    LiveTown live;
    TestTerminal terminal;
    const auto enrolment = live.enrol("F0001", terminal);
    const auto twin = must(live.town.region().authority.issue(terminal.id.str(), server::CertificateUse::client,
                                                              base::SystemClock{}.wall()));
    const auto crt = live.file("twin.crt", twin.certificate);
    const auto key = live.file("twin.key", std::string{base::as_text(twin.key.view())});
    CHECK(status(RawClient(live, crt, key).ask(get("/v1/feed?after=0"))) == 403);
}

TEST_CASE("https: an older TLS is not spoken") {
    LiveTown live;
    CHECK_FALSE(RawClient(live, {}, {}, TLS1_2_VERSION).connected());
    still_serves(live);
}

TEST_CASE("https: a code is spent by the first who brings it") {
    LiveTown live;
    std::string code;
    must(live.town.repository().write([&](server::Records& records) -> base::Status {
        KAZASHI_TRY(code, server::make_code(records, model::FacilityId{"F0001"}, live.town.now()));
        return base::ok();
    }));
    const wire::EnrolRequest request{code, must(engine::make_tls_request()).csr_pem, vault::make_signing_pair().verify,
                                     vault::make_sealing_pair().seal};
    CHECK(static_cast<bool>(engine::enrol(live.url(), live.ca(), request)));
    const auto again = engine::enrol(live.url(), live.ca(), request);
    REQUIRE_FALSE(again);
    CHECK(again.fault() == base::Fault::denied);
}

TEST_CASE("https: what is not asked for properly is named and nothing else happens") {
    LiveTown live;
    TestTerminal terminal;
    const auto enrolment = live.enrol("F0001", terminal);
    const auto ask = [&](const std::string& bytes) {
        return status(RawClient(live, enrolment.tls_certificate, enrolment.tls_key).ask(bytes));
    };
    CHECK(ask(get("/v1/feed")) == 400);
    CHECK(ask(get("/v1/feed?after=-1")) == 400);
    CHECK(ask(get("/v1/feed?after=12x")) == 400);
    CHECK(ask(get("/v1/feed?after=99999999999999999999999")) == 400);
    CHECK(ask(get("/v1/feed?after=1000000")) == 409);
    CHECK(ask(get("/v1/time?nonce=AB")) == 400);
    CHECK(ask(get("/v1/time?nonce=" + std::string(200, 'A'))) == 400);
    CHECK(ask(get("/")) == 404);
    CHECK(ask(get("/v1/../region.db")) == 404);
    CHECK(ask(get("/v1/ledger")) == 405);
    CHECK(ask(post("/v1/ledger", "garbage", "application/cbor")) == 400);
    CHECK(ask(post("/v1/ledger", std::string(5000, '\xbf'), "application/cbor")) == 400);
    CHECK(ask(post("/v1/enrol", std::string(2000, '\x9f'), "application/cbor")) == 400);
    auto foreign = terminal.write(model::LedgerKind::sign_in, {}, enrolment.region_seal, live.town.now());
    foreign.terminal = model::TerminalId{"F0002-T1"};
    const auto bytes = wire::encode(wire::Push{{foreign}});
    CHECK(ask(post("/v1/ledger", std::string{base::as_text(bytes)}, "application/cbor")) == 403);
}

TEST_CASE("https: FHIR refusals are OperationOutcomes that name the element") {
    LiveTown live;
    const auto folder = live.town.region().folder;
    const auto ask = [&](const std::string& body, const std::string& type = "application/fhir+json") {
        return RawClient(live, folder / "source.crt", folder / "source.key").ask(post("/fhir", body, type));
    };
    const auto outcome = [](const std::string& answer) { return answer.find("OperationOutcome") != std::string::npos; };
    const auto not_json = ask("{\"resourceType\":");
    CHECK(status(not_json) == 400);
    CHECK(outcome(not_json));
    const auto no_patient = ask(bundle({medicine("1", "m", "x")}));
    CHECK(status(no_patient) >= 400);
    CHECK(no_patient.find("Bundle.entry") != std::string::npos);
    CHECK(status(ask("{}", "text/xml")) == 415);
    auto long_story = patient_of("0000000001");
    long_story["text"]["div"] = "<div>" + std::string(10 * 1024 * 1024, 'x') + "</div>";
    const auto too_long = ask(bundle({long_story}));
    CHECK(status(too_long) == 413);
    CHECK(too_long.find("text.div") != std::string::npos);
    const auto far_too_long = ask(std::string(server::tuning::fhir_bytes + 1, ' '));
    CHECK(status(far_too_long) == 413);
    CHECK(outcome(far_too_long));
    CHECK(live.town.totals().resources == 0);
}

TEST_CASE("https: hostile bytes get an answer or the door") {
    LiveTown live;
    SECTION("no HTTP at all") { CHECK(status(RawClient{live}.ask(std::string(300, '\x16') + "\r\n\r\n")) == 400); }
    SECTION("a header without end") {
        std::string header = "GET /fhir/metadata HTTP/1.1\r\n";
        while (header.size() < 64 * 1024) header += "X-Pad: " + std::string(1000, 'a') + "\r\n";
        CHECK(status(RawClient{live}.ask(header)) == 431);
    }
    SECTION("two lengths") {
        CHECK(status(RawClient{live}.ask("POST /v1/enrol HTTP/1.1\r\nHost: r\r\nContent-Length: 5\r\n"
                                         "Content-Length: 50\r\n\r\nhello")) == 400);
    }
    SECTION("a length and chunks") {
        CHECK(status(RawClient{live}.ask("POST /v1/enrol HTTP/1.1\r\nHost: r\r\nContent-Length: 5\r\n"
                                         "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /fhir/metadata HTTP/1.1\r\n"
                                         "\r\n")) == 400);
    }
    SECTION("a chunk of another kind of length") {
        CHECK(status(RawClient{live}.ask("POST /v1/enrol HTTP/1.1\r\nHost: r\r\nTransfer-Encoding: chunked\r\n\r\n"
                                         "-1\r\nx\r\n0\r\n\r\n")) == 400);
    }
    SECTION("more than announced limits allow") {
        CHECK(status(RawClient{live}.ask(
                  "POST /v1/enrol HTTP/1.1\r\nHost: r\r\nContent-Length: 99999999999\r\n\r\n")) == 413);
    }
    SECTION("more than the route takes, announced and not sent") {
        CHECK(status(RawClient{live}.ask("POST /v1/enrol HTTP/1.1\r\nHost: r\r\nContent-Length: 1000000\r\n\r\n")) ==
              413);
    }
    SECTION("chunks without end") {
        RawClient client{live};
        client.send("POST /v1/enrol HTTP/1.1\r\nHost: r\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 64; ++i) client.send("400\r\n" + std::string(1024, 'x') + "\r\n");
        CHECK(status(client.read_all()) == 413);
    }
    SECTION("ten megabytes of zeros") {
        RawClient client{live};
        client.send("POST /v1/enrol HTTP/1.1\r\nHost: r\r\nContent-Length: 10485760\r\n\r\n");
        for (int i = 0; i < 160; ++i) client.send(std::string(65536, '\0'));
        const int answer = status(client.read_all());
        CHECK((answer == 413 || answer == 0));
    }
    SECTION("a body for a route that takes none") {
        CHECK(status(RawClient{live}.ask("GET /fhir/metadata HTTP/1.1\r\nHost: r\r\nContent-Length: 5\r\n\r\nhello")) ==
              413);
    }
    SECTION("a target full of bytes") {
        CHECK(status(RawClient{live}.ask(get("/v1/feed?after=%00%ff&&&=&after"))) == 401);
    }
    still_serves(live);
}

TEST_CASE("https: who is too slow is shown the door and holds nobody up") {
    LiveTown live;
    const auto begun = std::chrono::steady_clock::now();
    SECTION("silent before the handshake") {
        asio::io_context io;
        tcp::socket socket{io};
        socket.connect({asio::ip::make_address("127.0.0.1"), live.port()});
        still_serves(live);
        std::string nothing;
        boost::system::error_code end;
        asio::read(socket, asio::dynamic_buffer(nothing), end);
        CHECK(nothing.empty());
    }
    SECTION("drips its header") {
        RawClient client{live};
        client.send("GET /fhir/metadata HTTP/1.1\r\nHost:");
        std::thread dripper{[&client] {
            for (int i = 0; i < 20; ++i) {
                client.send("x");
                std::this_thread::sleep_for(std::chrono::milliseconds{100});
            }
        }};
        still_serves(live);
        dripper.join();
        CHECK(status(client.read_all()) == 0);
    }
    SECTION("never sends its body") {
        RawClient client{live};
        client.send("POST /v1/enrol HTTP/1.1\r\nHost: r\r\nContent-Length: 100\r\n\r\n");
        still_serves(live);
        CHECK(status(client.read_all()) == 0);
    }
    CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds{10});
    still_serves(live);
}

TEST_CASE("https: connections beyond the limit are closed and places come back") {
    auto patient = impatient();
    patient.handshake = std::chrono::seconds{20};
    LiveTown live{patient};
    asio::io_context io;
    {
        std::vector<tcp::socket> crowd;
        for (int i = 0; i < server::tuning::connections + 1; ++i) {
            crowd.emplace_back(io);
            crowd.back().connect({asio::ip::make_address("127.0.0.1"), live.port()});
        }
        // The last one is closed without a byte, while the others may still begin.
        std::array<char, 1> byte{};
        boost::system::error_code end;
        crowd.back().read_some(asio::buffer(byte), end);
        CHECK(end == asio::error::eof);
        crowd.front().non_blocking(true);
        crowd.front().read_some(asio::buffer(byte), end);
        CHECK(end == asio::error::would_block);
        // One goes, one may come.
        crowd.pop_back();
        crowd.pop_back();
        bool served = false;
        for (int tries = 0; tries < 50 && !served; ++tries) {
            std::this_thread::sleep_for(std::chrono::milliseconds{20});
            served = status(RawClient{live}.ask(get("/fhir/metadata"))) == 200;
        }
        CHECK(served);
    }
}

TEST_CASE("https: a connection is kept for the next request") {
    LiveTown live;
    RawClient client{live};
    const std::string request = "GET /fhir/metadata HTTP/1.1\r\nHost: r\r\n\r\n";
    client.send(request + request);
    const auto text = client.ask(get("/fhir/metadata"));
    std::size_t answers = 0;
    for (auto at = text.find("HTTP/1.1 200"); at != std::string::npos; at = text.find("HTTP/1.1 200", at + 1))
        ++answers;
    CHECK(answers == 3);
}
