// The records over one SQLite connection, inside a transaction that SqliteRepository opened. One .cpp per kind of
// record.
#pragma once

#include "sync/server/repository.h"
#include "sync/server/sqlite.h"

namespace kazashi::server {

// As card::Chip stands in a column; the region issues nothing but these two.
inline card::Chip chip_from(std::int64_t column) {
    return column == static_cast<std::int64_t>(card::Chip::lite) ? card::Chip::lite : card::Chip::lite_s;
}

class SqliteRecords final : public Records {
public:
    explicit SqliteRecords(Database& database) : database_{database} {}

    Result<std::optional<PatientRecord>> patient(const model::PatientRef& ref) override;
    Result<std::optional<PatientRecord>> patient_numbered(const std::string& number) override;
    Result<std::vector<PatientRecord>> patients_identified(const std::string& identifier) override;
    Result<std::vector<PatientRecord>> members() override;
    Status put_patient(const PatientRecord& patient, const std::vector<std::string>& identifiers) override;
    Result<bool> put_resource(const model::PatientRef& ref, const StoredResource& resource) override;
    Result<std::vector<StoredResource>> resources(const model::PatientRef& ref) override;
    Result<std::vector<SealedSection>> sealed_sections(const model::PatientRef& ref) override;
    Status put_sealed_section(const SealedSection& section) override;

    Result<std::optional<CardRecord>> card_of(const card::Idm& idm) override;
    Result<std::vector<CardRecord>> cards_of(card::CardKind kind, const std::string& number) override;
    Status put_card(const CardRecord& card) override;
    Status revoke_card(const model::CardIndex& index) override;
    Result<std::optional<BegunCard>> begun_card(const card::Idm& idm) override;
    Status put_begun_card(const BegunCard& card) override;
    Status drop_begun_card(const card::Idm& idm) override;

    Result<std::optional<CardOrder>> card_order(const wire::OrderId& id) override;
    Status put_card_order(const CardOrder& order) override;
    Status close_card_orders(const model::TerminalId& terminal) override;

    Status append(const FeedRow& row) override;
    Status drop(const std::string& key) override;
    Result<bool> holds(const std::string& key) override;
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
    Status set_grant_state(const model::GrantId& id, model::GrantState state, const std::string& reason) override;
    Result<std::vector<GrantRecord>> grants() override;
    Result<std::vector<GrantRecord>> live_grants(const model::PatientRef& patient, model::UtcTime now) override;
    Result<std::vector<GrantRecord>> live_grants_at(const model::FacilityId& facility, model::UtcTime now) override;
    Result<std::vector<Viewer>> viewers(const model::PatientRef& patient, model::UtcTime now) override;
    Result<LedgerTotals> ledger_totals() override;

    Status put_look(const LookRecord& record) override;
    Result<std::vector<fhir::Look>> looks(const model::PatientRef& patient, std::int64_t most) override;
    Status put_emergency_view(const EmergencyView& view) override;
    Result<std::optional<EmergencyView>> emergency_view(const model::GrantId& id) override;
    Result<std::vector<EmergencyView>> emergency_views(bool reviewed_too) override;
    Result<bool> told(const model::GrantId& id, model::UtcTime at) override;
    Result<bool> reviewed(const model::GrantId& id, model::UtcTime at, const std::string& by) override;
    Status put_withdrawal(const model::Withdrawal& withdrawal) override;
    Result<std::optional<model::Withdrawal>> withdrawal(const model::GrantId& id) override;
    Result<bool> withdrawn_since(const model::Grant& grant) override;
    Result<bool> put_exclusion(const model::PatientRef& patient, const model::FacilityId& facility,
                               model::UtcTime since) override;
    Result<bool> drop_exclusion(const model::PatientRef& patient, const model::FacilityId& facility) override;
    Result<bool> excluded(const model::PatientRef& patient, const model::FacilityId& facility) override;
    Result<LookTotals> look_totals() override;

    Result<std::optional<model::EmergencyKeyWrap>> emergency_key() override;
    Status put_emergency_key(const model::EmergencyKeyWrap& key, model::UtcTime made_at) override;
    Result<bool> put_name(const wire::NameEntry& name, std::int64_t page) override;
    Result<bool> drop_name(const model::PatientRef& patient) override;
    Result<std::vector<wire::NameEntry>> names_on(std::int64_t page) override;
    Status name_page_waits(std::int64_t page) override;
    Status all_name_pages_wait() override;
    Result<std::vector<WaitingPage>> waiting_name_pages() override;
    Status name_page_sealed(std::int64_t page, std::int64_t version) override;

    Result<std::vector<model::CapsuleKeyWrap>> capsule_keys() override;
    Status put_capsule_key(const model::CapsuleKeyWrap& key, model::UtcTime made_at) override;
    Result<std::optional<CapsuleRecord>> capsule_of(const model::CardIndex& card) override;
    Status put_capsule(const CapsuleRecord& capsule) override;

    Result<std::vector<model::CodeName>> code_names() override;
    Status put_code_name(const model::CodeName& name) override;
    Status drop_code_name(const model::CodeName& name) override;
    Result<std::optional<model::Glossary>> glossary() override;
    Status put_glossary(const model::Glossary& glossary) override;

    Result<std::optional<model::Facility>> facility(const model::FacilityId& id) override;
    Result<bool> put_facility(const model::Facility& facility) override;
    Result<std::optional<model::StaffMember>> staff(const model::StaffId& id) override;
    Result<bool> put_staff(const model::StaffMember& member) override;
    Result<std::vector<model::StaffMember>> staff_list() override;
    Result<std::optional<TerminalRecord>> terminal(const model::TerminalId& id) override;
    Result<std::int64_t> terminals_at(const model::FacilityId& facility) override;
    Status put_terminal(const TerminalRecord& terminal, model::UtcTime enrolled_at) override;
    Result<std::vector<TerminalRecord>> terminals() override;
    Status terminal_ended(const model::TerminalId& id, model::UtcTime at) override;
    Status terminal_lost(const model::TerminalId& id, model::UtcTime at) override;
    Status terminal_forked(const model::TerminalId& id, model::UtcTime at, ByteView entry) override;
    Status rekey_terminal(const TerminalRecord& with_new_keys, model::LedgerSeq last) override;
    Status renew_certificate(const model::TerminalId& id, const model::Hash& certificate) override;
    Status put_code(const model::Hash& code, const model::FacilityId& facility, model::UtcTime expires_at) override;
    Result<std::optional<model::FacilityId>> take_code(const model::Hash& code, model::UtcTime now) override;
    Result<model::Policy> policy() override;
    Result<std::int64_t> policy_version() override;
    Status put_policy(const model::Policy& policy) override;
    Result<RegistryTotals> totals() override;

private:
    Database& database_;
};

}  // namespace kazashi::server
