// What follows from the entries of one push, kind by kind: grants become windows, withdrawals end them, broken glass is
// listed for review, and whoever was looked at gets a new history — once per push, however often they were.
#pragma once

#include <set>

#include "sync/server/grant_check.h"
#include "sync/server/packer.h"
#include "sync/wire/ledger.h"

namespace kazashi::server {

class Settlement {
public:
    struct Context {
        Records& records;
        const RegionKeys& keys;
        const Packer& packer;
        const TerminalRecord& terminal;
        model::UtcTime now;
    };
    explicit Settlement(const Context& context) : c_{context} {}

    struct Answer {
        model::Verdict verdict{model::Verdict::accepted};
        std::string reason;
    };
    Result<Answer> settle(const model::LedgerEntry& entry);
    Status finish();  // after the last entry

private:
    Result<Answer> by_kind(const model::LedgerEntry& entry, const wire::LedgerBody& body);
    Result<Answer> grant(const model::LedgerEntry& entry, const wire::LedgerBody& body);
    Result<Answer> break_glass(const model::LedgerEntry& entry, const wire::LedgerBody& body);
    Result<Answer> view(const model::LedgerEntry& entry, const wire::LedgerBody& body);
    Result<Answer> withdrawal(const wire::LedgerBody& body);
    Result<Answer> history_shown(const model::LedgerEntry& entry, const wire::LedgerBody& body);
    Result<Answer> notice_shown(const wire::LedgerBody& body);
    Result<Answer> capsule_shown(const model::LedgerEntry& entry, const wire::LedgerBody& body);
    Result<Answer> card_lost(const model::LedgerEntry& entry, const wire::LedgerBody& body);
    Result<Answer> terminal_ended();

    Status record(const model::Grant& grant, const GrantFindings& findings, model::GrantState state);
    Status open_window(const model::Grant& grant);
    Status looked(const model::PatientRef& patient, fhir::Look look);

    const Context c_;
    std::set<model::PatientRef> looked_at_;
    bool ended_{};
};

}  // namespace kazashi::server
