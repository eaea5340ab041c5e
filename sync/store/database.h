// One SQLite connection, its cached statements and its transactions. SQLite's codes are translated into Fault here and
// nowhere else; sqlite3.h is included by database.cpp and wiping_memory.cpp only.
#pragma once

#include <array>
#include <cassert>
#include <chrono>
#include <concepts>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "cardio/base/clock.h"
#include "cardio/base/result.h"
#include "cardio/base/strong_id.h"
#include "sync/model/ids.h"

struct sqlite3_stmt;

namespace kazashi::store {

using base::Bytes;
using base::ByteView;
using base::Result;
using base::Status;

base::Fault fault_of(int sqlite_code);

// A prepared statement on loan from its connection: reset, and its values forgotten, when the loan ends.
class Statement {
public:
    Statement(Statement&& other) noexcept : handle_{std::exchange(other.handle_, nullptr)} {}
    Statement& operator=(Statement&&) = delete;
    ~Statement();

    Result<bool> step();  // true: there is a row; the columns below are its own until the next step

    std::int64_t integer(int column) const;
    bool is_null(int column) const;
    std::string text(int column) const;
    ByteView blob(int column) const;
    Bytes bytes(int column) const {
        const auto view = blob(column);
        return {view.begin(), view.end()};
    }
    model::UtcTime time(int column) const { return model::UtcTime{std::chrono::milliseconds{integer(column)}}; }
    // A blob that has to have one length. Another length would be damage that quick_check cannot see: it reads as zero.
    template <class Id>
    Id id(int column) const {
        Id id;
        const auto view = blob(column);
        if (view.size() == id.bytes.size()) std::copy(view.begin(), view.end(), id.bytes.begin());
        return id;
    }

private:
    friend class Database;
    explicit Statement(sqlite3_stmt* handle) : handle_{handle} {}

    void put(int place, std::int64_t value);
    void put(int place, ByteView value);
    void put(int place, std::string_view value);
    void put(int place, const std::string& value) { put(place, std::string_view{value}); }
    void put(int place, const Bytes& value) { put(place, ByteView{value}); }
    void put(int place, model::UtcTime value) { put(place, std::int64_t{value.time_since_epoch().count()}); }
    void put(int place, const std::optional<model::UtcTime>& value) {
        if (value) put(place, *value);  // a place nothing was put into is NULL
    }
    template <class T>
    requires std::is_enum_v<T>
    void put(int place, T value) { put(place, static_cast<std::int64_t>(value)); }
    template <std::integral T>
    void put(int place, T value) {
        put(place, static_cast<std::int64_t>(value));
    }
    template <class Tag, std::size_t N>
    void put(int place, const base::ByteId<Tag, N>& value) {
        put(place, value.view());
    }
    template <std::size_t N>
    void put(int place, const std::array<std::uint8_t, N>& value) {
        put(place, ByteView{value});
    }
    template <class Tag>
    void put(int place, const base::StrongId<Tag>& value) {
        put(place, std::string_view{value.str()});
    }

    sqlite3_stmt* handle_;
};

class Database {
public:
    // `vfs`: SQLite's name of another file system than the system's; empty for the system's.
    static Result<Database> open(const std::filesystem::path& file, const std::string& vfs = {});
    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();

    // `sql` must live as long as the connection: the address of a constant of sql.h is what the cache knows it by.
    template <class... Values>
    Result<Statement> query(const char* sql, const Values&... values) {
        KAZASHI_TRY(auto statement, prepared(sql));
        [[maybe_unused]] int place = 0;
        (statement.put(++place, values), ...);
        return statement;
    }
    // Runs a statement that has no rows to give.
    template <class... Values>
    Status run(const char* sql, const Values&... values) {
        KAZASHI_TRY(auto statement, query(sql, values...));
        const auto stepped = statement.step();
        return stepped ? base::ok() : Status{stepped.error()};
    }
    // Is there a row?
    template <class... Values>
    Result<bool> any(const char* sql, const Values&... values) {
        KAZASHI_TRY(auto statement, query(sql, values...));
        return statement.step();
    }
    // As run(), and how many rows it changed.
    template <class... Values>
    Result<std::int64_t> change(const char* sql, const Values&... values) {
        KAZASHI_CHECK(run(sql, values...));
        return changes();
    }
    Status execute(const std::string& script);  // several statements without values

    // From then on every statement that still runs ends with Fault::cancelled.
    void give_up_at(base::SteadyTime time);

    bool in_transaction() const;
    int wal_pages() const;  // as of the last commit of this connection
    Status checkpoint();    // what readers allow, without waiting
    // Empties the WAL file. False when another connection's reader or writer does not let us.
    Result<bool> empty_wal();
    // Keys were deleted: older pages of the WAL may hold them until it is emptied.
    void leaves_traces();
    bool has_traces() const;

private:
    struct Parts;
    explicit Database(std::unique_ptr<Parts> parts);
    Result<Statement> prepared(const char* sql);
    std::int64_t changes() const;
    std::unique_ptr<Parts> parts_;
};

// BEGIN IMMEDIATE; rolled back unless committed.
class Transaction {
public:
    static Result<Transaction> begin(Database& database);
    Transaction(Transaction&& other) noexcept : database_{std::exchange(other.database_, nullptr)} {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    Status commit();

private:
    explicit Transaction(Database& database) : database_{&database} {}
    Database* database_;
};

}  // namespace kazashi::store
