// What the terminals have sent: their ledgers with the receipts given, and the grants that stand in them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sync/model/feed.h"
#include "sync/wire/ledger.h"

namespace kazashi::server {

struct KnownEntry {
    model::Hash hash;
    model::Receipt receipt;
};

struct GrantRecord {
    model::FacilityId facility;  // whose terminal sent it; a refused grant may claim another
    model::Grant grant;
    model::GrantState state{};
    std::string reason;
    bool proof_verified{};
};

// A terminal that may receive newer versions of a patient's sections, because its facility has a live grant.
struct Viewer {
    model::TerminalId terminal;
    model::SealKey seal;
    model::FacilityType type{};
    model::SectionSet sections;  // of all its facility's live grants together
};

struct LedgerTotals {
    std::int64_t entries{};
    std::int64_t receipts{};
    std::int64_t refused{};
    std::map<model::LedgerKind, std::int64_t> accepted;  // how many of each kind; kinds that never came are not in it
};

class LedgerRecords {
public:
    virtual base::Result<std::optional<wire::ChainHead>> ledger_head(const model::TerminalId& terminal) = 0;
    // Entries first..last that are there, in order.
    virtual base::Result<std::vector<KnownEntry>> ledger_between(const model::TerminalId& terminal,
                                                                 model::LedgerSeq first, model::LedgerSeq last) = 0;
    virtual base::Status put_ledger(const model::LedgerEntry& entry, const model::Receipt& receipt) = 0;

    virtual base::Result<std::optional<GrantRecord>> grant(const model::GrantId& id) = 0;
    virtual base::Status put_grant(const GrantRecord& grant) = 0;
    virtual base::Status set_grant_state(const model::GrantId& id, model::GrantState state,
                                         const std::string& reason) = 0;
    virtual base::Result<std::vector<GrantRecord>> grants() = 0;
    // Confirmed and alive at `now`, whatever their purpose; newest first.
    virtual base::Result<std::vector<GrantRecord>> live_grants(const model::PatientRef& patient,
                                                               model::UtcTime now) = 0;
    virtual base::Result<std::vector<GrantRecord>> live_grants_at(const model::FacilityId& facility,
                                                                  model::UtcTime now) = 0;
    // Terminals in service of the facilities with a confirmed treatment grant on this patient that lives at `now`.
    virtual base::Result<std::vector<Viewer>> viewers(const model::PatientRef& patient, model::UtcTime now) = 0;
    virtual base::Result<LedgerTotals> ledger_totals() = 0;

protected:
    ~LedgerRecords() = default;
};

}  // namespace kazashi::server
