#include "terminal/app/sync_worker.h"

#include <random>
#include <utility>

#include "cardio/base/log.h"
#include "terminal/app/faults.h"
#include "terminal/app/tuning.h"

namespace kazashi::app {

SyncWorker::SyncWorker(OpenStore open_store, OpenRegion open_region, const base::Clock& clock, Inbox& inbox)
    : clock_{clock}, inbox_{inbox} {
    backoff_.most = tuning::retry_most;
    thread_ = std::thread{[this, open_store = std::move(open_store), open_region = std::move(open_region)] {
        work(open_store, open_region);
    }};
}

SyncWorker::~SyncWorker() {
    cancel_.store(true);
    wanted_.close();
    thread_.join();
}

void SyncWorker::now() { static_cast<void>(wanted_.post(RoundWanted{})); }

void SyncWorker::work(const OpenStore& open_store, const OpenRegion& open_region) {
    auto store = open_store();
    if (!store) {
        base::log(base::LogLevel::error, "sync", store.error().detail);
        return tell(state::FaultNoted{fault_of_store(store.fault())});
    }
    const auto region = open_region(cancel_);
    while (!cancel_.load()) {
        round(*store, *region);
        static_cast<void>(wanted_.take(pause()));
    }
}

void SyncWorker::round(store::Store& store, engine::Region& region) {
    // Progress may be skipped when nobody looks; the end of a round may not.
    auto done = engine::sync_round(store, region, clock_, status_, [this](const engine::SyncStatus& so_far) {
        static_cast<void>(inbox_.post(state::Event{state::SyncTold{so_far}}));
    });
    if (cancel_.load()) return;
    went_well_ = done && done->line == engine::SyncStatus::Line::online;
    if (went_well_) backoff_.reset();
    if (!done) {
        base::log(base::LogLevel::error, "sync", done.error().detail);
        return tell(state::FaultNoted{fault_of_store(done.fault())});
    }
    status_ = std::move(*done);
    tell(state::SyncTold{status_});
}

template <class What>
void SyncWorker::tell(const What& what) {
    while (!cancel_.load() && !inbox_.post(state::Event{what})) std::this_thread::sleep_for(tuning::told_again);
}

std::chrono::milliseconds SyncWorker::pause() {
    if (went_well_) return tuning::round_every;
    thread_local std::minstd_rand dice{std::random_device{}()};
    return backoff_.next(std::uniform_real_distribution<double>{0.0, 1.0}(dice));
}

}  // namespace kazashi::app
