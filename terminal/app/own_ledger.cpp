#include "terminal/app/own_ledger.h"

#include <algorithm>

#include "sync/desk/desk.h"
#include "terminal/app/tuning.h"

namespace kazashi::app {

using base::Error;
using base::Fault;

OwnLedger::OwnLedger(store::Store& store, const store::Enrolment& enrolment, const base::Clock& clock)
    : store_{store}, enrolment_{enrolment}, clock_{clock} {
    store_.set_signer(enrolment_.terminal,
                      [this](model::LedgerEntry& made) { wire::sign_entry(made, enrolment_.signing); });
}

base::Result<std::vector<model::LedgerEntry>> OwnLedger::all() {
    std::vector<model::LedgerEntry> entries;
    for (;;) {
        const auto last = entries.empty() ? model::LedgerSeq{0} : entries.back().seq;
        KAZASHI_TRY(auto more, store_.ledger_after(last, tuning::ledger_at_once));
        if (more.empty()) return entries;
        std::move(more.begin(), more.end(), std::back_inserter(entries));
    }
}

base::Result<model::LedgerEntry> OwnLedger::newest() {
    KAZASHI_TRY(auto entries, all());
    if (entries.empty()) return Error{Fault::not_found, "the ledger is empty"};
    return std::move(entries.back());
}

base::Status OwnLedger::append(model::LedgerKind kind, const std::string& note) {
    wire::LedgerBody body;
    body.note = note;
    return append(kind, body);
}

base::Status OwnLedger::append(model::LedgerKind kind, const wire::LedgerBody& body) {
    KAZASHI_TRY(const auto mark, desk::read_clock_mark(store_));
    model::TrustedClock time{clock_, mark};
    const auto now = time.read();
    const auto written =
        store_.append({kind, now.now, now.quality, vault::seal_to(enrolment_.region_seal, wire::encode(body))});
    return written ? base::ok() : base::Status{written.error()};
}

base::Result<model::Receipt> OwnLedger::settle(engine::Region& region) {
    KAZASHI_TRY(const auto last, newest());
    for (;;) {
        wire::Push push;
        KAZASHI_TRY(push.entries, store_.unreceipted(tuning::pushed_at_once));
        // The region gives the same receipt again, should its first one have been lost.
        if (push.entries.empty()) push.entries.push_back(last);
        KAZASHI_TRY(const auto answer, region.push(push));
        if (!answer.problem.empty())
            return Error{Fault::server_fault, "the region says of this ledger: " + answer.problem};
        // Without the first one the same entries would go out again, for ever.
        if (answer.receipts.empty() || answer.receipts.front().seq != push.entries.front().seq)
            return Error{Fault::server_fault, "the region gave no receipt"};
        KAZASHI_CHECK(store_.put_receipts(answer.receipts));
        const auto found = std::ranges::find(answer.receipts, last.seq, &model::Receipt::seq);
        if (found != answer.receipts.end()) return *found;
    }
}

}  // namespace kazashi::app
