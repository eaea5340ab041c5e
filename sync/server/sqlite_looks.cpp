#include <algorithm>

#include "sync/server/sql.h"
#include "sync/server/sqlite_records.h"

namespace kazashi::server {

namespace {

model::SectionSet sections_at(const Rows& rows, int column) {
    return model::SectionSet{static_cast<std::uint8_t>(rows.integer(column))};
}

Result<EmergencyView> view_row(const Rows& rows) {
    KAZASHI_TRY(auto grant, wire::decode_grant(rows.blob(1)));
    EmergencyView view{model::FacilityId{rows.text(0)},
                       std::move(grant),
                       model::StaffId{rows.text(2)},
                       rows.text(3),
                       rows.text(4),
                       std::nullopt,
                       std::nullopt,
                       rows.text(7)};
    if (!rows.null(5)) view.told_at = rows.time(5);
    if (!rows.null(6)) view.reviewed_at = rows.time(6);
    return view;
}

template <class Id>
std::optional<Id> unless_empty(const Id& id) {
    return id.empty() ? std::nullopt : std::optional{id};
}

Result<bool> one_row(Rows rows) { return rows.next(); }

}  // namespace

Status SqliteRecords::put_look(const LookRecord& record) {
    const auto& look = record.look;
    KAZASHI_CHECK(database_.change(sql::put_look, record.patient, look.view, look.at, unless_empty(record.facility),
                                   unless_empty(record.terminal), static_cast<std::int64_t>(look.kind),
                                   std::int64_t{look.sections.bits()}, look.reason));
    return base::ok();
}

Result<std::vector<fhir::Look>> SqliteRecords::looks(const model::PatientRef& patient, std::int64_t most) {
    KAZASHI_TRY(auto rows, database_.run(sql::looks, patient, most));
    std::vector<fhir::Look> found;
    while (true) {
        KAZASHI_TRY(const bool there, rows.next());
        if (!there) break;
        found.push_back({rows.id<model::GrantId>(0), rows.time(1), rows.text(2),
                         static_cast<fhir::Look::Kind>(rows.integer(3)), sections_at(rows, 4), rows.text(5),
                         rows.integer(6) != 0});
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.at > b.at; });
    return found;
}

Status SqliteRecords::put_emergency_view(const EmergencyView& view) {
    const auto& grant = view.grant;
    KAZASHI_CHECK(database_.change(sql::put_emergency_view, grant.id, grant.patient, view.facility, grant.terminal,
                                   wire::encode(grant), view.second_staff, view.reason, view.refused));
    return base::ok();
}

Result<std::optional<EmergencyView>> SqliteRecords::emergency_view(const model::GrantId& id) {
    KAZASHI_TRY(auto rows, database_.run(sql::emergency_view, id));
    KAZASHI_TRY(const bool there, rows.next());
    if (!there) return std::optional<EmergencyView>{};
    KAZASHI_TRY(auto view, view_row(rows));
    return std::optional{std::move(view)};
}

Result<std::vector<EmergencyView>> SqliteRecords::emergency_views(bool reviewed_too) {
    KAZASHI_TRY(auto rows, database_.run(sql::emergency_views, std::int64_t{reviewed_too}));
    std::vector<EmergencyView> found;
    while (true) {
        KAZASHI_TRY(const bool there, rows.next());
        if (!there) return found;
        KAZASHI_TRY(auto view, view_row(rows));
        found.push_back(std::move(view));
    }
}

Result<bool> SqliteRecords::told(const model::GrantId& id, model::UtcTime at) {
    KAZASHI_TRY(const int changed, database_.change(sql::told, id, at));
    return changed > 0;
}

Result<bool> SqliteRecords::reviewed(const model::GrantId& id, model::UtcTime at, const std::string& by) {
    KAZASHI_TRY(const int changed, database_.change(sql::reviewed, id, at, by));
    return changed > 0;
}

Status SqliteRecords::put_withdrawal(const model::Withdrawal& withdrawal) {
    KAZASHI_CHECK(database_.change(sql::put_withdrawal, withdrawal.id, withdrawal.patient, withdrawal.facility,
                                   withdrawal.terminal, withdrawal.at));
    return base::ok();
}

Result<std::optional<model::Withdrawal>> SqliteRecords::withdrawal(const model::GrantId& id) {
    KAZASHI_TRY(auto rows, database_.run(sql::withdrawal, id));
    KAZASHI_TRY(const bool there, rows.next());
    if (!there) return std::optional<model::Withdrawal>{};
    return std::optional{model::Withdrawal{rows.id<model::GrantId>(0), rows.id<model::PatientRef>(1),
                                           model::TerminalId{rows.text(3)}, model::FacilityId{rows.text(2)},
                                           rows.time(4)}};
}

Result<bool> SqliteRecords::withdrawn_since(const model::Grant& grant) {
    KAZASHI_TRY(auto rows,
                database_.run(sql::withdrawn_since, grant.patient, grant.facility, grant.terminal, grant.granted_at));
    return one_row(std::move(rows));
}

Result<bool> SqliteRecords::put_exclusion(const model::PatientRef& patient, const model::FacilityId& facility,
                                          model::UtcTime since) {
    KAZASHI_TRY(const int changed, database_.change(sql::put_exclusion, patient, facility, since));
    return changed > 0;
}

Result<bool> SqliteRecords::drop_exclusion(const model::PatientRef& patient, const model::FacilityId& facility) {
    KAZASHI_TRY(const int changed, database_.change(sql::drop_exclusion, patient, facility));
    return changed > 0;
}

Result<bool> SqliteRecords::excluded(const model::PatientRef& patient, const model::FacilityId& facility) {
    KAZASHI_TRY(auto rows, database_.run(sql::excluded, patient, facility));
    return one_row(std::move(rows));
}

Result<LookTotals> SqliteRecords::look_totals() {
    KAZASHI_TRY(auto rows, database_.run(sql::look_totals));
    KAZASHI_TRY([[maybe_unused]] const bool there, rows.next());
    return LookTotals{rows.integer(0), rows.integer(1), rows.integer(2), rows.integer(3)};
}

}  // namespace kazashi::server
