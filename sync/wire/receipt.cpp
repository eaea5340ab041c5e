#include "sync/wire/ledger.h"
#include "sync/wire/values.h"

namespace kazashi::wire {

namespace {

constexpr std::string_view receipt_label = "kazashi/receipt/1";

Json unsigned_map(const model::Receipt& receipt) {
    return Json{{"hash", binary(receipt.hash.view())},
                {"reason", receipt.reason},
                {"received_at", milliseconds(receipt.received_at)},
                {"seq", receipt.seq.value},
                {"terminal", receipt.terminal.str()},
                {"verdict", static_cast<int>(receipt.verdict)}};
}

}  // namespace

Json to_map(const model::Receipt& receipt) {
    auto map = unsigned_map(receipt);
    map["signature"] = binary(receipt.signature.view());
    return map;
}

Result<model::Receipt> read_receipt(Json& map) {
    Fields fields{map};
    model::Receipt receipt;
    receipt.terminal = fields.word<model::TerminalId>("terminal");
    receipt.seq = {fields.integer("seq", 0, std::numeric_limits<std::int64_t>::max())};
    receipt.hash = fields.id<model::Hash>("hash");
    receipt.received_at = fields.time("received_at");
    receipt.verdict = fields.choice("verdict", model::Verdict::accepted, model::Verdict::refused);
    receipt.reason = fields.text("reason", tuning::id_bytes);
    receipt.signature = fields.id<model::Signature>("signature");
    return fields.done(std::move(receipt));
}

void sign_receipt(model::Receipt& receipt, const vault::SigningPair& region) {
    receipt.signature = vault::sign(region, receipt_label, to_bytes(unsigned_map(receipt)));
}

bool receipt_signed_by(const model::Receipt& receipt, const model::VerifyKey& region) {
    return vault::verify(region, receipt_label, to_bytes(unsigned_map(receipt)), receipt.signature);
}

Bytes encode(const model::Receipt& receipt) { return to_bytes(to_map(receipt)); }

Result<model::Receipt> decode_receipt(ByteView bytes) {
    KAZASHI_TRY(auto map, parse(bytes, tuning::small_bytes));
    return read_receipt(map);
}

}  // namespace kazashi::wire
