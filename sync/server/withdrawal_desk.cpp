#include "sync/server/withdrawal_desk.h"

#include <algorithm>
#include <set>

#include "sync/server/feed.h"
#include "sync/server/reasons.h"
#include "sync/server/tuning.h"

namespace kazashi::server {

namespace {

Status drop_viewers(Records& records, const model::PatientRef& patient, const model::FacilityId& facility,
                    model::UtcTime now) {
    KAZASHI_TRY(const auto left, records.live_grants(patient, now));
    const bool still = std::any_of(left.begin(), left.end(), [&](const GrantRecord& one) {
        return one.facility == facility && one.grant.purpose == model::purpose::treatment;
    });
    if (still) return base::ok();
    KAZASHI_TRY(const auto terminals, records.terminals());
    for (const auto& terminal : terminals) {
        if (terminal.facility.id == facility) KAZASHI_CHECK(drop_wraps(records, terminal.id, patient));
    }
    return base::ok();
}

struct EndOf {
    model::PatientRef patient;
    model::FacilityId facility;  // empty: everybody's
    model::UtcTime granted_until;
    const char* reason;
};
Status end_windows(Records& records, const EndOf& end, model::UtcTime now) {
    KAZASHI_TRY(const auto live, records.live_grants(end.patient, now));
    std::set<model::FacilityId> facilities;
    for (const auto& record : live) {
        if (!end.facility.empty() && record.facility != end.facility) continue;
        if (record.grant.granted_at > end.granted_until) continue;
        KAZASHI_CHECK(records.set_grant_state(record.grant.id, model::GrantState::withdrawn, end.reason));
        KAZASHI_CHECK(publish(records, model::GrantNews{record.grant.id, model::GrantState::withdrawn, end.reason},
                              for_facility(record.facility)));
        KAZASHI_CHECK(drop_window(records, record.grant.id));
        facilities.insert(record.facility);
    }
    for (const auto& facility : facilities) KAZASHI_CHECK(drop_viewers(records, end.patient, facility, now));
    return base::ok();
}

Status check_facility(Records& records, const model::FacilityId& id) {
    KAZASHI_TRY(const auto facility, records.facility(id));
    if (!facility) return base::Error{base::Fault::not_found, "no such facility"};
    return base::ok();
}

}  // namespace

Result<PatientRecord> patient_with(Records& records, const std::string& number) {
    KAZASHI_TRY(auto patient, records.patient_numbered(number));
    if (!patient) return base::Error{base::Fault::not_found, "no patient has this number"};
    return std::move(*patient);
}

Status withdraw(Records& records, const model::Withdrawal& withdrawal, model::UtcTime now) {
    KAZASHI_CHECK(records.put_withdrawal(withdrawal));
    fhir::Look look{withdrawal.id, std::min(withdrawal.at, now), {}, fhir::Look::Kind::withdrawal, {}, {}, false};
    KAZASHI_CHECK(records.put_look({withdrawal.patient, std::move(look), withdrawal.facility, withdrawal.terminal}));
    return end_windows(
        records, {withdrawal.patient, withdrawal.facility, withdrawal.at + tuning::clocks_apart, reason::withdrawn},
        now);
}

Status withdraw_on_paper(Records& records, const Packer& packer, const std::string& number,
                         const model::FacilityId& facility, model::UtcTime now) {
    KAZASHI_TRY(const auto patient, patient_with(records, number));
    if (!facility.empty()) KAZASHI_CHECK(check_facility(records, facility));
    model::Withdrawal withdrawal{{}, patient.ref, {}, facility, now};
    vault::random_bytes(withdrawal.id.bytes.data(), model::GrantId::size);
    KAZASHI_CHECK(withdraw(records, withdrawal, now));
    return packer.pack_history(records, patient.ref, now);
}

Status exclude(Records& records, const ExclusionWish& wish, model::UtcTime now) {
    KAZASHI_TRY(const auto patient, patient_with(records, wish.number));
    KAZASHI_CHECK(check_facility(records, wish.facility));
    KAZASHI_TRY(const bool changed, wish.undo ? records.drop_exclusion(patient.ref, wish.facility)
                                              : records.put_exclusion(patient.ref, wish.facility, now));
    if (!changed && wish.undo) return base::Error{base::Fault::denied, "this facility is not excluded"};
    if (!changed) return base::Error{base::Fault::denied, "this facility is excluded already"};
    KAZASHI_CHECK(
        publish(records, model::Exclusion{patient.ref, wish.facility, !wish.undo}, for_facility(wish.facility)));
    if (wish.undo) return base::ok();
    return end_windows(records, {patient.ref, wish.facility, model::UtcTime::max(), reason::excluded}, now);
}

}  // namespace kazashi::server
