#include "terminal/app/conductor.h"

#include <type_traits>
#include <utility>

namespace kazashi::app {

namespace {

template <class... F>
struct Overloaded : F... {
    using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

// What of a State moves by itself while time passes. Two equal ones draw the same picture.
struct Glance {
    state::Screen screen;
    bool signed_in;
    bool summary;
    bool tap;
    std::int64_t minute;
    std::int64_t locked_seconds;
    std::int64_t closing_seconds;
    std::size_t may_return;
    std::string notice;
    bool operator==(const Glance&) const = default;
};

std::int64_t seconds_left(const state::State& state) {
    if (!state.sign_in || !state.sign_in->locked_until || *state.sign_in->locked_until <= state.now) return 0;
    return std::chrono::ceil<std::chrono::seconds>(*state.sign_in->locked_until - state.now).count();
}

Glance glance(const state::State& state) {
    const auto closing = state::closing_in(state);
    return {state.screen,
            state.staff.has_value(),
            state.summary != nullptr,
            state.tap.has_value(),
            std::chrono::floor<std::chrono::minutes>(state.now).time_since_epoch().count(),
            seconds_left(state),
            closing ? closing->left.count() : -1,
            state.locked ? state.locked->may_return.size() : 0,
            state.notice ? state.notice->what : std::string{}};
}

// A picture of the line that differs only in how many packages are here.
bool same_but_counted(const engine::SyncStatus& a, const engine::SyncStatus& b) {
    return a.line == b.line && a.since == b.since && a.problem == b.problem && a.caught_up == b.caught_up &&
           a.ledger == b.ledger && a.windows_touched == b.windows_touched;
}

}  // namespace

Conductor::Conductor(state::State state, Workers workers, const base::Clock& machine)
    : state_{std::move(state)}, workers_{std::move(workers)}, machine_{machine}, anchor_{state_.now, machine.boot()} {}

// The boot clock runs while the machine sleeps and nobody can set it; what it cannot know, a step of trusted time, the
// desk tells whenever it is asked.
base::UtcTime Conductor::trusted_now(base::SteadyTime at) const {
    return anchor_.now + std::chrono::floor<std::chrono::milliseconds>(at - anchor_.at);
}

Change Conductor::tick() {
    const auto before = glance(state_);
    const auto at = machine_.boot();
    static_cast<void>(take(state::Event{state::Tick{trusted_now(at), at}}));
    return glance(state_) == before ? Change::none : Change::visible;
}

void Conductor::clock_leapt() { order(state::TendDesk{}); }

Change Conductor::take(Message message) {
    return std::visit(Overloaded{[this](state::Event& event) { return take(std::move(event)); },
                                 [this](DeskReady&) {
                                     workers_.desk_ready();
                                     return Change::none;
                                 },
                                 [this](const TimeRead& read) {
                                     anchor_ = read;
                                     return tick();
                                 },
                                 [this](const LedgerCounted& counted) {
                                     // It goes out now, but not between the card and what it opens.
                                     if (counted.counts.pending > 0 && !state_.card) workers_.sync_now();
                                     auto status = state_.sync;
                                     status.ledger = counted.counts;
                                     status.windows_touched = false;
                                     return take(state::Event{state::SyncTold{std::move(status)}});
                                 },
                                 [this](Quit&) {
                                     quit_ = true;
                                     return Change::none;
                                 }},
                      message);
}

Change Conductor::take(state::Event event) {
    if (const auto* card = std::get_if<card::CardEvent>(&event)) {
        const auto* reader = std::get_if<card::ReaderState>(card);
        if (reader != nullptr && *reader == state_.reader) return Change::none;
    }
    if (auto* told = std::get_if<state::SyncTold>(&event)) {
        const auto before = state_.sync;
        if (const auto time = std::exchange(told->status.region_time, std::nullopt)) order(HeardRegion{*time});
        perform(state::update(state_, std::move(event)));
        return heard(before);
    }
    perform(state::update(state_, std::move(event)));
    return Change::visible;
}

Change Conductor::heard(const engine::SyncStatus& before) {
    if (state_.sync == before) return Change::none;
    return same_but_counted(state_.sync, before) ? Change::counter : Change::visible;
}

Change Conductor::take(std::vector<state::Intent> intents) {
    Change change = Change::none;
    if (intents.empty()) return change;
    change = tick();
    for (auto& intent : intents) {
        const bool only_touched = std::holds_alternative<state::Touched>(intent);
        const auto before = glance(state_);
        perform(state::update(state_, std::move(intent)));
        if (!only_touched || !(glance(state_) == before)) change = Change::visible;
    }
    return change;
}

Change Conductor::lost_messages() {
    if (!state_.card) return Change::none;
    return take(state::Event{card::CardEvent{card::CardGone{*state_.card}}});
}

void Conductor::perform(state::Effects effects) {
    for (auto& effect : effects) {
        std::visit(
            Overloaded{[this](state::ProveCard& prove) { workers_.prove(prove.session, std::move(prove.challenges)); },
                       [this](state::SyncNow&) { workers_.sync_now(); },
                       [this](state::PlaySound& sound) { workers_.play(sound.sound); },
                       [this](state::RelayFrames& relay) { workers_.relay(relay.session, std::move(relay.frames)); },
                       [this](state::SignWithIdCard& sign) { workers_.sign(std::move(sign)); },
                       [this](state::ReadPads& read) { workers_.read_pads(read.session); },
                       [this](state::OrderCard& order) { workers_.order_card(std::move(order)); },
                       [this](state::AnswerCard& answer) { workers_.answer_card(std::move(answer)); },
                       [this](state::CallDoctor& call) { workers_.doctor(call.call, call.repair); },
                       [this](auto& desk) { order(std::move(desk)); }},
            effect);
    }
}

// An order that cannot even be queued must not be waited for; and if keys cannot be wiped, the program must go.
void Conductor::order(DeskOrder order) {
    const bool wipes_keys =
        std::holds_alternative<state::SignOutDesk>(order) || std::holds_alternative<state::LockDesk>(order);
    if (workers_.desk(std::move(order))) return;
    quit_ = quit_ || wipes_keys;
    if (state_.card) perform(state::update(state_, state::Event{card::CardEvent{card::CardGone{*state_.card}}}));
}

}  // namespace kazashi::app
