#include <sqlite3.h>
#include <sys/stat.h>

#include "sync/store/database.h"
#include "tests/catch.h"
#include "tests/sync/store/fixture.h"

using namespace kazashi;
using namespace kazashi::store_tests;
using base::Fault;

namespace {

void execute(const std::filesystem::path& file, const char* sql) {
    sqlite3* raw = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &raw) == SQLITE_OK);
    REQUIRE(sqlite3_exec(raw, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(raw);
}

void write_file(const std::filesystem::path& file, const std::string& content) {
    std::ofstream out{file, std::ios::binary};
    out << content;
}

std::vector<std::string> names_in(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    for (const auto& part : std::filesystem::directory_iterator{folder}) names.push_back(part.path().filename());
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace

TEST_CASE("opening: a store that is not there is not made unless asked") {
    StoreFolder folder;
    CHECK(store::Store::open(folder.file(), {}).fault() == Fault::not_found);
    CHECK(names_in(folder.folder.path()).empty());
    CHECK(store::Store::open(folder.file(), {.create = true}));
    CHECK(store::Store::open(folder.file(), {}));
}

TEST_CASE("opening: its files are for their owner only") {
    StoreFolder folder;
    auto store = folder.open();
    REQUIRE(store.append(entry(model::LedgerKind::sign_in)));
    int files = 0;
    for (const auto& part : std::filesystem::directory_iterator{folder.folder.path()}) {
        struct stat about {};
        REQUIRE(::stat(part.path().c_str(), &about) == 0);
        CHECK((about.st_mode & 0777U) == 0600U);
        ++files;
    }
    CHECK(files == 3);
}

TEST_CASE("opening: a damaged store is moved aside with its WAL and said so") {
    StoreFolder folder;
    { auto store = folder.open(); }
    const std::string rubbish(8192, 'x');
    write_file(folder.file(), rubbish);
    write_file(folder.folder / "kazashi.db-wal", "wal");

    const auto opened = store::Store::open(folder.file(), {});
    REQUIRE_FALSE(opened);
    CHECK(opened.fault() == Fault::corrupt);
    const auto aside = folder.folder / opened.error().detail;
    CHECK(opened.error().detail.starts_with("kazashi.db.damaged-"));
    CHECK(std::filesystem::file_size(aside) == rubbish.size());
    CHECK_FALSE(std::filesystem::exists(folder.file()));
    CHECK_FALSE(std::filesystem::exists(folder.folder / "kazashi.db-wal"));
    // Never made anew by itself.
    CHECK(store::Store::open(folder.file(), {}).fault() == Fault::not_found);
    CHECK(store::Store::open(folder.file(), {.create = true}));
    CHECK(std::filesystem::exists(aside));
}

TEST_CASE("opening: damage is found beyond the first page") {
    StoreFolder folder;
    {
        auto store = folder.open();
        for (int n = 0; n < 200; ++n) REQUIRE(store.append(entry(model::LedgerKind::sign_in, n)));
    }
    const auto size = std::filesystem::file_size(folder.file());
    SECTION("pages overwritten") {
        std::fstream file{folder.file(), std::ios::binary | std::ios::in | std::ios::out};
        file.seekp(static_cast<std::streamoff>(size / 2));
        file << std::string(size / 4, '\xff');
    }
    SECTION("cut short") { std::filesystem::resize_file(folder.file(), size / 2); }
    CHECK(store::Store::open(folder.file(), {}).fault() == Fault::corrupt);
    CHECK_FALSE(std::filesystem::exists(folder.file()));
}

TEST_CASE("opening: somebody else's database is not ours to write") {
    StoreFolder folder;
    execute(folder.file(), "CREATE TABLE diary(day TEXT)");
    CHECK(store::Store::open(folder.file(), {.create = true}).fault() == Fault::corrupt);
}

TEST_CASE("opening: a database with tables like ours and another program's mark is not ours") {
    StoreFolder folder;
    { auto store = folder.open(); }
    execute(folder.file(), "PRAGMA application_id = 5");
    CHECK(store::Store::open(folder.file(), {}).fault() == Fault::corrupt);
}

TEST_CASE("opening: an empty file is not a store") {
    StoreFolder folder;
    write_file(folder.file(), "");
    CHECK(store::Store::open(folder.file(), {}).fault() == Fault::corrupt);
}

TEST_CASE("opening: a newer version's store is left alone") {
    StoreFolder folder;
    { auto store = folder.open(); }
    execute(folder.file(), "PRAGMA user_version = 99");
    CHECK(store::Store::open(folder.file(), {.create = true}).fault() == Fault::unsupported);
    CHECK(std::filesystem::exists(folder.file()));
}

TEST_CASE("opening: an unfinished transaction of a killed program is gone") {
    StoreFolder folder;
    { auto store = folder.open(); }
    sqlite3* killed = nullptr;
    REQUIRE(sqlite3_open(folder.file().c_str(), &killed) == SQLITE_OK);
    REQUIRE(sqlite3_exec(killed, "PRAGMA cache_size=1; BEGIN; UPDATE feed_state SET cursor = 77", nullptr, nullptr,
                         nullptr) == SQLITE_OK);
    fakes::TempFolder copy;
    std::filesystem::copy(folder.folder.path(), copy.path(), std::filesystem::copy_options::recursive);
    sqlite3_close(killed);
    auto opened = store::Store::open(copy / "kazashi.db", {});
    REQUIRE(opened);
    CHECK(opened->cursor()->seq == 0);
}

TEST_CASE("database: SQLite's codes become faults a screen can explain") {
    CHECK(store::fault_of(SQLITE_FULL) == Fault::disk_full);
    CHECK(store::fault_of(SQLITE_CORRUPT) == Fault::corrupt);
    CHECK(store::fault_of(SQLITE_NOTADB) == Fault::corrupt);
    CHECK(store::fault_of(SQLITE_BUSY_SNAPSHOT) == Fault::timeout);
    CHECK(store::fault_of(SQLITE_IOERR_WRITE) == Fault::io);
    CHECK(store::fault_of(SQLITE_CONSTRAINT_PRIMARYKEY) == Fault::malformed);
    CHECK(store::fault_of(SQLITE_READONLY) == Fault::io);
    CHECK(store::fault_of(SQLITE_LOCKED) == Fault::timeout);
    CHECK(store::fault_of(SQLITE_TOOBIG) == Fault::limit);
    CHECK(store::fault_of(SQLITE_NOMEM) == Fault::limit);
    CHECK(store::fault_of(SQLITE_MISMATCH) == Fault::malformed);
    CHECK(store::fault_of(SQLITE_INTERRUPT) == Fault::cancelled);
}
