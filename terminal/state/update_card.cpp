// What the card station reports, before anybody knows whose card it is.
#include "terminal/state/steps.h"

namespace kazashi::state {
namespace {

bool of_tap(const State& state, card::SessionNumber session) { return state.tap && state.tap->session == session; }
bool of_sign_in(const State& state, card::SessionNumber session) {
    return state.sign_in && state.sign_in->session == session;
}
bool late(const State& state, card::SessionNumber session) { return state.card && session < *state.card; }

// While a PIN is being tried its card may be taken away; nothing else on the reader may disturb it.
bool trying_pin(const State& state) { return state.sign_in && state.sign_in->step == SignIn::Step::trying; }

// A card that cannot go any further, whatever was going on before it.
void turn_away(State& state, card::SessionNumber session, Notice notice, Effects& effects) {
    if (late(state, session)) return;
    state.card = session;
    state.staff_card.reset();
    state.staff_lookup.reset();
    if (state.capsule_write && state.capsule_write->session != session) state.capsule_write.reset();
    if (trying_pin(state) || state.screen == Screen::doctor) return;
    if (state.screen == Screen::issuing) return issuing_card_wrong(state, std::move(notice), effects);
    forget_tap(state, effects);
    forget_capsule_look(state);
    state.capsule_write.reset();
    tell(state, effects, std::move(notice));
}

void seen(State& state, const card::CardSeen& card, Effects& effects) {
    if (late(state, card.session)) return;
    forget_tap(state, effects);
    state.card = card.session;
    state.staff_card.reset();
    state.staff_lookup.reset();
    forget_capsule_look(state);
    state.capsule_write.reset();
    state.last_touch = state.at;
    if (state.screen == Screen::doctor) return;  // it lies there to be looked at
    if (state.screen == Screen::issuing) return issuing_card_seen(state, card.session, card.identity.idm, effects);
    switch (card.identity.record.kind) {
        case card::CardKind::staff:
            return staff_card_seen(state, card, effects);
        case card::CardKind::patient:
            return patient_card_seen(state, card, effects);
    }
}

void failed(State& state, card::SessionNumber session, Notice notice, Effects& effects) {
    // An opened summary needs nothing more of its card; that it is gone will be told by CardGone.
    if (of_tap(state, session) && state.tap->step == Tap::Step::open) return;
    turn_away(state, session, std::move(notice), effects);
}

void gone(State& state, card::SessionNumber session, Effects& effects) {
    if (state.card == session) {
        state.card.reset();
        state.staff_card.reset();
    }
    if (state.staff_lookup == session) state.staff_lookup.reset();
    if (state.screen == Screen::issuing && state.issue->session == session) issuing_card_gone(state);
    if (state.capsule_write && state.capsule_write->session == session) state.capsule_write.reset();
    if (state.capsule_look && state.capsule_look->session == session) capsule_card_gone(state);
    if (of_tap(state, session)) patient_card_gone(state, effects);
    if (of_sign_in(state, session)) staff_card_gone(state, effects);
    if (state.id_card && state.id_card->session == session) id_card_gone(state, effects);
}

void proved(State& state, card::Proved event, Effects& effects) {
    if (of_tap(state, event.session)) return tap_proved(state, std::move(event.proofs), effects);
    if (of_sign_in(state, event.session)) return sign_in_proved(state, std::move(event.proofs), effects);
}

void reader_changed(State& state, card::ReaderState reader, Effects& effects) {
    state.reader = std::move(reader);
    const bool ready = state.reader.service == card::ReaderState::Service::ready;
    if (!ready && state.card) gone(state, *state.card, effects);
}

struct TakeCardEvent {
    State& state;
    Effects& effects;
    void operator()(card::ReaderState event) const { reader_changed(state, std::move(event), effects); }
    void operator()(const card::CardSeen& event) const { seen(state, event, effects); }
    void operator()(card::SeveralCards event) const {
        turn_away(state, event.session, notice("several_cards", Notice::Tone::caution), effects);
    }
    void operator()(card::CardForeign event) const {
        const bool wanted = state.screen == Screen::issuing && event.kind == card::ForeignCard::empty_lite_s;
        if (wanted && !late(state, event.session))
            return issuing_card_seen(state, event.session, std::nullopt, effects);
        turn_away(state, event.session, notice_of(event.kind), effects);
    }
    void operator()(card::CardTorn event) const {
        if (capsule_not_read(state, event.session, base::Fault::card_left, effects)) return;
        failed(state, event.session, notice_of_card_fault(base::Fault::card_left), effects);
    }
    void operator()(const card::CardFault& event) const {
        if (capsule_not_read(state, event.session, event.error.fault, effects)) return;
        const bool asked = of_tap(state, event.session) && state.tap->step == Tap::Step::proving;
        // Where the card could answer, it is the reader that cannot carry it.
        const bool no_proofs = asked && state.tap->chip == card::Chip::standard;
        const auto mute = no_proofs ? base::Fault::unsupported : base::Fault::card_refused;
        if (asked && event.error.fault == mute) return tap_refused(state, effects);
        failed(state, event.session, notice_of_card_fault(event.error.fault), effects);
    }
    void operator()(card::CardGone event) const { gone(state, event.session, effects); }
    void operator()(card::Proved event) const { proved(state, std::move(event), effects); }
    void operator()(const card::IdCardSeen& event) const {
        if (late(state, event.session)) return;
        if (trying_pin(state) || state.screen == Screen::doctor || state.screen == Screen::issuing)
            return turn_away(state, event.session, notice_of(card::ForeignCard::processor), effects);
        state.card = event.session;
        state.staff_card.reset();
        state.staff_lookup.reset();
        forget_capsule_look(state);
        state.capsule_write.reset();
        state.last_touch = state.at;
        id_card_seen(state, event, effects);
    }
    void operator()(card::IdCardSigned event) const { id_card_signed(state, std::move(event), effects); }
    void operator()(const card::IdCardPinRefused& event) const { id_card_pin_refused(event, effects); }
    void operator()(card::PadsRead event) const { capsule_pads_read(state, std::move(event), effects); }
    void operator()(card::Relayed event) const { take_relayed(state, std::move(event), effects); }
};

}  // namespace

void take(State& state, card::CardEvent event, Effects& effects) {
    std::visit(TakeCardEvent{state, effects}, std::move(event));
}

}  // namespace kazashi::state
