// The records over one SQLite connection, inside a transaction that SqliteRepository opened. One .cpp per kind of
// record.
#pragma once

#include "sync/server/repository.h"
#include "sync/server/sqlite.h"

namespace kazashi::server {

class SqliteRecords final : public Records {
public:
    explicit SqliteRecords(Database& database) : database_{database} {}

    Result<std::optional<PatientRecord>> patient(const model::PatientRef& ref) override;
    Result<std::optional<PatientRecord>> patient_numbered(const std::string& number) override;
    Result<std::vector<PatientRecord>> patients_identified(const std::string& identifier) override;
    Status put_patient(const PatientRecord& patient, const std::vector<std::string>& identifiers) override;
    Result<bool> put_resource(const model::PatientRef& ref, const StoredResource& resource) override;
    Result<std::vector<StoredResource>> resources(const model::PatientRef& ref) override;
    Result<std::vector<SealedSection>> sealed_sections(const model::PatientRef& ref) override;
    Status put_sealed_section(const SealedSection& section) override;

    Result<std::optional<CardRecord>> card_of(const card::Idm& idm) override;
    Result<std::vector<CardRecord>> cards_of(card::CardKind kind, const std::string& number) override;
    Status put_card(const CardRecord& card) override;
    Status revoke_card(const model::CardIndex& index) override;

    Status append(const FeedRow& row) override;
    Status drop(const std::string& key) override;
    Status drop_below(const std::string& key_prefix) override;
    Result<FeedSlice> feed_after(model::Cursor after, const Listener& listener, FeedLimits limits) override;
    Result<model::Cursor> feed_head() override;
    Result<std::int64_t> packages_for(model::SectionSet sections) override;

    Result<std::optional<wire::ChainHead>> ledger_head(const model::TerminalId& terminal) override;
    Result<std::vector<KnownEntry>> ledger_between(const model::TerminalId& terminal, model::LedgerSeq first,
                                                   model::LedgerSeq last) override;
    Status put_ledger(const model::LedgerEntry& entry, const model::Receipt& receipt) override;
    Result<std::optional<GrantRecord>> grant(const model::GrantId& id) override;
    Status put_grant(const GrantRecord& grant) override;
    Result<std::vector<GrantRecord>> grants() override;
    Result<std::vector<Viewer>> viewers(const model::PatientRef& patient, model::UtcTime now) override;
    Result<LedgerTotals> ledger_totals() override;

    Result<std::optional<model::Facility>> facility(const model::FacilityId& id) override;
    Result<bool> put_facility(const model::Facility& facility) override;
    Result<std::optional<model::StaffMember>> staff(const model::StaffId& id) override;
    Result<bool> put_staff(const model::StaffMember& member) override;
    Result<std::optional<TerminalRecord>> terminal(const model::TerminalId& id) override;
    Result<std::int64_t> terminals_at(const model::FacilityId& facility) override;
    Status put_terminal(const TerminalRecord& terminal, model::UtcTime enrolled_at) override;
    Status put_code(const model::Hash& code, const model::FacilityId& facility, model::UtcTime expires_at) override;
    Result<std::optional<model::FacilityId>> take_code(const model::Hash& code, model::UtcTime now) override;
    Result<model::Policy> policy() override;
    Status put_policy(const model::Policy& policy) override;
    Result<RegistryTotals> totals() override;

private:
    Database& database_;
};

}  // namespace kazashi::server
