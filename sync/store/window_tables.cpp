#include "sync/store/window_tables.h"

#include "sync/store/sql.h"
#include "sync/wire/cbor.h"

namespace kazashi::store {

using base::Error;
using base::Fault;

namespace {

Result<WindowRow> row_of(const Statement& row) {
    KAZASHI_TRY(auto grant, wire::decode_grant(row.blob(3)));
    return WindowRow{std::move(grant), static_cast<model::GrantState>(row.integer(0)), row.integer(1) != 0, row.text(2),
                     row.bytes(4)};
}

Result<std::vector<WindowRow>> all_of(Result<Statement> rows) {
    if (!rows) return rows.error();
    std::vector<WindowRow> found;
    while (true) {
        KAZASHI_TRY(const bool row, rows->step());
        if (!row) return found;
        KAZASHI_TRY(auto window, row_of(*rows));
        found.push_back(std::move(window));
    }
}

Result<std::optional<WindowRow>> first_of(Result<Statement> rows) {
    if (!rows) return rows.error();
    KAZASHI_TRY(const bool found, rows->step());
    if (!found) return std::optional<WindowRow>{};
    KAZASHI_TRY(auto window, row_of(*rows));
    return std::optional{std::move(window)};
}

}  // namespace

Result<std::vector<WindowRow>> WindowTables::windows() { return all_of(database_.query(sql::get_windows)); }

Result<std::vector<WindowRow>> WindowTables::windows_of(const model::PatientRef& patient) {
    return all_of(database_.query(sql::get_windows_of, patient));
}

Result<std::optional<WindowRow>> WindowTables::window(const model::GrantId& id) {
    return first_of(database_.query(sql::get_window, id));
}

Result<std::optional<WindowRow>> WindowTables::window_of(const model::PatientRef& patient) {
    return first_of(database_.query(sql::get_window_of, patient));
}

Result<std::vector<WindowWrap>> WindowTables::wraps(const model::GrantId& id) {
    KAZASHI_TRY(auto rows, database_.query(sql::get_window_wraps, id));
    std::vector<WindowWrap> found;
    while (true) {
        KAZASHI_TRY(const bool row, rows.step());
        if (!row) return found;
        found.push_back({{rows.id<model::PatientRef>(0), static_cast<model::Section>(rows.integer(1)), rows.integer(2)},
                         rows.bytes(3)});
    }
}

Result<std::vector<ClosedWindow>> WindowTables::closed_windows() {
    KAZASHI_TRY(auto rows, database_.query(sql::get_closed_windows));
    std::vector<ClosedWindow> found;
    while (true) {
        KAZASHI_TRY(const bool row, rows.step());
        if (!row) return found;
        found.push_back({rows.id<model::GrantId>(0), static_cast<model::GrantState>(rows.integer(1)), rows.text(2),
                         rows.time(3), rows.time(4)});
    }
}

Status WindowTables::forget_closed_windows(model::UtcTime closed_before) {
    KAZASHI_CHECK(database_.run(sql::forget_closed_windows, closed_before));
    // Past its own end a window opens nothing, whoever sends it again.
    return database_.run(sql::forget_ended, closed_before);
}

Status WindowTables::put(const WindowRow& window, model::LedgerSeq grant_entry, const std::vector<WindowWrap>& wraps) {
    const auto& grant = window.grant;
    KAZASHI_TRY(const auto older, windows_of(grant.patient));
    for (const auto& row : older) KAZASHI_CHECK(end(row.grant.id, grant.granted_at));
    KAZASHI_CHECK(database_.run(sql::put_window, grant.id, grant.patient, grant.granted_at, grant_entry.value,
                                window.state, window.receipted, window.reason, wire::encode(grant),
                                window.sealed_window_key));
    for (const auto& wrap : wraps) KAZASHI_CHECK(put_wrap_row(grant.id, wrap));
    return base::ok();
}

Status WindowTables::put_shared(const model::Grant& grant) {
    KAZASHI_TRY(const bool ended, database_.any(sql::get_ended, grant.id));
    KAZASHI_TRY(const bool unwanted, database_.any(sql::get_exclusion, grant.patient));
    if (ended || unwanted) return base::ok();
    KAZASHI_TRY(const auto here, windows_of(grant.patient));
    for (const auto& row : here) {
        if (row.grant.id == grant.id) return base::ok();
        // A break-glass view is short and does not stand in for the window of a card.
        const bool newer = row.grant.granted_at >= grant.granted_at && row.grant.purpose == grant.purpose;
        if (newer && row.state == model::GrantState::confirmed) return base::ok();
    }
    constexpr std::int64_t no_entry_of_ours = 0;
    constexpr bool receipted = true;
    return database_.run(sql::put_window, grant.id, grant.patient, grant.granted_at, no_entry_of_ours,
                         model::GrantState::confirmed, receipted, std::string_view{}, wire::encode(grant), ByteView{});
}

Status WindowTables::adopt(const model::GrantId& id, ByteView sealed_window_key) {
    KAZASHI_TRY(const auto adopted, database_.change(sql::adopt_window, id, sealed_window_key));
    KAZASHI_TRY(const auto window_here, window(id));
    if (adopted == 0 || !window_here) return Error{Fault::not_found, "no window to adopt"};
    const auto& grant = window_here->grant;
    KAZASHI_TRY(const auto others, windows_of(grant.patient));
    for (const auto& row : others) {
        const bool older = row.grant.granted_at <= grant.granted_at && row.grant.expires_at <= grant.expires_at;
        const bool open = row.state == model::GrantState::confirmed;  // a closed one waits to be ended on the record
        if (older && open && row.grant.id != id) KAZASHI_CHECK(end(row.grant.id, grant.granted_at));
    }
    return base::ok();
}

Status WindowTables::put_wrap_row(const model::GrantId& id, const WindowWrap& wrap) {
    KAZASHI_TRY(const auto put,
                database_.change(sql::put_window_wrap, id, wrap.package.section, wrap.package.version, wrap.sealed));
    return put == 0 ? Status{Error{Fault::not_found, "no such window"}} : base::ok();
}

Status WindowTables::put_wrap(const model::GrantId& id, const WindowWrap& wrap) {
    const auto& package = wrap.package;
    database_.leaves_traces();  // of the facility wrap and of an older version: wiped in a quiet moment
    KAZASHI_CHECK(put_wrap_row(id, wrap));
    KAZASHI_CHECK(database_.run(sql::drop_old_window_wraps, id, package.section, package.patient));
    return database_.run(sql::drop_facility_wrap, package.patient, package.section, package.version);
}

Status WindowTables::drop_keys(const model::GrantId& id) {
    database_.leaves_traces();
    KAZASHI_CHECK(database_.run(sql::drop_window_wraps, id));
    return database_.run(sql::drop_facility_wraps_of_window, id);
}

Status WindowTables::end(const model::GrantId& id, model::UtcTime at) {
    KAZASHI_TRY(const auto ending, window(id));
    if (!ending) return Error{Fault::not_found, "no such window"};
    KAZASHI_CHECK(database_.run(sql::put_ended, id, ending->grant.expires_at));
    KAZASHI_CHECK(database_.run(sql::close_window, id, at));
    KAZASHI_CHECK(drop_keys(id));
    return database_.run(sql::drop_window, id);
}

Status WindowTables::heard(const model::GrantNews& news) {
    if (news.state == model::GrantState::confirmed) return database_.run(sql::set_window_receipted, news.grant);
    KAZASHI_TRY(const auto here, window(news.grant));
    KAZASHI_CHECK(database_.run(sql::put_ended, news.grant,
                                here ? std::optional{here->grant.expires_at} : std::optional<model::UtcTime>{}));
    if (!here) return base::ok();
    KAZASHI_CHECK(database_.run(sql::set_window_state, news.grant, news.state, news.reason));
    return drop_keys(news.grant);
}

Status WindowTables::excluded(const model::PatientRef& patient) {
    KAZASHI_TRY(const auto here, windows_of(patient));
    for (const auto& row : here) {
        if (row.state != model::GrantState::confirmed) continue;
        KAZASHI_CHECK(heard(model::GrantNews{row.grant.id, model::GrantState::withdrawn, "excluded"}));
    }
    return base::ok();
}

Status WindowTables::heard(model::LedgerSeq grant_entry, const model::Receipt& receipt) {
    model::GrantNews news{{}, model::GrantState::confirmed, receipt.reason};
    {
        KAZASHI_TRY(auto row, database_.query(sql::window_id_of_entry, grant_entry.value));
        KAZASHI_TRY(const bool found, row.step());
        if (!found) return base::ok();  // ended since, or replaced by a newer tap
        news.grant = row.id<model::GrantId>(0);
    }
    if (receipt.verdict == model::Verdict::refused) news.state = model::GrantState::refused;
    return heard(news);
}

}  // namespace kazashi::store
