#include "sync/server/sqlite.h"

#include <sqlite3.h>

#include <cassert>
#include <unordered_map>
#include <utility>

#include "sync/server/sql.h"
#include "sync/server/tuning.h"

namespace kazashi::server {

namespace {

struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
struct Close {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};

base::Error fault(int code) {
    const auto detail = std::string{"database: "} + sqlite3_errstr(code);
    switch (code & 0xff) {
        case SQLITE_FULL:
            return {base::Fault::disk_full, detail};
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return {base::Fault::corrupt, detail};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {base::Fault::timeout, detail};
        case SQLITE_TOOBIG:
            return {base::Fault::limit, detail};
        default:
            return {base::Fault::io, detail};
    }
}

}  // namespace

struct Database::Parts {
    std::unique_ptr<sqlite3, Close> handle;
    std::unordered_map<const char*, std::unique_ptr<sqlite3_stmt, Finalize>> statements;
};

Rows::Rows(Rows&& other) noexcept : statement_{std::exchange(other.statement_, nullptr)} {}

Rows::~Rows() {
    if (statement_ == nullptr) return;
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
}

Result<bool> Rows::next() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    return fault(code);
}

std::int64_t Rows::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::string Rows::text(int column) const {
    const auto bytes = view(column);
    return std::string{base::as_text(bytes)};
}

Bytes Rows::blob(int column) const {
    const auto bytes = view(column);
    return {bytes.begin(), bytes.end()};
}

bool Rows::null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

ByteView Rows::view(int column) const {
    const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
    const int size = sqlite3_column_bytes(statement_, column);
    return data == nullptr ? ByteView{} : ByteView{data, static_cast<std::size_t>(size)};
}

void Rows::bind(int parameter, std::int64_t value) {
    [[maybe_unused]] const int code = sqlite3_bind_int64(statement_, parameter, value);
    assert(code == SQLITE_OK);
}

void Rows::bind(int parameter, std::string_view value) {
    const char* data = value.data() == nullptr ? "" : value.data();
    [[maybe_unused]] const int code =
        sqlite3_bind_text64(statement_, parameter, data, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    assert(code == SQLITE_OK);
}

void Rows::bind(int parameter, ByteView value) {
    // A null pointer would bind NULL, not an empty blob.
    const void* data = value.empty() ? static_cast<const void*>("") : value.data();
    [[maybe_unused]] const int code = sqlite3_bind_blob64(statement_, parameter, data, value.size(), SQLITE_TRANSIENT);
    assert(code == SQLITE_OK);
}

void Rows::bind_null(int parameter) { sqlite3_bind_null(statement_, parameter); }

Database::Database(std::unique_ptr<Parts> parts) : parts_{std::move(parts)} {}
Database::Database(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::open(const std::filesystem::path& file, bool create) {
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (create ? SQLITE_OPEN_CREATE : 0);
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &raw, flags, nullptr);
    auto parts = std::make_unique<Parts>();
    parts->handle.reset(raw);
    if (code == SQLITE_CANTOPEN && !create) return base::Error{base::Fault::not_found, "no database here"};
    if (code != SQLITE_OK) return fault(code);
    sqlite3_extended_result_codes(raw, 1);
    sqlite3_busy_timeout(raw, static_cast<int>(std::chrono::milliseconds{tuning::busy_time}.count()));
    Database database{std::move(parts)};
    KAZASHI_CHECK(database.script(sql::settings));
    return database;
}

Status Database::script(const char* sql) {
    const int code = sqlite3_exec(parts_->handle.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return fault(code);
    return base::ok();
}

Result<Rows> Database::prepare(const char* sql) {
    auto& statement = parts_->statements[sql];
    if (!statement) {
        sqlite3_stmt* raw = nullptr;
        const int code = sqlite3_prepare_v3(parts_->handle.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
        if (code != SQLITE_OK) return fault(code);
        statement.reset(raw);
    }
    assert(!sqlite3_stmt_busy(statement.get()));
    return Rows{statement.get()};
}

int Database::changes() const { return sqlite3_changes(parts_->handle.get()); }

}  // namespace kazashi::server
