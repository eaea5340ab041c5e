#include "sync/store/ledger_tables.h"

#include "sync/store/sql.h"
#include "sync/store/tuning.h"
#include "sync/store/window_tables.h"
#include "sync/wire/ledger_check.h"

namespace kazashi::store {

using base::Error;
using base::Fault;

void LedgerTables::set_signer(model::TerminalId terminal, Store::Signer signer) {
    terminal_ = std::move(terminal);
    signer_ = std::move(signer);
}

Result<wire::ChainHead> LedgerTables::end_of_chain(const char* sql) {
    KAZASHI_TRY(auto row, database_.query(sql));
    KAZASHI_TRY(const bool found, row.step());
    if (!found) return wire::ChainHead{};
    return wire::ChainHead{{row.integer(0)}, row.id<model::Hash>(1)};
}
Result<wire::ChainHead> LedgerTables::head() { return end_of_chain(sql::ledger_head); }
Result<wire::ChainHead> LedgerTables::floor() { return end_of_chain(sql::get_floor); }

Result<model::LedgerSeq> LedgerTables::append(const Store::NewEntry& entry) {
    assert(signer_);
    KAZASHI_TRY(const auto last, head());
    model::LedgerEntry made;
    made.terminal = terminal_;
    made.seq = {last.seq.value + 1};
    made.prev = last.hash;
    made.at = entry.at;
    made.clock = entry.clock;
    made.kind = entry.kind;
    made.body = entry.body;
    signer_(made);
    KAZASHI_CHECK(database_.run(sql::put_entry, made.seq.value, made.kind, made.at, made.clock, made.terminal,
                                made.prev, wire::hash_of(made), made.body, made.signature));
    return made.seq;
}

Status LedgerTables::put_receipts(const std::vector<model::Receipt>& receipts) {
    for (const auto& receipt : receipts) KAZASHI_CHECK(put_receipt(receipt));
    return base::ok();
}

Status LedgerTables::put_receipt(const model::Receipt& receipt) {
    KAZASHI_TRY(const auto dropped, floor());
    if (receipt.seq.value <= dropped.seq.value) return base::ok();  // a repeat: it had one, or it would still be here
    {
        KAZASHI_TRY(auto row, database_.query(sql::get_entry_state, receipt.seq.value));
        KAZASHI_TRY(const bool found, row.step());
        if (!found || row.text(0) != receipt.terminal.str() || row.id<model::Hash>(1) != receipt.hash) {
            return Error{Fault::out_of_order, "receipt for an entry that is not ours"};
        }
        // A repeat does no harm; what the region says later about a grant comes by the feed.
        if (!row.is_null(2)) return base::ok();
    }
    KAZASHI_CHECK(database_.run(sql::put_receipt, receipt.seq.value, receipt.verdict, wire::encode(receipt)));
    return windows_.heard(receipt.seq, receipt);
}

Result<bool> LedgerTables::prune(model::UtcTime before) {
    wire::ChainHead last;
    {
        KAZASHI_TRY(auto row, database_.query(sql::last_prunable, before, tuning::pruned_at_once));
        KAZASHI_TRY(const bool found, row.step());
        if (!found) return false;
        last = {{row.integer(0)}, row.id<model::Hash>(1)};
    }
    KAZASHI_CHECK(database_.run(sql::set_floor, last.seq.value, last.hash));
    KAZASHI_TRY(const auto dropped, database_.change(sql::prune, last.seq.value));
    KAZASHI_CHECK(database_.run(sql::forget_notices, last.seq.value));
    return dropped == tuning::pruned_at_once;
}

namespace {

Result<std::vector<model::LedgerEntry>> entries_of(Result<Statement> rows) {
    if (!rows) return rows.error();
    std::vector<model::LedgerEntry> found;
    while (true) {
        KAZASHI_TRY(const bool row, rows->step());
        if (!row) return found;
        found.push_back({model::TerminalId{rows->text(4)},
                         {rows->integer(0)},
                         rows->id<model::Hash>(5),
                         rows->time(2),
                         static_cast<model::ClockQuality>(rows->integer(3)),
                         static_cast<model::LedgerKind>(rows->integer(1)),
                         rows->bytes(6),
                         rows->id<model::Signature>(7)});
    }
}

}  // namespace

Result<std::vector<model::LedgerEntry>> LedgerTables::unreceipted(std::size_t most) {
    return entries_of(database_.query(sql::get_unreceipted, most));
}

Result<std::vector<model::LedgerEntry>> LedgerTables::after(model::LedgerSeq seq, std::size_t most) {
    return entries_of(database_.query(sql::get_entries_after, seq.value, most));
}

Status LedgerTables::verify(const model::VerifyKey& terminal) {
    KAZASHI_TRY(const auto before, floor());
    wire::LedgerCheck check{before, terminal};
    while (true) {
        KAZASHI_TRY(const auto entries, after(check.head()->seq, tuning::verified_at_once));
        if (entries.empty()) break;
        for (const auto& entry : entries) KAZASHI_CHECK(check.add(entry));
    }
    KAZASHI_CHECK(check.done());
    // The next entry will follow the hash that stands beside the newest one.
    KAZASHI_TRY(const auto newest, head());
    if (newest == check.head()) return base::ok();
    return Error{Fault::out_of_order, "ledger entry " + std::to_string(newest.seq.value)};
}

Result<std::int64_t> LedgerTables::count(const char* sql) {
    KAZASHI_TRY(auto row, database_.query(sql));
    KAZASHI_TRY(const bool found, row.step());
    return found ? row.integer(0) : 0;
}

Result<LedgerCounts> LedgerTables::counts() {
    // The numbers have no gaps, so the last one is how many there are.
    KAZASHI_TRY(const auto last, head());
    KAZASHI_TRY(const auto pending, count(sql::count_pending));
    KAZASHI_TRY(const auto refused, count(sql::count_refused));
    return LedgerCounts{last.seq.value, pending, refused};
}

}  // namespace kazashi::store
