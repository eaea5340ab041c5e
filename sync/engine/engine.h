// Sync is copying two logs from two cursors (design §1.1, §7): push the ledger, pull the feed, settle. One round at a
// time, on its own thread with its own Store; back-off between failed rounds.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "sync/model/trusted_clock.h"
#include "sync/store/enrolment.h"
#include "sync/store/store.h"

namespace kazashi::engine {

using base::Result;

// The region as seen from here. The real one is CurlRegion (region_client.h); tests use a fake of this interface.
class Region {
public:
    virtual ~Region() = default;
    virtual Result<model::FeedPage> feed(model::Cursor after) = 0;               // verified
    virtual Result<wire::PushAnswer> push(const wire::Push& entries) = 0;        // receipts verified
    virtual Result<model::UtcTime> time() = 0;                                   // verified, own nonce
};

struct SyncStatus {
    enum class Line { unknown, online, offline, server_fault };
    Line line{Line::unknown};
    model::UtcTime since;               // when `line` became what it is
    // With server_fault, key of a sentence: not_enrolled, server_certificate, server_error, too_large; page_signature,
    // page_malformed, page_order; gap, fork, bad_signature (what the region says of our ledger); receipt_signature,
    // receipt_malformed, receipt_mismatch, receipts_missing; time_signature.
    std::string problem;
    std::int64_t packages{};
    std::int64_t packages_total{};
    bool caught_up{};                   // our cursor was the region's head at the end of the last round
    store::LedgerCounts ledger;
    std::optional<model::UtcTime> region_time;  // newly heard; main gives it to the TrustedClock
    bool windows_touched{};             // the feed brought something for a live window, or a receipt settled a grant
    bool operator==(const SyncStatus&) const = default;
};

// One round: the ledger in batches, the feed until we have caught up, then the region's time. `tell` is called after each
// page and each push, with the state so far. Offline is a result, not an error: it is in the status, and ends the round.
// A fault of the region does not keep withdrawals from us: after a refused push the feed is still pulled. A refused page
// leaves the cursor where it was. An error is a failure of our own store.
Result<SyncStatus> sync_round(store::Store& store, Region& region, const base::Clock& clock, SyncStatus last,
                              const std::function<void(const SyncStatus&)>& tell);

// The step doubles from `first` to `most`; the wait is between half of it and all of it, by `random01` (0 to 1). Reset by
// success.
struct Backoff {
    std::chrono::milliseconds first{500};
    std::chrono::milliseconds most{60'000};
    int failures{0};
    std::chrono::milliseconds next(double random01);
    void reset() { failures = 0; }
};

}  // namespace kazashi::engine
