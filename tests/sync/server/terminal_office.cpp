#include "sync/server/terminal_office.h"

#include <map>

#include "sync/server/emergency.h"
#include "sync/server/router.h"
#include "tests/sync/server/visits.h"

using namespace kazashi;
using namespace kazashi::test;

namespace {

// Requests as the HTTP server hands them on, with the certificate TLS has checked.
struct Door {
    explicit Door(Visits& visits) : visits_{visits}, router_{visits.town.region(), visits.town.clock} {}

    server::HttpAnswer ask(const TestTerminal& terminal, const std::string& certificate, const std::string& method,
                           const std::string& target, const base::Bytes& body = {}) {
        const server::Peer peer{terminal.id.str(), must(server::fingerprint(certificate))};
        return router_.answer({method, target, "application/cbor", peer, std::string{base::as_text(body)}});
    }
    int feed(const TestTerminal& terminal) { return feed(terminal, terminal.certificate); }
    int feed(const TestTerminal& terminal, const std::string& certificate) {
        return ask(terminal, certificate, "GET", "/v1/feed?after=0").status;
    }
    int push(TestTerminal& terminal, model::LedgerKind kind) {
        const wire::Push entries{{visits_.town.write(terminal, kind, {})}};
        return ask(terminal, terminal.certificate, "POST", "/v1/ledger", wire::encode(entries)).status;
    }

private:
    Visits& visits_;
    server::Router router_;
};

server::LostReport lose(Visits& visits, const TestTerminal& terminal) {
    server::LostReport report;
    must(visits.write([&](server::Records& records) -> base::Status {
        KAZASHI_TRY(report, server::lose_terminal(records, visits.town.region().keys, terminal.id, visits.town.now()));
        return base::ok();
    }));
    return report;
}

std::map<model::Section, std::int64_t> versions(Visits& visits) {
    std::map<model::Section, std::int64_t> found;
    for (const auto& package : all<model::Package>(visits.town.feed(visits.kiosk))) {
        found[package.id.section] = package.id.version;
    }
    return found;
}

struct NewKeys {
    vault::SigningPair signing{vault::make_signing_pair()};
    engine::TlsRequest tls{must(engine::make_tls_request())};

    wire::RekeyRequest request(const TestTerminal& terminal) const {
        return {terminal.id, terminal.head.seq, tls.csr_pem, signing.verify, terminal.sealing.seal};
    }
};

}  // namespace

TEST_CASE("lost terminal: refused from then on, and what it could open is sealed anew for the others") {
    Visits visits;
    Door door{visits};
    const auto beside = visits.town.enrol("F0001");
    const auto grant = visits.tap(visits.pharmacy);
    const auto before = versions(visits);
    CHECK(door.feed(visits.pharmacy) == 200);
    const auto report = lose(visits, visits.pharmacy);
    CHECK(door.feed(visits.pharmacy) == 403);
    CHECK(door.push(visits.pharmacy, model::LedgerKind::sign_in) == 403);
    CHECK(door.feed(beside) == 200);

    REQUIRE(report.windows.size() == 1);
    CHECK(report.windows[0].grant == grant.id);
    CHECK(report.windows[0].patient_number == visitor_number);
    CHECK(report.sections_sealed_anew == 3);
    CHECK_FALSE(report.emergency_epoch.has_value());
    const auto after = versions(visits);
    for (const auto section : {model::Section::emergency, model::Section::medication, model::Section::clinical}) {
        CHECK(after.at(section) == before.at(section) + 1);
    }
    CHECK(after.at(model::Section::care) == before.at(model::Section::care));
    CHECK(visits.facility_wraps(visits.pharmacy) == 0);
    CHECK(visits.facility_wraps(beside) == 3);
    for (const auto& wrap : all<model::Wrap>(visits.town.feed(beside))) {
        if (wrap.package.section != model::Section::history) {
            CHECK(wrap.package.version == after.at(wrap.package.section));
        }
    }
    const auto again = visits.write([&](server::Records& records) -> base::Status {
        KAZASHI_CHECK(server::lose_terminal(records, visits.town.region().keys, visits.pharmacy.id, visits.town.now()));
        return base::ok();
    });
    CHECK(again.fault() == base::Fault::denied);
}

TEST_CASE("lost terminal: one that held the emergency key begins a new epoch it never hears of") {
    Visits visits;
    const auto second = visits.town.enrol("F0002");
    const auto report = lose(visits, visits.ambulance);
    CHECK(report.emergency_epoch == 2);
    CHECK(all<model::EmergencyKeyWrap>(visits.town.feed(visits.ambulance)).empty());
    const auto wraps = all<model::EmergencyKeyWrap>(visits.town.feed(second));
    REQUIRE(wraps.size() == 1);
    CHECK(wraps[0].epoch == 2);
    const auto none = visits.write([&](server::Records& records) -> base::Status {
        KAZASHI_CHECK(server::lose_terminal(records, visits.town.region().keys, model::TerminalId{"F9-T1"}, {}));
        return base::ok();
    });
    CHECK(none.fault() == base::Fault::not_found);
}

TEST_CASE("ended terminal: its certificate is refused, but for the last push again") {
    Visits visits;
    Door door{visits};
    const wire::Push last{{visits.town.write(visits.pharmacy, model::LedgerKind::terminal_ended, {})}};
    const auto send = [&] {
        return door.ask(visits.pharmacy, visits.pharmacy.certificate, "POST", "/v1/ledger", wire::encode(last));
    };
    const auto first = send();
    CHECK(first.status == 200);
    CHECK(send().body == first.body);
    CHECK(door.feed(visits.pharmacy) == 403);
    CHECK(door.push(visits.pharmacy, model::LedgerKind::sign_in) == 403);
}

TEST_CASE("rekey: a new signing key and certificate replace the old, and the wraps still open") {
    Visits visits;
    Door door{visits};
    visits.tap(visits.pharmacy);
    auto& terminal = visits.pharmacy;
    const NewKeys fresh;
    const auto request = wire::encode_signed(fresh.request(terminal), terminal.signing);
    const auto old_certificate = terminal.certificate;
    const auto answer = door.ask(terminal, old_certificate, "POST", "/v1/rekey", request);
    REQUIRE(answer.status == 200);
    terminal.certificate = must(wire::decode_rekey_answer(base::as_bytes(answer.body))).certificate_pem;
    terminal.signing = vault::signing_pair(fresh.signing.secret.clone());

    CHECK(door.feed(terminal, old_certificate) == 403);
    CHECK(door.feed(terminal) == 200);
    CHECK(visits.facility_wraps(terminal) == 3);
    CHECK(door.push(terminal, model::LedgerKind::sign_in) == 200);

    SECTION("the answer was lost: the same request again over the old certificate") {
        const auto repeat = door.ask(terminal, old_certificate, "POST", "/v1/rekey", request);
        REQUIRE(repeat.status == 200);
        terminal.certificate = must(wire::decode_rekey_answer(base::as_bytes(repeat.body))).certificate_pem;
        CHECK(door.feed(terminal) == 200);
    }
    SECTION("another request over the old certificate is none") {
        const NewKeys thief;
        CHECK(door.ask(terminal, old_certificate, "POST", "/v1/rekey",
                       wire::encode_signed(thief.request(terminal), terminal.signing))
                  .status == 403);
    }
}

TEST_CASE("terminal office: with the keys of a stolen disk nobody gets another facility key") {
    Visits visits;
    Door door{visits};
    auto& terminal = visits.ambulance;
    const NewKeys fresh;
    auto request = fresh.request(terminal);
    request.seal = vault::make_sealing_pair().seal;
    const auto ask = [&] {
        return door.ask(terminal, terminal.certificate, "POST", "/v1/rekey",
                        wire::encode_signed(request, terminal.signing));
    };
    CHECK(ask().status == 403);
    CHECK(visits.town.record_of(terminal).seal == terminal.sealing.seal);
    const auto wraps = all<model::EmergencyKeyWrap>(visits.town.feed(terminal));
    REQUIRE(wraps.size() == 1);
    CHECK(static_cast<bool>(vault::open_emergency_key(terminal.sealing, wraps[0])));
    // It was the key alone: the same request with the old one is taken.
    request.seal = terminal.sealing.seal;
    CHECK(ask().status == 200);
}

TEST_CASE("rekey: who cannot sign with the old key, or has not sent the whole ledger, keeps the old ones") {
    Visits visits;
    Door door{visits};
    auto& terminal = visits.pharmacy;
    visits.tap(terminal);
    const NewKeys fresh;
    auto request = fresh.request(terminal);
    int status = 0;
    SECTION("another key") {
        status =
            door.ask(terminal, terminal.certificate, "POST", "/v1/rekey", wire::encode_signed(request, fresh.signing))
                .status;
        CHECK(status == 403);
    }
    SECTION("another terminal's request") {
        request.terminal = visits.kiosk.id;
        status = door.ask(terminal, terminal.certificate, "POST", "/v1/rekey",
                          wire::encode_signed(request, terminal.signing))
                     .status;
        CHECK(status == 403);
    }
    SECTION("a ledger that is not here yet") {
        request.head.value += 1;
        status = door.ask(terminal, terminal.certificate, "POST", "/v1/rekey",
                          wire::encode_signed(request, terminal.signing))
                     .status;
        CHECK(status == 409);
    }
    SECTION("not a certificate request") {
        request.csr_pem = "-----BEGIN NOTHING-----";
        status = door.ask(terminal, terminal.certificate, "POST", "/v1/rekey",
                          wire::encode_signed(request, terminal.signing))
                     .status;
        CHECK(status == 400);
    }
    CHECK(status != 0);
    CHECK(door.feed(terminal) == 200);
    CHECK(visits.town.record_of(terminal).verify == terminal.signing.verify);
}

TEST_CASE("router: an emergency terminal that has read up to the head finds the names there") {
    Visits visits;
    Door door{visits};
    CHECK(all<model::NamePage>(visits.town.feed(visits.ambulance)).empty());
    CHECK(door.feed(visits.pharmacy) == 200);
    CHECK(all<model::NamePage>(visits.town.feed(visits.ambulance)).empty());
    const auto answer = door.ask(visits.ambulance, visits.ambulance.certificate, "GET", "/v1/feed?after=0");
    const auto page =
        must(wire::decode_signed_page(base::as_bytes(answer.body), visits.town.region().keys.signing.verify));
    CHECK(all<model::NamePage>(page.entries).size() == 1);
    CHECK(page.next == page.head);
}
