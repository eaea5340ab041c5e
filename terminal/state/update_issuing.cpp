// Making a card at the region's office. The region says what happens to it; here is who is asked for what, and when.
//
//   number typed ─► card laid on (a blank one is asked for its IDm) ─► BeginCardOrder ─► CardOrderWritten
//     ─► OrderCard ─► CardTurned ─► RelayFrames ─► Relayed ─► AnswerCard ─► CardTurned … ─► over
//   taken away: put back ─► AnswerCard without answers: the region looks at the card again. One question at a time:
//   while one is not answered, that is only noted.
#include <algorithm>
#include <array>
#include <string_view>

#include "cardio/protocol/felica.h"
#include "terminal/state/issuing.h"
#include "terminal/state/steps.h"
#include "terminal/state/tuning.h"

namespace kazashi::state {
namespace {

using Step = IssueVisit::Step;
using wire::CardOutcome;
using wire::CardPurpose;

bool may_type_number(const State& state) {
    return state.screen == Screen::issuing && state.issue->step == Step::typing;
}

bool answers(const State& state, std::uint64_t call) {
    return state.screen == Screen::issuing && state.issue->call == call && state.issue->asked;
}

// It was taken away while something was still to be done with it.
bool under_way(const IssueVisit& issue) { return issue.step == Step::working || issue.step == Step::put_back; }

bool finishes(const IssueVisit& issue) { return issue.purpose == CardPurpose::finish; }

// The order's card, and no other, lies there.
bool ours_is_there(const IssueVisit& issue) { return issue.session && issue.idm && issue.idm == issue.ours; }

// The desk first: before anything happens to the card, it is on the record; one that is only finished under the number
// it was begun for, as far as that is known.
void begin(State& state, Effects& effects) {
    IssueVisit& issue = *state.issue;
    const bool told = finishes(issue) && issue.whose && ours_is_there(issue);
    if (!told) issue.whose.reset();
    issue.step = Step::working;
    issue.call = ++state.card_orders;
    issue.begun = false;
    issue.ours = issue.idm;
    issue.asked = true;
    issue.anew = false;
    issue.done = 0;
    const auto kind = told ? issue.whose->kind : issue.kind;
    const auto number = told ? issue.whose->number : finishes(issue) ? std::string{} : issue.number;
    effects.push_back(BeginCardOrder{issue.call, issue.purpose, kind, number, *issue.idm});
}

void look_again(State& state, Effects& effects) {
    IssueVisit& issue = *state.issue;
    issue.step = Step::working;
    issue.asked = true;
    issue.anew = false;
    if (issue.begun) return effects.push_back(AnswerCard{issue.call, {}});
    const auto number = finishes(issue) ? std::string{} : issue.number;
    effects.push_back(OrderCard{issue.call, {issue.purpose, issue.kind, number, false}, *issue.ours});
}

// What is still asked comes first: two questions at once, and each answer would be taken for the other's.
void put_back(State& state, Effects& effects) {
    IssueVisit& issue = *state.issue;
    if (!issue.asked) return look_again(state, effects);
    issue.step = Step::working;
    issue.anew = true;
}

// The card cannot be made; another one can, for the same number.
bool card_refused(const IssueVisit& issue) { return issue.step == Step::over && another_card_helps(issue); }

void lay_another(IssueVisit& issue) {
    if (finishes(issue)) issue.purpose = CardPurpose::issue;
    issue.step = Step::lay_card;
    issue.note.clear();
    issue.whose.reset();
}

// A card that could be the one: laid on in time it begins, put back it goes on. Another one is not touched.
void card_known(State& state, const card::Idm& idm, Effects& effects) {
    IssueVisit& issue = *state.issue;
    issue.idm = idm;
    if (card_refused(issue) && issue.ours != idm) lay_another(issue);
    if (issue.step == Step::lay_card) return begin(state, effects);
    if (issue.step == Step::put_back && issue.ours == idm) return put_back(state, effects);
    if (issue.step == Step::put_back) effects.push_back(PlaySound{PlaySound::Sound::refused});
}

// The one that lies there is not it.
void wait_for_another(IssueVisit& issue) {
    lay_another(issue);
    issue.session.reset();
    issue.idm.reset();
}

void start_over(State& state, CardPurpose purpose, Effects& effects) {
    IssueVisit& issue = *state.issue;
    issue.purpose = purpose;
    issue.note.clear();
    issue.step = Step::lay_card;
    issue.trouble.reset();
    if (issue.session && issue.idm) begin(state, effects);
}

// Said where a card is waited for; anywhere else nothing depends on it.
void say_trouble(State& state, Notice notice, Effects& effects) {
    IssueVisit& issue = *state.issue;
    if (issue.step != Step::lay_card && issue.step != Step::put_back) return;
    issue.trouble = std::move(notice);
    effects.push_back(PlaySound{PlaySound::Sound::refused});
}

void end(State& state, CardOutcome outcome, std::string note, Effects& effects) {
    IssueVisit& issue = *state.issue;
    issue.step = Step::over;
    issue.outcome = outcome;
    issue.note = std::move(note);
    const bool good = outcome == CardOutcome::done;
    effects.push_back(PlaySound{good ? PlaySound::Sound::card_read : PlaySound::Sound::refused});
    if (good) effects.push_back(SyncNow{});  // the card's lock comes with the feed
}

}  // namespace

bool another_card_helps(const IssueVisit& issue) {
    constexpr std::array<std::string_view, 5> of_the_number{"has_card", "number_wrong", "card_unfinished", "order_over",
                                                            "not_allowed"};
    return issue.outcome != CardOutcome::done && std::ranges::find(of_the_number, issue.note) == of_the_number.end();
}

bool may_issue(const State& state) { return signed_in(state) && state.policy.of(state.facility.type).issues_cards; }

void issuing_card_seen(State& state, card::SessionNumber session, std::optional<card::Idm> idm, Effects& effects) {
    IssueVisit& issue = *state.issue;
    state.card = session;
    state.last_touch = state.at;
    issue.session = session;
    issue.idm.reset();
    issue.trouble.reset();
    if (idm) return card_known(state, *idm, effects);
    std::vector<base::SecretBytes> question;
    question.emplace_back(
        protocol::polling_frame(protocol::system_lite_s, protocol::PollRequest::nothing, protocol::TimeSlots::one));
    effects.push_back(RelayFrames{session, std::move(question)});
}

void issuing_card_gone(State& state) {
    IssueVisit& issue = *state.issue;
    issue.session.reset();
    issue.idm.reset();
    if (issue.step == Step::working) issue.step = Step::put_back;
}

// A card that cannot be it, or a reader that cannot do it. What a hand tore away is said by its step.
void issuing_card_wrong(State& state, Notice notice, Effects& effects) {
    const bool torn = under_way(*state.issue) && notice == notice_of_card_fault(base::Fault::card_left);
    issuing_card_gone(state);
    if (!torn) say_trouble(state, std::move(notice), effects);
}

void take_relayed(State& state, card::Relayed event, Effects& effects) {
    if (capsule_write_relayed(state, event, effects)) return;
    if (state.screen != Screen::issuing || state.issue->session != event.session) return;
    IssueVisit& issue = *state.issue;
    if (!issue.idm) {
        const auto polled = event.answers.empty() ? base::Result<protocol::Polled>{base::Error{}}
                                                  : protocol::parse_polling(event.answers.front());
        if (polled) return card_known(state, polled->idm, effects);
        return say_trouble(state, notice_of_card_fault(base::Fault::timeout), effects);
    }
    if (issue.step != Step::working || issue.asked) return;
    // It fell silent: the region would only have it looked at again.
    if (event.answers.size() < issue.frames) return static_cast<void>(issue.step = Step::put_back);
    issue.asked = true;
    effects.push_back(AnswerCard{issue.call, std::move(event.answers)});
}

void take(State& state, ShowIssuing, Effects&) {
    if (state.screen != Screen::staff_menu || !may_issue(state)) return;
    show(state, Screen::issuing);
    state.issue.emplace();
}

void take(State& state, ChooseCardKind press, Effects&) {
    if (may_type_number(state)) state.issue->kind = press.kind;
}

void type_number(State& state, int digit) {
    auto& number = state.screen == Screen::issuing ? state.issue->number : state.lost->number;
    const bool typing = state.screen == Screen::issuing ? state.issue->step == Step::typing
                                                        : state.lost->step == LostVisit::Step::choosing;
    if (typing && number.size() < tuning::card_number) number += static_cast<char>('0' + digit);
}

void take(State& state, EraseDigit, Effects&) {
    if (may_type_number(state) && !state.issue->number.empty()) state.issue->number.pop_back();
    const bool lost = state.screen == Screen::lost_card && state.lost->step == LostVisit::Step::choosing;
    if (lost && !state.lost->number.empty()) state.lost->number.pop_back();
}

void take(State& state, GoOn, Effects& effects) {
    if (state.screen == Screen::lost_card) return lost_number_typed(state);
    if (state.screen != Screen::issuing) return;
    IssueVisit& issue = *state.issue;
    if (issue.step == Step::typing && issue.number.size() == tuning::card_number)
        return start_over(state, CardPurpose::issue, effects);
    if (issue.step == Step::over) {
        if (another_card_helps(issue)) return wait_for_another(issue);
        if (issue.note == "number_wrong") return static_cast<void>(issue.step = Step::typing);
        state.issue.emplace();  // the next one
        return;
    }
    if (issue.step == Step::no_line) {
        ours_is_there(issue) ? look_again(state, effects) : static_cast<void>(issue.step = Step::put_back);
    }
}

void take(State& state, MakeAnother, Effects& effects) {
    const bool asked = state.screen == Screen::issuing && state.issue->step == Step::over;
    if (asked && state.issue->note == "has_card") start_over(state, CardPurpose::reissue, effects);
}

void take(State& state, FinishCard, Effects& effects) {
    const bool asked = state.screen == Screen::issuing && state.issue->step == Step::over;
    if (asked && state.issue->note == "card_unfinished") start_over(state, CardPurpose::finish, effects);
}

void issuing_back(State& state, Effects& effects) {
    IssueVisit& issue = *state.issue;
    if (issue.step == Step::working) return;  // a moment; taking the card away ends it sooner
    if (issue.step == Step::lay_card) {
        issue.trouble.reset();
        return static_cast<void>(issue.step = Step::typing);
    }
    show(state, Screen::staff_menu);
    effects.push_back(ListColleagues{});
}

void take(State& state, CardOrderWritten event, Effects& effects) {
    if (!answers(state, event.call)) return;
    if (ours_is_there(*state.issue)) return look_again(state, effects);
    state.issue->asked = false;  // lifted meanwhile: put back, it goes on from here
}

void take(State& state, CardTurned event, Effects& effects) {
    if (capsule_write_turned(state, event, effects)) return;
    if (!answers(state, event.call)) return;
    IssueVisit& issue = *state.issue;
    auto& turn = event.turn;
    issue.asked = false;
    issue.begun = true;
    issue.done = turn.step;
    issue.steps = turn.steps;
    if (turn.whose) issue.whose = std::move(turn.whose);
    if (turn.outcome != CardOutcome::running) return end(state, turn.outcome, std::move(turn.note), effects);
    if (!ours_is_there(issue)) return;  // put back, it is looked at again
    if (issue.anew) return look_again(state, effects);
    issue.frames = turn.frames.size();
    effects.push_back(RelayFrames{*issue.session, std::move(turn.frames)});
}

void take(State& state, CardOrderFailed event, Effects& effects) {
    if (capsule_write_failed(state, event)) return;
    if (!answers(state, event.call)) return;
    state.issue->asked = false;
    if (event.fault == base::Fault::denied) return end(state, CardOutcome::refused, "not_allowed", effects);
    if (state.issue->anew && ours_is_there(*state.issue)) return look_again(state, effects);
    if (under_way(*state.issue)) state.issue->step = Step::no_line;
}

}  // namespace kazashi::state
