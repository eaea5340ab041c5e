// Who looked at whose record, what the patients took back, and every time the glass was broken.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sync/fhir/looks.h"
#include "sync/model/grant.h"

namespace kazashi::server {

// `look.facility` and `look.notice_pending` are not stored: they are read from the facility and the review.
struct LookRecord {
    model::PatientRef patient;
    fhir::Look look;
    model::FacilityId facility;  // of a withdrawal: whose windows end; empty: everybody's
    model::TerminalId terminal;  // empty: at the region, on paper
};

struct EmergencyView {
    model::FacilityId facility;
    model::Grant grant;
    model::StaffId second_staff;
    std::string reason;   // key of a sentence
    std::string refused;  // why the region did not accept it; empty: it did
    std::optional<model::UtcTime> told_at;
    std::optional<model::UtcTime> reviewed_at;
    std::string reviewed_by;
};

struct LookTotals {
    std::int64_t looks{};
    std::int64_t to_review{};
    std::int64_t withdrawals{};
    std::int64_t exclusions{};
};

class LookRecords {
public:
    virtual base::Status put_look(const LookRecord& record) = 0;
    // At most so many, newest first; one the patient has not been told of is always among them.
    virtual base::Result<std::vector<fhir::Look>> looks(const model::PatientRef& patient, std::int64_t most) = 0;

    virtual base::Status put_emergency_view(const EmergencyView& view) = 0;
    virtual base::Result<std::optional<EmergencyView>> emergency_view(const model::GrantId& id) = 0;
    virtual base::Result<std::vector<EmergencyView>> emergency_views(bool reviewed_too) = 0;
    virtual base::Result<bool> told(const model::GrantId& id, model::UtcTime at) = 0;  // false: told before, or none
    virtual base::Result<bool> reviewed(const model::GrantId& id, model::UtcTime at, const std::string& by) = 0;

    // Of one made at the region `terminal` is empty.
    virtual base::Status put_withdrawal(const model::Withdrawal& withdrawal) = 0;
    virtual base::Result<std::optional<model::Withdrawal>> withdrawal(const model::GrantId& id) = 0;
    // Was this grant taken back before it came here? By another terminal: its own come in their order.
    virtual base::Result<bool> withdrawn_since(const model::Grant& grant) = 0;

    virtual base::Result<bool> put_exclusion(const model::PatientRef& patient, const model::FacilityId& facility,
                                             model::UtcTime since) = 0;  // false: there already
    virtual base::Result<bool> drop_exclusion(const model::PatientRef& patient, const model::FacilityId& facility) = 0;
    virtual base::Result<bool> excluded(const model::PatientRef& patient, const model::FacilityId& facility) = 0;
    virtual base::Result<LookTotals> look_totals() = 0;

protected:
    ~LookRecords() = default;
};

}  // namespace kazashi::server
