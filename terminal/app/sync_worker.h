// The sync thread: one round after the other, with its own Store and its own line to the region. A round every half
// minute; sooner when asked; after a failure again and again, with growing pauses that stay short enough for nobody to
// wait for a line that is back.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <thread>

#include "cardio/base/clock.h"
#include "cardio/base/mailbox.h"
#include "sync/engine/engine.h"
#include "terminal/app/inbox.h"

namespace kazashi::app {

class SyncWorker {
public:
    // What a round needs, made on the sync thread: the connection belongs to it. `cancel` becomes true at the end.
    using OpenRegion = std::function<std::unique_ptr<engine::Region>(const std::atomic<bool>& cancel)>;
    using OpenStore = std::function<base::Result<store::Store>()>;

    SyncWorker(OpenStore open_store, OpenRegion open_region, const base::Clock& clock, Inbox& inbox);
    ~SyncWorker();  // ends a running transfer and joins
    SyncWorker(const SyncWorker&) = delete;
    SyncWorker& operator=(const SyncWorker&) = delete;

    void now();  // another round as soon as the running one is done

private:
    struct RoundWanted {};
    void work(const OpenStore& open_store, const OpenRegion& open_region);
    void round(store::Store& store, engine::Region& region);
    template <class What>
    void tell(const What& what);  // insists until it is taken or we are asked to stop
    std::chrono::milliseconds pause();

    const base::Clock& clock_;
    Inbox& inbox_;
    std::atomic<bool> cancel_{false};
    base::Mailbox<RoundWanted> wanted_{1};  // two wishes are one
    engine::SyncStatus status_;
    engine::Backoff backoff_;
    bool went_well_{false};
    std::thread thread_;
};

}  // namespace kazashi::app
