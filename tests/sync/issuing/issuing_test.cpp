// Cards issued through the region's office: a real server over TLS, a virtual card at the terminal.
#include "tests/sync/issuing/office.h"

using namespace kazashi;
using namespace kazashi::test;
using simulator::VirtualCard;

namespace {

const engine::CardWish issue{CardPurpose::issue, card::CardKind::patient, somebody};
const engine::CardWish reissue{CardPurpose::reissue, card::CardKind::patient, somebody};
const engine::CardWish finish{CardPurpose::finish};
const engine::CardWish verify{CardPurpose::verify};
constexpr const char* neighbour = "0000000002";

void records_for(Office& office) {
    office.live.town.import(bundle({patient_of(somebody), medicine(somebody, "m1", "アムロジピン")}));
}
void neighbour_for(Office& office) { office.live.town.import(bundle({patient_of(neighbour, "ノツ ウタ")})); }

}  // namespace

TEST_CASE("issuing: a blank card becomes a patient's, and opens what is theirs") {
    Office office;
    records_for(office);
    auto card = VirtualCard::blank(first_idm);
    const auto end = office.order(issue, card);
    CHECK(end.outcome == CardOutcome::done);
    CHECK(end.note == note::issued);
    CHECK(end.step == end.steps);
    CHECK(office.steps == std::vector<std::int64_t>{1, 2, 3, 4, 5});
    card.power_off();
    CHECK(office.opens(card) > 0);
    CHECK(office.order(verify, card).note == note::genuine);
    // Asked once more for the same card, nothing is written.
    const auto writes = card.write_count();
    CHECK(office.order(issue, card).note == note::complete);
    CHECK(card.write_count() == writes);
}

TEST_CASE("issuing: a new card takes the place of the old one") {
    Office office;
    records_for(office);
    auto old = VirtualCard::blank(first_idm);
    REQUIRE(office.order(issue, old).outcome == CardOutcome::done);
    auto fresh = VirtualCard::blank(second_idm);
    CHECK(office.order(issue, fresh).note == note::has_card);
    CHECK(fresh.write_count() == VirtualCard::blank(second_idm).write_count());
    CHECK(office.opens(old) > 0);
    CHECK(office.order(reissue, fresh).note == note::issued);
    CHECK(office.opens(old) == 0);
    CHECK(office.revoked_in_feed(first_idm));
    CHECK(office.opens(fresh) > 0);
    CHECK_FALSE(office.revoked_in_feed(second_idm));
    CHECK(office.order(verify, old).note == note::revoked);
    CHECK(office.order(reissue, old).note == note::revoked);
}

TEST_CASE("issuing: torn off anywhere, a card is put back and finished") {
    std::size_t whole = 0;
    {
        Office office;
        records_for(office);
        auto card = VirtualCard::blank(first_idm);
        Reader reader{&card};
        REQUIRE(office.order(issue, reader).outcome == CardOutcome::done);
        whole = reader.exchanges;
    }
    Office office;
    records_for(office);
    for (std::size_t cut = 0; cut < whole; cut += 3)
        for (const bool carried_out : {false, true}) {
            INFO("exchange " << cut << ", carried out: " << carried_out);
            card::Idm idm = first_idm;
            idm.bytes[6] = static_cast<std::uint8_t>(cut);
            idm.bytes[5] = carried_out;
            auto card = VirtualCard::blank(idm);
            Reader reader{&card, cut, carried_out};
            CHECK(office.order(reissue, reader).note == note::issued);
            CHECK(office.order(verify, card).note == note::genuine);
        }
}

TEST_CASE("issuing: a card that was put aside is finished by another order, from whatever stage") {
    Office office;
    records_for(office);
    for (std::uint8_t turns = 0; turns < 6; ++turns) {
        INFO(int{turns});
        card::Idm idm = first_idm;
        idm.bytes[6] = turns;
        auto card = VirtualCard::blank(idm);
        Reader reader{&card};
        {
            auto line = office.line();
            engine::CardOrder order{line};
            auto turn = must(order.begin(reissue, idm));
            for (int i = 0; i < turns; ++i) {
                const auto answers = reader.relay(turn.frames);
                // The last answers never arrive.
                if (i + 1 < turns) turn = must(order.answer(answers));
            }
        }
        card.power_off();
        REQUIRE(office.begun(idm).has_value());
        CHECK(office.order(finish, reader).note == note::issued);
        CHECK_FALSE(office.begun(idm).has_value());
        CHECK(office.opens(card) > 0);
    }
}

TEST_CASE("issuing: a locked card of an unfinished order becomes nobody else's") {
    Office office;
    records_for(office);
    neighbour_for(office);
    auto card = VirtualCard::blank(first_idm);
    Reader reader{&card};
    auto line = office.line();
    engine::CardOrder order{line};
    auto turn = must(order.begin(issue, first_idm));
    while (turn.step < 4) turn = must(order.answer(reader.relay(turn.frames)));
    const engine::CardWish for_another{CardPurpose::issue, card::CardKind::patient, neighbour};
    const auto other = office.order(for_another, card);
    CHECK(other.note == note::unfinished);
    // Whose it is, is said: nobody typed it.
    const wire::CardHolder whose{card::CardKind::patient, somebody};
    CHECK(other.whose == whose);
    // What was running is over with it.
    CHECK(must(order.answer({})).note == note::over);
    auto again = office.line();
    engine::CardOrder finishing{again};
    CHECK(must(finishing.begin(finish, first_idm)).whose == whose);
    const auto end = office.order(finish, card);
    CHECK(end.note == note::issued);
    CHECK(end.whose == whose);
}

TEST_CASE("issuing: a card that is not empty, not ours or no Lite-S is left as it is") {
    Office office;
    records_for(office);
    auto written = VirtualCard::blank(first_idm);
    card::Block text;
    text.bytes.fill(0x41);
    REQUIRE(written.answer(protocol::write_frame(first_idm, protocol::service_read_write,
                                                 std::array{protocol::lite_s::s_pad0}, text.view())));
    const auto writes = written.write_count();
    CHECK(office.order(issue, written).note == note::foreign);
    CHECK(written.write_count() == writes);

    const auto image = simulated(office.live.town.issue("0000000009"));
    auto taken = VirtualCard{image};
    CHECK(office.order(issue, taken).note == note::in_use);
    CHECK(taken.write_count() == 0);

    auto stranger = VirtualCard::blank(second_idm);
    CHECK(office.order(verify, stranger).note == note::unknown);
    CHECK(office.order(finish, stranger).note == note::unknown);
}

TEST_CASE("issuing: a copy without the key is not genuine") {
    Office office;
    const auto image = simulated(office.live.town.issue("0000000009"));
    auto genuine = VirtualCard{image};
    CHECK(office.order(verify, genuine).note == note::genuine);
    auto copy = VirtualCard{image};
    copy.replay({});
    const auto end = office.order(verify, copy);
    CHECK(end.outcome == CardOutcome::refused);
    CHECK(end.note == note::not_genuine);
}

TEST_CASE("issuing: a dry run says what would be written, and writes nothing") {
    Office office;
    records_for(office);
    auto card = VirtualCard::blank(first_idm);
    const auto writes = card.write_count();
    auto wish = issue;
    wish.dry_run = true;
    const auto end = office.order(wish, card);
    CHECK(end.outcome == CardOutcome::done);
    CHECK(end.note == note::dry_run);
    REQUIRE(end.mc_now.has_value());
    CHECK(end.mc_now->bytes == std::array<std::uint8_t, 16>{0xFF, 0xFF, 0xFF, 0x00, 0x07});
    CHECK(end.mc_next->bytes ==
          std::array<std::uint8_t, 16>{0xFE, 0x7F, 0x00, 0x00, 0x07, 0x01, 0, 0, 0, 0, 0xFE, 0x3F, 0x01});
    CHECK(card.write_count() == writes);
    CHECK_FALSE(office.begun(first_idm).has_value());
    CHECK_FALSE(office.card_of(first_idm).has_value());
}

TEST_CASE("issuing: staff cards are for staff there is") {
    Office office;
    auto card = VirtualCard::blank(first_idm);
    const engine::CardWish wish{CardPurpose::issue, card::CardKind::staff, "0000000071"};
    CHECK(office.order(wish, card).note == note::number_wrong);
    must(office.live.town.repository().write([&](server::Records& records) -> base::Status {
        KAZASHI_TRY([[maybe_unused]] const bool fresh,
                    records.put_staff({model::StaffId{wish.number}, model::FacilityId{"F0001"}, "x", true}));
        return base::ok();
    }));
    CHECK(office.order(wish, card).note == note::issued);
    CHECK(office.card_of(first_idm)->record.kind == card::CardKind::staff);
}

TEST_CASE("issuing: only the region's office issues, and only its own orders go on") {
    Office office;
    records_for(office);
    auto pharmacy = office.pharmacy_line();
    engine::CardOrder not_theirs{pharmacy};
    for (const auto purpose : {CardPurpose::issue, CardPurpose::reissue, CardPurpose::finish, CardPurpose::scrap}) {
        const auto refused = not_theirs.begin({purpose, card::CardKind::patient, somebody}, first_idm);
        REQUIRE_FALSE(static_cast<bool>(refused));
        CHECK(refused.fault() == base::Fault::denied);
    }
    // Any terminal may ask whether a card is genuine.
    CHECK(must(not_theirs.begin(verify, first_idm)).note == note::unknown);

    auto line = office.line();
    engine::CardOrder order{line};
    CHECK(must(order.begin(issue, first_idm)).outcome == CardOutcome::running);
    wire::CardOrderStep step;
    must(office.live.town.repository().read([&](server::Records& records) -> base::Status {
        KAZASHI_TRY(const auto terminal, records.terminal(office.pharmacist.id));
        CHECK(terminal.has_value());
        return base::ok();
    }));
    step.order = wire::OrderId{{1, 2, 3}};
    const auto other = pharmacy.post("/v1/card", wire::encode(step), wire::tuning::card_order_bytes);
    REQUIRE_FALSE(static_cast<bool>(other));
    CHECK(other.fault() == base::Fault::denied);
}

TEST_CASE("issuing: an order nobody goes on with is over after ten minutes") {
    Office office;
    records_for(office);
    auto card = VirtualCard::blank(first_idm);
    auto line = office.line();
    engine::CardOrder order{line};
    auto turn = must(order.begin(issue, first_idm));
    Reader reader{&card};
    office.live.town.clock.pass(std::chrono::minutes{11});
    const auto end = must(order.answer(reader.relay(turn.frames)));
    CHECK(end.outcome == CardOutcome::refused);
    CHECK(end.note == note::over);
    CHECK(office.order(finish, card).note == note::issued);
}

TEST_CASE("issuing: the key of a card goes out until its lock, and never again") {
    Office office;
    records_for(office);
    auto card = VirtualCard::blank(first_idm);
    REQUIRE(office.order(issue, card).outcome == CardOutcome::done);
    // A terminal that makes up answers of a blank card with the same IDm.
    auto blank = VirtualCard::blank(first_idm);
    const auto writes = blank.write_count();
    for (const auto& wish : {issue, finish, engine::CardWish{CardPurpose::scrap}}) {
        const auto end = office.order(wish, blank);
        CHECK(end.outcome != CardOutcome::running);
        CHECK(blank.write_count() == writes);
    }
    CHECK(office.order(verify, card).note == note::genuine);
}

TEST_CASE("issuing: erased in a demonstration, a card is nobody's") {
    Office office;
    records_for(office);
    auto card = VirtualCard::blank(first_idm);
    const engine::CardWish scrap{CardPurpose::scrap};
    REQUIRE(office.order(issue, card).outcome == CardOutcome::done);
    CHECK(office.order(scrap, card).note == note::scrapped);
    CHECK(office.opens(card) == 0);
    CHECK(office.revoked_in_feed(first_idm));
    CHECK(office.order(reissue, card).note == note::revoked);

    // Torn off before it was locked, it is blank again, and may be anybody's.
    auto other = VirtualCard::blank(second_idm);
    Reader reader{&other};
    auto line = office.line();
    engine::CardOrder order{line};
    auto turn = must(order.begin(reissue, second_idm));
    while (turn.step < 3) turn = must(order.answer(reader.relay(turn.frames)));
    CHECK(office.order(scrap, other).note == note::scrapped);
    neighbour_for(office);
    CHECK(office.order({CardPurpose::issue, card::CardKind::patient, neighbour}, other).note == note::issued);
}

TEST_CASE("issuing: a card reported lost opens nothing any more, until there is a new one") {
    Office office;
    records_for(office);
    auto card = VirtualCard::blank(first_idm);
    REQUIRE(office.order(issue, card).outcome == CardOutcome::done);
    auto pharmacy = office.pharmacy_line();
    auto& town = office.live.town;
    const auto report = [&](const wire::LedgerBody& body) {
        const auto answer =
            must(town.push(office.pharmacist, {town.write(office.pharmacist, model::LedgerKind::card_lost, body)}));
        REQUIRE(answer.receipts.size() == 1);
        return answer.receipts[0];
    };
    wire::LedgerBody body;
    body.number = "0000000099";
    CHECK(report(body).reason == "card_unknown");
    body.number = somebody;
    CHECK(report(body).verdict == model::Verdict::accepted);
    CHECK(office.revoked_in_feed(first_idm));
    CHECK(office.opens(card) == 0);
    CHECK(report(body).verdict == model::Verdict::accepted);  // twice is no harm
    auto fresh = VirtualCard::blank(second_idm);
    CHECK(office.order(reissue, fresh).note == note::issued);
    CHECK(office.opens(fresh) > 0);
    // Known at that terminal by their record.
    wire::LedgerBody by_record;
    by_record.patient = town.patient(somebody)->ref;
    CHECK(report(by_record).verdict == model::Verdict::accepted);
    CHECK(office.revoked_in_feed(second_idm));
}
