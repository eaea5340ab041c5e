#include "sync/server/card_desk.h"

#include <utility>

#include "cardio/protocol/weak_key.h"
#include "sync/server/card_notes.h"
#include "sync/server/card_office.h"
#include "sync/server/tuning.h"
#include "sync/vault/seal.h"

namespace kazashi::server {

using protocol::CardStage;
using wire::CardOrderAnswer;
using wire::CardOrderBegin;
using wire::CardOutcome;
using wire::CardPurpose;

namespace {

constexpr std::uint16_t key_version = 1;  // the region's only master key
constexpr const char* nobodys_number = "0000000000";

bool makes_card(CardPurpose purpose) { return purpose == CardPurpose::issue || purpose == CardPurpose::reissue; }
// What only the region's office may do; the rest any terminal.
bool is_office_work(CardPurpose purpose) {
    return makes_card(purpose) || purpose == CardPurpose::finish || purpose == CardPurpose::scrap;
}

template <class Id>
Id random_id() {
    Id id;
    vault::random_bytes(id.bytes.data(), id.bytes.size());
    return id;
}

// How far an order is, for whoever watches it.
constexpr std::int64_t all_steps = 6;
std::int64_t step_of(const std::optional<CardStage>& stage) {
    if (!stage) return 1;
    switch (*stage) {
        case CardStage::blank:
        case CardStage::begun:
            return 2;
        case CardStage::written:
            return 3;
        case CardStage::locked:
            return 4;
        case CardStage::restricted:
            return 5;
        case CardStage::complete:
            return all_steps;
        case CardStage::foreign:
        case CardStage::scrap:
            return 1;
    }
    return 1;
}

bool gives_out_lock(CardStage stage) { return stage == CardStage::written; }

card::Block final_configuration(const protocol::CardSurvey& seen) {
    const auto locked = protocol::locked_configuration(seen.mc, seen.chip);
    return protocol::frozen_configuration(protocol::restricted_configuration(locked, seen.chip));
}

}  // namespace

struct CardDesk::Call {
    Records& records;
    const TerminalRecord& terminal;
    model::UtcTime now;
    CardOrder order{};
    std::optional<CardRecord> issued{};  // the card with this IDm, if it is one of the region's
    std::optional<BegunCard> begun{};    // or under way
};

protocol::IssuePlan CardDesk::plan_of(const CardOrder& order, const CardRecord& card) const {
    return {card.idm, card.s_pad0, card.id, key_version, card_key(region_.keys, card), order.pads, card.chip};
}

Result<CardOrderAnswer> CardDesk::step(Records& records, const TerminalRecord& terminal,
                                       const wire::CardOrderStep& step, model::UtcTime now) const {
    Call call{records, terminal, now};
    if (step.begin) return begin(call, *step.begin);
    KAZASHI_TRY(auto order, records.card_order(*step.order));
    if (!order || order->terminal != terminal.id)
        return base::Error{base::Fault::denied, "not an order of this terminal"};
    call.order = std::move(*order);
    if (call.order.outcome == CardOutcome::running && now - call.order.touched_at > tuning::card_order_time)
        return end(call, CardOutcome::refused, card_note::over);
    if (call.order.outcome != CardOutcome::running) return end(call, call.order.outcome, call.order.note.c_str());
    return go_on(call, step.answers);
}

Result<CardOrderAnswer> CardDesk::begin(Call& call, const CardOrderBegin& wish) const {
    KAZASHI_TRY(const auto policy, call.records.policy());
    if (is_office_work(wish.purpose) && !policy.of(call.terminal.facility.type).issues_cards)
        return base::Error{base::Fault::denied, "this terminal issues no cards"};
    if (wish.purpose == CardPurpose::scrap && !region_.profile.demo)
        return base::Error{base::Fault::denied, "cards are erased in demonstrations only"};
    KAZASHI_CHECK(call.records.close_card_orders(call.terminal.id));
    call.order.id = random_id<wire::OrderId>();
    call.order.terminal = call.terminal.id;
    call.order.purpose = wish.purpose;
    call.order.dry_run = wish.dry_run;
    call.order.idm = wish.idm;
    call.order.seal = wish.seal;
    KAZASHI_TRY(call.issued, call.records.card_of(wish.idm));
    KAZASHI_TRY(call.begun, call.records.begun_card(wish.idm));
    KAZASHI_TRY(const auto* const obstacle, what_stands_in_the_way(call, wish));
    if (*obstacle != '\0') return end(call, CardOutcome::refused, obstacle);
    KAZASHI_TRY(const auto card, card_under_way(call));
    if (!card) return end(call, CardOutcome::refused, card_note::unknown);
    const bool wants_pads = call.order.purpose != CardPurpose::verify && call.order.purpose != CardPurpose::scrap &&
                            card->record.kind == card::CardKind::patient && card->chip == card::Chip::lite_s &&
                            pads_of_;
    if (wants_pads) {
        KAZASHI_TRY(call.order.pads, pads_of_(call.records, *card, call.now));
    }
    if (call.order.purpose == CardPurpose::capsule && !call.order.pads)
        return end(call, CardOutcome::refused, card_note::no_capsule);
    const auto rc = random_id<card::Challenge>();
    call.order.asked.rc = rc;
    return carry_on(call, protocol::first_turn(plan_of(call.order, *card), rc));
}

// An empty text: nothing does.
Result<const char*> CardDesk::what_stands_in_the_way(Call& call, const CardOrderBegin& wish) const {
    if (makes_card(wish.purpose)) return prepare_new(call, wish);
    if (wish.purpose == CardPurpose::finish || wish.purpose == CardPurpose::scrap) {
        return call.begun || (call.issued && !call.issued->revoked) ? "" : card_note::unknown;
    }
    if (!call.issued) return card_note::unknown;
    return call.issued->revoked ? card_note::revoked : "";
}

Result<const char*> CardDesk::prepare_new(Call& call, const CardOrderBegin& wish) const {
    if (!is_card_number(wish.number)) return card_note::number_wrong;
    if (wish.kind == card::CardKind::staff) {
        KAZASHI_TRY(const auto member, call.records.staff(model::StaffId{wish.number}));
        if (!member || !member->active) return card_note::number_wrong;
    } else {
        // A wrong digit would make a card that opens nobody's record, or somebody else's.
        KAZASHI_TRY(const auto patient, call.records.patient_numbered(wish.number));
        if (!patient) return card_note::number_wrong;
    }
    const auto is_for = [&wish](const CardRecord& card) {
        return card.record.kind == wish.kind && card.record.number == wish.number;
    };
    if (call.issued && call.issued->revoked) return card_note::revoked;
    if (call.issued) return is_for(*call.issued) ? "" : card_note::in_use;
    KAZASHI_TRY(const auto live, live_card(call.records, wish.kind, wish.number));
    if (live && wish.purpose == CardPurpose::issue) return card_note::has_card;
    if (call.begun && is_for(call.begun->card)) return "";
    if (call.begun && call.begun->locked) return card_note::unfinished;
    if (wish.dry_run) return "";
    call.begun = BegunCard{new_card(region_, wish.kind, wish.number, wish.idm), false, call.now};
    KAZASHI_CHECK(call.records.put_begun_card(*call.begun));
    return "";
}

Result<std::optional<CardRecord>> CardDesk::card_under_way(Call& call) const {
    if (!call.issued && !call.begun) {
        KAZASHI_TRY(call.issued, call.records.card_of(call.order.idm));
        KAZASHI_TRY(call.begun, call.records.begun_card(call.order.idm));
    }
    if (call.issued) return call.issued;
    if (call.begun) return std::optional{call.begun->card};
    if (!call.order.dry_run || !makes_card(call.order.purpose)) return std::optional<CardRecord>{};
    // Only looked at, so it need not be remembered what it would become: any key that is not on it will do.
    return std::optional{new_card(region_, card::CardKind::patient, nobodys_number, call.order.idm)};
}

Result<CardOrderAnswer> CardDesk::go_on(Call& call, const std::vector<Bytes>& answers) const {
    KAZASHI_TRY(const auto card, card_under_way(call));
    if (!card) return end(call, CardOutcome::refused, card_note::unknown);
    const auto plan = plan_of(call.order, *card);
    const auto asked = call.order.asked;
    call.order.asked.rc = random_id<card::Challenge>();
    auto turn = protocol::next_turn(plan, asked, answers, call.order.asked.rc);
    const bool torn = !turn && turn.fault() == base::Fault::card_left;
    call.order.torn = torn ? call.order.torn + 1 : 0;
    if (turn) return turn->stage ? looked(call, std::move(*turn)) : carry_on(call, std::move(*turn));
    // Put back, the card is looked at afresh; whatever the frames before did to it shows then.
    if (torn) {
        if (call.order.torn >= tuning::card_torn) return end(call, CardOutcome::refused, card_note::unreadable);
        call.order.stage.reset();  // what a hand did is no doubt about the card
        return carry_on(call, protocol::first_turn(plan, call.order.asked.rc), card_note::away);
    }
    return doubted(call, CardOutcome::refused, card_note::unreadable);
}

// The key of a card goes out until its lock does, and never again: a card of the region that seems to have lost its key
// or its rules is another one, or a terminal that makes it up.
bool CardDesk::lies(const Call& call, const protocol::Turn& turn) {
    if (call.issued) return *turn.stage != CardStage::complete;
    return call.begun->locked && turn.seen->key != protocol::KeyFound::ours;
}

Result<CardOrderAnswer> CardDesk::looked(Call& call, protocol::Turn turn) const {
    if (call.order.purpose == CardPurpose::verify) return verified(call, turn);
    if (call.order.purpose == CardPurpose::scrap) return erased(call, turn);
    const auto stage = *turn.stage;
    if (stage == CardStage::foreign) return doubted(call, CardOutcome::refused, card_note::foreign);
    if (stage == CardStage::scrap) return doubted(call, CardOutcome::scrap, card_note::scrap);
    if (call.order.dry_run && !(call.issued && turn.frames.empty())) {
        KAZASHI_TRY(auto answer, end(call, CardOutcome::done, card_note::dry_run));
        answer.mc_now = turn.seen->mc;
        answer.mc_next = final_configuration(*turn.seen);
        return answer;
    }
    if (turn.frames.empty()) return whole(call, turn.chip);
    if (lies(call, turn)) return doubted(call, CardOutcome::refused, card_note::not_genuine);
    if (call.order.stage == stage && ++call.order.doubts >= tuning::card_doubts)
        return end(call, CardOutcome::refused, card_note::stuck);
    if (gives_out_lock(stage) && call.begun && !call.begun->locked) {
        call.begun->locked = true;
        KAZASHI_CHECK(call.records.put_begun_card(*call.begun));
    }
    return carry_on(call, std::move(turn));
}

Result<CardOrderAnswer> CardDesk::verified(Call& call, const protocol::Turn& turn) const {
    const bool genuine = turn.seen->key == protocol::KeyFound::ours && turn.seen->s_pad0 == call.issued->s_pad0 &&
                         turn.seen->id == call.issued->id;
    if (!genuine) return doubted(call, CardOutcome::refused, card_note::not_genuine);
    return end(call, CardOutcome::done, card_note::genuine);
}

// First nobody believes it any more, then it is cleared, and it is over when a look says so.
Result<CardOrderAnswer> CardDesk::erased(Call& call, const protocol::Turn& turn) const {
    const auto stage = *turn.stage;
    if (stage == CardStage::blank || (call.order.erasing && stage == CardStage::scrap))
        return cleared(call, stage, card_note::scrapped);
    KAZASHI_TRY(const auto card, card_under_way(call));
    auto nobodys = random_id<card::Block>();
    const protocol::CardKey key{nobodys.bytes};
    base::wipe(nobodys.bytes.data(), nobodys.bytes.size());
    if (protocol::is_weak(key)) return doubted(call, CardOutcome::refused, card_note::stuck);
    auto clear = protocol::erase_turn(plan_of(call.order, *card), *turn.seen, call.order.asked.rc, key);
    const bool fixed = stage == CardStage::complete || stage == CardStage::restricted || stage == CardStage::locked;
    if (clear.frames.empty() && !fixed) return doubted(call, CardOutcome::refused, card_note::not_genuine);
    if (call.issued && !call.issued->revoked) KAZASHI_CHECK(revoke_card(call.records, *call.issued));
    if (clear.frames.empty()) return cleared(call, CardStage::scrap, card_note::fixed);
    call.order.erasing = true;
    return carry_on(call, std::move(clear));
}

// One that was not locked is blank now and may be issued again; any other keeps its place among the revoked.
Result<CardOrderAnswer> CardDesk::cleared(Call& call, CardStage stage, const char* note) const {
    if (call.begun) KAZASHI_CHECK(call.records.drop_begun_card(call.order.idm));
    if (call.begun && stage == CardStage::scrap) {
        auto gone = call.begun->card;
        gone.revoked = true;
        gone.issued_at = call.now;
        KAZASHI_CHECK(call.records.put_card(gone));
    }
    return end(call, CardOutcome::done, note);
}

// A card that seems hopeless is looked at once more: one garbled answer must not condemn it.
Result<CardOrderAnswer> CardDesk::doubted(Call& call, CardOutcome outcome, const char* note) const {
    if (++call.order.doubts >= tuning::card_doubts) return end(call, outcome, note);
    KAZASHI_TRY(const auto card, card_under_way(call));
    return carry_on(call, protocol::first_turn(plan_of(call.order, *card), call.order.asked.rc));
}

// As planned, down to the last bit, by the card's own MACs.
Result<CardOrderAnswer> CardDesk::whole(Call& call, card::Chip chip) const {
    if (call.order.purpose == CardPurpose::capsule) return end(call, CardOutcome::done, card_note::capsule_written);
    if (call.issued) return end(call, CardOutcome::done, card_note::complete);
    auto& card = call.begun->card;
    card.chip = chip;  // which MAC its lock is made of
    card.issued_at = call.now;
    // One live card per number: whoever finds the old one opens nothing with it.
    const auto before = revoke_cards(call.records, region_.keys, card.record.kind, card.record.number);
    if (!before && before.fault() != base::Fault::not_found) return before.error();
    KAZASHI_CHECK(put_in_service(call.records, packer_, card));
    KAZASHI_CHECK(call.records.drop_begun_card(card.idm));
    const bool without_facts = chip == card::Chip::lite && card.record.kind == card::CardKind::patient;
    return end(call, CardOutcome::done, without_facts ? card_note::issued_lite : card_note::issued);
}

std::optional<wire::CardHolder> CardDesk::holder_of(const Call& call) {
    if (!call.issued && !call.begun) return std::nullopt;
    const auto& record = call.issued ? call.issued->record : call.begun->card.record;
    return wire::CardHolder{record.kind, record.number};
}

Result<CardOrderAnswer> CardDesk::carry_on(Call& call, protocol::Turn turn, const char* note) const {
    auto& order = call.order;
    order.asked.writes = turn.writes;
    order.asked.chip = turn.chip;
    if (turn.stage) order.stage = turn.stage;
    order.touched_at = call.now;
    KAZASHI_CHECK(call.records.put_card_order(order));
    CardOrderAnswer answer;
    answer.order = order.id;
    answer.frames = wire::seal_frames(order.seal, turn.frames);
    answer.step = step_of(turn.stage);
    answer.steps = all_steps;
    answer.note = note;
    if (order.purpose == CardPurpose::finish) answer.whose = holder_of(call);
    if (turn.mc_next) answer.mc_now = turn.seen->mc;
    answer.mc_next = turn.mc_next;
    return answer;
}

Result<CardOrderAnswer> CardDesk::end(Call& call, CardOutcome outcome, const char* note) const {
    CardOrderAnswer answer;
    answer.outcome = outcome;
    answer.note = note;
    if (call.order.purpose == CardPurpose::finish || answer.note == card_note::unfinished)
        answer.whose = holder_of(call);
    call.order.outcome = outcome;
    call.order.note = answer.note;
    call.order.pads.reset();
    call.order.touched_at = call.now;
    KAZASHI_CHECK(call.records.put_card_order(call.order));
    answer.order = call.order.id;
    answer.step = outcome == CardOutcome::done ? all_steps : step_of(call.order.stage);
    answer.steps = all_steps;
    return answer;
}

}  // namespace kazashi::server
