#include "sync/wire/ledger_file.h"

#include <algorithm>
#include <iterator>

#include "sync/wire/canonical.h"
#include "sync/wire/ledger_check.h"
#include "sync/wire/tuning.h"

namespace kazashi::wire {

using base::Error;
using base::Fault;

namespace {

// How many of them one push takes; at least one.
std::size_t one_push(std::span<const model::LedgerEntry> entries) {
    std::size_t count = 0;
    std::size_t bytes = tuning::envelope_bytes;
    for (const auto& entry : entries.first(std::min(entries.size(), tuning::push_entries))) {
        bytes += entry.body.size() + tuning::ledger_envelope_bytes;
        if (bytes > tuning::push_bytes) break;
        ++count;
    }
    return std::max<std::size_t>(count, 1);
}

// What the first entry of a file must follow, as far as anybody can say.
std::optional<ChainHead> before(const model::LedgerEntry& first, const std::optional<ChainHead>& known) {
    if (first.seq.value == 1) return ChainHead{};
    if (known && known->seq.value + 1 == first.seq.value) return known;
    return std::nullopt;
}

bool is_of(const model::LedgerEntry& entry, const ChainHead& known) {
    return entry.seq == known.seq && hash_of(entry) == known.hash;
}

}  // namespace

Bytes encode_ledger_file(std::span<const model::LedgerEntry> entries) {
    Bytes file;
    while (!entries.empty()) {
        const auto part = entries.first(one_push(entries));
        base::append(file, encode(Push{{part.begin(), part.end()}}));
        entries = entries.subspan(part.size());
    }
    return file;
}

Result<std::vector<model::LedgerEntry>> decode_ledger_file(ByteView bytes) {
    if (bytes.size() > tuning::ledger_file_bytes) return Error{Fault::limit, "ledger file too long"};
    std::vector<model::LedgerEntry> entries;
    while (!bytes.empty()) {
        const auto size = first_value_size(bytes);
        if (!size) return Error{Fault::malformed, "not a ledger file"};
        KAZASHI_TRY(auto push, decode_push(bytes.first(*size)));
        if (push.entries.empty()) return Error{Fault::malformed, "a push without entries"};
        entries.insert(entries.end(), std::make_move_iterator(push.entries.begin()),
                       std::make_move_iterator(push.entries.end()));
        bytes = bytes.subspan(*size);
    }
    if (entries.empty()) return Error{Fault::malformed, "no ledger entry"};
    return entries;
}

Result<VerifiedLedger> verify_ledger_file(ByteView bytes, const model::VerifyKey& terminal,
                                          const std::optional<ChainHead>& known) {
    KAZASHI_TRY(const auto entries, decode_ledger_file(bytes));
    LedgerCheck check{before(entries.front(), known), terminal};
    bool holds_known = !known || known->seq < entries.front().seq;
    for (const auto& entry : entries) {
        KAZASHI_CHECK(check.add(entry));
        holds_known = holds_known || is_of(entry, *known);
    }
    KAZASHI_CHECK(check.done());
    if (!holds_known) {
        return Error{Fault::out_of_order,
                     "ledger entry " + std::to_string(known->seq.value) + " is missing or another"};
    }
    return VerifiedLedger{entries.front().terminal, entries.front().seq, *check.head()};
}

}  // namespace kazashi::wire
