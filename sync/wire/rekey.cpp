// A terminal changes its keys. The signature stands in front of the CBOR: nothing of it is parsed that the old key has
// not signed.
#include <algorithm>

#include "sync/vault/seal.h"
#include "sync/wire/ledger.h"
#include "sync/wire/values.h"

namespace kazashi::wire {

namespace {

constexpr std::string_view rekey_label = "kazashi/rekey/1";

}  // namespace

Bytes encode_signed(const RekeyRequest& request, const vault::SigningPair& old_key) {
    const auto message = to_bytes(Json{{"csr_pem", request.csr_pem},
                                       {"head", request.head.value},
                                       {"seal", binary(request.seal.view())},
                                       {"terminal", request.terminal.str()},
                                       {"verify", binary(request.verify.view())}});
    const auto signature = vault::sign(old_key, rekey_label, message);
    Bytes bytes;
    bytes.reserve(model::Signature::size + message.size());
    base::append(bytes, signature.view());
    base::append(bytes, message);
    return bytes;
}

Result<RekeyRequest> decode_signed_rekey(ByteView bytes, const model::VerifyKey& old_key) {
    if (bytes.size() > tuning::enrol_bytes) return Error{Fault::limit, "message too long"};
    if (bytes.size() <= model::Signature::size) return Error{Fault::malformed, "shorter than its signature"};
    model::Signature signature;
    std::copy_n(bytes.begin(), model::Signature::size, signature.bytes.begin());
    const auto message = bytes.subspan(model::Signature::size);
    if (!vault::verify(old_key, rekey_label, message, signature)) {
        return Error{Fault::bad_signature, "not signed by the terminal's key"};
    }
    KAZASHI_TRY(auto map, parse(message, tuning::enrol_bytes));
    Fields fields{map};
    RekeyRequest request;
    request.terminal = fields.word<model::TerminalId>("terminal", 1);
    request.head = {fields.integer("head", 0, std::numeric_limits<std::int64_t>::max())};
    request.csr_pem = fields.text("csr_pem", tuning::pem_bytes);
    request.verify = fields.id<model::VerifyKey>("verify");
    request.seal = fields.id<model::SealKey>("seal");
    return fields.done(std::move(request));
}

Bytes encode(const RekeyAnswer& answer) { return to_bytes(Json{{"certificate_pem", answer.certificate_pem}}); }

Result<RekeyAnswer> decode_rekey_answer(ByteView bytes) {
    KAZASHI_TRY(auto map, parse(bytes, tuning::enrol_bytes));
    Fields fields{map};
    RekeyAnswer answer;
    answer.certificate_pem = fields.text("certificate_pem", tuning::pem_bytes, 1);
    return fields.done(std::move(answer));
}

}  // namespace kazashi::wire
