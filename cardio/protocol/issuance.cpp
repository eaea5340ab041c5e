#include "cardio/protocol/issuance.h"

#include <algorithm>
#include <cassert>

#include "cardio/protocol/card_writes.h"
#include "cardio/protocol/felica.h"
#include "cardio/protocol/weak_key.h"

namespace kazashi::protocol {

namespace {

bool filled(const card::Block& block, std::uint8_t value) {
    return std::all_of(block.bytes.begin(), block.bytes.end(), [value](auto octet) { return octet == value; });
}
bool is_empty(const card::Block& block) { return filled(block, 0x00) || filled(block, 0xFF); }

bool of_same_region(const card::Block& a, const card::Block& b) {
    const auto one = card::parse_regional_record(a);
    const auto other = card::parse_regional_record(b);
    return one && other && one->region == other->region;
}

// Those of a Lite stay empty: nothing of somebody else's is fixed on a card of ours either.
std::optional<Pads> pads_for(const IssuePlan& plan, card::Chip chip) {
    return chip == card::Chip::lite ? Pads{} : plan.pads;
}

bool content_stands(const IssuePlan& plan, const CardSurvey& survey) {
    const auto wanted = pads_for(plan, survey.chip);
    const bool pads = !wanted || survey.pads == wanted;
    return survey.key == KeyFound::ours && survey.s_pad0 == plan.s_pad0 && survey.id == plan.id &&
           survey.ckv == plan.ckv && pads;
}

CardStage unlocked_stage(const IssuePlan& plan, const CardSurvey& survey) {
    if (!is_factory_open(survey.mc) || !is_open(survey.mc, survey.chip)) return CardStage::foreign;
    if (content_stands(plan, survey)) return CardStage::written;
    if (of_same_region(survey.s_pad0, plan.s_pad0)) return CardStage::begun;
    return is_empty(survey.s_pad0) && survey.key == KeyFound::factory ? CardStage::blank : CardStage::foreign;
}

CardStage locked_stage(const IssuePlan& plan, const CardSurvey& survey) {
    const bool ours = survey.key == KeyFound::ours && survey.s_pad0 == plan.s_pad0 && survey.id == plan.id;
    if (!ours || !is_locked(survey.mc, survey.chip)) return CardStage::scrap;
    if (is_restricted(survey.mc, survey.chip))
        return is_frozen(survey.mc) ? CardStage::complete : CardStage::restricted;
    return is_open(survey.mc, survey.chip) ? CardStage::locked : CardStage::scrap;
}

Look look_at(const IssuePlan& plan, card::Chip chip) {
    return {chip, pads_for(plan, chip) ? WithPads::yes : WithPads::no};
}

// Every write that is still wanted. What stands already is left alone: writes are counted by the card.
void add_pads(CardWrites& writes, const std::optional<Pads>& wanted, const CardSurvey& survey) {
    if (!wanted) return;
    for (std::size_t i = 0; i < wanted->size(); ++i) {
        const auto number = static_cast<std::uint8_t>(i + 1);
        if (survey.pads && survey.pads->at(i) == wanted->at(i)) continue;
        if (survey.chip == card::Chip::lite_s && wants_mac(survey.mc, number)) {
            writes.add_with_mac(number, wanted->at(i));
        } else {
            writes.add(number, wanted->at(i));
        }
    }
}

void add_content(CardWrites& writes, const IssuePlan& plan, const CardSurvey& survey) {
    // S_PAD0 first: from then on the card can be told from a blank one and from anybody else's.
    if (survey.s_pad0 != plan.s_pad0) writes.add(lite_s::s_pad0, plan.s_pad0);
    add_pads(writes, pads_for(plan, survey.chip), survey);
    if (survey.id != plan.id) writes.add(lite_s::id, plan.id);
    if (survey.ckv != plan.ckv) writes.add(lite_s::ckv, version_block(plan.ckv));
    if (survey.key != KeyFound::ours) writes.add_key(plan.ck);
}

// What this stage needs written, and with it the next configuration.
std::optional<card::Block> next_configuration(CardStage stage, const CardSurvey& survey) {
    switch (stage) {
        case CardStage::written:
            return locked_configuration(survey.mc, survey.chip);
        case CardStage::locked:
            return restricted_configuration(survey.mc, survey.chip);
        case CardStage::restricted:
            return frozen_configuration(survey.mc);
        case CardStage::blank:
        case CardStage::begun:
        case CardStage::complete:
        case CardStage::foreign:
        case CardStage::scrap:
            break;
    }
    return std::nullopt;
}

void add_look(Turn& turn, const IssuePlan& plan, const card::Challenge& rc, card::Chip chip) {
    turn.writes = turn.frames.size();
    turn.chip = chip;
    for (const auto& frame : survey_frames(plan.idm, rc, look_at(plan, chip))) turn.frames.emplace_back(frame);
}

Turn look_as(const IssuePlan& plan, const card::Challenge& rc, card::Chip chip) {
    Turn turn;
    add_look(turn, plan, rc, chip);
    return turn;
}

Turn turn_from(const IssuePlan& plan, const CardSurvey& survey, const card::Challenge& rc) {
    Turn turn;
    turn.stage = stage_of(plan, survey);
    turn.chip = survey.chip;
    turn.seen = survey;
    turn.mc_next = next_configuration(*turn.stage, survey);
    CardWrites writes{plan.idm, SessionKey{plan.ck, rc}, rc, survey.wcnt};
    if (turn.stage == CardStage::blank || turn.stage == CardStage::begun) add_content(writes, plan, survey);
    const bool may_renew = turn.stage == CardStage::complete && survey.chip == card::Chip::lite_s;
    if (may_renew) add_pads(writes, plan.pads, survey);
    if (turn.mc_next) writes.add(lite_s::mc, *turn.mc_next);
    turn.frames = writes.take();
    if (!turn.frames.empty()) add_look(turn, plan, rc, survey.chip);
    return turn;
}

}  // namespace

CardStage stage_of(const IssuePlan& plan, const CardSurvey& survey) {
    if (!has_usual_radio(survey.mc)) return CardStage::scrap;
    return is_anyhow_locked(survey.mc) ? locked_stage(plan, survey) : unlocked_stage(plan, survey);
}

Turn first_turn(const IssuePlan& plan, const card::Challenge& rc) {
    assert(!is_weak(plan.ck));
    return look_as(plan, rc, plan.chip);
}

base::Result<Turn> next_turn(const IssuePlan& plan, const Asked& asked, std::span<const base::Bytes> answers,
                             const card::Challenge& rc) {
    assert(!is_weak(plan.ck));
    if (answers.size() < asked.writes) return base::Error{base::Fault::card_left, "fewer answers than frames"};
    const auto survey =
        parse_survey(answers.subspan(asked.writes), plan.idm, asked.rc, plan.ck, look_at(plan, asked.chip));
    if (survey) return turn_from(plan, *survey, rc);
    // Blocks it does not have: perhaps the older chip, which the next look believes if D_ID says so.
    const bool perhaps_lite = survey.fault() == base::Fault::card_refused && asked.chip == card::Chip::lite_s;
    if (perhaps_lite) return look_as(plan, rc, card::Chip::lite);
    return survey.error();
}

Turn erase_turn(const IssuePlan& plan, const CardSurvey& survey, const card::Challenge& rc, const CardKey& nobodys) {
    assert(!is_weak(nobodys));
    Turn turn;
    turn.stage = stage_of(plan, survey);
    turn.seen = survey;
    const bool fixed = survey.chip == card::Chip::lite && is_anyhow_locked(survey.mc);
    if (*turn.stage == CardStage::foreign || *turn.stage == CardStage::scrap || fixed) return turn;
    IssuePlan bare{plan.idm, {}, {}, 0, {}, Pads{}};
    std::copy(plan.idm.bytes.begin(), plan.idm.bytes.end(), bare.id.bytes.begin());
    CardWrites writes{plan.idm, SessionKey{plan.ck, rc}, rc, survey.wcnt};
    add_pads(writes, bare.pads, survey);
    if (is_anyhow_locked(survey.mc)) {
        writes.add_key_with_mac(nobodys);
    } else {
        // The key before the record: a card torn in between is still recognised as one of ours.
        writes.add_key(bare.ck);
        writes.add(lite_s::ckv, version_block(bare.ckv));
        writes.add(lite_s::id, bare.id);
        writes.add(lite_s::s_pad0, bare.s_pad0);
    }
    turn.frames = writes.take();
    add_look(turn, plan, rc, survey.chip);
    return turn;
}

}  // namespace kazashi::protocol
