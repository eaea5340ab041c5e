#include "sync/wire/ledger.h"
#include "sync/wire/values.h"

namespace kazashi::wire {

Bytes encode(const EnrolRequest& request) {
    return to_bytes(Json{{"code", request.code},
                         {"csr_pem", request.csr_pem},
                         {"seal", binary(request.seal.view())},
                         {"verify", binary(request.verify.view())}});
}

Result<EnrolRequest> decode_enrol_request(ByteView bytes) {
    KAZASHI_TRY(auto map, parse(bytes, tuning::enrol_bytes));
    Fields fields{map};
    EnrolRequest request;
    request.code = fields.text("code", tuning::id_bytes);
    request.csr_pem = fields.text("csr_pem", tuning::pem_bytes);
    request.seal = fields.id<model::SealKey>("seal");
    request.verify = fields.id<model::VerifyKey>("verify");
    KAZASHI_TRY(request, fields.done(std::move(request)));
    // The region will seal to it, whoever sent it.
    if (!vault::can_seal_to(request.seal)) return Error{Fault::malformed, "seal: not a key"};
    return request;
}

namespace {

Json to_list(const std::vector<model::CapsuleKeyWrap>& keys) {
    auto list = Json::array();
    for (const auto& key : keys) list.push_back(to_map(key));
    return list;
}

}  // namespace

Bytes encode(const EnrolAnswer& answer) {
    Json map{{"capsule_keys", to_list(answer.capsule_keys)},
             {"certificate_pem", answer.certificate_pem},
             {"demo", answer.demo},
             {"facility", to_map(answer.facility)},
             {"index_key", binary(answer.index_key)},
             {"policy", to_map(answer.policy)},
             {"region", answer.region},
             {"region_seal", binary(answer.region_seal.view())},
             {"region_verify", binary(answer.region_verify.view())},
             {"terminal", answer.terminal.str()}};
    if (answer.glossary) map["glossary"] = to_map(*answer.glossary);
    return to_bytes(map);
}

Result<EnrolAnswer> decode_enrol_answer(ByteView bytes) {
    KAZASHI_TRY(auto map, parse(bytes, tuning::enrol_answer_bytes));
    Fields fields{map};
    EnrolAnswer answer;
    answer.terminal = fields.word<model::TerminalId>("terminal", 1);
    answer.facility = fields.nested("facility", read_facility);
    answer.region = static_cast<std::uint16_t>(fields.integer("region", 0, 0xffff));
    answer.certificate_pem = fields.text("certificate_pem", tuning::pem_bytes);
    answer.index_key = fields.bytes("index_key", 32, 32);
    answer.region_verify = fields.id<model::VerifyKey>("region_verify");
    answer.region_seal = fields.id<model::SealKey>("region_seal");
    answer.policy = fields.nested("policy", read_policy);
    auto keys = fields.list("capsule_keys", tuning::capsule_keys);
    for (auto& key : keys) {
        KAZASHI_TRY(auto wrap, read_capsule_key(key));
        answer.capsule_keys.push_back(std::move(wrap));
    }
    if (fields.has("glossary")) answer.glossary = fields.nested("glossary", read_glossary);
    answer.demo = fields.truth("demo");
    return fields.done(std::move(answer));
}

}  // namespace kazashi::wire
