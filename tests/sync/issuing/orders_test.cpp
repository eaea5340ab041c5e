// What the region's desk does with orders that come late, come to nothing, or were not meant that way.
#include "tests/sync/issuing/office.h"

using namespace kazashi;
using namespace kazashi::test;
using simulator::VirtualCard;

namespace {

const engine::CardWish issue{CardPurpose::issue, card::CardKind::patient, somebody};
const engine::CardWish reissue{CardPurpose::reissue, card::CardKind::patient, somebody};

void records_for(Office& office) {
    office.live.town.import(bundle({patient_of(somebody), medicine(somebody, "m1", "アムロジピン")}));
}

}  // namespace

TEST_CASE("issuing: a loss that is told late ends no card made since") {
    Office office;
    records_for(office);
    auto pharmacy = office.pharmacy_line();
    auto& town = office.live.town;
    auto old = VirtualCard::blank(first_idm);
    REQUIRE(office.order(issue, old).note == note::issued);
    town.clock.pass(std::chrono::minutes{1});
    wire::LedgerBody body;
    body.number = somebody;
    // Written without a line; the new card is made before the region hears of it.
    const auto report = town.write(office.pharmacist, model::LedgerKind::card_lost, body);
    town.clock.pass(std::chrono::hours{2});
    auto fresh = VirtualCard::blank(second_idm);
    REQUIRE(office.order(reissue, fresh).note == note::issued);
    const auto answer = must(town.push(office.pharmacist, {report}));
    REQUIRE(answer.receipts.size() == 1);
    CHECK(answer.receipts[0].verdict == model::Verdict::accepted);
    CHECK(office.revoked_in_feed(first_idm));
    CHECK_FALSE(office.revoked_in_feed(second_idm));
    CHECK(office.opens(fresh) > 0);
    // Lost in its turn, it ends; also by a terminal whose clock is ahead.
    town.clock.pass(std::chrono::hours{1});
    const auto ahead = office.pharmacist.write(model::LedgerKind::card_lost, body, town.region().keys.sealing.seal,
                                               town.now() + std::chrono::hours{5});
    CHECK(must(town.push(office.pharmacist, {ahead})).receipts[0].verdict == model::Verdict::accepted);
    CHECK(office.revoked_in_feed(second_idm));
}

TEST_CASE("issuing: a dry run puts nothing in service and forgets no card under way") {
    Office office;
    records_for(office);
    auto old = VirtualCard::blank(first_idm);
    REQUIRE(office.order(issue, old).note == note::issued);
    // How far the card came before it was put aside: from not locked yet to whole, of which the last answer was lost.
    for (const std::int64_t step : {2, 5}) {
        INFO(step);
        card::Idm idm = second_idm;
        idm.bytes[6] = static_cast<std::uint8_t>(step);
        auto fresh = VirtualCard::blank(idm);
        Reader reader{&fresh};
        {
            auto line = office.line();
            engine::CardOrder order{line};
            auto turn = must(order.begin(reissue, idm));
            while (turn.step < step) turn = must(order.answer(reader.relay(turn.frames)));
            reader.relay(turn.frames);
        }
        const auto before = office.begun(idm);
        REQUIRE(before.has_value());
        auto dry = reissue;
        dry.dry_run = true;
        const auto end = office.order(dry, fresh);
        CHECK(end.note == note::dry_run);
        CHECK(end.mc_next.has_value());
        CHECK_FALSE(office.card_of(idm).has_value());
        CHECK_FALSE(office.revoked_in_feed(first_idm));
        const auto after = office.begun(idm);
        REQUIRE(after.has_value());
        CHECK(after->card.id == before->card.id);
        CHECK(after->locked == before->locked);
    }
}

TEST_CASE("issuing: a dry run leaves no trace while it goes on") {
    Office office;
    records_for(office);
    auto line = office.line();
    engine::CardOrder order{line};
    auto wish = issue;
    wish.dry_run = true;
    CHECK(must(order.begin(wish, first_idm)).outcome == CardOutcome::running);
    CHECK_FALSE(office.begun(first_idm).has_value());
}

TEST_CASE("issuing: a card that answers once and falls silent is given up") {
    Office office;
    records_for(office);
    auto card = VirtualCard::blank(first_idm);
    auto line = office.line();
    engine::CardOrder order{line};
    auto turn = must(order.begin(issue, first_idm));
    int turns = 0;
    for (; turn.outcome == CardOutcome::running && turns < 20; ++turns) {
        Reader reader{&card, 1};
        turn = must(order.answer(reader.relay(turn.frames)));
    }
    CHECK(turns == 8);
    CHECK(turn.outcome == CardOutcome::refused);
    CHECK(turn.note == note::unreadable);
    CHECK(office.order(issue, card).note == note::issued);
}

TEST_CASE("issuing: a hand that slips now and then is no silent card") {
    Office office;
    records_for(office);
    auto card = VirtualCard::blank(first_idm);
    auto line = office.line();
    engine::CardOrder order{line};
    auto turn = must(order.begin(issue, first_idm));
    Reader reader{&card};
    for (int i = 0; turn.outcome == CardOutcome::running; ++i) {
        REQUIRE(i < 60);
        const bool slips = i % 6 < 3;
        if (slips) card.power_off();
        turn = must(order.answer(slips ? std::vector<base::Bytes>{} : reader.relay(turn.frames)));
    }
    CHECK(turn.note == note::issued);
}

TEST_CASE("issuing: what is over goes with the terminal's next order") {
    Office office;
    records_for(office);
    auto card = VirtualCard::blank(first_idm);
    const auto kept = [&office](const wire::OrderId& id) {
        return office.read<std::optional<server::CardOrder>>([&](auto& records) { return records.card_order(id); })
            .has_value();
    };
    auto line = office.line();
    const auto begin = [&] {
        wire::CardOrderStep step;
        step.begin = {CardPurpose::issue, card::CardKind::patient,        somebody, false,
                      first_idm,          vault::make_sealing_pair().seal};
        const auto bytes = must(line.post("/v1/card", wire::encode(step), wire::tuning::card_order_bytes));
        return must(wire::decode_card_order_answer(bytes)).order;
    };
    const auto first = begin();
    const auto second = begin();
    CHECK(kept(first));  // it can still say that it is over
    const auto third = begin();
    CHECK_FALSE(kept(first));
    CHECK(kept(second));
    CHECK(kept(third));
}

TEST_CASE("issuing: a number nobody has gets no card, and makes no patient") {
    Office office;
    records_for(office);
    auto card = VirtualCard::blank(first_idm);
    const auto writes = card.write_count();
    for (const auto purpose : {CardPurpose::issue, CardPurpose::reissue}) {
        CHECK(office.order({purpose, card::CardKind::patient, "0000000010"}, card).note == note::number_wrong);
    }
    CHECK(card.write_count() == writes);
    CHECK_FALSE(office.live.town.patient("0000000010").has_value());
    CHECK_FALSE(office.begun(first_idm).has_value());
}

TEST_CASE("issuing: a terminal of before is told nothing it cannot read") {
    Office office;
    records_for(office);
    auto line = office.line();
    {
        engine::CardOrder order{line};
        must(order.begin(issue, first_idm));
    }
    wire::CardOrderStep step;
    step.begin = {CardPurpose::finish, {}, {}, false, first_idm, vault::make_sealing_pair().seal};
    step.begin->kind = card::CardKind::patient;
    for (const bool asks : {false, true}) {
        const auto bytes =
            must(line.post(asks ? "/v1/card?whose=1" : "/v1/card", wire::encode(step), wire::tuning::card_order_bytes));
        CHECK(must(wire::decode_card_order_answer(bytes)).whose.has_value() == asks);
    }
}
