// A staff card, then a PIN. The PIN leaves this state only together with the card's answers.
#include <algorithm>

#include "terminal/state/steps.h"
#include "terminal/state/tuning.h"

namespace kazashi::state {
namespace {

using Step = SignIn::Step;

bool locked(const State& state) { return state.sign_in->locked_until && *state.sign_in->locked_until > state.now; }
bool may_type(const State& state) { return state.sign_in && state.sign_in->step == Step::typing && !locked(state); }

base::SecretBytes with_digit(const base::SecretBytes& pin, int digit) {
    base::SecretBytes longer{pin.size() + 1};
    std::ranges::copy(pin.view(), longer.data());
    longer.data()[pin.size()] = static_cast<std::uint8_t>('0' + digit);
    return longer;
}

void wrong_pin(State& state, const desk::WrongPin& answer, Effects& effects) {
    SignIn& sign_in = *state.sign_in;
    if (state.card != sign_in.session) return tell(state, effects, notice("wrong_pin", Notice::Tone::caution));
    sign_in.step = Step::typing;
    sign_in.tries_left = answer.tries_left;
    sign_in.locked_until = answer.locked_until;
    effects.push_back(PlaySound{PlaySound::Sound::refused});
}

void welcome(State& state, desk::SignedIn answer, Effects& effects) {
    state.staff = std::move(answer);
    state.last_touch = state.at;
    go_home(state);
    effects.push_back(PlaySound{PlaySound::Sound::card_read});
    effects.push_back(ListWindows{});
    effects.push_back(SyncNow{});
}

}  // namespace

void staff_card_seen(State& state, const card::CardSeen& seen, Effects& effects) {
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
    if (signed_in(state)) sign_out(state, effects);
    show(state, Screen::sign_in);
    SignIn sign_in;
    sign_in.session = event.session;
    sign_in.staff = std::move(event.challenge.staff);
    sign_in.first = event.challenge.first;
    sign_in.second = event.challenge.second;
    sign_in.locked_until = event.challenge.locked_until;
    state.sign_in = std::move(sign_in);
    state.last_touch = state.at;
}

void take(State& state, PressDigit press, Effects&) {
    if (!may_type(state) || press.digit < 0 || press.digit > 9) return;
    if (state.sign_in->pin.size() >= tuning::pin_most) return;
    state.sign_in->pin = with_digit(state.sign_in->pin, press.digit);
}

void take(State& state, PressClear, Effects&) {
    if (may_type(state)) state.sign_in->pin.clear();
}

void take(State& state, PressCancel, Effects&) {
    if (state.screen == Screen::sign_in && state.sign_in->step != Step::trying) go_home(state);
}

void take(State& state, PressEnter, Effects& effects) {
    if (!may_type(state) || state.sign_in->pin.size() < tuning::pin_least) return;
    state.sign_in->step = Step::proving;
    effects.push_back(ProveCard{state.sign_in->session, {state.sign_in->first, state.sign_in->second}});
}

void sign_in_proved(State& state, std::vector<card::Proof> proofs, Effects& effects) {
    if (state.sign_in->step != Step::proving) return;
    if (proofs.size() != 2) return tell(state, effects, notice_of_card_fault(base::Fault::malformed));
    state.sign_in->step = Step::trying;
    effects.push_back(TrySignIn{state.sign_in->session, std::move(proofs), std::move(state.sign_in->pin)});
}

// A PIN that is already being tried may finish: its card was there when it counted.
void staff_card_gone(State& state, Effects& effects) {
    if (state.sign_in->step == Step::trying) return;
    tell(state, effects, notice("staff_card_taken", Notice::Tone::plain));
}

void take(State& state, SignInDone event, Effects& effects) {
    const bool ours = state.sign_in && state.sign_in->session == event.session && state.sign_in->step == Step::trying;
    if (auto* wrong = std::get_if<desk::WrongPin>(&event.answer)) {
        if (ours) wrong_pin(state, *wrong, effects);
        return;
    }
    if (ours) return welcome(state, std::get<desk::SignedIn>(std::move(event.answer)), effects);
    // The desk opened its keys for somebody who is not waiting any more; whoever is at the PIN pad now stays there.
    if (signed_in(state)) return sign_out(state, effects);
    effects.push_back(SignOutDesk{});
}

void take(State& state, StaffNamed event, Effects&) {
    if (state.staff && state.staff->staff == event.who.staff) state.staff = std::move(event.who);
}

void take(State& state, SignOut, Effects& effects) {
    if (signed_in(state)) sign_out(state, effects);
}

}  // namespace kazashi::state
