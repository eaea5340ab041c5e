#include "sync/server/sql.h"
#include "sync/server/sqlite_records.h"

namespace kazashi::server {

namespace {

Result<GrantRecord> grant_row(const Rows& rows) {
    KAZASHI_TRY(auto grant, wire::decode_grant(rows.blob(1)));
    return GrantRecord{model::FacilityId{rows.text(0)}, std::move(grant),
                       static_cast<model::GrantState>(rows.integer(2)), rows.text(3), rows.integer(4) != 0};
}

Result<std::vector<GrantRecord>> grant_rows(Rows rows) {
    std::vector<GrantRecord> found;
    while (true) {
        KAZASHI_TRY(const bool there, rows.next());
        if (!there) return found;
        KAZASHI_TRY(auto record, grant_row(rows));
        found.push_back(std::move(record));
    }
}

}  // namespace

Result<std::optional<wire::ChainHead>> SqliteRecords::ledger_head(const model::TerminalId& terminal) {
    KAZASHI_TRY(auto rows, database_.run(sql::ledger_head, terminal));
    KAZASHI_TRY(const bool there, rows.next());
    if (!there) return std::optional<wire::ChainHead>{};
    return std::optional{wire::ChainHead{model::LedgerSeq{rows.integer(0)}, rows.id<model::Hash>(1)}};
}

Result<std::vector<KnownEntry>> SqliteRecords::ledger_between(const model::TerminalId& terminal, model::LedgerSeq first,
                                                              model::LedgerSeq last) {
    KAZASHI_TRY(auto rows, database_.run(sql::ledger_between, terminal, first.value, last.value));
    std::vector<KnownEntry> found;
    while (true) {
        KAZASHI_TRY(const bool there, rows.next());
        if (!there) return found;
        KAZASHI_TRY(auto receipt, wire::decode_receipt(rows.blob(1)));
        found.push_back({rows.id<model::Hash>(0), std::move(receipt)});
    }
}

Status SqliteRecords::put_ledger(const model::LedgerEntry& entry, const model::Receipt& receipt) {
    KAZASHI_CHECK(database_.change(sql::put_ledger, entry.terminal, entry.seq.value, receipt.hash, wire::encode(entry),
                                   receipt.received_at, static_cast<std::int64_t>(receipt.verdict),
                                   wire::encode(receipt), static_cast<std::int64_t>(entry.kind)));
    return base::ok();
}

Result<std::optional<GrantRecord>> SqliteRecords::grant(const model::GrantId& id) {
    KAZASHI_TRY(auto rows, database_.run(sql::grant, id));
    KAZASHI_TRY(const bool there, rows.next());
    if (!there) return std::optional<GrantRecord>{};
    KAZASHI_TRY(auto found, grant_row(rows));
    return std::optional{std::move(found)};
}

Status SqliteRecords::put_grant(const GrantRecord& record) {
    const auto& grant = record.grant;
    KAZASHI_CHECK(database_.change(sql::put_grant, grant.id, grant.patient, record.facility, grant.granted_at,
                                   grant.expires_at, grant.purpose, std::int64_t{grant.sections.bits()},
                                   wire::encode(grant), static_cast<std::int64_t>(record.state), record.reason,
                                   std::int64_t{record.proof_verified}));
    return base::ok();
}

Status SqliteRecords::set_grant_state(const model::GrantId& id, model::GrantState state, const std::string& reason) {
    KAZASHI_CHECK(database_.change(sql::set_grant_state, id, static_cast<std::int64_t>(state), reason));
    return base::ok();
}

Result<std::vector<GrantRecord>> SqliteRecords::grants() {
    KAZASHI_TRY(auto rows, database_.run(sql::grants));
    return grant_rows(std::move(rows));
}

Result<std::vector<GrantRecord>> SqliteRecords::live_grants(const model::PatientRef& patient, model::UtcTime now) {
    KAZASHI_TRY(auto rows, database_.run(sql::live_grants, patient, now));
    return grant_rows(std::move(rows));
}

Result<std::vector<GrantRecord>> SqliteRecords::live_grants_at(const model::FacilityId& facility, model::UtcTime now) {
    KAZASHI_TRY(auto rows, database_.run(sql::live_grants_at, facility, now));
    return grant_rows(std::move(rows));
}

Result<std::vector<Viewer>> SqliteRecords::viewers(const model::PatientRef& patient, model::UtcTime now) {
    KAZASHI_TRY(auto rows, database_.run(sql::viewers, patient, now));
    std::vector<Viewer> found;
    while (true) {
        KAZASHI_TRY(const bool there, rows.next());
        if (!there) return found;
        const auto type = model::facility_type_named(rows.text(2));
        if (!type) return base::Error{base::Fault::corrupt, "a stored facility has an unknown type"};
        found.push_back({model::TerminalId{rows.text(0)}, rows.id<model::SealKey>(1), *type,
                         model::SectionSet{static_cast<std::uint8_t>(rows.integer(3))}});
    }
}

Result<LedgerTotals> SqliteRecords::ledger_totals() {
    KAZASHI_TRY(auto rows, database_.run(sql::ledger_totals));
    KAZASHI_TRY([[maybe_unused]] const bool there, rows.next());
    LedgerTotals totals{rows.integer(0), rows.integer(1), rows.integer(2), {}};
    KAZASHI_TRY(auto kinds, database_.run(sql::ledger_kinds));
    while (true) {
        KAZASHI_TRY(const bool more, kinds.next());
        if (!more) return totals;
        totals.accepted[static_cast<model::LedgerKind>(kinds.integer(0))] = kinds.integer(1);
    }
}

}  // namespace kazashi::server
