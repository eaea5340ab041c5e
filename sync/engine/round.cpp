#include <algorithm>
#include <optional>
#include <utility>

#include "sync/engine/engine.h"
#include "sync/engine/tuning.h"
#include "sync/wire/tuning.h"

namespace kazashi::engine {

namespace {

using base::Error;
using base::Fault;
using base::Status;
using Line = SyncStatus::Line;

enum class Step { push, feed, time };

// Key of the sentence for what the region did. The keys are listed at SyncStatus::problem.
std::string problem_of(Step step, Fault fault) {
    switch (fault) {
        case Fault::denied:
            return "not_enrolled";
        case Fault::wrong_key:
            return "server_certificate";
        case Fault::limit:
            return "too_large";
        default:
            break;
    }
    if (step == Step::feed) {
        if (fault == Fault::bad_signature) return "page_signature";
        if (fault == Fault::malformed || fault == Fault::unsupported) return "page_malformed";
        if (fault == Fault::out_of_order) return "page_order";
    } else if (step == Step::push) {
        if (fault == Fault::bad_signature) return "receipt_signature";
        if (fault == Fault::malformed || fault == Fault::unsupported) return "receipt_malformed";
        if (fault == Fault::out_of_order) return "receipt_mismatch";
    } else if (fault == Fault::bad_signature || fault == Fault::malformed) {
        return "time_signature";
    }
    return "server_error";
}

// Where the page begins and ends, and that it gets us further unless there is nothing further.
bool follows(const model::FeedPage& page, model::Cursor cursor) {
    if (page.after != cursor || page.next < page.after || page.head < page.next) return false;
    if (page.next == page.after && page.head > page.next) return false;
    auto last = page.after.seq;
    for (const auto& entry : page.entries) {
        if (entry.seq <= last || entry.seq > page.next.seq) return false;
        last = entry.seq;
    }
    return true;
}

// Of what is a patient's, a window shows everything but who looked: that list is newer after every look at the window,
// and looking again because of it would never end.
bool shown_in_windows(const model::PackageId& package) { return package.section != model::Section::history; }

bool concerns(const model::FeedBody& body, const std::vector<store::WindowRow>& windows) {
    // A window of a colleague at another terminal, a colleague who is gone: the desk has to look.
    if (std::holds_alternative<model::SharedWindow>(body) || std::holds_alternative<model::StaffMember>(body))
        return true;
    return std::any_of(windows.begin(), windows.end(), [&body](const store::WindowRow& window) {
        if (const auto* package = std::get_if<model::Package>(&body))
            return package->id.patient == window.grant.patient && shown_in_windows(package->id);
        if (const auto* wrap = std::get_if<model::Wrap>(&body))
            return wrap->package.patient == window.grant.patient && shown_in_windows(wrap->package);
        if (const auto* news = std::get_if<model::GrantNews>(&body)) return news->grant == window.grant.id;
        if (const auto* no = std::get_if<model::Exclusion>(&body)) return no->patient == window.grant.patient;
        return false;
    });
}

// As many entries as one push may hold, and always one.
void keep_one_push(std::vector<model::LedgerEntry>& entries) {
    std::size_t size = wire::tuning::envelope_bytes;
    const auto beyond = std::find_if(entries.begin(), entries.end(), [&size](const model::LedgerEntry& entry) {
        size += entry.body.size() + wire::tuning::ledger_envelope_bytes;
        return size > wire::tuning::push_bytes;
    });
    if (beyond != entries.begin()) entries.erase(beyond, entries.end());
}

bool settles_a_grant(const wire::Push& push, const std::vector<model::Receipt>& receipts) {
    return std::any_of(push.entries.begin(), push.entries.end(), [&receipts](const model::LedgerEntry& entry) {
        return (entry.kind == model::LedgerKind::grant || entry.kind == model::LedgerKind::break_glass) &&
               std::any_of(receipts.begin(), receipts.end(),
                           [&entry](const model::Receipt& receipt) { return receipt.seq == entry.seq; });
    });
}

// One round. A Status that fails is a failure of our own store; what the region does ends up in state_.
class Round {
public:
    Round(store::Store& store, Region& region, const base::Clock& clock, SyncStatus last,
          const std::function<void(const SyncStatus&)>& tell)
        : store_{store}, region_{region}, clock_{clock}, tell_{tell}, state_{std::move(last)} {
        state_.region_time.reset();
        state_.windows_touched = false;
    }

    Result<SyncStatus> run() {
        KAZASHI_CHECK(push_ledger());
        if (!stopped_) KAZASHI_CHECK(pull_feed());
        if (!stopped_) ask_time();
        if (!stopped_ && !failed_) be(Line::online);
        KAZASHI_CHECK(store_.tidy());
        KAZASHI_CHECK(count());
        return state_;
    }

private:
    Status push_ledger();
    Result<bool> push_batch();
    Status pull_feed();
    Result<bool> pull_page();
    Status take_page(const model::FeedPage& page);
    void ask_time();
    Status count();
    Status count_and_tell();

    // The region answered as it should. A fault of the last round stays on the screen until a whole round went well,
    // so that it does not flicker.
    void answered() {
        if (!failed_ && state_.line != Line::server_fault) be(Line::online);
    }
    void fail(Step step, const Error& error) {
        if (error.fault == Fault::cancelled)
            stopped_ = true;
        else if (error.fault == Fault::offline || error.fault == Fault::timeout)
            stopped_ = true, be(Line::offline);
        else
            accuse(problem_of(step, error.fault));
        if (step == Step::feed) state_.caught_up = false;
    }
    void accuse(std::string problem) {
        if (failed_) return;  // the first one is the one to explain
        failed_ = true;
        be(Line::server_fault);
        state_.problem = std::move(problem);
    }
    void be(Line line) {
        if (state_.line != line) state_.since = clock_.wall();
        state_.line = line;
        state_.problem.clear();
    }

    store::Store& store_;
    Region& region_;
    const base::Clock& clock_;
    const std::function<void(const SyncStatus&)>& tell_;
    SyncStatus state_;
    bool failed_{false};   // the region did something it should not
    bool stopped_{false};  // offline, or asked to stop: nothing more this round
};

Status Round::count() {
    KAZASHI_TRY(state_.ledger, store_.ledger_counts());
    KAZASHI_TRY(const auto progress, store_.progress());
    state_.packages = progress.packages;
    state_.packages_total = progress.packages_total;
    return base::ok();
}

// What touched a window is told once, at the end of the round: whoever shows one reads it again then, on the record.
Status Round::count_and_tell() {
    KAZASHI_CHECK(count());
    if (!tell_) return base::ok();
    SyncStatus so_far = state_;
    so_far.windows_touched = false;
    tell_(so_far);
    return base::ok();
}

Status Round::push_ledger() {
    for (int batch = 0; batch < tuning::batches_a_round; ++batch) {
        KAZASHI_TRY(const bool more, push_batch());
        if (!more) break;
    }
    return base::ok();
}

// Whether there may be more to push.
Result<bool> Round::push_batch() {
    wire::Push push;
    KAZASHI_TRY(push.entries, store_.unreceipted(wire::tuning::push_entries));
    if (push.entries.empty()) return false;
    keep_one_push(push.entries);

    const auto answer = region_.push(push);
    if (!answer) {
        fail(Step::push, answer.error());
        KAZASHI_CHECK(count_and_tell());
        return false;
    }
    const auto& receipts = answer->receipts;
    if (const auto put = store_.put_receipts(receipts); !put && put.fault() == Fault::out_of_order) {
        accuse("receipt_mismatch");
    } else if (!put) {
        return put.error();
    } else if (!answer->problem.empty()) {
        accuse(answer->problem);
    } else if (receipts.empty() || receipts.front().seq != push.entries.front().seq) {
        accuse("receipts_missing");  // the same entries again, for ever
    } else {
        answered();
    }
    if (settles_a_grant(push, receipts)) state_.windows_touched = true;
    KAZASHI_CHECK(count_and_tell());
    return !failed_;
}

Status Round::pull_feed() {
    for (int page = 0; page < tuning::pages_a_round; ++page) {
        KAZASHI_TRY(const bool more, pull_page());
        if (!more) break;
    }
    return base::ok();
}

// Whether the region has more.
Result<bool> Round::pull_page() {
    KAZASHI_TRY(const auto cursor, store_.cursor());
    const auto page = region_.feed(cursor);
    if (!page) {
        fail(Step::feed, page.error());
        return false;
    }
    if (!follows(*page, cursor)) {
        fail(Step::feed, {Fault::out_of_order, "page"});
        return false;
    }
    KAZASHI_CHECK(take_page(*page));
    state_.caught_up = page->next == page->head;
    answered();
    KAZASHI_CHECK(count_and_tell());
    return !state_.caught_up;
}

Status Round::take_page(const model::FeedPage& page) {
    KAZASHI_TRY(const auto progress, store_.progress());
    // Nothing new: not every round of a quiet day needs a write to the disk.
    if (page.next == page.after && page.packages_total == progress.packages_total) return base::ok();
    KAZASHI_TRY(const auto windows, store_.windows());
    KAZASHI_CHECK(store_.apply(page));
    const bool touched = std::any_of(page.entries.begin(), page.entries.end(),
                                     [&windows](const auto& entry) { return concerns(entry.body, windows); });
    if (touched) state_.windows_touched = true;
    return base::ok();
}

void Round::ask_time() {
    const auto time = region_.time();
    if (time)
        state_.region_time = *time;
    else
        fail(Step::time, time.error());
}

}  // namespace

Result<SyncStatus> sync_round(store::Store& store, Region& region, const base::Clock& clock, SyncStatus last,
                              const std::function<void(const SyncStatus&)>& tell) {
    return Round{store, region, clock, std::move(last), tell}.run();
}

}  // namespace kazashi::engine
