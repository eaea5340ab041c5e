// The region's newest capsule onto the patient's card, after its summary is open and while it lies there. The region
// makes the frames and judges the answers; a card whose capsule is the newest is only looked at. Nothing of it is on
// the screen, and nobody waits: what does not come to its end is done at the next tap.
#include "terminal/state/steps.h"

namespace kazashi::state {

void begin_capsule_write(State& state, Effects& effects) {
    const bool here =
        state.tap && state.card == state.tap->session && !state.tap->presented && state.tap->chip == card::Chip::lite_s;
    if (!here || state.sync.line != engine::SyncStatus::Line::online || state.capsule_write) return;
    state.capsule_write = CapsuleWrite{++state.card_orders, state.tap->session};
    effects.push_back(OrderCard{
        state.capsule_write->call, {wire::CardPurpose::capsule, card::CardKind::patient, {}, false}, state.tap->idm});
}

bool capsule_write_turned(State& state, CardTurned& event, Effects& effects) {
    if (!state.capsule_write || state.capsule_write->call != event.call) return false;
    if (event.turn.outcome != wire::CardOutcome::running) {
        state.capsule_write.reset();
        return true;
    }
    state.capsule_write->frames = event.turn.frames.size();
    effects.push_back(RelayFrames{state.capsule_write->session, std::move(event.turn.frames)});
    return true;
}

bool capsule_write_relayed(State& state, card::Relayed& event, Effects& effects) {
    if (!state.capsule_write || state.capsule_write->session != event.session) return false;
    if (event.answers.size() < state.capsule_write->frames) {
        state.capsule_write.reset();  // it fell silent; its next tap is early enough
        return true;
    }
    effects.push_back(AnswerCard{state.capsule_write->call, std::move(event.answers)});
    return true;
}

bool capsule_write_failed(State& state, const CardOrderFailed& event) {
    if (!state.capsule_write || state.capsule_write->call != event.call) return false;
    state.capsule_write.reset();
    return true;
}

}  // namespace kazashi::state
