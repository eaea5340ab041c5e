// The older FeliCa Lite: no MAC on a write, no write counter, and of MC nothing behind RF_PRM.
#include "tests/cardio/issuance/bench_card.h"

using namespace kazashi;
using namespace kazashi::test;
using protocol::CardStage;
using simulator::VirtualCard;

namespace {

constexpr std::array<std::uint8_t, 16> issued_mc{0x00, 0x00, 0x00, 0x00, 0x07};

VirtualCard blank_lite() { return VirtualCard::blank(blank_idm, card::Chip::lite); }

bool write(VirtualCard& card, std::uint8_t number, const card::Block& data) {
    const auto answer =
        card.answer(protocol::write_frame(card.idm(), protocol::service_read_write, std::array{number}, data.view()));
    REQUIRE(answer.has_value());
    return static_cast<bool>(protocol::parse_write(*answer, card.idm()));
}

card::Block filled(std::uint8_t value) {
    card::Block out;
    out.bytes.fill(value);
    return out;
}

// Whole, ours, and closed to everybody.
void check_issued(VirtualCard& card, const protocol::IssuePlan& plan) {
    card.power_off();
    CHECK(read_block(card, protocol::lite_s::mc).bytes == issued_mc);
    CHECK(read_block(card, protocol::lite_s::s_pad0) == plan.s_pad0);
    CHECK(read_block(card, protocol::lite_s::id) == plan.id);
    for (std::uint8_t pad = 1; pad <= 13; ++pad) CHECK(read_block(card, pad) == card::Block{});
    for (const auto block : std::array<std::uint8_t, 9>{0x00, 0x01, 0x0D, 0x0E, 0x82, 0x84, 0x86, 0x87, 0x88})
        CHECK_FALSE(write(card, block, card::Block{}));
    CHECK(proves(card, plan));
}

struct Step {
    VirtualCard& card;
    const protocol::IssuePlan& plan;
    Way way{card};
    Challenges challenges{};
    card::Challenge rc{challenges.next()};
    protocol::Turn turn{protocol::first_turn(plan, rc)};

    void go() {
        const auto answers = way.relay(turn.frames);
        const protocol::Asked asked{turn.writes, rc, turn.chip};
        rc = challenges.next();
        auto next = protocol::next_turn(plan, asked, answers, rc);
        REQUIRE(static_cast<bool>(next));
        turn = std::move(*next);
    }
};

bool holds(const protocol::Turn& turn, const protocol::CardKey& key) {
    return std::any_of(turn.frames.begin(), turn.frames.end(), [&key](const auto& frame) {
        const auto octets = frame.view();
        return std::search(octets.begin(), octets.end(), key.data(), key.data() + protocol::CardKey::size) !=
               octets.end();
    });
}

}  // namespace

TEST_CASE("issuance: a Lite is found out, and goes through the same stages with its own rules") {
    const auto plan = plan_for(blank_idm);
    auto card = blank_lite();
    Step step{card, plan};
    step.go();
    CHECK_FALSE(step.turn.stage.has_value());
    CHECK(step.turn.chip == card::Chip::lite);
    CHECK(step.turn.writes == 0);
    std::vector<CardStage> stages;
    while (!step.turn.frames.empty()) {
        step.go();
        const auto& turn = step.turn;
        stages.push_back(*turn.stage);
        CHECK(turn.seen->chip == card::Chip::lite);
        CHECK(holds(turn, plan.ck) == (turn.stage == CardStage::blank));
        if (turn.mc_next) CHECK(turn.writes == 1);
        if (turn.stage == CardStage::written) {
            CHECK(turn.seen->key == protocol::KeyFound::ours);
            CHECK(turn.mc_next->bytes == std::array<std::uint8_t, 16>{0xFF, 0xFF, 0x00, 0x00, 0x07});
        }
        if (turn.stage == CardStage::locked)
            CHECK(turn.mc_next->bytes == std::array<std::uint8_t, 16>{0x00, 0x80, 0x00, 0x00, 0x07});
        if (turn.stage == CardStage::restricted) CHECK(turn.mc_next->bytes == issued_mc);
    }
    CHECK(stages == std::vector{CardStage::blank, CardStage::written, CardStage::locked, CardStage::restricted,
                                CardStage::complete});
    check_issued(card, plan);
}

TEST_CASE("issuance: a Lite that is known as one is looked at once") {
    auto plan = plan_for(blank_idm);
    auto card = blank_lite();
    Way way{card};
    Challenges challenges;
    REQUIRE(issue(way, plan, challenges) == CardStage::complete);
    const auto writes = card.write_count();
    plan.chip = card::Chip::lite;
    Way again{card};
    CHECK(issue(again, plan, challenges) == CardStage::complete);
    CHECK(again.exchanges == 11);  // RC, three reads, seven of its pads
    CHECK(issue(again, plan_for(blank_idm, 7), challenges) == CardStage::scrap);
    CHECK(card.write_count() == writes);
}

TEST_CASE("issuance: a Lite-S is not taken for a Lite, whatever it is looked at as") {
    auto plan = plan_for(blank_idm);
    plan.chip = card::Chip::lite;
    auto card = VirtualCard::blank(blank_idm);
    Way way{card};
    Challenges challenges;
    const auto rc = challenges.next();
    const auto turn = protocol::first_turn(plan, rc);
    const auto next = protocol::next_turn(plan, {turn.writes, rc, turn.chip}, way.relay(turn.frames), rc);
    REQUIRE_FALSE(static_cast<bool>(next));
    CHECK(next.fault() == base::Fault::card_refused);
    CHECK(card.write_count() == VirtualCard::blank(blank_idm).write_count());
}

TEST_CASE("issuance: a Lite is not locked before it has answered with its key") {
    const auto plan = plan_for(blank_idm);
    auto card = blank_lite();
    Step step{card, plan};
    for (int i = 0; i < 5; ++i) {
        for (auto& frame : step.turn.frames) {
            const bool key = frame.size() > 16 && frame.view()[1] == protocol::code::write &&
                             frame.view()[15] == protocol::lite_s::ck;
            if (key) frame.data()[15] = protocol::lite_s::ser_c;  // the card says yes, and has written something else
        }
        step.go();
        CHECK(step.turn.stage != CardStage::written);
        CHECK_FALSE(step.turn.mc_next.has_value());
    }
    CHECK(read_block(card, protocol::lite_s::mc).bytes[2] == 0xFF);
}

TEST_CASE("issuance: torn off at any exchange, before or after the card did it, a Lite is finished") {
    const auto plan = plan_for(blank_idm);
    std::size_t whole = 0;
    {
        auto card = blank_lite();
        Way way{card};
        Challenges challenges;
        REQUIRE(issue(way, plan, challenges) == CardStage::complete);
        whole = way.exchanges;
    }
    CHECK(whole > 60);
    for (std::size_t cut = 0; cut < whole; ++cut)
        for (const auto reach : {Way::Reach::nowhere, Way::Reach::card}) {
            INFO("exchange " << cut << (reach == Way::Reach::card ? ", carried out" : ", not carried out"));
            auto card = blank_lite();
            Way way{card};
            way.silent_at = cut;
            way.reach = reach;
            Challenges challenges;
            CHECK(issue(way, plan, challenges) == CardStage::complete);
            check_issued(card, plan);
        }
}

TEST_CASE("issuance: torn off and then given to somebody else, a Lite is theirs or scrap") {
    const auto first = plan_for(blank_idm, 1);
    const auto second = plan_for(blank_idm, 2);
    int finished = 0;
    int scrapped = 0;
    for (std::size_t cut = 0; cut < 75; ++cut) {
        INFO("exchange " << cut);
        auto card = blank_lite();
        Challenges challenges;
        Way torn{card};
        torn.disturb = [cut](std::size_t number, base::Bytes answer) {
            return number >= cut ? std::nullopt : std::optional{std::move(answer)};
        };
        auto rc = challenges.next();
        auto turn = protocol::first_turn(first, rc);
        while (!turn.frames.empty()) {
            const auto answers = torn.relay(turn.frames);
            auto next = protocol::next_turn(first, {turn.writes, rc, turn.chip}, answers, rc);
            if (!next) break;
            turn = std::move(*next);
        }
        const bool locked = read_block(card, protocol::lite_s::mc).bytes[2] == 0x00;
        card.power_off();
        Way way{card};
        const auto stage = issue(way, second, challenges);
        CHECK(stage == (locked ? CardStage::scrap : CardStage::complete));
        if (stage == CardStage::complete) check_issued(card, second);
        ++(stage == CardStage::complete ? finished : scrapped);
    }
    CHECK(finished > 0);
    CHECK(scrapped > 0);
}

TEST_CASE("issuance: one octet changed in any answer does not spoil a Lite") {
    const auto plan = plan_for(blank_idm);
    for (std::size_t at = 0; at < 75; ++at)
        for (const std::size_t octet : {std::size_t{1}, std::size_t{10}, std::size_t{20}, std::size_t{50}}) {
            INFO("exchange " << at << ", octet " << octet);
            auto card = blank_lite();
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

TEST_CASE("issuance: what stood on a Lite beside its record is not fixed there for ever") {
    const auto plan = plan_for(blank_idm);
    auto card = blank_lite();
    REQUIRE(write(card, 5, filled(0x42)));
    Way way{card};
    Challenges challenges;
    CHECK(issue(way, plan, challenges) == CardStage::complete);
    check_issued(card, plan);
    // But a card with a record of somebody else's is left alone.
    auto other = blank_lite();
    REQUIRE(write(other, protocol::lite_s::s_pad0, filled(0x42)));
    const auto writes = other.write_count();
    Way to_other{other};
    CHECK(issue(to_other, plan, challenges) == CardStage::foreign);
    CHECK(other.write_count() == writes);
}

TEST_CASE("issuance: what a Lite shows in MC behind RF_PRM says nothing, and is written back as it was") {
    card::Block mc{{0xFF, 0xFF, 0xFF, 0x00, 0x07, 0xA5, 0xFF, 0xFF, 0x12, 0x34, 0x00, 0xFF, 0x01, 9, 9, 9}};
    constexpr auto lite = card::Chip::lite;
    CHECK(protocol::is_open(mc, lite));
    CHECK_FALSE(protocol::is_open(mc, card::Chip::lite_s));
    auto expected = mc;
    expected.bytes[2] = 0x00;
    mc = protocol::locked_configuration(mc, lite);
    CHECK(mc == expected);
    CHECK(protocol::is_locked(mc, lite));
    CHECK_FALSE(protocol::is_restricted(mc, lite));
    expected.bytes[0] = 0x00;
    expected.bytes[1] = 0x80;
    mc = protocol::restricted_configuration(mc, lite);
    CHECK(mc == expected);
    CHECK(protocol::is_restricted(mc, lite));
    CHECK_FALSE(protocol::is_frozen(mc));
    expected.bytes[1] = 0x00;
    mc = protocol::frozen_configuration(mc);
    CHECK(mc == expected);
    CHECK(protocol::is_frozen(mc));
}

TEST_CASE("issuance: a Lite with other radio parameters, or somebody's rules, becomes none of ours") {
    const auto plan = plan_for(blank_idm);
    protocol::CardSurvey survey;
    survey.chip = card::Chip::lite;
    survey.key = protocol::KeyFound::factory;
    survey.mc = card::Block{{0xFF, 0xFF, 0xFF, 0x00, 0x07}};
    CHECK(protocol::stage_of(plan, survey) == CardStage::blank);
    survey.mc.bytes[4] = 0x06;
    CHECK(protocol::stage_of(plan, survey) == CardStage::scrap);
    survey.mc = card::Block{{0xFE, 0xFF, 0xFF, 0x00, 0x07}};  // S_PAD0 read-only
    CHECK(protocol::stage_of(plan, survey) == CardStage::foreign);
    survey.mc = card::Block{{0xFF, 0x7F, 0xFF, 0x00, 0x07}};  // frozen, though never locked
    CHECK(protocol::stage_of(plan, survey) == CardStage::foreign);
    survey.mc = card::Block{{0x00, 0x00, 0x00, 0x00, 0x07}};  // as ours, but with another key
    CHECK(protocol::stage_of(plan, survey) == CardStage::scrap);
}

TEST_CASE("issuance: a Lite can be erased until it is locked, and not at all after it") {
    const auto plan = plan_for(blank_idm);
    protocol::CardKey nobodys;
    for (std::uint8_t i = 0; i < 16; ++i) nobodys.data()[i] = static_cast<std::uint8_t>(0x90 - 5 * i);
    auto card = blank_lite();
    Step step{card, plan};
    while (step.turn.stage != CardStage::written) step.go();
    const auto erase = protocol::erase_turn(plan, *step.turn.seen, step.challenges.next(), nobodys);
    CHECK(step.way.relay(erase.frames).size() == erase.frames.size());
    CHECK(read_block(card, protocol::lite_s::s_pad0) == card::Block{});
    CHECK_FALSE(proves(card, plan));

    const auto second = plan_for(blank_idm, 2);
    Step again{card, second};
    while (again.turn.stage != CardStage::locked) again.go();
    for (; !again.turn.frames.empty(); again.go()) {
        const auto none = protocol::erase_turn(second, *again.turn.seen, again.challenges.next(), nobodys);
        CHECK(none.frames.empty());
        CHECK(none.writes == 0);
    }
    check_issued(card, second);
}
