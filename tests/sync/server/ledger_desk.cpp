#include "sync/server/ledger_desk.h"

#include "tests/sync/server/town.h"

using namespace kazashi;
using namespace kazashi::test;

namespace {

constexpr const char* number = "0000000001";

struct Tap {
    Town town;
    TestTerminal terminal{town.enrol("F0001")};
    server::CardImage image{town.issue(number)};
    simulator::VirtualCard card{simulated(image)};

    Tap() { town.import(bundle({patient_of(number), medicine(number, "m1", "アムロジピン")})); }

    wire::PushAnswer push_grant(const wire::LedgerBody& body) {
        return must(town.push(terminal, {town.write(terminal, model::LedgerKind::grant, body)}));
    }
    void refused(const wire::PushAnswer& answer, const std::string& reason) {
        REQUIRE(answer.receipts.size() == 1);
        CHECK(answer.receipts[0].verdict == model::Verdict::refused);
        CHECK(answer.receipts[0].reason == reason);
        CHECK(answer.problem.empty());
    }
};

wire::LedgerBody note(const std::string& text) {
    wire::LedgerBody body;
    body.note = text;
    return body;
}

}  // namespace

TEST_CASE("ledger desk: a grant with the right proof is accepted and its facility hears of it") {
    Tap tap;
    const auto other = tap.town.enrol("F0002");
    const auto grant = tap.town.draft(tap.terminal, number);
    const auto answer = tap.push_grant(tap.town.proved(grant, tap.card));

    REQUIRE(answer.receipts.size() == 1);
    const auto& receipt = answer.receipts[0];
    CHECK(receipt.verdict == model::Verdict::accepted);
    CHECK(receipt.reason.empty());
    CHECK(receipt.hash == tap.terminal.head.hash);
    CHECK(receipt.received_at == tap.town.now());
    CHECK(wire::receipt_signed_by(receipt, tap.town.region().keys.signing.verify));
    CHECK(answer.expected.value == 2);

    const auto grants = tap.town.grants();
    REQUIRE(grants.size() == 1);
    CHECK(grants[0].grant == grant);
    CHECK(grants[0].state == model::GrantState::confirmed);
    CHECK(grants[0].proof_verified);
    const auto news = all<model::GrantNews>(tap.town.feed(tap.terminal));
    REQUIRE(news.size() == 1);
    CHECK(news[0].state == model::GrantState::confirmed);
    CHECK(all<model::GrantNews>(tap.town.feed(other)).empty());
}

TEST_CASE("ledger desk: an accepted grant brings wraps that only this facility opens") {
    Tap tap;
    const auto grant = tap.town.draft(tap.terminal, number);
    tap.push_grant(tap.town.proved(grant, tap.card));
    int opened = 0;
    for (const auto& wrap : all<model::Wrap>(tap.town.feed(tap.terminal))) {
        if (wrap.way != model::WrapFor::facility) continue;
        CHECK(grant.sections.has(wrap.package.section));
        CHECK(static_cast<bool>(vault::unwrap_facility(tap.terminal.sealing, wrap.package, wrap.sealed)));
        ++opened;
    }
    CHECK(opened == 3);
}

TEST_CASE("ledger desk: a proof made with another key is refused and said so") {
    Tap tap;
    auto forged = simulated(tap.image);
    forged.ck.data()[3] ^= 0x10;
    simulator::VirtualCard card{forged};
    const auto grant = tap.town.draft(tap.terminal, number);
    tap.refused(tap.push_grant(tap.town.proved(grant, card)), "proof_wrong");

    const auto grants = tap.town.grants();
    REQUIRE(grants.size() == 1);
    CHECK(grants[0].state == model::GrantState::refused);
    CHECK_FALSE(grants[0].proof_verified);
    const auto entries = tap.town.feed(tap.terminal);
    const auto news = all<model::GrantNews>(entries);
    REQUIRE(news.size() == 1);
    CHECK(news[0].grant == grant.id);
    CHECK(news[0].state == model::GrantState::refused);
    CHECK(news[0].reason == "proof_wrong");
    for (const auto& wrap : all<model::Wrap>(entries)) CHECK(wrap.way == model::WrapFor::card);
}

TEST_CASE("ledger desk: a proof is evidence for one grant and no other") {
    Tap tap;
    const auto grant = tap.town.draft(tap.terminal, number);
    auto body = tap.town.proved(grant, tap.card);
    body.grant->expires_at -= std::chrono::hours{1};
    tap.refused(tap.push_grant(body), "proof_wrong");
}

TEST_CASE("ledger desk: a grant must be the terminal's and within the policy") {
    Tap tap;
    auto grant = tap.town.draft(tap.terminal, number);
    SECTION("sections its type may not see") {
        grant.sections = grant.sections.with(model::Section::care);
        tap.refused(tap.push_grant(tap.town.proved(grant, tap.card)), "not_entitled");
    }
    SECTION("a purpose nobody knows") {
        grant.purpose = "curiosity";
        tap.refused(tap.push_grant(tap.town.proved(grant, tap.card)), "not_entitled");
    }
    SECTION("the patient alone, where there is no kiosk") {
        grant.purpose = "self";
        grant.staff = {};
        grant.expires_at = grant.granted_at + std::chrono::minutes{10};
        tap.refused(tap.push_grant(tap.town.proved(grant, tap.card)), "not_entitled");
    }
    SECTION("the patient's history") {
        grant.sections = grant.sections.with(model::Section::history);
        tap.refused(tap.push_grant(tap.town.proved(grant, tap.card)), "not_entitled");
    }
    SECTION("longer than the window") {
        grant.expires_at += std::chrono::milliseconds{1};
        tap.refused(tap.push_grant(tap.town.proved(grant, tap.card)), "window_too_long");
    }
    SECTION("from the future") {
        grant.granted_at += std::chrono::hours{24 * 30};
        grant.expires_at += std::chrono::hours{24 * 30};
        tap.refused(tap.push_grant(tap.town.proved(grant, tap.card)), "window_too_long");
    }
    SECTION("another patient than the card's") {
        tap.town.import(bundle({patient_of("0000000002", "ベツ ジン")}));
        grant.patient = tap.town.patient("0000000002")->ref;
        tap.refused(tap.push_grant(tap.town.proved(grant, tap.card)), "wrong_patient");
    }
    SECTION("a card nobody issued") {
        auto body = tap.town.proved(grant, tap.card);
        body.idm->bytes[7] ^= 1U;
        tap.refused(tap.push_grant(body), "card_unknown");
    }
    SECTION("a staff card") {
        const auto staff = tap.town.issue("0000000009", card::CardKind::staff);
        simulator::VirtualCard card{simulated(staff)};
        tap.refused(tap.push_grant(tap.town.proved(grant, card)), "card_unknown");
    }
    SECTION("a revoked card") {
        must(tap.town.repository().write([&](server::Records& records) {
            return server::revoke_cards(records, tap.town.region().keys, card::CardKind::patient, number);
        }));
        tap.refused(tap.push_grant(tap.town.proved(grant, tap.card)), "card_revoked");
    }
    SECTION("without a proof") {
        auto body = tap.town.proved(grant, tap.card);
        body.proof.clear();
        tap.refused(tap.push_grant(body), "grant_incomplete");
    }
    CHECK(tap.town.grants().size() == 1);
    CHECK(tap.town.grants()[0].state == model::GrantState::refused);
}

TEST_CASE("ledger desk: the same push again gets the same receipts and changes nothing") {
    Tap tap;
    const auto grant = tap.town.draft(tap.terminal, number);
    std::vector<model::LedgerEntry> entries;
    entries.push_back(tap.town.write(tap.terminal, model::LedgerKind::sign_in, note("")));
    entries.push_back(tap.town.write(tap.terminal, model::LedgerKind::grant, tap.town.proved(grant, tap.card)));
    const auto first = must(tap.town.push(tap.terminal, entries));
    const auto head = tap.town.page(tap.terminal, {}).head;
    tap.town.clock.pass(std::chrono::hours{1});
    entries.push_back(tap.town.write(tap.terminal, model::LedgerKind::sign_out, note("")));
    const auto again = must(tap.town.push(tap.terminal, entries));
    REQUIRE(again.receipts.size() == 3);
    CHECK(again.receipts[0] == first.receipts[0]);
    CHECK(again.receipts[1] == first.receipts[1]);
    CHECK(again.problem.empty());
    CHECK(tap.town.page(tap.terminal, {}).head == head);
    CHECK(tap.town.grants().size() == 1);
}

TEST_CASE("ledger desk: the same grant in a later entry is the same grant") {
    Tap tap;
    const auto body = tap.town.proved(tap.town.draft(tap.terminal, number), tap.card);
    tap.push_grant(body);
    const auto again = tap.push_grant(body);
    CHECK(again.receipts[0].verdict == model::Verdict::accepted);
    CHECK(tap.town.grants().size() == 1);
    SECTION("but its id cannot be given to another") {
        auto other = tap.town.draft(tap.terminal, number);
        other.id = body.grant->id;
        other.purpose = "other";
        tap.refused(tap.push_grant(tap.town.proved(other, tap.card)), "grant_repeated");
        CHECK(tap.town.grants()[0].state == model::GrantState::confirmed);
    }
}

TEST_CASE("ledger desk: a gap is named and what came before it stays") {
    Tap tap;
    const auto one = tap.town.write(tap.terminal, model::LedgerKind::sign_in, note(""));
    const auto two = tap.town.write(tap.terminal, model::LedgerKind::view, note(""));
    const auto three = tap.town.write(tap.terminal, model::LedgerKind::sign_out, note(""));
    const auto answer = must(tap.town.push(tap.terminal, {one, three}));
    CHECK(answer.problem == "gap");
    CHECK(answer.receipts.size() == 1);
    CHECK(answer.expected.value == 2);
    const auto rest = must(tap.town.push(tap.terminal, {two, three}));
    CHECK(rest.problem.empty());
    CHECK(rest.receipts.size() == 2);
}

TEST_CASE("ledger desk: nobody can bring another terminal's grant") {
    Tap tap;
    auto beside = tap.town.enrol("F0001");
    auto elsewhere = tap.town.enrol("F0002");
    const auto body = tap.town.proved(tap.town.draft(tap.terminal, number), tap.card);
    SECTION("before its owner does") {}
    SECTION("after its owner did") { tap.push_grant(body); }
    for (auto* hostile : {&beside, &elsewhere}) {
        const auto replay = tap.town.write(*hostile, model::LedgerKind::grant, body);
        tap.refused(must(tap.town.push(*hostile, {replay})), "not_entitled");
    }
    // As its own: then it is not what the card answered.
    auto own = body;
    own.grant->facility = elsewhere.facility.id;
    own.grant->terminal = elsewhere.id;
    const auto claim = tap.town.write(elsewhere, model::LedgerKind::grant, own);
    const auto answer = must(tap.town.push(elsewhere, {claim}));
    REQUIRE(answer.receipts.size() == 1);
    CHECK(answer.receipts[0].verdict == model::Verdict::refused);
    for (const auto& wrap : all<model::Wrap>(tap.town.feed(elsewhere))) CHECK(wrap.way != model::WrapFor::facility);
}

TEST_CASE("ledger desk: a replay does not take the grant from its owner") {
    Tap tap;
    auto elsewhere = tap.town.enrol("F0002");
    const auto body = tap.town.proved(tap.town.draft(tap.terminal, number), tap.card);
    must(tap.town.push(elsewhere, {tap.town.write(elsewhere, model::LedgerKind::grant, body)}));
    CHECK(tap.push_grant(body).receipts[0].verdict == model::Verdict::accepted);
}

TEST_CASE("ledger desk: a second history is a fork, and closes the ledger for good") {
    Tap tap;
    auto twin = tap.terminal.head;
    const auto one = tap.town.write(tap.terminal, model::LedgerKind::sign_in, note("a"));
    must(tap.town.push(tap.terminal, {one}));
    const auto head = tap.terminal.head;
    SECTION("another entry of the same number") {
        tap.terminal.head = twin;
        const auto other = tap.town.write(tap.terminal, model::LedgerKind::sign_in, note("b"));
        const auto answer = must(tap.town.push(tap.terminal, {other}));
        CHECK(answer.problem == "fork");
        CHECK(answer.receipts.empty());
        CHECK(answer.expected.value == 2);
    }
    SECTION("an entry that follows another one") {
        tap.terminal.head.hash.bytes[0] ^= 1U;
        const auto other = tap.town.write(tap.terminal, model::LedgerKind::view, note("c"));
        CHECK(must(tap.town.push(tap.terminal, {other})).problem == "fork");
    }
    CHECK(tap.town.record_of(tap.terminal).forked_at == tap.town.now());
    // Nobody knows which of the two is the true one: neither is heard again.
    tap.terminal.head = head;
    const auto next = tap.town.write(tap.terminal, model::LedgerKind::view, note("d"));
    const auto answer = must(tap.town.push(tap.terminal, {one, next}));
    CHECK(answer.problem == "fork");
    CHECK(answer.receipts.empty());
    auto anew = tap.town.enrol("F0001");
    const auto first = tap.town.write(anew, model::LedgerKind::sign_in, note("e"));
    CHECK(must(tap.town.push(anew, {first})).problem.empty());
}

TEST_CASE("ledger desk: what the terminal has not signed is no fork") {
    Tap tap;
    const auto one = tap.town.write(tap.terminal, model::LedgerKind::sign_in, note("a"));
    must(tap.town.push(tap.terminal, {one}));
    auto other = one;
    other.at += std::chrono::seconds{1};
    CHECK(must(tap.town.push(tap.terminal, {other})).problem == "bad_signature");
    CHECK_FALSE(tap.town.record_of(tap.terminal).forked_at.has_value());
}

TEST_CASE("ledger desk: an entry twice in one push is a repeat") {
    Tap tap;
    const auto one = tap.town.write(tap.terminal, model::LedgerKind::sign_in, note("a"));
    const auto two = tap.town.write(tap.terminal, model::LedgerKind::sign_out, note("b"));
    const auto answer = must(tap.town.push(tap.terminal, {one, one, two, one}));
    CHECK(answer.problem.empty());
    REQUIRE(answer.receipts.size() == 4);
    CHECK(answer.receipts[1] == answer.receipts[0]);
    CHECK(answer.receipts[3] == answer.receipts[0]);
    CHECK(answer.expected.value == 3);
}

TEST_CASE("ledger desk: a forked terminal gets no new patient keys") {
    Tap tap;
    tap.push_grant(tap.town.proved(tap.town.draft(tap.terminal, number), tap.card));
    const auto wraps = [&] {
        int count = 0;
        for (const auto& wrap : all<model::Wrap>(tap.town.feed(tap.terminal))) {
            count += wrap.way == model::WrapFor::facility ? 1 : 0;
        }
        return count;
    };
    CHECK(wraps() == 3);
    tap.terminal.head = {};
    must(tap.town.push(tap.terminal, {tap.town.write(tap.terminal, model::LedgerKind::sign_in, note("old image"))}));
    CHECK(wraps() == 0);
    tap.town.import(bundle({patient_of(number), medicine(number, "m2", "ロキソニン")}));
    CHECK(wraps() == 0);
}

TEST_CASE("ledger desk: an entry signed by another key or changed since is not taken") {
    Tap tap;
    auto entry = tap.town.write(tap.terminal, model::LedgerKind::sign_in, note(""));
    SECTION("another key") { wire::sign_entry(entry, vault::make_signing_pair()); }
    SECTION("another time") { entry.at += std::chrono::seconds{1}; }
    const auto answer = must(tap.town.push(tap.terminal, {entry}));
    CHECK(answer.problem == "bad_signature");
    CHECK(answer.receipts.empty());
    CHECK(answer.expected.value == 1);
}

TEST_CASE("ledger desk: nobody pushes for another terminal") {
    Tap tap;
    auto other = tap.town.enrol("F0001");
    const auto own = tap.town.write(tap.terminal, model::LedgerKind::sign_in, note(""));
    const auto foreign = tap.town.write(other, model::LedgerKind::sign_in, note(""));
    const auto answer = tap.town.push(tap.terminal, {own, foreign});
    REQUIRE_FALSE(answer);
    CHECK(answer.fault() == base::Fault::denied);
    CHECK(must(tap.town.push(tap.terminal, {})).expected.value == 1);
}

TEST_CASE("ledger desk: an entry the region cannot read keeps its place in the chain") {
    Tap tap;
    model::LedgerEntry entry = tap.town.write(tap.terminal, model::LedgerKind::view, note("x"));
    tap.terminal.head = {};
    entry.body = base::Bytes(80, 7);
    wire::sign_entry(entry, tap.terminal.signing);
    tap.terminal.head = {entry.seq, wire::hash_of(entry)};
    tap.refused(must(tap.town.push(tap.terminal, {entry})), "body_unreadable");
    const auto next = tap.town.write(tap.terminal, model::LedgerKind::sign_out, note(""));
    CHECK(must(tap.town.push(tap.terminal, {next})).receipts[0].verdict == model::Verdict::accepted);
}
