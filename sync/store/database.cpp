#include "sync/store/database.h"

#include <sqlite3.h>

#include <unordered_map>
#include <utility>

#include "sync/store/sql.h"
#include "sync/store/tuning.h"
#include "sync/store/wiping_memory.h"

namespace kazashi::store {

namespace {

struct CloseDatabase {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
};
struct FinalizeStatement {
    void operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }
};

// Only SQLite's own words for the code: its message could quote what was written.
base::Error error_of(int code) { return {fault_of(code), std::string{"SQLite: "} + sqlite3_errstr(code)}; }

int milliseconds(std::chrono::milliseconds time) { return static_cast<int>(time.count()); }

}  // namespace

base::Fault fault_of(int sqlite_code) {
    switch (sqlite_code & 0xff) {
        case SQLITE_FULL:
            return base::Fault::disk_full;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return base::Fault::corrupt;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return base::Fault::timeout;
        case SQLITE_TOOBIG:
        case SQLITE_NOMEM:
            return base::Fault::limit;
        case SQLITE_CONSTRAINT:
        case SQLITE_MISMATCH:
            return base::Fault::malformed;
        case SQLITE_INTERRUPT:
            return base::Fault::cancelled;
        default:
            return base::Fault::io;
    }
}

struct Database::Parts {
    std::unique_ptr<sqlite3, CloseDatabase> handle;
    std::unordered_map<const char*, std::unique_ptr<sqlite3_stmt, FinalizeStatement>> statements;
    int wal_pages{0};
    bool traces{true};  // nobody knows what an earlier connection left
    base::SteadyTime give_up{};
};

// ---- Statement

Statement::~Statement() {
    if (handle_ == nullptr) return;
    sqlite3_reset(handle_);
    sqlite3_clear_bindings(handle_);
}

Result<bool> Statement::step() {
    const int code = sqlite3_step(handle_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    return error_of(sqlite3_extended_errcode(sqlite3_db_handle(handle_)));
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(handle_, column); }
bool Statement::is_null(int column) const { return sqlite3_column_type(handle_, column) == SQLITE_NULL; }

std::string Statement::text(int column) const { return std::string{base::as_text(blob(column))}; }

ByteView Statement::blob(int column) const {
    const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(handle_, column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

// A value that cannot be bound is a place that does not exist, or no memory: both end the program.
void Statement::put(int place, std::int64_t value) {
    [[maybe_unused]] const int code = sqlite3_bind_int64(handle_, place, value);
    assert(code == SQLITE_OK);
}
void Statement::put(int place, ByteView value) {
    // An empty view may have no address, which SQLite would take for NULL.
    const void* data = value.empty() ? "" : static_cast<const void*>(value.data());
    [[maybe_unused]] const int code = sqlite3_bind_blob64(handle_, place, data, value.size(), SQLITE_TRANSIENT);
    assert(code == SQLITE_OK);
}
void Statement::put(int place, std::string_view value) {
    const char* data = value.empty() ? "" : value.data();
    [[maybe_unused]] const int code =
        sqlite3_bind_text64(handle_, place, data, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    assert(code == SQLITE_OK);
}

// ---- Database

Database::Database(std::unique_ptr<Parts> parts) : parts_{std::move(parts)} {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::open(const std::filesystem::path& file, const std::string& vfs) {
    wipe_what_sqlite_frees();
    auto parts = std::make_unique<Parts>();
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                                     vfs.empty() ? nullptr : vfs.c_str());
    parts->handle.reset(handle);
    if (code != SQLITE_OK) return error_of(code);
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, milliseconds(tuning::busy_timeout));
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    // The hook takes the place of SQLite's own checkpoints: a tap must not pay for one (tuning.h, checkpoint_pages).
    sqlite3_wal_hook(
        handle,
        [](void* data, sqlite3*, const char*, int pages) {
            static_cast<Parts*>(data)->wal_pages = pages;
            return SQLITE_OK;
        },
        parts.get());
    Database database{std::move(parts)};
    KAZASHI_CHECK(database.execute(sql::connection));
    KAZASHI_CHECK(database.execute(sql::cache_size + std::to_string(tuning::cache_size)));
    return database;
}

Result<Statement> Database::prepared(const char* sql) {
    auto& statement = parts_->statements[sql];
    if (!statement) {
        sqlite3_stmt* handle = nullptr;
        const int code = sqlite3_prepare_v3(parts_->handle.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
        if (code != SQLITE_OK) return error_of(code);
        statement.reset(handle);
    }
    assert(!sqlite3_stmt_busy(statement.get()));  // the same statement is already on loan
    return Statement{statement.get()};
}

std::int64_t Database::changes() const { return sqlite3_changes64(parts_->handle.get()); }
void Database::give_up_at(base::SteadyTime time) {
    constexpr int steps = 1'000;  // of SQLite's machine between two looks at the clock: well under a millisecond
    parts_->give_up = time;
    const auto late = [](void* parts) {
        return base::SystemClock{}.boot() > static_cast<Parts*>(parts)->give_up ? 1 : 0;
    };
    sqlite3_progress_handler(parts_->handle.get(), steps, late, parts_.get());
}

bool Database::in_transaction() const { return sqlite3_get_autocommit(parts_->handle.get()) == 0; }
int Database::wal_pages() const { return parts_->wal_pages; }
void Database::leaves_traces() { parts_->traces = true; }
bool Database::has_traces() const { return parts_->traces; }

Status Database::execute(const std::string& script) {
    const int code = sqlite3_exec(parts_->handle.get(), script.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return error_of(code);
    return base::ok();
}

Status Database::checkpoint() {
    const int code =
        sqlite3_wal_checkpoint_v2(parts_->handle.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY) return error_of(code);
    parts_->wal_pages = 0;
    return base::ok();
}

Result<bool> Database::empty_wal() {
    sqlite3_busy_timeout(parts_->handle.get(), milliseconds(tuning::empty_wal_timeout));
    const int code =
        sqlite3_wal_checkpoint_v2(parts_->handle.get(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    sqlite3_busy_timeout(parts_->handle.get(), milliseconds(tuning::busy_timeout));
    if ((code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED) return false;
    if (code != SQLITE_OK) return error_of(code);
    parts_->wal_pages = 0;
    parts_->traces = false;
    return true;
}

// ---- Transaction

Result<Transaction> Transaction::begin(Database& database) {
    KAZASHI_CHECK(database.run(sql::begin_immediate));
    return Transaction{database};
}

Transaction::~Transaction() {
    // SQLite may have rolled back by itself after a full disk; a second ROLLBACK would only complain.
    if (database_ == nullptr || !database_->in_transaction()) return;
    [[maybe_unused]] const auto result = database_->run(sql::rollback);
}

Status Transaction::commit() {
    KAZASHI_CHECK(database_->run(sql::commit));
    database_ = nullptr;
    return base::ok();
}

}  // namespace kazashi::store
