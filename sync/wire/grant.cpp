#include "sync/wire/cbor.h"
#include "sync/wire/values.h"

namespace kazashi::wire {

Json to_map(const model::Grant& grant) {
    return Json{{"expires_at", milliseconds(grant.expires_at)},
                {"facility", grant.facility.str()},
                {"granted_at", milliseconds(grant.granted_at)},
                {"id", binary(grant.id.view())},
                {"patient", binary(grant.patient.view())},
                {"purpose", grant.purpose},
                {"sections", grant.sections.bits()},
                {"staff", grant.staff.str()},
                {"terminal", grant.terminal.str()}};
}

Result<model::Grant> read_grant(Json& map) {
    Fields fields{map};
    model::Grant grant;
    grant.id = fields.id<model::GrantId>("id");
    grant.patient = fields.id<model::PatientRef>("patient");
    grant.facility = fields.word<model::FacilityId>("facility");
    grant.terminal = fields.word<model::TerminalId>("terminal");
    grant.staff = fields.word<model::StaffId>("staff");
    grant.purpose = fields.text("purpose", tuning::id_bytes);
    grant.sections = fields.sections("sections");
    grant.granted_at = fields.time("granted_at");
    grant.expires_at = fields.time("expires_at");
    return fields.done(std::move(grant));
}

Json to_map(const model::Withdrawal& withdrawal) {
    return Json{{"at", milliseconds(withdrawal.at)},
                {"facility", withdrawal.facility.str()},
                {"id", binary(withdrawal.id.view())},
                {"patient", binary(withdrawal.patient.view())},
                {"terminal", withdrawal.terminal.str()}};
}

Result<model::Withdrawal> read_withdrawal(Json& map) {
    Fields fields{map};
    model::Withdrawal withdrawal;
    withdrawal.id = fields.id<model::GrantId>("id");
    withdrawal.patient = fields.id<model::PatientRef>("patient");
    withdrawal.terminal = fields.word<model::TerminalId>("terminal");
    withdrawal.facility = fields.word<model::FacilityId>("facility");
    withdrawal.at = fields.time("at");
    return fields.done(std::move(withdrawal));
}

Bytes encode(const model::Withdrawal& withdrawal) { return to_bytes(to_map(withdrawal)); }

Bytes encode(const model::Grant& grant) { return to_bytes(to_map(grant)); }

Result<model::Grant> decode_grant(ByteView bytes) {
    KAZASHI_TRY(auto map, parse(bytes, tuning::small_bytes));
    return read_grant(map);
}

}  // namespace kazashi::wire
