// A staff card, then a PIN where one is needed: to sign in, or for a job among staff. PINs leave this state only
// together with the card's answers.
#include <algorithm>

#include "terminal/state/steps.h"
#include "terminal/state/tuning.h"

namespace kazashi::state {
namespace {

using Step = SignIn::Step;
using Asks = SignIn::Asks;
using Kind = StaffJob::Kind;

bool locked(const State& state) { return state.sign_in->locked_until && *state.sign_in->locked_until > state.now; }
bool may_type(const State& state) { return state.sign_in && state.sign_in->step == Step::typing && !locked(state); }

void wrong_pin(State& state, const desk::WrongPin& answer, Effects& effects) {
    SignIn& sign_in = *state.sign_in;
    if (state.card != sign_in.session) return tell(state, effects, notice("wrong_pin", Notice::Tone::caution));
    sign_in.step = Step::typing;
    sign_in.tries_left = answer.tries_left;
    sign_in.locked_until = answer.locked_until;
    effects.push_back(PlaySound{PlaySound::Sound::refused});
}

void prove(State& state, Effects& effects) {
    state.sign_in->step = Step::proving;
    effects.push_back(ProveCard{state.sign_in->session, {state.sign_in->first, state.sign_in->second}});
}

SignIn start_of(StaffCardKnown event, const std::optional<StaffJob>& job) {
    SignIn sign_in;
    sign_in.session = event.session;
    sign_in.staff = std::move(event.challenge.staff);
    sign_in.first = event.challenge.first;
    sign_in.second = event.challenge.second;
    sign_in.locked_until = event.challenge.locked_until;
    sign_in.pin_needed = event.challenge.pin_needed;
    if (!job || (job->kind != Kind::change_pin && job->kind != Kind::add_card)) return sign_in;
    sign_in.asks = job->kind == Kind::change_pin ? Asks::old_pin : Asks::new_pin;
    sign_in.pin_needed = true;  // a PIN is what this is about
    return sign_in;
}

// The same PIN twice, or both from the beginning.
void compare(State& state, Effects& effects) {
    SignIn& sign_in = *state.sign_in;
    const bool same = std::ranges::equal(sign_in.pin.view(), sign_in.new_pin.view());
    sign_in.pin.clear();
    if (same) return prove(state, effects);
    sign_in.new_pin.clear();
    sign_in.differed = true;
    sign_in.asks = Asks::new_pin;
    effects.push_back(PlaySound{PlaySound::Sound::refused});
}

std::optional<base::SecretBytes> typed(SignIn& sign_in) {
    if (!sign_in.pin_needed) return std::nullopt;
    return std::move(sign_in.pin);
}

Effect attempt(State& state, std::vector<card::Proof> proofs) {
    SignIn& sign_in = *state.sign_in;
    if (!state.job) {
        if (!sign_in.pin_needed) return TryShift{sign_in.session, std::move(proofs)};
        return TrySignIn{sign_in.session, std::move(proofs), std::move(sign_in.pin)};
    }
    switch (state.job->kind) {
        case Kind::change_pin:
            return ChangePin{sign_in.session, std::move(proofs), std::move(sign_in.old_pin),
                             std::move(sign_in.new_pin)};
        case Kind::add_card:
            return AddSlot{sign_in.session, std::move(proofs), std::move(sign_in.new_pin)};
        case Kind::break_glass:
            state.search->step = Search::Step::opening;
            return BreakGlass{state.search->chosen->patient, state.search->reason,
                              BreakGlass::Second{sign_in.session, std::move(proofs), typed(sign_in)}};
        case Kind::let_in:
        case Kind::remove:
        case Kind::take_over:
            break;  // the latter two never ask for a card
    }
    return LetInColleague{sign_in.session, state.job->colleague->staff, std::move(proofs), typed(sign_in)};
}

}  // namespace

base::SecretBytes with_character(const base::SecretBytes& pin, char character) {
    base::SecretBytes longer{pin.size() + 1};
    std::ranges::copy(pin.view(), longer.data());
    longer.data()[pin.size()] = static_cast<std::uint8_t>(character);
    return longer;
}
base::SecretBytes with_digit(const base::SecretBytes& pin, int digit) {
    return with_character(pin, static_cast<char>('0' + digit));
}

void welcome(State& state, desk::SignedIn who, Effects& effects) {
    state.staff = std::move(who);
    state.locked.reset();
    state.windows = std::vector<desk::LiveWindow>{};
    state.last_touch = state.at;
    go_home(state);
    effects.push_back(PlaySound{PlaySound::Sound::card_read});
    // What the feed brought for live windows while nobody was here opens only now.
    state.tended_at = state.at;
    effects.push_back(TendDesk{});
    effects.push_back(ListWindows{});
    effects.push_back(SyncNow{});
}

// The desk opened its keys for somebody who is not waiting any more; whoever is at the PIN pad now stays there.
void nobody_waits(State& state, Effects& effects) {
    if (signed_in(state)) return lock(state, effects);
    effects.push_back(LockDesk{});
}

void staff_card_seen(State& state, const card::CardSeen& seen, Effects& effects) {
    state.staff_card = seen.identity;
    if (state.screen == Screen::lay_card) return job_card_seen(state, seen.session, seen.identity, effects);
    if (signed_in(state) && state.staff->staff.str() == seen.identity.record.number)
        return tell(state, effects, notice("already_signed_in", Notice::Tone::plain));
    // Who is signed in stays so until the desk knows the new card, but nothing of a patient stays in view.
    go_home(state);
    state.staff_lookup = seen.session;
    effects.push_back(LookUpCard{seen.session, seen.identity});
}

void take(State& state, StaffCardKnown event, Effects& effects) {
    if (state.staff_lookup != event.session) return;
    state.staff_lookup.reset();
    // Whoever was here may come back within their shift; their keys do not wait beside somebody else's PIN pad.
    if (signed_in(state) && !state.job) lock(state, effects);
    show(state, Screen::sign_in);
    state.sign_in = start_of(std::move(event), state.job);
    state.last_touch = state.at;
    if (!state.sign_in->pin_needed) prove(state, effects);
}

void take(State& state, PressDigit press, Effects& effects) {
    if (press.digit < 0 || press.digit > 9) return;
    if (state.screen == Screen::issuing || state.screen == Screen::lost_card) return type_number(state, press.digit);
    if (state.screen == Screen::id_card) return id_card_digit(state, press.digit);
    if (state.screen == Screen::search) return type_digit(state, press.digit, effects);
    if (!may_type(state) || state.sign_in->pin.size() >= tuning::pin_most) return;
    state.sign_in->pin = with_digit(state.sign_in->pin, press.digit);
}

void take(State& state, PressClear, Effects&) {
    if (state.screen == Screen::id_card) return id_card_clear(state);
    if (may_type(state)) state.sign_in->pin.clear();
}

void take(State& state, PressCancel, Effects& effects) {
    if (state.screen == Screen::id_card) return id_card_back(state);
    if (state.screen != Screen::sign_in || state.sign_in->step == Step::trying) return;
    if (state.job) return leave_job(state, effects);
    go_home(state);
}

void take(State& state, PressEnter, Effects& effects) {
    if (state.screen == Screen::id_card) return id_card_enter(state, effects);
    if (!may_type(state) || state.sign_in->pin.size() < tuning::pin_least) return;
    SignIn& sign_in = *state.sign_in;
    switch (sign_in.asks) {
        case Asks::pin:
            return prove(state, effects);
        case Asks::old_pin:
            sign_in.old_pin = std::move(sign_in.pin);
            sign_in.asks = Asks::new_pin;
            return;
        case Asks::new_pin:
            sign_in.new_pin = std::move(sign_in.pin);
            sign_in.asks = Asks::again;
            sign_in.differed = false;
            return;
        case Asks::again:
            return compare(state, effects);
    }
}

void sign_in_proved(State& state, std::vector<card::Proof> proofs, Effects& effects) {
    if (state.sign_in->step != Step::proving) return;
    if (proofs.size() != 2) return tell(state, effects, notice_of_card_fault(base::Fault::malformed));
    state.sign_in->step = Step::trying;
    effects.push_back(attempt(state, std::move(proofs)));
}

// A PIN that is already being tried may finish: its card was there when it counted.
void staff_card_gone(State& state, Effects& effects) {
    if (state.sign_in->step == Step::trying) return;
    tell(state, effects, notice("staff_card_taken", Notice::Tone::plain));
}

bool trying(const State& state, card::SessionNumber session) {
    return state.sign_in && state.sign_in->session == session && state.sign_in->step == Step::trying;
}

void take(State& state, SignInDone event, Effects& effects) {
    const bool ours = trying(state, event.session) && !state.job;
    if (auto* wrong = std::get_if<desk::WrongPin>(&event.answer)) {
        if (ours && state.sign_in->pin_needed) wrong_pin(state, *wrong, effects);
        return;
    }
    if (!ours) return nobody_waits(state, effects);
    welcome(state, std::get<desk::SignedIn>(std::move(event.answer)), effects);
}

void take(State& state, StaffNamed event, Effects&) {
    if (state.staff && state.staff->staff == event.who.staff) state.staff = std::move(event.who);
}

void take(State& state, SignOut, Effects& effects) {
    if (signed_in(state)) sign_out(state, effects);
}

}  // namespace kazashi::state
