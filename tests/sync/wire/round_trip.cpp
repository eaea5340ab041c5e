#include <limits>

#include "sync/wire/tuning.h"
#include "tests/catch.h"
#include "tests/sync/wire/samples.h"

using namespace kazashi;
using base::Fault;

TEST_CASE("wire: a grant and a policy come back as they went") {
    CHECK(*wire::decode_grant(wire::encode(samples::grant())) == samples::grant());
    CHECK(*wire::decode_grant(wire::encode(model::Grant{})) == model::Grant{});
    CHECK(*wire::decode_policy(wire::encode(model::default_policy())) == model::default_policy());
    CHECK(*wire::decode_policy(wire::encode(model::Policy{})) == model::Policy{});
    CHECK(*wire::decode_policy(wire::encode(samples::policy())) == samples::policy());
}

TEST_CASE("wire: every kind of feed body comes back as it went") {
    for (const auto& body : samples::bodies()) {
        const auto bytes = wire::encode_body(body);
        const auto back = wire::decode_body(bytes);
        REQUIRE(back);
        CHECK(*back == body);
        CHECK(wire::encode_body(*back) == bytes);
    }
}

TEST_CASE("wire: a signed page comes back whole and by both ways of encoding it") {
    vault::init();
    const auto region = vault::make_signing_pair();
    const auto page = samples::page();
    const auto bytes = wire::encode_signed(page, region);
    REQUIRE(wire::decode_signed_page(bytes, region.verify));
    CHECK(*wire::decode_signed_page(bytes, region.verify) == page);

    std::vector<wire::EncodedEntry> encoded;
    for (const auto& entry : page.entries) encoded.push_back({entry.seq, wire::encode_body(entry.body)});
    CHECK(wire::encode_signed(page, encoded, region) == bytes);
}

TEST_CASE("wire: a page weighs no more than the packer was told") {
    vault::init();
    const auto region = vault::make_signing_pair();
    auto page = samples::page();
    page.terminal = model::TerminalId{std::string(wire::tuning::id_bytes, 'T')};
    page.head = page.next = {std::numeric_limits<std::int64_t>::max()};
    page.packages_total = page.head.seq;
    std::size_t most = wire::tuning::envelope_bytes;
    for (auto& entry : page.entries) {
        entry.seq = page.head.seq;
        most += wire::encode_body(entry.body).size() + wire::tuning::entry_envelope_bytes;
    }
    CHECK(wire::encode_signed(page, region).size() <= most);
}

TEST_CASE("wire: signed time comes back with its nonce") {
    vault::init();
    const auto region = vault::make_signing_pair();
    const wire::SignedTime time{samples::some_bytes(16), samples::at(1'767'225'600'000)};
    const auto back = wire::decode_signed_time(wire::encode_signed(time, region), region.verify);
    REQUIRE(back);
    CHECK(back->nonce == time.nonce);
    CHECK(back->at == time.at);
    const auto other = vault::make_signing_pair();
    CHECK(wire::decode_signed_time(wire::encode_signed(time, region), other.verify).fault() == Fault::bad_signature);
}

TEST_CASE("wire: a signature for the time does not pass for a page") {
    vault::init();
    const auto region = vault::make_signing_pair();
    const auto time = wire::encode_signed(wire::SignedTime{samples::some_bytes(16), {}}, region);
    CHECK(wire::decode_signed_page(time, region.verify).fault() == Fault::bad_signature);
    const auto page = wire::encode_signed(samples::page(), region);
    CHECK(wire::decode_signed_time(page, region.verify).fault() == Fault::bad_signature);
}

TEST_CASE("wire: ledger bodies come back full and empty") {
    CHECK(*wire::decode_ledger_body(wire::encode(samples::ledger_body())) == samples::ledger_body());
    CHECK(*wire::decode_ledger_body(wire::encode(wire::LedgerBody{})) == wire::LedgerBody{});
    CHECK(wire::encode(wire::LedgerBody{}).size() == 1);
}

TEST_CASE("wire: a withdrawal has bytes of its own, for its challenge") {
    const auto one = samples::withdrawal();
    auto other = one;
    CHECK(wire::encode(one) == wire::encode(other));
    other.facility = {};
    CHECK(wire::encode(one) != wire::encode(other));
}

TEST_CASE("wire: a page of names comes back as it went") {
    CHECK(*wire::decode_names(wire::encode_names(samples::names())) == samples::names());
    CHECK(wire::decode_names(wire::encode_names({}))->empty());
}

TEST_CASE("wire: a ledger entry of every kind and quality comes back") {
    vault::init();
    const auto terminal = vault::make_signing_pair();
    auto entry = samples::chain(terminal, 1).front();
    for (int kind = 1; kind <= static_cast<int>(model::LedgerKind::id_card); ++kind) {
        entry.kind = static_cast<model::LedgerKind>(kind);
        entry.clock = static_cast<model::ClockQuality>(kind % 4);
        const auto back = wire::decode_ledger_entry(wire::encode(entry));
        REQUIRE(back);
        CHECK(*back == entry);
    }
    entry.kind = static_cast<model::LedgerKind>(static_cast<int>(model::LedgerKind::id_card) + 1);
    CHECK(wire::decode_ledger_entry(wire::encode(entry)).fault() == Fault::malformed);
    entry.kind = model::LedgerKind::view;
    entry.clock = static_cast<model::ClockQuality>(4);
    CHECK(wire::decode_ledger_entry(wire::encode(entry)).fault() == Fault::malformed);
}

TEST_CASE("wire: entries and receipts come back and keep their signatures") {
    vault::init();
    const auto terminal = vault::make_signing_pair();
    const auto region = vault::make_signing_pair();
    const auto entry = samples::chain(terminal, 1).front();
    const auto back = wire::decode_ledger_entry(wire::encode(entry));
    REQUIRE(back);
    CHECK(*back == entry);
    CHECK(wire::entry_signed_by(*back, terminal.verify));
    CHECK(!wire::entry_signed_by(*back, region.verify));

    auto receipt = samples::receipt_for(entry, region);
    const auto receipt_back = wire::decode_receipt(wire::encode(receipt));
    REQUIRE(receipt_back);
    CHECK(*receipt_back == receipt);
    CHECK(wire::receipt_signed_by(*receipt_back, region.verify));
    receipt.verdict = model::Verdict::refused;
    CHECK(!wire::receipt_signed_by(receipt, region.verify));
}

TEST_CASE("wire: a push and its answer come back whole") {
    vault::init();
    const auto terminal = vault::make_signing_pair();
    const auto region = vault::make_signing_pair();
    const wire::Push push{samples::chain(terminal, 5)};
    const auto bytes = wire::encode(push);
    REQUIRE(wire::decode_push(bytes));
    CHECK(wire::decode_push(bytes)->entries == push.entries);
    for (const auto& entry : push.entries) {
        CHECK(wire::encode(entry).size() <= entry.body.size() + wire::tuning::ledger_envelope_bytes);
    }

    wire::PushAnswer answer;
    for (const auto& entry : push.entries) answer.receipts.push_back(samples::receipt_for(entry, region));
    answer.problem = "fork";
    answer.expected = {9};
    const auto back = wire::decode_push_answer(wire::encode(answer));
    REQUIRE(back);
    CHECK(back->receipts == answer.receipts);
    CHECK(back->problem == "fork");
    CHECK(back->expected == model::LedgerSeq{9});
}

TEST_CASE("wire: enrolment comes back whole") {
    wire::EnrolRequest request{"K7Q4-MX2P", "-----BEGIN CERTIFICATE REQUEST-----\n", samples::id<model::VerifyKey>(3),
                               samples::id<model::SealKey>(5)};
    const auto asked = wire::decode_enrol_request(wire::encode(request));
    REQUIRE(asked);
    CHECK(asked->code == request.code);
    CHECK(asked->csr_pem == request.csr_pem);
    CHECK(asked->verify == request.verify);
    CHECK(asked->seal == request.seal);

    wire::EnrolAnswer answer;
    answer.terminal = model::TerminalId{"F0001-T1"};
    answer.facility = {model::FacilityId{"F0001"}, model::FacilityType::fire, "臼杵市消防本部"};
    answer.region = 44;
    answer.certificate_pem = "-----BEGIN CERTIFICATE-----\n";
    answer.index_key = samples::some_bytes(32);
    answer.region_verify = samples::id<model::VerifyKey>(9);
    answer.region_seal = samples::id<model::SealKey>(11);
    answer.policy = model::default_policy();
    answer.capsule_keys = {{2, samples::some_bytes(112)}, {1, samples::some_bytes(112)}};
    answer.glossary = {4, 2, samples::some_bytes(500)};
    answer.demo = true;
    const auto back = wire::decode_enrol_answer(wire::encode(answer));
    REQUIRE(back);
    CHECK(back->terminal == answer.terminal);
    CHECK(back->facility == answer.facility);
    CHECK(back->region == 44);
    CHECK(back->certificate_pem == answer.certificate_pem);
    CHECK(back->index_key == answer.index_key);
    CHECK(back->region_verify == answer.region_verify);
    CHECK(back->region_seal == answer.region_seal);
    CHECK(back->policy == answer.policy);
    CHECK(back->capsule_keys == answer.capsule_keys);
    CHECK(back->glossary == answer.glossary);
    CHECK(back->demo);
    answer.glossary.reset();
    CHECK_FALSE(wire::decode_enrol_answer(wire::encode(answer))->glossary);
}
