// An ID card on the reader: a patient's My Number card, or a member of staff's HPKI card. What it is for is said first;
// its PIN is typed, tried once, and the last try only after a second yes. PINs leave this state only for the card.
#include "terminal/state/steps.h"
#include "terminal/state/tuning.h"

namespace kazashi::state {
namespace {

using Step = IdCard::Step;
using For = IdCard::For;

bool at(const State& state, card::SessionNumber session, Step step) {
    return state.id_card && state.id_card->session == session && state.id_card->step == step;
}

bool may_type(const State& state) { return state.id_card && state.id_card->step == Step::typing; }

bool used_here(const State& state, card::IdCardKind kind) { return !state.policy.id_card_roots.of(kind).empty(); }

void say_blocked(State& state, card::IdCardKind kind, Effects& effects) {
    const bool citizen = kind == card::IdCardKind::my_number;
    tell(state, effects, notice(citizen ? "my_number_blocked" : "hpki_blocked", Notice::Tone::refused));
}

// Why nothing can be done with this card at this moment; none: something can.
const char* useless(const State& state, card::IdCardKind kind) {
    const bool citizen = kind == card::IdCardKind::my_number;
    if (!used_here(state, kind)) return citizen ? "my_number_unused" : "hpki_unused";
    if (!citizen) return signed_in(state) && state.screen != Screen::id_card ? "hpki_menu" : nullptr;
    if (signed_in(state)) return nullptr;
    // A kiosk has no windows: what shows a patient their own record is the regional card alone.
    return state.policy.of(state.facility.type).self_service ? "my_number_kiosk" : "my_number_sign_in";
}

void look_up(State& state, const card::IdCardSeen& seen, For purpose, Effects& effects) {
    if (seen.tries_left == 0) return say_blocked(state, seen.kind, effects);
    show(state, Screen::id_card);
    state.id_card.emplace();
    state.id_card->purpose = purpose;
    state.id_card->step = Step::looking_up;
    state.id_card->session = seen.session;
    state.id_card->tries_left = seen.tries_left;
    effects.push_back(AskIdCard{seen.session, purpose});
}

void send(State& state, Effects& effects) {
    state.id_card->step = Step::signing;
    state.id_card->wrong = false;
    effects.push_back(SignWithIdCard{state.id_card->session, std::move(state.id_card->pin), state.id_card->digest});
}

}  // namespace

bool may_register_id_card(const State& state) { return used_here(state, card::IdCardKind::hpki); }

std::size_t least_pin(const IdCard& card) {
    return card.purpose == For::holder ? tuning::my_number_pin : tuning::hpki_pin_least;
}
std::size_t most_pin(const IdCard& card) {
    return card.purpose == For::holder ? tuning::my_number_pin : tuning::hpki_pin_most;
}

// The PIN of a My Number card's authentication key is four digits; an HPKI card's may be any ASCII.
bool has_letters(const IdCard& card) { return card.purpose != For::holder; }

void id_card_seen(State& state, const card::IdCardSeen& seen, Effects& effects) {
    const bool registering = state.id_card && state.id_card->step == Step::laying;
    if (registering && seen.kind != card::IdCardKind::hpki) {
        state.id_card->wrong_card = true;
        return effects.push_back(PlaySound{PlaySound::Sound::refused});
    }
    forget_tap(state, effects);
    if (const char* why = useless(state, seen.kind)) return tell(state, effects, notice(why, Notice::Tone::plain));
    if (seen.kind == card::IdCardKind::my_number) return look_up(state, seen, For::holder, effects);
    look_up(state, seen, registering ? For::registering : For::sign_in, effects);
}

void id_card_gone(State& state, Effects& effects) {
    // What the card has signed needs it no more.
    if (state.id_card->step == Step::opening) return;
    const bool citizen = state.id_card->purpose == For::holder;
    tell(state, effects, notice(citizen ? "my_number_taken" : "hpki_taken", Notice::Tone::plain));
}

void id_card_digit(State& state, int digit) {
    if (!may_type(state) || state.id_card->pin.size() >= most_pin(*state.id_card)) return;
    state.id_card->pin = with_digit(state.id_card->pin, digit);
}

void take(State& state, TypeLetter press, Effects&) {
    const bool letter = (press.letter >= 'A' && press.letter <= 'Z') || (press.letter >= 'a' && press.letter <= 'z');
    if (!letter || !may_type(state) || !has_letters(*state.id_card)) return;
    if (state.id_card->pin.size() >= most_pin(*state.id_card)) return;
    state.id_card->pin = with_character(state.id_card->pin, press.letter);
}

void take(State& state, ChooseKeys press, Effects&) {
    if (may_type(state) && has_letters(*state.id_card)) state.id_card->keys = press.keys;
}

void id_card_clear(State& state) {
    if (may_type(state)) state.id_card->pin.clear();
}

void id_card_enter(State& state, Effects& effects) {
    if (!may_type(state) || state.id_card->pin.size() < least_pin(*state.id_card)) return;
    if (state.id_card->tries_left == 1) {
        state.id_card->step = Step::last_try;
        return;
    }
    send(state, effects);
}

// A PIN that is on its way to the card cannot be taken back.
void id_card_back(State& state) {
    if (!state.id_card || state.id_card->step == Step::signing || state.id_card->step == Step::opening) return;
    if (state.id_card->step == Step::last_try) {
        state.id_card->pin.clear();
        state.id_card->step = Step::typing;
        return;
    }
    go_home(state);
}

void take(State& state, StartIdCard, Effects&) {
    if (state.screen != Screen::staff_menu || !used_here(state, card::IdCardKind::hpki)) return;
    show(state, Screen::id_card);
    state.id_card.emplace();
    state.id_card->purpose = For::registering;
    state.id_card->step = Step::laying;
}

void take(State& state, ConfirmLastTry, Effects& effects) {
    if (state.id_card && state.id_card->step == Step::last_try) send(state, effects);
}

void take(State& state, IdCardAsked event, Effects&) {
    if (!at(state, event.session, Step::looking_up)) return;
    state.id_card->digest = event.digest;
    state.id_card->step = Step::typing;
}

void id_card_signed(State& state, card::IdCardSigned event, Effects& effects) {
    if (!at(state, event.session, Step::signing)) return;
    state.id_card->step = Step::opening;
    effects.push_back(OpenWithIdCard{
        event.session, state.id_card->purpose, {std::move(event.certificate), std::move(event.signature)}});
}

// Whatever is on the screen by now: it was tried.
void id_card_pin_refused(const card::IdCardPinRefused& event, Effects& effects) {
    effects.push_back(NoteWrongIdPin{event.session, event.tries_left});
}

void take(State& state, WrongIdPinNoted event, Effects& effects) {
    if (!at(state, event.session, Step::signing)) return;
    if (event.tries_left == 0) {
        const bool citizen = state.id_card->purpose == For::holder;
        return say_blocked(state, citizen ? card::IdCardKind::my_number : card::IdCardKind::hpki, effects);
    }
    state.id_card->step = Step::typing;
    state.id_card->wrong = true;
    state.id_card->tries_left = event.tries_left;
    effects.push_back(PlaySound{PlaySound::Sound::refused});
}

void take(State& state, HolderOpened event, Effects& effects) {
    if (!signed_in(state) || !at(state, event.session, Step::opening)) return;
    effects.push_back(PlaySound{PlaySound::Sound::card_read});
    // From here on as a window opened from the list: the card may be taken away.
    show(state, Screen::summary);
    state.summary_from = Screen::home;
    state.shown_grant = event.opened.grant;
    state.summary_granted = event.opened.sections;
    state.summary_emergency = event.opened.emergency;
    state.summary = std::move(event.opened.summary);
}

void take(State& state, IdCardSignedIn event, Effects& effects) {
    if (!at(state, event.session, Step::opening)) return nobody_waits(state, effects);
    welcome(state, std::move(event.who), effects);
}

void take(State& state, IdSlotAdded event, Effects& effects) {
    if (!at(state, event.session, Step::opening)) return;  // it has been done all the same
    effects.push_back(PlaySound{PlaySound::Sound::card_read});
    tell(state, effects, notice("id_slot_added", Notice::Tone::plain));
}

}  // namespace kazashi::state
