// Event → update → effects: takes what the workers and the person bring, lets the state decide, and hands the effects
// to those who run them. It owns the State. Main thread only; it neither draws nor waits.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "terminal/app/desk_worker.h"
#include "terminal/app/message.h"
#include "terminal/state/update.h"

namespace kazashi::app {

// Who runs effects.
struct Workers {
    std::function<bool(DeskOrder)> desk;  // false: too many orders wait
    std::function<void(card::SessionNumber, std::vector<card::Challenge>)> prove;
    std::function<void()> sync_now;
    std::function<void(state::PlaySound::Sound)> play;
    std::function<void(std::uint64_t call, const std::string& repair)> doctor{};
    std::function<void(card::SessionNumber, std::vector<base::SecretBytes>)> relay{};
    std::function<void(card::SessionNumber)> read_pads{};
    std::function<void(state::SignWithIdCard)> sign{};
    std::function<void(state::OrderCard)> order_card{};
    std::function<void(state::AnswerCard)> answer_card{};
    std::function<void()> desk_ready;  // the store is open
};

// What the person in front of the screen could notice.
enum class Change { none, counter, visible };

class Conductor {
public:
    Conductor(state::State state, Workers workers, const base::Clock& machine);

    Change take(Message message);
    Change take(std::vector<state::Intent> intents);  // of one frame
    Change tick();                                    // time has passed
    Change lost_messages();                           // a worker could not be heard: the card counts as gone
    void clock_leapt();                               // what it ends is ended now; the answer brings the time

    base::SteadyTime next_tick() const { return state::next_tick(state_); }
    const state::State& state() const { return state_; }
    bool quit() const { return quit_; }

private:
    Change take(state::Event event);
    Change heard(const engine::SyncStatus& before);
    void perform(state::Effects effects);
    void order(DeskOrder order);
    base::UtcTime trusted_now(base::SteadyTime at) const;

    state::State state_;
    Workers workers_;
    const base::Clock& machine_;
    TimeRead anchor_;  // trusted time at a moment of the boot clock; the desk renews it
    bool quit_{false};
};

}  // namespace kazashi::app
