// The server on a real socket, and clients that mean no good or know no better.
#include "tests/sync/server/live_town.h"

using namespace kazashi;
using namespace kazashi::test;

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
