#include "cardio/protocol/issuance.h"

#include <algorithm>
#include <cassert>

#include "cardio/protocol/card_writes.h"
#include "cardio/protocol/felica.h"
#include "cardio/protocol/weak_key.h"

namespace kazashi::protocol {

namespace {

// Octets of MC (felica.md §2.2).
namespace mc {
constexpr std::size_t all = 2;
constexpr std::size_t rf_parameter = 4;
constexpr std::size_t key_with_mac = 5;
constexpr std::size_t read_needs = 6;
constexpr std::size_t write_needs = 8;
constexpr std::size_t write_with_mac = 10;
constexpr std::size_t state_with_mac = 12;
constexpr std::uint8_t open = 0xFF;
constexpr std::uint8_t closed = 0x00;
constexpr std::uint8_t rf_always = 0x07;
constexpr unsigned changeable = 0x8000;  // bit 15: MC itself
constexpr unsigned s_pad0 = 0x0001;
constexpr unsigned other_pads = 0x3FFE;
constexpr unsigned all_pads = 0x3FFF;
}  // namespace mc

unsigned mask(const card::Block& block, std::size_t at) {
    return block.bytes.at(at) | static_cast<unsigned>(block.bytes.at(at + 1)) << 8U;
}
void put_mask(card::Block& block, std::size_t at, unsigned value) {
    block.bytes.at(at) = static_cast<std::uint8_t>(value & 0xFFU);
    block.bytes.at(at + 1) = static_cast<std::uint8_t>(value >> 8U);
}

bool is_locked(const card::Block& block) { return block.bytes[mc::all] == mc::closed; }
bool is_frozen(const card::Block& block) { return (mask(block, 0) & mc::changeable) == 0; }

// Nobody has restricted anything yet.
bool is_open(const card::Block& block) {
    return (mask(block, 0) & (mc::all_pads | mc::changeable)) == (mc::all_pads | mc::changeable) &&
           mask(block, mc::read_needs) == 0 && mask(block, mc::write_needs) == 0 &&
           mask(block, mc::write_with_mac) == 0 && block.bytes[mc::state_with_mac] == 0;
}

bool is_restricted(const card::Block& block) {
    return (mask(block, 0) & mc::all_pads) == mc::other_pads && mask(block, mc::read_needs) == 0 &&
           mask(block, mc::write_needs) == 0 && mask(block, mc::write_with_mac) == mc::other_pads &&
           block.bytes[mc::state_with_mac] == 1;
}

bool filled(const card::Block& block, std::uint8_t value) {
    return std::all_of(block.bytes.begin(), block.bytes.end(), [value](auto octet) { return octet == value; });
}
bool is_empty(const card::Block& block) { return filled(block, 0x00) || filled(block, 0xFF); }

bool of_same_region(const card::Block& a, const card::Block& b) {
    const auto one = card::parse_regional_record(a);
    const auto other = card::parse_regional_record(b);
    return one && other && one->region == other->region;
}

bool content_stands(const IssuePlan& plan, const CardSurvey& survey) {
    const bool pads = !plan.pads || survey.pads == plan.pads;
    return survey.key == KeyFound::ours && survey.s_pad0 == plan.s_pad0 && survey.id == plan.id &&
           survey.ckv == plan.ckv && pads;
}

CardStage unlocked_stage(const IssuePlan& plan, const CardSurvey& survey) {
    if (survey.mc.bytes[mc::all] != mc::open || !is_open(survey.mc)) return CardStage::foreign;
    if (content_stands(plan, survey)) return CardStage::written;
    if (of_same_region(survey.s_pad0, plan.s_pad0)) return CardStage::begun;
    return is_empty(survey.s_pad0) && survey.key == KeyFound::factory ? CardStage::blank : CardStage::foreign;
}

CardStage locked_stage(const IssuePlan& plan, const CardSurvey& survey) {
    const bool ours = survey.key == KeyFound::ours && survey.s_pad0 == plan.s_pad0 && survey.id == plan.id;
    if (!ours || survey.mc.bytes[mc::key_with_mac] != 1) return CardStage::scrap;
    if (is_restricted(survey.mc)) return is_frozen(survey.mc) ? CardStage::complete : CardStage::restricted;
    return is_open(survey.mc) ? CardStage::locked : CardStage::scrap;
}

WithPads with_pads(const IssuePlan& plan) { return plan.pads ? WithPads::yes : WithPads::no; }

// Every write that is still wanted. What stands already is left alone: writes are counted by the card.
void add_pads(CardWrites& writes, const IssuePlan& plan, const CardSurvey& survey) {
    if (!plan.pads) return;
    for (std::size_t i = 0; i < plan.pads->size(); ++i) {
        const auto number = static_cast<std::uint8_t>(i + 1);
        if (survey.pads && survey.pads->at(i) == plan.pads->at(i)) continue;
        const bool with_mac = (mask(survey.mc, mc::write_with_mac) >> number & 1U) != 0;
        if (with_mac) {
            writes.add_with_mac(number, plan.pads->at(i));
        } else {
            writes.add(number, plan.pads->at(i));
        }
    }
}

void add_content(CardWrites& writes, const IssuePlan& plan, const CardSurvey& survey) {
    // S_PAD0 first: from then on the card can be told from a blank one and from anybody else's.
    if (survey.s_pad0 != plan.s_pad0) writes.add(lite_s::s_pad0, plan.s_pad0);
    add_pads(writes, plan, survey);
    if (survey.id != plan.id) writes.add(lite_s::id, plan.id);
    if (survey.ckv != plan.ckv) writes.add(lite_s::ckv, version_block(plan.ckv));
    if (survey.key != KeyFound::ours) writes.add_key(plan.ck);
}

// What this stage needs written, and with it the next configuration.
std::optional<card::Block> next_configuration(CardStage stage, const card::Block& now) {
    switch (stage) {
        case CardStage::written:
            return locked_configuration(now);
        case CardStage::locked:
            return restricted_configuration(now);
        case CardStage::restricted:
            return frozen_configuration(now);
        case CardStage::blank:
        case CardStage::begun:
        case CardStage::complete:
        case CardStage::foreign:
        case CardStage::scrap:
            break;
    }
    return std::nullopt;
}

void add_look(Turn& turn, const IssuePlan& plan, const card::Challenge& rc) {
    turn.writes = turn.frames.size();
    for (const auto& frame : survey_frames(plan.idm, rc, with_pads(plan))) turn.frames.emplace_back(frame);
}

Turn turn_from(const IssuePlan& plan, const CardSurvey& survey, const card::Challenge& rc) {
    Turn turn;
    turn.stage = stage_of(plan, survey);
    turn.seen = survey;
    turn.mc_next = next_configuration(*turn.stage, survey.mc);
    CardWrites writes{plan.idm, SessionKey{plan.ck, rc}, rc, survey.wcnt};
    if (turn.stage == CardStage::blank || turn.stage == CardStage::begun) add_content(writes, plan, survey);
    if (turn.stage == CardStage::complete) add_pads(writes, plan, survey);
    if (turn.mc_next) writes.add(lite_s::mc, *turn.mc_next);
    turn.frames = writes.take();
    if (!turn.frames.empty()) add_look(turn, plan, rc);
    return turn;
}

}  // namespace

CardStage stage_of(const IssuePlan& plan, const CardSurvey& survey) {
    if (survey.mc.bytes[mc::rf_parameter] != mc::rf_always) return CardStage::scrap;
    return is_locked(survey.mc) ? locked_stage(plan, survey) : unlocked_stage(plan, survey);
}

card::Block locked_configuration(const card::Block& now) {
    auto next = now;
    next.bytes[mc::key_with_mac] = 1;
    next.bytes[mc::all] = mc::closed;
    return next;
}

card::Block restricted_configuration(const card::Block& now) {
    auto next = now;
    put_mask(next, 0, mask(now, 0) & ~mc::s_pad0);
    put_mask(next, mc::write_with_mac, mask(now, mc::write_with_mac) | mc::other_pads);
    next.bytes[mc::state_with_mac] = 1;
    return next;
}

card::Block frozen_configuration(const card::Block& now) {
    auto next = now;
    put_mask(next, 0, mask(now, 0) & ~mc::changeable);
    return next;
}

Turn first_turn(const IssuePlan& plan, const card::Challenge& rc) {
    assert(!is_weak(plan.ck));
    Turn turn;
    add_look(turn, plan, rc);
    return turn;
}

base::Result<Turn> next_turn(const IssuePlan& plan, const Asked& asked, std::span<const base::Bytes> answers,
                             const card::Challenge& rc) {
    assert(!is_weak(plan.ck));
    if (answers.size() < asked.writes) return base::Error{base::Fault::card_left, "fewer answers than frames"};
    KAZASHI_TRY(const auto survey,
                parse_survey(answers.subspan(asked.writes), plan.idm, asked.rc, plan.ck, with_pads(plan)));
    return turn_from(plan, survey, rc);
}

std::vector<bool> writes_done(const IssuePlan& plan, const Asked& asked, std::span<const base::Bytes> answers) {
    std::vector<bool> done;
    for (const auto& answer : answers.first(std::min(asked.writes, answers.size())))
        done.push_back(static_cast<bool>(parse_write(answer, plan.idm)));
    return done;
}

Turn erase_turn(const IssuePlan& plan, const CardSurvey& survey, const card::Challenge& rc, const CardKey& nobodys) {
    assert(!is_weak(nobodys));
    Turn turn;
    turn.stage = stage_of(plan, survey);
    turn.seen = survey;
    if (*turn.stage == CardStage::foreign || *turn.stage == CardStage::scrap) return turn;
    IssuePlan bare{plan.idm, {}, {}, 0, {}, Pads{}};
    std::copy(plan.idm.bytes.begin(), plan.idm.bytes.end(), bare.id.bytes.begin());
    CardWrites writes{plan.idm, SessionKey{plan.ck, rc}, rc, survey.wcnt};
    add_pads(writes, bare, survey);
    if (is_locked(survey.mc)) {
        writes.add_key_with_mac(nobodys);
    } else {
        // The key before the record: a card torn in between is still recognised as one of ours.
        writes.add_key(bare.ck);
        writes.add(lite_s::ckv, version_block(bare.ckv));
        writes.add(lite_s::id, bare.id);
        writes.add(lite_s::s_pad0, bare.s_pad0);
    }
    turn.frames = writes.take();
    add_look(turn, plan, rc);
    return turn;
}

}  // namespace kazashi::protocol
