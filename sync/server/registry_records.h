// Facilities, their staff and terminals, one-time enrolment codes, and the policy.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sync/model/feed.h"

namespace kazashi::server {

struct TerminalRecord {
    model::TerminalId id;
    model::Facility facility;
    model::VerifyKey verify;
    model::SealKey seal;
    model::Hash certificate;  // SHA-256 of the certificate issued to it: another one of the same name is not it
};

struct RegistryTotals {
    std::int64_t patients{};
    std::int64_t resources{};
    std::int64_t not_understood{};
};

class RegistryRecords {
public:
    virtual base::Result<std::optional<model::Facility>> facility(const model::FacilityId& id) = 0;
    virtual base::Result<bool> put_facility(const model::Facility& facility) = 0;  // true: new or changed
    virtual base::Result<std::optional<model::StaffMember>> staff(const model::StaffId& id) = 0;
    virtual base::Result<bool> put_staff(const model::StaffMember& member) = 0;  // true: new or changed

    virtual base::Result<std::optional<TerminalRecord>> terminal(const model::TerminalId& id) = 0;
    virtual base::Result<std::int64_t> terminals_at(const model::FacilityId& facility) = 0;
    virtual base::Status put_terminal(const TerminalRecord& terminal, model::UtcTime enrolled_at) = 0;

    virtual base::Status put_code(const model::Hash& code, const model::FacilityId& facility,
                                  model::UtcTime expires_at) = 0;
    // Spends it. nullopt: no such code, used before, or too old; nobody is told which.
    virtual base::Result<std::optional<model::FacilityId>> take_code(const model::Hash& code, model::UtcTime now) = 0;

    virtual base::Result<model::Policy> policy() = 0;
    virtual base::Status put_policy(const model::Policy& policy) = 0;
    virtual base::Result<RegistryTotals> totals() = 0;

protected:
    ~RegistryRecords() = default;
};

}  // namespace kazashi::server
