#include "sync/wire/ledger.h"
#include "sync/wire/values.h"

namespace kazashi::wire {

namespace {

constexpr std::string_view entry_label = "kazashi/ledger/1";

Json unsigned_map(const model::LedgerEntry& entry) {
    return Json{{"at", milliseconds(entry.at)},           {"body", binary(entry.body)},
                {"clock", static_cast<int>(entry.clock)}, {"kind", static_cast<int>(entry.kind)},
                {"prev", binary(entry.prev.view())},      {"seq", entry.seq.value},
                {"terminal", entry.terminal.str()}};
}

Error broken(Fault fault, const model::LedgerEntry& entry) {
    return {fault, "ledger entry " + std::to_string(entry.seq.value)};
}

}  // namespace

Json to_map(const model::LedgerEntry& entry) {
    auto map = unsigned_map(entry);
    map["signature"] = binary(entry.signature.view());
    return map;
}

Result<model::LedgerEntry> read_ledger_entry(Json& map) {
    Fields fields{map};
    model::LedgerEntry entry;
    entry.terminal = fields.word<model::TerminalId>("terminal");
    entry.seq = {fields.integer("seq", 0, std::numeric_limits<std::int64_t>::max())};
    entry.prev = fields.id<model::Hash>("prev");
    entry.at = fields.time("at");
    entry.clock = fields.choice("clock", model::ClockQuality::wall, model::ClockQuality::unsure);
    entry.kind = fields.choice("kind", model::LedgerKind::sign_in, model::LedgerKind::id_card);
    entry.body = fields.bytes("body", tuning::ledger_body_bytes);
    entry.signature = fields.id<model::Signature>("signature");
    return fields.done(std::move(entry));
}

Bytes encode(const model::LedgerEntry& entry) { return to_bytes(to_map(entry)); }

Result<model::LedgerEntry> decode_ledger_entry(ByteView bytes) {
    KAZASHI_TRY(auto map, parse(bytes, tuning::small_bytes));
    return read_ledger_entry(map);
}

model::Hash hash_of(const model::LedgerEntry& entry) { return vault::hash(entry_label, to_bytes(unsigned_map(entry))); }

void sign_entry(model::LedgerEntry& entry, const vault::SigningPair& terminal) {
    entry.signature = vault::sign(terminal, entry_label, to_bytes(unsigned_map(entry)));
}

bool entry_signed_by(const model::LedgerEntry& entry, const model::VerifyKey& terminal) {
    return vault::verify(terminal, entry_label, to_bytes(unsigned_map(entry)), entry.signature);
}

base::Status verify_chain(std::optional<ChainHead> before, std::span<const model::LedgerEntry> entries,
                          const model::VerifyKey& terminal) {
    ChainHead head = before.value_or(ChainHead{});
    for (const auto& entry : entries) {
        const bool follows = entry.seq.value == head.seq.value + 1 && entry.prev == head.hash &&
                             entry.terminal == entries.front().terminal;
        if (!follows) return broken(Fault::out_of_order, entry);
        if (!entry_signed_by(entry, terminal)) return broken(Fault::bad_signature, entry);
        head = {entry.seq, hash_of(entry)};
    }
    return base::ok();
}

}  // namespace kazashi::wire
