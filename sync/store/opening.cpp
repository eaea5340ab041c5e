#include "sync/store/opening.h"

#include <ctime>
#include <system_error>

#include "cardio/base/clock.h"
#include "sync/store/migrations.h"
#include "sync/store/private_file.h"
#include "sync/store/sql.h"
#include "sync/store/tuning.h"

namespace kazashi::store {

namespace {

namespace fs = std::filesystem;
using base::Error;
using base::Fault;

constexpr int newest_version = static_cast<int>(sql::migrations.size());

Result<std::int64_t> number(Database& database, const char* sql) {
    KAZASHI_TRY(auto statement, database.query(sql));
    KAZASHI_TRY(const bool row, statement.step());
    return row ? statement.integer(0) : 0;
}

Status check(Database& database, const char* sql) {
    KAZASHI_TRY(auto statement, database.query(sql));
    KAZASHI_TRY(const bool row, statement.step());
    if (row && statement.text(0) == "ok") return base::ok();
    return Error{Fault::corrupt, "quick check failed"};
}

// Sealed packages guard themselves and come again with the feed; windows, ledger and slots do not.
Status check_whole(Database& database, const fs::path& file, std::int64_t version) {
    std::error_code failed;
    const auto size = fs::file_size(file, failed);
    if (!failed && size <= tuning::whole_check_bytes) return check(database, sql::check_whole);
    for (const char* table : sql::check_tables) KAZASHI_CHECK(check(database, table));
    if (version < 2) return base::ok();
    for (const char* table : sql::check_tables_2) KAZASHI_CHECK(check(database, table));
    return base::ok();
}

Status migrate(Database& database) {
    KAZASHI_TRY(auto transaction, Transaction::begin(database));
    // Asked again inside the transaction: another connection may have been faster.
    KAZASHI_TRY(const auto version, number(database, sql::user_version));
    for (auto next = version; next < newest_version; ++next) {
        KAZASHI_CHECK(database.execute(sql::migrations[static_cast<std::size_t>(next)]));
    }
    if (version == 0) KAZASHI_CHECK(database.execute(sql::set_application_id + std::to_string(sql::application_id)));
    KAZASHI_CHECK(database.execute(sql::set_user_version + std::to_string(newest_version)));
    return transaction.commit();
}

// unsupported: written by a newer program. corrupt: not a database of ours at all.
Result<std::int64_t> version_of(Database& database, bool create) {
    KAZASHI_TRY(const auto version, number(database, sql::user_version));
    KAZASHI_TRY(const auto application, number(database, sql::get_application_id));
    if (version == 0) {
        KAZASHI_TRY(const auto tables, number(database, sql::table_count));
        if (!create || tables != 0) return Error{Fault::corrupt, "not a store of a terminal"};
        return version;
    }
    if (application != sql::application_id) return Error{Fault::corrupt, "not a store of a terminal"};
    if (version > newest_version) {
        return Error{Fault::unsupported, "this store was written by a newer version of the program (" +
                                             std::to_string(version) + "; this one knows " +
                                             std::to_string(newest_version) + "): install that version again"};
    }
    return version;
}

Result<Database> open_checked(const fs::path& file, bool create, const std::string& vfs) {
    KAZASHI_TRY(auto database, Database::open(file, vfs));
    KAZASHI_TRY(const auto version, version_of(database, create));
    if (version != 0) KAZASHI_CHECK(check_whole(database, file, version));
    KAZASHI_TRY([[maybe_unused]] const auto mode, number(database, sql::journal_mode));
    if (version < newest_version) KAZASHI_CHECK(migrate(database));
    return database;
}

std::string time_stamp() {
    const auto now = std::chrono::system_clock::to_time_t(base::SystemClock{}.wall());
    std::tm utc{};
    ::gmtime_r(&now, &utc);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y%m%dT%H%M%SZ", &utc);
    return text.data();
}

// WAL and index go with it: they belong to this file and would spoil the next one.
Error move_aside(const fs::path& file, const Error& reason) {
    fs::path aside = file;
    aside += ".damaged-" + time_stamp();
    for (int again = 2; fs::exists(aside); ++again) {
        aside = file;
        aside += ".damaged-" + time_stamp() + "-" + std::to_string(again);
    }
    std::error_code failed;
    for (const char* part : {"-wal", "-shm", ""}) {
        fs::path from = file;
        fs::path to = aside;
        from += part;
        to += part;
        if (!fs::exists(from, failed)) continue;
        fs::rename(from, to, failed);
        if (failed) return {Fault::io, "damaged store cannot be moved aside: " + reason.detail};
    }
    return {Fault::corrupt, aside.filename().string()};
}

}  // namespace

Result<Database> open_database(const fs::path& file, bool create, const std::string& vfs) {
    std::error_code failed;
    if (!fs::exists(file, failed)) {
        if (failed) return Error{Fault::io, "store cannot be reached"};
        if (!create) return Error{Fault::not_found, "no store"};
        // Made before SQLite opens it, so that it is never readable by others, not even for a moment.
        KAZASHI_CHECK(write_private_file(file, {}));
    }
    auto opened = open_checked(file, create, vfs);
    // The connection is closed by now: nothing holds the file that is moved.
    if (!opened && opened.fault() == Fault::corrupt) return move_aside(file, opened.error());
    return opened;
}

}  // namespace kazashi::store
