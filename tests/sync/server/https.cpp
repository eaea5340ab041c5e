// The server on a real socket, its own client on the other side: who gets in, and what they get.
#include <atomic>

#include "sync/server/source_client.h"
#include "tests/sync/server/live_town.h"

using namespace kazashi;
using namespace kazashi::test;

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
