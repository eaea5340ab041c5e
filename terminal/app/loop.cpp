#include "terminal/app/loop.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cardio/base/log.h"
#include "terminal/app/frame_line.h"
#include "terminal/app/tuning.h"
#include "terminal/app/wipe_on_free.h"

namespace kazashi::app {

namespace {

// Between the card and what it opens nobody is asked anything, and the next step is a moment away.
bool tap_runs(const state::State& state) {
    if (state.staff_lookup) return true;
    if (state.sign_in && !state.sign_in->pin_needed) return true;
    return state.tap && !waits_for_patient(state);
}

std::chrono::milliseconds until(base::SteadyTime then, base::SteadyTime now) {
    return std::max(std::chrono::ceil<std::chrono::milliseconds>(then - now), std::chrono::milliseconds{0});
}

double milliseconds(base::BootClock::duration time) { return std::chrono::duration<double, std::milli>(time).count(); }

}  // namespace

Loop::Loop(Conductor& conductor, Inbox& inbox, Screen& screen, platform::Events& events, Inspector* inspector,
           DemoTime* demo, base::SteadyTime started)
    : conductor_{conductor},
      inbox_{inbox},
      screen_{screen},
      events_{events},
      inspector_{inspector},
      demo_{demo},
      started_{started},
      demo_looked_{machine_.boot()} {}

base::Status Loop::run() {
    note(conductor_.tick());
    pace_.changed();
    while (!conductor_.quit()) KAZASHI_CHECK(turn());
    return base::ok();
}

base::Status Loop::turn() {
    const auto gathered = wait();
    if (gathered.quit) note(conductor_.take(Message{Quit{}}));
    if (gathered.input) pace_.input();
    if (gathered.exposed) {
        KAZASHI_CHECK(screen_.fit());
        pace_.changed();
    }
    take_messages();
    take_time();
    forget_what_went();
    const auto now = machine_.boot();
    pace_.tapping(tap_runs(conductor_.state()), now);
    if (pace_.due(now)) draw();
    return base::ok();
}

std::chrono::milliseconds Loop::sleep_for() const {
    const auto now = machine_.boot();
    auto wait = until(conductor_.next_tick(), now);
    if (const auto frame = pace_.next()) wait = std::min(wait, until(*frame, now));
    if (demo_ != nullptr) wait = std::min(wait, until(demo_looked_ + tuning::demo_clock_every, now));
    return wait;
}

// While a tap runs the next thing to come is a worker's answer; the way through the window system would be the longer.
platform::Gathered Loop::wait() {
    if (!tap_runs(conductor_.state())) return events_.wait(sleep_for());
    if (auto message = inbox_.take(sleep_for())) take(std::move(*message));
    return events_.wait(std::chrono::milliseconds{0});
}

void Loop::take(Message message) {
    count_tap(message);
    note(conductor_.take(std::move(message)));
}

void Loop::take_messages() {
    while (auto message = inbox_.try_take()) take(std::move(*message));
    if (inbox_.take_lost()) note(conductor_.lost_messages());
}

void Loop::take_time() {
    const auto now = machine_.boot();
    if (demo_ != nullptr && now >= demo_looked_ + tuning::demo_clock_every) {
        demo_looked_ = now;
        if (demo_->leapt()) conductor_.clock_leapt();
    }
    if (now >= conductor_.next_tick()) note(conductor_.tick());
}

void Loop::note(Change change) {
    if (change == Change::visible) pace_.changed();
    if (change == Change::counter) pace_.progressed();
}

void Loop::count_tap(const Message& message) {
    const auto* event = std::get_if<state::Event>(&message);
    const auto* card = event == nullptr ? nullptr : std::get_if<card::CardEvent>(event);
    const auto* seen = card == nullptr ? nullptr : std::get_if<card::CardSeen>(card);
    if (seen != nullptr && seen->identity.record.kind == card::CardKind::patient) ++taps_;
}

void Loop::draw() {
    const auto& state = conductor_.state();
    const bool first_of_screen = shown_ != state.screen;
    const auto drawn = inspector_ == nullptr ? nullptr : std::make_unique<view::Drawn>();
    auto intents = screen_.draw(state, drawn.get(), [&] {
        if (inspector_ != nullptr && first_of_screen) inspector_->hold(name(state.screen));
    });
    const auto swapped = machine_.boot();
    pace_.drew(swapped);
    if (++frames_ == 1)
        base::log(base::LogLevel::info, "app",
                  fmt::format("first frame after {:.0f} ms", milliseconds(swapped - started_)));
    shown_ = state.screen;
    record_shown_ = record_shown_ || holds_record(state);
    names_shown_ = names_shown_ || holds_names(state);
    if (inspector_ != nullptr) {
        inspector_->show(frame_line(state, *drawn, {frames_, taps_, tap_figure(swapped)}));
    }
    note(conductor_.take(std::move(intents)));
}

// From the return of SCardGetStatusChange to the return of the swap that showed the whole summary, once per tap.
std::optional<double> Loop::tap_figure(base::SteadyTime swapped) {
    const auto& state = conductor_.state();
    if (state.summary == nullptr || !state.summary_tap_at || tap_told_ == state.summary_tap_at) return std::nullopt;
    tap_told_ = state.summary_tap_at;
    return milliseconds(swapped - *state.summary_tap_at);
}

// The state has let go of it, and the heap with it; what is left are its letters and this thread's stack.
void Loop::forget_what_went() {
    const auto& state = conductor_.state();
    const bool record_went = record_shown_ && !holds_record(state);
    const bool names_went = names_shown_ && !holds_names(state);
    if (!record_went && !names_went) return;
    record_shown_ = record_shown_ && !record_went;
    names_shown_ = names_shown_ && !names_went;
    screen_.forget();
    scrub_stack();
}

}  // namespace kazashi::app
