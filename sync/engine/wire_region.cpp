#include "sync/engine/wire_region.h"

#include <utility>

#include "sync/vault/seal.h"
#include "sync/wire/tuning.h"

namespace kazashi::engine {

using base::Error;
using base::Fault;

WireRegion::WireRegion(model::TerminalId terminal, model::VerifyKey region, Transport& transport)
    : terminal_{std::move(terminal)}, region_{region}, transport_{transport} {}

Result<model::FeedPage> WireRegion::feed(model::Cursor after) {
    KAZASHI_TRY(const auto bytes,
                transport_.get("/v1/feed?after=" + std::to_string(after.seq), wire::tuning::page_bytes));
    KAZASHI_TRY(auto page, wire::decode_signed_page(bytes, region_));
    if (page.terminal != terminal_) return Error{Fault::out_of_order, "page of another terminal"};
    if (page.after != after) return Error{Fault::out_of_order, "page of another cursor"};
    return page;
}

Result<wire::PushAnswer> WireRegion::push(const wire::Push& entries) {
    KAZASHI_TRY(const auto bytes, transport_.post("/v1/ledger", wire::encode(entries), wire::tuning::answer_bytes));
    KAZASHI_TRY(auto answer, wire::decode_push_answer(bytes));
    for (const auto& receipt : answer.receipts) {
        if (receipt.terminal != terminal_) return Error{Fault::out_of_order, "receipt of another terminal"};
        if (!wire::receipt_signed_by(receipt, region_)) return Error{Fault::bad_signature, "receipt"};
    }
    return answer;
}

Result<model::UtcTime> WireRegion::time() {
    Bytes nonce(wire::tuning::least_nonce_bytes);
    vault::random_bytes(nonce.data(), nonce.size());
    KAZASHI_TRY(const auto bytes, transport_.get("/v1/time?nonce=" + base::to_hex(nonce), wire::tuning::small_bytes));
    KAZASHI_TRY(const auto answer, wire::decode_signed_time(bytes, region_));
    if (answer.nonce != nonce) return Error{Fault::bad_signature, "an answer to another question"};
    return answer.at;
}

}  // namespace kazashi::engine
