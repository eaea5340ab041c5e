// The event loop: sleeps until something happens, lets the conductor decide, draws if it shows, and sleeps again. The
// order of one turn: wait → what workers and the clock brought → at most one frame → what the person did in it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "terminal/app/conductor.h"
#include "terminal/app/demo_time.h"
#include "terminal/app/inspector.h"
#include "terminal/app/pace.h"
#include "terminal/app/screen.h"
#include "terminal/platform/events.h"

namespace kazashi::app {

class Loop {
public:
    // `inspector` and `demo` may be null.
    Loop(Conductor& conductor, Inbox& inbox, Screen& screen, platform::Events& events, Inspector* inspector,
         DemoTime* demo, base::SteadyTime started);

    base::Status run();  // until the window is closed or somebody asks to end

private:
    base::Status turn();
    std::chrono::milliseconds sleep_for() const;
    platform::Gathered wait();
    void take(Message message);
    void take_messages();
    void take_time();
    void note(Change change);
    void count_tap(const Message& message);
    void draw();
    std::optional<double> tap_figure(base::SteadyTime swapped);
    void forget_what_went();

    Conductor& conductor_;
    Inbox& inbox_;
    Screen& screen_;
    platform::Events& events_;
    Inspector* inspector_;
    DemoTime* demo_;
    base::SteadyTime started_;  // the program
    base::SystemClock machine_;
    Pace pace_;
    base::SteadyTime demo_looked_;
    std::optional<state::Screen> shown_;        // what the last swap brought
    std::optional<base::SteadyTime> tap_told_;  // of the tap whose figure has been told
    bool record_shown_{false};                  // state::holds_record
    bool names_shown_{false};                   // state::holds_names
    std::uint64_t frames_{0};
    std::uint64_t taps_{0};
};

}  // namespace kazashi::app
