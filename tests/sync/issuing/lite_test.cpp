// The older FeliCa Lite through the region's office.
#include "tests/sync/issuing/office.h"

using namespace kazashi;
using namespace kazashi::test;
using simulator::VirtualCard;

namespace {

const engine::CardWish issue{CardPurpose::issue, card::CardKind::patient, somebody};
const engine::CardWish reissue{CardPurpose::reissue, card::CardKind::patient, somebody};
const engine::CardWish verify{CardPurpose::verify};
const engine::CardWish finish{CardPurpose::finish};
const engine::CardWish scrap{CardPurpose::scrap};

void records_for(Office& office) {
    office.live.town.import(bundle({patient_of(somebody), medicine(somebody, "m1", "アムロジピン")}));
}
VirtualCard blank(const card::Idm& idm = first_idm) { return VirtualCard::blank(idm, card::Chip::lite); }

}  // namespace

TEST_CASE("issuing: a blank Lite becomes a patient's, and opens what is theirs") {
    Office office;
    records_for(office);
    auto card = blank();
    const auto end = office.order(issue, card);
    CHECK(end.outcome == CardOutcome::done);
    CHECK(end.note == note::issued_lite);
    CHECK(office.steps == std::vector<std::int64_t>{1, 1, 2, 3, 4, 5});  // one look more, until it is known as a Lite
    card.power_off();
    CHECK(office.card_of(first_idm)->chip == card::Chip::lite);
    CHECK(office.opens(card) > 0);
    // From now on it is known.
    office.steps.clear();
    CHECK(office.order(verify, card).note == note::genuine);
    CHECK(office.steps == std::vector<std::int64_t>{1});
    const auto writes = card.write_count();
    CHECK(office.order(issue, card).note == note::complete);
    CHECK(card.write_count() == writes);
}

TEST_CASE("issuing: a Lite takes the place of a Lite-S, and the other way round") {
    Office office;
    records_for(office);
    auto old = VirtualCard::blank(first_idm);
    REQUIRE(office.order(issue, old).note == note::issued);
    auto lite = blank(second_idm);
    CHECK(office.order(reissue, lite).note == note::issued_lite);
    CHECK(office.opens(old) == 0);
    CHECK(office.opens(lite) > 0);
    auto newest = VirtualCard::blank(card::Idm{{0x01, 0x2E, 0x44, 0, 0, 0, 0, 3}});
    CHECK(office.order(reissue, newest).note == note::issued);
    CHECK(office.opens(lite) == 0);
    CHECK(office.revoked_in_feed(second_idm));
    CHECK(office.order(verify, lite).note == note::revoked);
}

TEST_CASE("issuing: torn off anywhere, a Lite is put back and finished") {
    std::size_t whole = 0;
    {
        Office office;
        records_for(office);
        auto card = blank();
        Reader reader{&card};
        REQUIRE(office.order(issue, reader).outcome == CardOutcome::done);
        whole = reader.exchanges;
    }
    Office office;
    records_for(office);
    for (std::size_t cut = 0; cut < whole; cut += 4)
        for (const bool carried_out : {false, true}) {
            INFO("exchange " << cut << ", carried out: " << carried_out);
            card::Idm idm = first_idm;
            idm.bytes[6] = static_cast<std::uint8_t>(cut);
            idm.bytes[5] = carried_out;
            auto card = blank(idm);
            Reader reader{&card, cut, carried_out};
            CHECK(office.order(reissue, reader).note == note::issued_lite);
            CHECK(office.order(verify, card).note == note::genuine);
        }
}

TEST_CASE("issuing: a Lite that was put aside is finished by another order, from whatever stage") {
    Office office;
    records_for(office);
    for (std::uint8_t turns = 0; turns < 7; ++turns) {
        INFO(int{turns});
        card::Idm idm = first_idm;
        idm.bytes[6] = turns;
        auto card = blank(idm);
        Reader reader{&card};
        {
            auto line = office.line();
            engine::CardOrder order{line};
            auto turn = must(order.begin(reissue, idm));
            for (int i = 0; i < turns; ++i) {
                const auto answers = reader.relay(turn.frames);
                if (i + 1 < turns) turn = must(order.answer(answers));  // the last answers never arrive
            }
        }
        card.power_off();
        REQUIRE(office.begun(idm).has_value());
        CHECK(office.order(finish, reader).note == note::issued_lite);
        CHECK_FALSE(office.begun(idm).has_value());
        CHECK(office.opens(card) > 0);
    }
}

TEST_CASE("issuing: a dry run says what a Lite would become, and writes nothing") {
    Office office;
    records_for(office);
    auto card = blank();
    const auto writes = card.write_count();
    auto wish = issue;
    wish.dry_run = true;
    const auto end = office.order(wish, card);
    CHECK(end.note == note::dry_run);
    REQUIRE(end.mc_now.has_value());
    CHECK(end.mc_now->bytes == std::array<std::uint8_t, 16>{0xFF, 0xFF, 0xFF, 0x00, 0x07});
    CHECK(end.mc_next->bytes == std::array<std::uint8_t, 16>{0x00, 0x00, 0x00, 0x00, 0x07});
    CHECK(card.write_count() == writes);
    CHECK_FALSE(office.begun(first_idm).has_value());
}

TEST_CASE("issuing: a Lite carries no emergency facts, and none are ordered for it") {
    Office office;
    records_for(office);
    auto card = blank();
    REQUIRE(office.order(issue, card).note == note::issued_lite);
    for (std::uint8_t pad = 1; pad <= 13; ++pad) CHECK(card.dump().at(pad) == card::Block{});
    CHECK(office.order({CardPurpose::capsule}, card).note == note::no_capsule);
}

TEST_CASE("issuing: the staff's card may be a Lite too, and says nothing of emergency facts") {
    Office office;
    auto card = blank();
    const engine::CardWish wish{CardPurpose::issue, card::CardKind::staff, "0000000071"};
    must(office.live.town.repository().write([&](server::Records& records) -> base::Status {
        KAZASHI_TRY([[maybe_unused]] const bool fresh,
                    records.put_staff({model::StaffId{wish.number}, model::FacilityId{"F0001"}, "x", true}));
        return base::ok();
    }));
    CHECK(office.order(wish, card).note == note::issued);
    CHECK(office.card_of(first_idm)->chip == card::Chip::lite);
}

TEST_CASE("issuing: a copy of a Lite without the key is not genuine, and a blank one gets no key any more") {
    Office office;
    records_for(office);
    auto card = blank();
    REQUIRE(office.order(issue, card).outcome == CardOutcome::done);
    auto fresh = blank();
    const auto writes = fresh.write_count();
    for (const auto& wish : {issue, finish, scrap}) {
        CHECK(office.order(wish, fresh).outcome != CardOutcome::running);
        CHECK(fresh.write_count() == writes);
    }
    // Nor does a Lite-S that bears its IDm.
    auto other = VirtualCard::blank(first_idm);
    const auto end = office.order(issue, other);
    CHECK(end.outcome == CardOutcome::refused);
    CHECK(end.note == note::unreadable);
    CHECK(office.order(verify, card).note == note::genuine);
    card.replay({});  // all that can be read of it, without its key
    CHECK(office.order(verify, card).note == note::not_genuine);
}

TEST_CASE("issuing: erased in a demonstration, a locked Lite is believed by nobody, and a blank one is blank again") {
    Office office;
    records_for(office);
    auto card = blank();
    REQUIRE(office.order(issue, card).outcome == CardOutcome::done);
    CHECK(office.order(scrap, card).note == note::fixed);
    CHECK(office.opens(card) == 0);
    CHECK(office.revoked_in_feed(first_idm));
    CHECK(office.order(reissue, card).note == note::revoked);

    auto other = blank(second_idm);
    Reader reader{&other};
    const auto until = [&](std::int64_t step) {
        auto line = office.line();
        engine::CardOrder order{line};
        auto turn = must(order.begin(reissue, second_idm));
        while (turn.step < step) turn = must(order.answer(reader.relay(turn.frames)));
        // The lock is on its way; whether it arrived nobody says.
        if (step > 3) reader.relay(turn.frames);
        other.power_off();
    };
    until(3);
    CHECK(office.order(scrap, other).note == note::scrapped);
    until(4);
    CHECK(office.order(scrap, other).note == note::fixed);
    CHECK(office.order(reissue, other).note == note::revoked);
}
