#include "sync/server/ledger_desk.h"

#include <algorithm>
#include <utility>

#include "sync/server/feed.h"

namespace kazashi::server {

namespace {

// The words of wire::PushAnswer::problem.
constexpr const char* gap = "gap";
constexpr const char* fork = "fork";
constexpr const char* bad_signature = "bad_signature";

// Entries that are on record already, looked up together: the push may be a repeat from its first entry to its last.
class KnownEntries {
public:
    static Result<KnownEntries> of(LedgerRecords& records, const model::TerminalId& terminal, const wire::Push& push,
                                   model::LedgerSeq head) {
        KnownEntries known;
        if (push.entries.empty() || push.entries.front().seq > head) return known;
        known.first_ = std::max<std::int64_t>(push.entries.front().seq.value, 1);
        const auto count = static_cast<std::int64_t>(push.entries.size());
        const model::LedgerSeq last{std::min(head.value, known.first_ + count - 1)};
        KAZASHI_TRY(known.entries_, records.ledger_between(terminal, model::LedgerSeq{known.first_}, last));
        return known;
    }
    const KnownEntry* at(model::LedgerSeq seq) const {
        const auto index = seq.value - first_;
        if (index < 0 || index >= static_cast<std::int64_t>(entries_.size())) return nullptr;
        return &entries_[static_cast<std::size_t>(index)];
    }

private:
    std::int64_t first_{1};
    std::vector<KnownEntry> entries_;
};

// Why this entry cannot come after `head`; empty when it can. What is not signed by the terminal proves nothing, not
// even a fork.
std::string problem_of(const model::LedgerEntry& entry, const wire::ChainHead& head, const model::VerifyKey& key) {
    if (entry.seq.value > head.seq.value + 1) return gap;
    if (!wire::entry_signed_by(entry, key)) return bad_signature;
    if (entry.seq.value != head.seq.value + 1 || entry.prev != head.hash) return fork;
    return {};
}

Status close_forked(Records& records, const TerminalRecord& terminal, const model::LedgerEntry& entry,
                    model::UtcTime now) {
    KAZASHI_CHECK(records.terminal_forked(terminal.id, now, wire::encode(entry)));
    return drop_terminal(records, terminal.id);
}

}  // namespace

Result<wire::PushAnswer> LedgerDesk::push(Records& records, const TerminalRecord& terminal, const wire::Push& push,
                                          model::UtcTime now) const {
    const bool own = std::all_of(push.entries.begin(), push.entries.end(),
                                 [&](const auto& entry) { return entry.terminal == terminal.id; });
    if (!own) return base::Error{base::Fault::denied, "an entry is of another terminal"};
    KAZASHI_TRY(const auto last, records.ledger_head(terminal.id));
    auto head = last.value_or(wire::ChainHead{});
    wire::PushAnswer answer;
    answer.expected = model::LedgerSeq{head.seq.value + 1};
    answer.problem = terminal.forked_at ? fork : "";
    if (terminal.forked_at) return answer;
    KAZASHI_TRY(const auto known, KnownEntries::of(records, terminal.id, push, head.seq));

    Settlement settlement{{records, keys_, packer_, terminal, now}};
    for (const auto& entry : push.entries) {
        const auto hash = wire::hash_of(entry);
        const auto* before = known.at(entry.seq);
        if (before != nullptr && before->hash == hash) {
            answer.receipts.push_back(before->receipt);
            continue;
        }
        // The same entry twice in one push: a courier's file may have been joined from two.
        const auto twin = std::find_if(answer.receipts.begin(), answer.receipts.end(),
                                       [&](const auto& receipt) { return receipt.hash == hash; });
        if (twin != answer.receipts.end()) {
            answer.receipts.push_back(model::Receipt{*twin});
            continue;
        }
        answer.problem = problem_of(entry, head, terminal.verify);
        if (answer.problem == fork) KAZASHI_CHECK(close_forked(records, terminal, entry, now));
        if (!answer.problem.empty()) break;
        if (terminal.ended_at) return base::Error{base::Fault::denied, "this terminal has ended"};
        KAZASHI_TRY(auto receipt, receipt_for(records, settlement, entry, now));
        answer.receipts.push_back(std::move(receipt));
        head = {entry.seq, hash};
    }
    KAZASHI_CHECK(settlement.finish());
    answer.expected = model::LedgerSeq{head.seq.value + 1};
    return answer;
}

Result<model::Receipt> LedgerDesk::receipt_for(Records& records, Settlement& settlement,
                                               const model::LedgerEntry& entry, model::UtcTime now) const {
    KAZASHI_TRY(auto settled, settlement.settle(entry));
    model::Receipt receipt;
    receipt.terminal = entry.terminal;
    receipt.seq = entry.seq;
    receipt.hash = wire::hash_of(entry);
    receipt.received_at = now;
    receipt.verdict = settled.verdict;
    receipt.reason = std::move(settled.reason);
    wire::sign_receipt(receipt, keys_.signing);
    KAZASHI_CHECK(records.put_ledger(entry, receipt));
    return receipt;
}

}  // namespace kazashi::server
