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
    std::optional<model::UtcTime> ended_at;      // decommissioned: its ledger is closed
    std::optional<model::UtcTime> lost_at;       // reported lost: nothing of it is believed
    std::optional<model::UtcTime> forked_at;     // showed a second history: its ledger is closed
    std::optional<model::VerifyKey> old_verify;  // before the last re-keying
    std::optional<model::Hash> old_certificate;

    bool in_service() const { return !ended_at && !lost_at && !forked_at; }
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

    virtual base::Result<std::vector<model::StaffMember>> staff_list() = 0;

    virtual base::Result<std::optional<TerminalRecord>> terminal(const model::TerminalId& id) = 0;
    virtual base::Result<std::int64_t> terminals_at(const model::FacilityId& facility) = 0;
    virtual base::Status put_terminal(const TerminalRecord& terminal, model::UtcTime enrolled_at) = 0;

    virtual base::Result<std::vector<TerminalRecord>> terminals() = 0;
    virtual base::Status terminal_ended(const model::TerminalId& id, model::UtcTime at) = 0;
    virtual base::Status terminal_lost(const model::TerminalId& id, model::UtcTime at) = 0;
    // `entry`: the one that showed it. Only the first is kept.
    virtual base::Status terminal_forked(const model::TerminalId& id, model::UtcTime at, base::ByteView entry) = 0;
    // New keys; the old ones are kept for a repeat, and `last` says which entries the old one has signed.
    virtual base::Status rekey_terminal(const TerminalRecord& with_new_keys, model::LedgerSeq last) = 0;
    virtual base::Status renew_certificate(const model::TerminalId& id, const model::Hash& certificate) = 0;

    virtual base::Status put_code(const model::Hash& code, const model::FacilityId& facility,
                                  model::UtcTime expires_at) = 0;
    // Spends it. nullopt: no such code, used before, or too old; nobody is told which.
    virtual base::Result<std::optional<model::FacilityId>> take_code(const model::Hash& code, model::UtcTime now) = 0;

    virtual base::Result<model::Policy> policy() = 0;
    virtual base::Result<std::int64_t> policy_version() = 0;  // of the newest, also when it cannot be read; 0: none
    virtual base::Status put_policy(const model::Policy& policy) = 0;
    virtual base::Result<RegistryTotals> totals() = 0;

protected:
    ~RegistryRecords() = default;
};

}  // namespace kazashi::server
