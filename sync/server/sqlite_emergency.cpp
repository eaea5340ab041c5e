#include "sync/server/sql.h"
#include "sync/server/sqlite_records.h"

namespace kazashi::server {

Result<std::optional<model::EmergencyKeyWrap>> SqliteRecords::emergency_key() {
    KAZASHI_TRY(auto rows, database_.run(sql::emergency_key));
    KAZASHI_TRY(const bool there, rows.next());
    if (!there) return std::optional<model::EmergencyKeyWrap>{};
    return std::optional{model::EmergencyKeyWrap{rows.integer(0), rows.blob(1)}};
}

Status SqliteRecords::put_emergency_key(const model::EmergencyKeyWrap& key, model::UtcTime made_at) {
    KAZASHI_CHECK(database_.change(sql::put_emergency_key, key.epoch, key.sealed, made_at));
    return base::ok();
}

Result<bool> SqliteRecords::put_name(const wire::NameEntry& name, std::int64_t page) {
    KAZASHI_TRY(const int changed, database_.change(sql::put_name, name.patient, page, name.kanji, name.kana, name.born,
                                                    std::int64_t{name.sex}, name.phone, name.address));
    return changed > 0;
}

Result<bool> SqliteRecords::drop_name(const model::PatientRef& patient) {
    KAZASHI_TRY(const int changed, database_.change(sql::drop_name, patient));
    return changed > 0;
}

Result<std::vector<wire::NameEntry>> SqliteRecords::names_on(std::int64_t page) {
    KAZASHI_TRY(auto rows, database_.run(sql::names_on, page));
    std::vector<wire::NameEntry> found;
    while (true) {
        KAZASHI_TRY(const bool there, rows.next());
        if (!there) return found;
        found.push_back({rows.id<model::PatientRef>(0), rows.text(1), rows.text(2), rows.text(3), rows.text(5),
                         rows.text(6), static_cast<std::uint8_t>(rows.integer(4))});
    }
}

Status SqliteRecords::name_page_waits(std::int64_t page) {
    KAZASHI_CHECK(database_.change(sql::name_page_waits, page));
    return base::ok();
}

Status SqliteRecords::all_name_pages_wait() {
    KAZASHI_CHECK(database_.change(sql::all_name_pages_wait));
    return base::ok();
}

Result<std::vector<WaitingPage>> SqliteRecords::waiting_name_pages() {
    KAZASHI_TRY(auto rows, database_.run(sql::waiting_name_pages));
    std::vector<WaitingPage> found;
    while (true) {
        KAZASHI_TRY(const bool there, rows.next());
        if (!there) return found;
        found.push_back({rows.integer(0), rows.integer(1)});
    }
}

Status SqliteRecords::name_page_sealed(std::int64_t page, std::int64_t version) {
    KAZASHI_CHECK(database_.change(sql::name_page_sealed, page, version));
    return base::ok();
}

}  // namespace kazashi::server
