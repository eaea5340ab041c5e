#include "sync/wire/ledger.h"
#include "sync/wire/values.h"

namespace kazashi::wire {

Bytes encode(const LedgerBody& body) {
    Json map = Json::object();
    if (!body.staff.empty()) map["staff"] = body.staff.str();
    if (!body.second_staff.empty()) map["second_staff"] = body.second_staff.str();
    if (!body.other_staff.empty()) map["other_staff"] = body.other_staff.str();
    if (body.patient) map["patient"] = binary(body.patient->view());
    if (body.grant) map["grant"] = to_map(*body.grant);
    if (body.withdrawal) map["withdrawal"] = to_map(*body.withdrawal);
    if (!body.proof.empty()) map["proof"] = binary(body.proof);
    if (body.idm) map["idm"] = binary(body.idm->view());
    if (body.grant_id) map["grant_id"] = binary(body.grant_id->view());
    if (!body.sections.empty()) map["sections"] = body.sections.bits();
    if (!body.number.empty()) map["number"] = body.number;
    if (!body.note.empty()) map["note"] = body.note;
    return to_bytes(map);
}

Result<LedgerBody> decode_ledger_body(ByteView bytes) {
    KAZASHI_TRY(auto map, parse(bytes, tuning::ledger_body_bytes));
    Fields fields{map};
    LedgerBody body;
    if (fields.has("staff")) body.staff = fields.word<model::StaffId>("staff", 1);
    if (fields.has("second_staff")) body.second_staff = fields.word<model::StaffId>("second_staff", 1);
    if (fields.has("other_staff")) body.other_staff = fields.word<model::StaffId>("other_staff", 1);
    if (fields.has("patient")) body.patient = fields.id<model::PatientRef>("patient");
    if (fields.has("grant")) body.grant = fields.nested("grant", read_grant);
    if (fields.has("withdrawal")) body.withdrawal = fields.nested("withdrawal", read_withdrawal);
    if (fields.has("proof")) body.proof = fields.bytes("proof", card::Proof::size, card::Proof::size);
    if (fields.has("idm")) body.idm = fields.id<card::Idm>("idm");
    if (fields.has("grant_id")) body.grant_id = fields.id<model::GrantId>("grant_id");
    if (fields.has("sections")) {
        body.sections = model::SectionSet{static_cast<std::uint8_t>(fields.integer("sections", 1, 31))};
    }
    if (fields.has("number")) body.number = fields.text("number", 10, 10);
    if (fields.has("note")) body.note = fields.text("note", tuning::id_bytes, 1);
    return fields.done(std::move(body));
}

}  // namespace kazashi::wire
