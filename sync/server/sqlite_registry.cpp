#include "sync/server/sql.h"
#include "sync/server/sqlite_records.h"

namespace kazashi::server {

namespace {

Result<model::Facility> facility_at(const Rows& rows, int column) {
    const auto type = model::facility_type_named(rows.text(column + 1));
    if (!type) return base::Error{base::Fault::corrupt, "a stored facility has an unknown type"};
    return model::Facility{model::FacilityId{rows.text(column)}, *type, rows.text(column + 2)};
}

std::optional<model::UtcTime> maybe_time(const Rows& rows, int column) {
    if (rows.null(column)) return std::nullopt;
    return rows.time(column);
}

template <class Id>
std::optional<Id> maybe_id(const Rows& rows, int column) {
    if (rows.null(column)) return std::nullopt;
    return rows.id<Id>(column);
}

Result<TerminalRecord> terminal_row(const Rows& rows) {
    KAZASHI_TRY(auto facility, facility_at(rows, 4));
    TerminalRecord terminal{model::TerminalId{rows.text(0)},
                            std::move(facility),
                            rows.id<model::VerifyKey>(1),
                            rows.id<model::SealKey>(2),
                            rows.id<model::Hash>(3),
                            maybe_time(rows, 7),
                            maybe_time(rows, 8),
                            maybe_time(rows, 9),
                            maybe_id<model::VerifyKey>(rows, 10),
                            maybe_id<model::Hash>(rows, 11)};
    return terminal;
}

model::StaffMember member_row(const Rows& rows) {
    return {model::StaffId{rows.text(0)}, model::FacilityId{rows.text(1)}, rows.text(2), rows.integer(3) != 0};
}

}  // namespace

Result<std::optional<model::Facility>> SqliteRecords::facility(const model::FacilityId& id) {
    KAZASHI_TRY(auto rows, database_.run(sql::facility, id));
    KAZASHI_TRY(const bool there, rows.next());
    if (!there) return std::optional<model::Facility>{};
    KAZASHI_TRY(auto found, facility_at(rows, 0));
    return std::optional{std::move(found)};
}

Result<bool> SqliteRecords::put_facility(const model::Facility& facility) {
    KAZASHI_TRY(const int changed,
                database_.change(sql::put_facility, facility.id, model::name(facility.type), facility.name));
    return changed > 0;
}

Result<std::optional<model::StaffMember>> SqliteRecords::staff(const model::StaffId& id) {
    KAZASHI_TRY(auto rows, database_.run(sql::staff, id));
    KAZASHI_TRY(const bool there, rows.next());
    if (!there) return std::optional<model::StaffMember>{};
    return std::optional{member_row(rows)};
}

Result<std::vector<model::StaffMember>> SqliteRecords::staff_list() {
    KAZASHI_TRY(auto rows, database_.run(sql::staff_list));
    std::vector<model::StaffMember> found;
    while (true) {
        KAZASHI_TRY(const bool there, rows.next());
        if (!there) return found;
        found.push_back(member_row(rows));
    }
}

Result<bool> SqliteRecords::put_staff(const model::StaffMember& member) {
    KAZASHI_TRY(const int changed,
                database_.change(sql::put_staff, member.id, member.facility, member.name, std::int64_t{member.active}));
    return changed > 0;
}

Result<std::optional<TerminalRecord>> SqliteRecords::terminal(const model::TerminalId& id) {
    KAZASHI_TRY(auto rows, database_.run(sql::terminal, id));
    KAZASHI_TRY(const bool there, rows.next());
    if (!there) return std::optional<TerminalRecord>{};
    KAZASHI_TRY(auto terminal, terminal_row(rows));
    return std::optional{std::move(terminal)};
}

Result<std::vector<TerminalRecord>> SqliteRecords::terminals() {
    KAZASHI_TRY(auto rows, database_.run(sql::terminals));
    std::vector<TerminalRecord> found;
    while (true) {
        KAZASHI_TRY(const bool there, rows.next());
        if (!there) return found;
        KAZASHI_TRY(auto terminal, terminal_row(rows));
        found.push_back(std::move(terminal));
    }
}

Status SqliteRecords::terminal_ended(const model::TerminalId& id, model::UtcTime at) {
    KAZASHI_CHECK(database_.change(sql::terminal_ended, id, at));
    return base::ok();
}

Status SqliteRecords::terminal_lost(const model::TerminalId& id, model::UtcTime at) {
    KAZASHI_CHECK(database_.change(sql::terminal_lost, id, at));
    return base::ok();
}

Status SqliteRecords::terminal_forked(const model::TerminalId& id, model::UtcTime at, ByteView entry) {
    KAZASHI_CHECK(database_.change(sql::terminal_forked, id, at, entry));
    return base::ok();
}

Status SqliteRecords::rekey_terminal(const TerminalRecord& terminal, model::LedgerSeq last) {
    KAZASHI_TRY(const auto before, this->terminal(terminal.id));
    if (!before) return base::Error{base::Fault::not_found, "no such terminal"};
    KAZASHI_CHECK(database_.change(sql::put_terminal_key, terminal.id, last.value, before->verify));
    KAZASHI_CHECK(
        database_.change(sql::rekey_terminal, terminal.id, terminal.verify, terminal.seal, terminal.certificate));
    return base::ok();
}

Status SqliteRecords::renew_certificate(const model::TerminalId& id, const model::Hash& certificate) {
    KAZASHI_CHECK(database_.change(sql::renew_certificate, id, certificate));
    return base::ok();
}

Result<std::int64_t> SqliteRecords::terminals_at(const model::FacilityId& facility) {
    KAZASHI_TRY(auto rows, database_.run(sql::terminals_at, facility));
    KAZASHI_TRY([[maybe_unused]] const bool there, rows.next());
    return rows.integer(0);
}

Status SqliteRecords::put_terminal(const TerminalRecord& terminal, model::UtcTime enrolled_at) {
    KAZASHI_CHECK(database_.change(sql::put_terminal, terminal.id, terminal.facility.id, terminal.verify, terminal.seal,
                                   terminal.certificate, enrolled_at));
    return base::ok();
}

Status SqliteRecords::put_code(const model::Hash& code, const model::FacilityId& facility, model::UtcTime expires_at) {
    KAZASHI_CHECK(database_.change(sql::put_code, code, facility, expires_at));
    return base::ok();
}

Result<std::optional<model::FacilityId>> SqliteRecords::take_code(const model::Hash& code, model::UtcTime now) {
    KAZASHI_TRY(auto rows, database_.run(sql::take_code, code, now));
    KAZASHI_TRY(const bool there, rows.next());
    if (!there) return std::optional<model::FacilityId>{};
    return std::optional{model::FacilityId{rows.text(0)}};
}

Result<model::Policy> SqliteRecords::policy() {
    KAZASHI_TRY(auto rows, database_.run(sql::policy));
    KAZASHI_TRY(const bool there, rows.next());
    if (!there) return base::Error{base::Fault::corrupt, "the region has no policy"};
    return wire::decode_policy(rows.blob(0));
}

Result<std::int64_t> SqliteRecords::policy_version() {
    KAZASHI_TRY(auto rows, database_.run(sql::policy_version));
    KAZASHI_TRY([[maybe_unused]] const bool there, rows.next());
    return rows.integer(0);
}

Status SqliteRecords::put_policy(const model::Policy& policy) {
    KAZASHI_CHECK(database_.change(sql::put_policy, policy.version, wire::encode(policy)));
    return base::ok();
}

Result<RegistryTotals> SqliteRecords::totals() {
    KAZASHI_TRY(auto rows, database_.run(sql::totals));
    KAZASHI_TRY([[maybe_unused]] const bool there, rows.next());
    return RegistryTotals{rows.integer(0), rows.integer(1), rows.integer(2)};
}

}  // namespace kazashi::server
