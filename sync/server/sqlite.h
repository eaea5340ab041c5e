// SQLite behind three words: open, run, next. The only place of the server that sees its codes.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "cardio/base/result.h"
#include "cardio/base/strong_id.h"
#include "sync/model/ids.h"

struct sqlite3;
struct sqlite3_stmt;

namespace kazashi::server {

using base::Bytes;
using base::ByteView;
using base::Result;
using base::Status;

// The answer to one statement. Give it back (destroy it) before the same statement is run again.
class Rows {
public:
    explicit Rows(sqlite3_stmt* statement) : statement_{statement} {}
    Rows(Rows&& other) noexcept;
    Rows& operator=(Rows&&) = delete;
    ~Rows();

    Result<bool> next();  // false: no more
    std::int64_t integer(int column) const;
    std::string text(int column) const;
    Bytes blob(int column) const;
    bool null(int column) const;
    model::UtcTime time(int column) const { return model::UtcTime{std::chrono::milliseconds{integer(column)}}; }
    // A blob of another length than the id's is all zero: the schema's CHECKs keep that from happening.
    template <class Id>
    Id id(int column) const {
        Id value;
        const auto bytes = view(column);
        if (bytes.size() == Id::size) std::copy(bytes.begin(), bytes.end(), value.bytes.begin());
        return value;
    }

    void bind(int parameter, std::int64_t value);
    void bind(int parameter, std::string_view value);
    void bind(int parameter, ByteView value);
    void bind_null(int parameter);

private:
    ByteView view(int column) const;
    sqlite3_stmt* statement_;
};

class Database {
public:
    // WAL, synchronous=FULL, foreign_keys, secure_delete, busy_timeout. not_found when absent and `create` is false.
    static Result<Database> open(const std::filesystem::path& file, bool create);
    Database(Database&&) noexcept;
    ~Database();

    Status script(const char* sql);  // many statements, no parameters
    // `sql` must be one of the constants in sql.h: its statement is kept, by address. Text and blobs are copied.
    template <class... Values>
    Result<Rows> run(const char* sql, const Values&... values) {
        auto rows = prepare(sql);
        if (!rows) return rows;
        [[maybe_unused]] int parameter = 0;
        (bind(*rows, ++parameter, values), ...);
        return rows;
    }
    // For statements without an answer: the number of rows they changed.
    template <class... Values>
    Result<int> change(const char* sql, const Values&... values) {
        KAZASHI_TRY(auto rows, run(sql, values...));
        KAZASHI_TRY([[maybe_unused]] const bool more, rows.next());
        return changes();
    }

private:
    struct Parts;
    explicit Database(std::unique_ptr<Parts> parts);
    Result<Rows> prepare(const char* sql);
    int changes() const;

    static void bind(Rows& rows, int parameter, std::int64_t value) { rows.bind(parameter, value); }
    static void bind(Rows& rows, int parameter, std::string_view value) { rows.bind(parameter, value); }
    static void bind(Rows& rows, int parameter, ByteView value) { rows.bind(parameter, value); }
    static void bind(Rows& rows, int parameter, const std::string& value) {
        rows.bind(parameter, std::string_view{value});
    }
    static void bind(Rows& rows, int parameter, const Bytes& value) { rows.bind(parameter, ByteView{value}); }
    static void bind(Rows& rows, int parameter, model::UtcTime value) {
        rows.bind(parameter, std::int64_t{value.time_since_epoch().count()});
    }
    template <class Tag>
    static void bind(Rows& rows, int parameter, const base::StrongId<Tag>& value) {
        rows.bind(parameter, std::string_view{value.str()});
    }
    template <class Tag, std::size_t N>
    static void bind(Rows& rows, int parameter, const base::ByteId<Tag, N>& value) {
        rows.bind(parameter, value.view());
    }
    template <class T>
    static void bind(Rows& rows, int parameter, const std::optional<T>& value) {
        value ? bind(rows, parameter, *value) : rows.bind_null(parameter);
    }

    std::unique_ptr<Parts> parts_;
};

}  // namespace kazashi::server
