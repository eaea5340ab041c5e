#include "cardio/reader/pcsc_monitor.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "cardio/base/log.h"
#include "cardio/reader/pcsc.h"
#include "cardio/reader/presence.h"
#include "cardio/reader/tuning.h"

namespace kazashi::reader {

struct PcscMonitor::Parts {
    Parts(std::string part_of_name, const base::Clock& the_clock, Deliver to)
        : filter{std::move(part_of_name)}, clock{the_clock}, deliver{std::move(to)} {}

    void run();
    void watch();
    base::Status look();
    base::Status relist();
    void tell(const MonitorEvent& event);
    void tell_presence();
    void tell_state(card::ReaderState::Service service);
    std::string reader_in_use() const;
    bool pause(std::chrono::milliseconds time);
    bool stopping();

    const std::string filter;
    const base::Clock& clock;
    const Deliver deliver;

    std::mutex mutex;
    std::condition_variable wake;
    bool stop{false};
    std::optional<PcscContext> context;  // set and cleared under the mutex, because cancel comes from outside

    std::vector<ReaderWatch> watches;
    Presence presence;
    std::string last_used;
    std::optional<card::ReaderState> told;
    std::thread thread;
};

PcscMonitor::PcscMonitor(std::string filter, const base::Clock& clock, Deliver deliver)
    : parts_{std::make_unique<Parts>(std::move(filter), clock, std::move(deliver))} {
    parts_->thread = std::thread{[parts = parts_.get()] { parts->run(); }};
}

PcscMonitor::~PcscMonitor() {
    {
        const std::lock_guard lock{parts_->mutex};
        parts_->stop = true;
        if (parts_->context) parts_->context->cancel();
    }
    parts_->wake.notify_all();
    parts_->thread.join();
}

bool PcscMonitor::Parts::stopping() {
    const std::lock_guard lock{mutex};
    return stop;
}

// False when it is time to stop.
bool PcscMonitor::Parts::pause(std::chrono::milliseconds time) {
    std::unique_lock lock{mutex};
    return !wake.wait_for(lock, time, [this] { return stop; });
}

void PcscMonitor::Parts::tell(const MonitorEvent& event) {
    while (!deliver(event) && pause(tuning::mailbox_full)) {
    }
}

// Of several readers the one a card was last laid on, else the first.
std::string PcscMonitor::Parts::reader_in_use() const {
    if (watches.empty()) return {};
    const bool there =
        std::any_of(watches.begin(), watches.end(), [this](const auto& w) { return w.name == last_used; });
    return there ? last_used : watches.front().name;
}

void PcscMonitor::Parts::tell_presence() {
    for (const auto& event : presence.look(watches, clock.boot())) {
        if (const auto* const arrived = std::get_if<CardArrived>(&event)) last_used = arrived->reader;
        tell(event);
    }
}

void PcscMonitor::Parts::tell_state(card::ReaderState::Service service) {
    card::ReaderState state{service, reader_in_use()};
    if (told == state) return;
    tell(state);
    told = std::move(state);
}

void PcscMonitor::Parts::run() {
    std::chrono::milliseconds back_off = tuning::back_off_first;
    while (!stopping()) {
        auto established = PcscContext::establish();
        if (!established) {
            tell_state(card::ReaderState::Service::off);
            if (!pause(back_off)) return;
            back_off = std::min<std::chrono::milliseconds>(back_off * 2, tuning::back_off_last);
            continue;
        }
        {
            const std::lock_guard lock{mutex};
            context = std::move(*established);
        }
        watch();
        {
            const std::lock_guard lock{mutex};
            context.reset();
        }
        // The service went away, and with it everything that lay on its readers.
        watches.clear();
        tell_presence();
        tell_state(card::ReaderState::Service::off);
        back_off = tuning::back_off_first;
        if (!pause(back_off)) return;
    }
}

// Until the service is gone or we are asked to stop.
void PcscMonitor::Parts::watch() {
    while (!stopping()) {
        const auto done = look();
        if (done || done.fault() == base::Fault::timeout || done.fault() == base::Fault::cancelled) continue;
        // A reader went between two calls: the list is made anew, but never in a busy loop.
        if (done.fault() == base::Fault::not_found && pause(tuning::mailbox_full)) continue;
        base::log(base::LogLevel::warning, "monitor", done.error().detail);
        return;
    }
}

base::Status PcscMonitor::Parts::look() {
    KAZASHI_CHECK(relist());
    tell_state(watches.empty() ? card::ReaderState::Service::no_reader : card::ReaderState::Service::ready);
    const auto changed = context->wait(watches, tuning::status_wait);
    if (changed) tell_presence();
    return changed;
}

// Before every wait, because a reader added between two waits is not always announced.
base::Status PcscMonitor::Parts::relist() {
    KAZASHI_TRY(auto names, context->readers());
    std::erase_if(names, [this](const std::string& name) { return name.find(filter) == std::string::npos; });
    if (names.size() > tuning::readers) names.resize(tuning::readers);
    std::vector<ReaderWatch> now;
    for (auto& name : names) {
        const auto known = std::find_if(watches.begin(), watches.end(),
                                        [&name](const ReaderWatch& watch) { return watch.name == name; });
        now.push_back({std::move(name), known == watches.end() ? 0U : known->raw});
    }
    watches = std::move(now);
    tell_presence();  // cards on an unplugged reader
    return base::ok();
}

}  // namespace kazashi::reader
