#include "cardio/protocol/issuance.h"

#include "tests/cardio/issuance/bench_card.h"

using namespace kazashi;
using namespace kazashi::test;
using protocol::CardStage;
using simulator::VirtualCard;

namespace {

constexpr std::array<std::uint8_t, 16> issued_mc{0xFE, 0x7F, 0x00, 0x00, 0x07, 0x01, 0, 0, 0, 0, 0xFE, 0x3F, 0x01};

// One turn against the card; the next one, or the end.
protocol::Turn step(Way& way, const protocol::IssuePlan& plan, const protocol::Turn& turn, card::Challenge& rc,
                    Challenges& challenges) {
    const auto answers = way.relay(turn.frames);
    const protocol::Asked asked{turn.writes, rc, turn.chip};
    rc = challenges.next();
    auto next = protocol::next_turn(plan, asked, answers, rc);
    REQUIRE(static_cast<bool>(next));
    return std::move(*next);
}

void check_issued(VirtualCard& card, const protocol::IssuePlan& plan) {
    card.power_off();
    CHECK(read_block(card, protocol::lite_s::mc).bytes == issued_mc);
    CHECK(read_block(card, protocol::lite_s::s_pad0) == plan.s_pad0);
    CHECK(read_block(card, protocol::lite_s::id) == plan.id);
    if (plan.pads)
        for (std::uint8_t pad = 1; pad <= 13; ++pad) CHECK(read_block(card, pad) == plan.pads->at(pad - 1U));
    CHECK(proves(card, plan));
}

}  // namespace

TEST_CASE("issuance: a blank card goes through every stage in order, one configuration write at a time") {
    const auto plan = plan_for(blank_idm);
    auto card = VirtualCard::blank(blank_idm);
    Way way{card};
    Challenges challenges;
    auto rc = challenges.next();
    auto turn = protocol::first_turn(plan, rc);
    CHECK(turn.writes == 0);
    std::vector<CardStage> stages;
    while (!turn.frames.empty()) {
        turn = step(way, plan, turn, rc, challenges);
        stages.push_back(*turn.stage);
        // A configuration is never written beside anything else.
        if (turn.mc_next) CHECK(turn.writes == 1);
        if (turn.stage == CardStage::written) {
            CHECK(turn.seen->mc.bytes == std::array<std::uint8_t, 16>{0xFF, 0xFF, 0xFF, 0x00, 0x07});
            CHECK(turn.mc_next->bytes == std::array<std::uint8_t, 16>{0xFF, 0xFF, 0x00, 0x00, 0x07, 0x01});
        }
        if (turn.stage == CardStage::restricted) CHECK(turn.mc_next->bytes == issued_mc);
    }
    CHECK(stages == std::vector{CardStage::blank, CardStage::written, CardStage::locked, CardStage::restricted,
                                CardStage::complete});
    check_issued(card, plan);
}

TEST_CASE("issuance: nothing is locked before the card has answered with its key") {
    const auto plan = plan_for(blank_idm);
    auto card = VirtualCard::blank(blank_idm);
    Way way{card};
    Challenges challenges;
    auto rc = challenges.next();
    auto turn = protocol::first_turn(plan, rc);
    for (int i = 0; i < 4; ++i) {
        for (auto& frame : turn.frames) {
            const bool key = frame.size() > 16 && frame.view()[1] == protocol::code::write &&
                             frame.view()[15] == protocol::lite_s::ck;
            // The card says yes, and has written something else.
            if (key) frame.data()[15] = protocol::lite_s::ser_c;
        }
        turn = step(way, plan, turn, rc, challenges);
        CHECK(turn.stage != CardStage::written);
        CHECK_FALSE(turn.mc_next.has_value());
    }
    CHECK(read_block(card, protocol::lite_s::mc).bytes[2] == 0xFF);
}

TEST_CASE("issuance: torn off at any exchange, before or after the card did it, a card is finished") {
    const auto plan = plan_for(blank_idm);
    std::size_t whole = 0;
    {
        auto card = VirtualCard::blank(blank_idm);
        Way way{card};
        Challenges challenges;
        REQUIRE(issue(way, plan, challenges) == CardStage::complete);
        whole = way.exchanges;
    }
    CHECK(whole > 60);
    for (std::size_t cut = 0; cut < whole; ++cut)
        for (const auto reach : {Way::Reach::nowhere, Way::Reach::card}) {
            INFO("exchange " << cut << (reach == Way::Reach::card ? ", carried out" : ", not carried out"));
            auto card = VirtualCard::blank(blank_idm);
            Way way{card};
            way.silent_at = cut;
            way.reach = reach;
            Challenges challenges;
            CHECK(issue(way, plan, challenges) == CardStage::complete);
            check_issued(card, plan);
        }
}

TEST_CASE("issuance: torn off at any exchange and then given to somebody else, a card is theirs or scrap") {
    const auto first = plan_for(blank_idm, 1);
    const auto second = plan_for(blank_idm, 2);
    int finished = 0;
    int scrapped = 0;
    for (std::size_t cut = 0; cut < 70; ++cut) {
        INFO("exchange " << cut);
        auto card = VirtualCard::blank(blank_idm);
        Challenges challenges;
        Way torn{card};
        torn.disturb = [cut](std::size_t number, base::Bytes answer) {
            return number >= cut ? std::nullopt : std::optional{std::move(answer)};
        };
        auto rc = challenges.next();
        auto turn = protocol::first_turn(first, rc);
        while (!turn.frames.empty()) {
            const auto answers = torn.relay(turn.frames);
            auto next = protocol::next_turn(first, {turn.writes, rc}, answers, rc);
            if (!next) break;
            turn = std::move(*next);
        }
        const bool locked = read_block(card, protocol::lite_s::mc).bytes[2] == 0x00;
        card.power_off();
        Way way{card};
        const auto stage = issue(way, second, challenges);
        CHECK(stage == (locked ? CardStage::scrap : CardStage::complete));
        if (stage == CardStage::complete) {
            check_issued(card, second);
            ++finished;
        } else {
            ++scrapped;
        }
    }
    CHECK(finished > 0);
    CHECK(scrapped > 0);
}

TEST_CASE("issuance: one octet changed in any answer does not spoil a card") {
    const auto plan = plan_for(blank_idm, 1, false);
    for (std::size_t at = 0; at < 40; ++at)
        for (const std::size_t octet : {std::size_t{1}, std::size_t{10}, std::size_t{20}, std::size_t{50}}) {
            INFO("exchange " << at << ", octet " << octet);
            auto card = VirtualCard::blank(blank_idm);
            Way way{card};
            way.disturb = [&](std::size_t number, base::Bytes answer) {
                if (number == at && octet < answer.size()) answer[octet] ^= 0x04U;
                return std::optional{std::move(answer)};
            };
            Challenges challenges;
            CHECK(issue(way, plan, challenges) == CardStage::complete);
            check_issued(card, plan);
        }
}

TEST_CASE("issuance: an issued card is complete at once, for its own plan, and scrap for any other") {
    const auto plan = plan_for(blank_idm);
    auto card = VirtualCard::blank(blank_idm);
    Way way{card};
    Challenges challenges;
    REQUIRE(issue(way, plan, challenges) == CardStage::complete);
    const auto writes = card.write_count();
    Way again{card};
    CHECK(issue(again, plan, challenges) == CardStage::complete);
    CHECK(again.exchanges == 11);  // one look, with its pads
    CHECK(issue(again, plan_for(blank_idm, 7), challenges) == CardStage::scrap);
    CHECK(card.write_count() == writes);
}

TEST_CASE("issuance: new contents of S_PAD1-13 are written to an issued card with MAC_A") {
    auto plan = plan_for(blank_idm);
    auto card = VirtualCard::blank(blank_idm);
    Way way{card};
    Challenges challenges;
    REQUIRE(issue(way, plan, challenges) == CardStage::complete);
    plan.pads->at(3).bytes.fill(0x5A);
    plan.pads->at(12).bytes.fill(0xA5);
    const auto writes = card.write_count();
    CHECK(issue(way, plan, challenges) == CardStage::complete);
    CHECK(card.write_count() == writes + 2);
    check_issued(card, plan);
    // Without MAC_A nobody writes there.
    const card::Block other{};
    const auto answer = card.answer(
        protocol::write_frame(card.idm(), protocol::service_read_write, std::array<std::uint8_t, 1>{4}, other.view()));
    REQUIRE(answer.has_value());
    CHECK_FALSE(static_cast<bool>(protocol::parse_write(*answer, card.idm())));
}

TEST_CASE("issuance: a card somebody else has written on is left alone") {
    auto card = VirtualCard::blank(blank_idm);
    card::Block note;
    note.bytes.fill(0x42);
    REQUIRE(card.answer(protocol::write_frame(card.idm(), protocol::service_read_write,
                                              std::array{protocol::lite_s::s_pad0}, note.view())));
    const auto writes = card.write_count();
    Way way{card};
    Challenges challenges;
    CHECK(issue(way, plan_for(blank_idm), challenges) == CardStage::foreign);
    CHECK(card.write_count() == writes);
}

TEST_CASE("issuance: another card at the reader is not written on") {
    auto other = VirtualCard::blank(card::Idm{{0x01, 0x2E, 9, 9, 9, 9, 9, 9}});
    const auto plan = plan_for(blank_idm);
    Way way{other};
    Challenges challenges;
    const auto rc = challenges.next();
    const auto turn = protocol::first_turn(plan, rc);
    const auto answers = way.relay(turn.frames);
    CHECK(answers.empty());
    const auto next = protocol::next_turn(plan, {turn.writes, rc}, answers, rc);
    REQUIRE_FALSE(static_cast<bool>(next));
    CHECK(next.fault() == base::Fault::card_left);
}

TEST_CASE("issuance: erased before the lock a card is blank again; after it, it proves itself to nobody") {
    const auto plan = plan_for(blank_idm);
    protocol::CardKey nobodys;
    for (std::uint8_t i = 0; i < 16; ++i) nobodys.data()[i] = static_cast<std::uint8_t>(0x90 - 5 * i);
    for (const bool locked : {false, true}) {
        INFO(locked);
        auto card = VirtualCard::blank(blank_idm);
        Way way{card};
        Challenges challenges;
        auto rc = challenges.next();
        auto turn = protocol::first_turn(plan, rc);
        while (turn.stage != (locked ? CardStage::complete : CardStage::written))
            turn = step(way, plan, turn, rc, challenges);
        constexpr protocol::Look with_pads{card::Chip::lite_s, protocol::WithPads::yes};
        const auto look = protocol::survey_frames(plan.idm, rc, with_pads);
        std::vector<base::Bytes> answers;
        for (const auto& frame : look) answers.push_back(card.answer(frame).value());
        const auto survey = protocol::parse_survey(answers, plan.idm, rc, plan.ck, with_pads);
        REQUIRE(static_cast<bool>(survey));
        const auto erase = protocol::erase_turn(plan, *survey, challenges.next(), nobodys);
        CHECK(way.relay(erase.frames).size() == erase.frames.size());
        for (std::uint8_t pad = 1; pad <= 13; ++pad) CHECK(read_block(card, pad) == card::Block{});
        CHECK_FALSE(proves(card, plan));
        if (locked) {
            CHECK(read_block(card, protocol::lite_s::s_pad0) == plan.s_pad0);
        } else {
            CHECK(read_block(card, protocol::lite_s::s_pad0) == card::Block{});
            CHECK(issue(way, plan_for(blank_idm, 2), challenges) == CardStage::complete);
        }
    }
}
