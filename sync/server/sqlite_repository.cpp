#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "sync/server/migrations.h"
#include "sync/server/sql.h"
#include "sync/server/sqlite_records.h"

namespace kazashi::server {

namespace {

Status migrate(Database& database) {
    KAZASHI_CHECK(database.script(sql::begin_write));
    std::int64_t version = 0;
    {
        KAZASHI_TRY(auto rows, database.run(sql::schema_version));
        KAZASHI_TRY([[maybe_unused]] const bool there, rows.next());
        version = rows.integer(0);
    }
    if (version < 0 || version > std::int64_t{sql::migrations.size()}) {
        return base::Error{base::Fault::unsupported,
                           "this region was written by a newer version of the program (" + std::to_string(version) +
                               "; this one knows " + std::to_string(sql::migrations.size()) +
                               "): install that version again"};
    }
    for (auto step = static_cast<std::size_t>(version); step < sql::migrations.size(); ++step) {
        KAZASHI_CHECK(database.script(sql::migrations[step]));
        KAZASHI_CHECK(database.script(sql::set_schema_version[step]));
    }
    return database.script(sql::commit);
}

Status in_transaction(Database& database, const char* begin, const Work& work) {
    KAZASHI_CHECK(database.script(begin));
    SqliteRecords records{database};
    Status done = work(records);
    if (done) done = database.script(sql::commit);
    // The first error is the one that matters; a rollback that finds no transaction says nothing new.
    if (!done) [[maybe_unused]]
        const auto undone = database.script(sql::rollback);
    return done;
}

class SqliteRepository final : public Repository {
public:
    SqliteRepository(std::filesystem::path file, Database writer)
        : file_{std::move(file)}, writer_{std::move(writer)} {}

    Status write(const Work& work) override {
        const std::lock_guard lock{writing_};
        return in_transaction(writer_, sql::begin_write, work);
    }

    Status read(const Work& work) override {
        KAZASHI_TRY(auto reader, take_reader());
        const auto done = in_transaction(reader, sql::begin_read, work);
        const std::lock_guard lock{lending_};
        readers_.push_back(std::move(reader));
        return done;
    }

private:
    // As many readers as threads ever read at once; each is opened once and kept.
    Result<Database> take_reader() {
        {
            const std::lock_guard lock{lending_};
            if (!readers_.empty()) {
                Database reader{std::move(readers_.back())};
                readers_.pop_back();
                return reader;
            }
        }
        return Database::open(file_, false);
    }

    const std::filesystem::path file_;
    std::mutex writing_;
    Database writer_;
    std::mutex lending_;
    std::vector<Database> readers_;
};

}  // namespace

Result<std::unique_ptr<Repository>> open_sqlite(const std::filesystem::path& file, bool create) {
    KAZASHI_TRY(auto database, Database::open(file, create));
    KAZASHI_CHECK(migrate(database));
    return std::unique_ptr<Repository>{std::make_unique<SqliteRepository>(file, std::move(database))};
}

}  // namespace kazashi::server
