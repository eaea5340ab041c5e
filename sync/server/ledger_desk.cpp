#include "sync/server/ledger_desk.h"

#include <algorithm>
#include <utility>

#include "sync/server/feed.h"
#include "sync/server/grant_check.h"

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

// Why this entry cannot come after `head`; empty when it can.
std::string problem_of(const model::LedgerEntry& entry, const wire::ChainHead& head, const model::VerifyKey& key) {
    if (entry.seq.value != head.seq.value + 1) return entry.seq > head.seq ? gap : fork;
    if (!wire::entry_signed_by(entry, key)) return bad_signature;
    if (entry.prev != head.hash) return fork;
    return {};
}

}  // namespace

Result<wire::PushAnswer> LedgerDesk::push(Records& records, const TerminalRecord& terminal, const wire::Push& push,
                                          model::UtcTime now) const {
    const bool own = std::all_of(push.entries.begin(), push.entries.end(),
                                 [&](const auto& entry) { return entry.terminal == terminal.id; });
    if (!own) return base::Error{base::Fault::denied, "an entry is of another terminal"};
    KAZASHI_TRY(const auto last, records.ledger_head(terminal.id));
    auto head = last.value_or(wire::ChainHead{});
    KAZASHI_TRY(const auto known, KnownEntries::of(records, terminal.id, push, head.seq));

    wire::PushAnswer answer;
    for (const auto& entry : push.entries) {
        const auto hash = wire::hash_of(entry);
        if (const auto* before = known.at(entry.seq)) {
            if (before->hash != hash) answer.problem = fork;
            if (!answer.problem.empty()) break;
            answer.receipts.push_back(before->receipt);
            continue;
        }
        answer.problem = problem_of(entry, head, terminal.verify);
        if (!answer.problem.empty()) break;
        KAZASHI_TRY(auto receipt, take(records, terminal, entry, hash, now));
        answer.receipts.push_back(std::move(receipt));
        head = {entry.seq, hash};
    }
    answer.expected = model::LedgerSeq{head.seq.value + 1};
    return answer;
}

Result<model::Receipt> LedgerDesk::take(Records& records, const TerminalRecord& terminal,
                                        const model::LedgerEntry& entry, const model::Hash& hash,
                                        model::UtcTime now) const {
    KAZASHI_TRY(auto settled, settle(records, terminal, entry, now));
    model::Receipt receipt;
    receipt.terminal = terminal.id;
    receipt.seq = entry.seq;
    receipt.hash = hash;
    receipt.received_at = now;
    receipt.verdict = settled.verdict;
    receipt.reason = std::move(settled.reason);
    wire::sign_receipt(receipt, keys_.signing);
    KAZASHI_CHECK(records.put_ledger(entry, receipt));
    return receipt;
}

Result<LedgerDesk::Settled> LedgerDesk::settle(Records& records, const TerminalRecord& terminal,
                                               const model::LedgerEntry& entry, model::UtcTime now) const {
    // An entry we cannot read still has its place in the chain: it is kept, and the terminal is told.
    const bool is_grant = entry.kind == model::LedgerKind::grant;
    const Settled unreadable{model::Verdict::refused, is_grant ? "grant_incomplete" : "body_unreadable"};
    const auto plain = vault::open_with(keys_.sealing, entry.body);
    if (!plain) return unreadable;
    const auto body = wire::decode_ledger_body(plain->view());
    if (!body) return unreadable;
    if (!is_grant) return Settled{};
    if (!body->grant) return unreadable;
    return settle_grant(records, terminal, *body, now);
}

Result<LedgerDesk::Settled> LedgerDesk::settle_grant(Records& records, const TerminalRecord& terminal,
                                                     const wire::LedgerBody& body, model::UtcTime now) const {
    KAZASHI_TRY(const auto findings, check_grant(records, keys_, terminal, body, now));
    const bool accepted = findings.reason.empty();
    const Settled settled{accepted ? model::Verdict::accepted : model::Verdict::refused, findings.reason};
    if (findings.known) return settled;
    const auto state = accepted ? model::GrantState::confirmed : model::GrantState::refused;
    KAZASHI_CHECK(
        records.put_grant({terminal.facility.id, *body.grant, state, findings.reason, findings.proof_verified}));
    KAZASHI_CHECK(
        publish(records, model::GrantNews{body.grant->id, state, findings.reason}, for_facility(terminal.facility.id)));
    if (accepted) KAZASHI_CHECK(packer_.admit_viewers(records, body.grant->patient, now));
    return settled;
}

}  // namespace kazashi::server
