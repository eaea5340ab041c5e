// Stores of earlier versions, saved by the programs of their time (tests/data/store), are taken forward with all they
// hold.
#include <sqlite3.h>

#include "sync/store/migrations.h"
#include "tests/catch.h"
#include "tests/sync/store/fixture.h"
#include "tests/sync/store/works.h"

using namespace kazashi;
using namespace kazashi::store_tests;
using base::Fault;
using model::LedgerKind;

namespace {

constexpr int newest = static_cast<int>(store::sql::migrations.size());
const std::filesystem::path saved = std::filesystem::path{KAZASHI_SOURCE} / "tests/data/store";

std::filesystem::path copy_of_v1(const fakes::TempFolder& folder) {
    const auto file = folder / "kazashi.db";
    std::filesystem::copy_file(saved / "v1.db", file);
    return file;
}

model::VerifyKey key_of_v1() {
    std::ifstream in{saved / "v1.key"};
    std::string hex;
    in >> hex;
    const auto bytes = base::from_hex(hex);
    REQUIRE(bytes);
    model::VerifyKey key;
    std::copy(bytes->begin(), bytes->end(), key.bytes.begin());
    return key;
}

std::int64_t number(const std::filesystem::path& file, const std::string& sql) {
    sqlite3* raw = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &raw) == SQLITE_OK);
    sqlite3_stmt* row = nullptr;
    REQUIRE(sqlite3_prepare_v2(raw, sql.c_str(), -1, &row, nullptr) == SQLITE_OK);
    REQUIRE(sqlite3_step(row) == SQLITE_ROW);
    const auto value = sqlite3_column_int64(row, 0);
    sqlite3_finalize(row);
    sqlite3_close(raw);
    return value;
}

}  // namespace

TEST_CASE("migration: a store of version 1 keeps everything the feed cannot bring again") {
    fakes::TempFolder folder;
    const auto file = copy_of_v1(folder);
    REQUIRE(number(file, "PRAGMA user_version") == 1);
    auto opened = store::Store::open(file, {});
    REQUIRE(opened);
    auto& store = *opened;

    CHECK(store.verify_ledger(key_of_v1()));
    CHECK(*store.ledger_counts() == store::LedgerCounts{8, 5, 0});
    CHECK(store.unreceipted(100)->front().seq.value == 4);
    CHECK(store.ledger_after({0}, 100)->back().kind == LedgerKind::window_ended);

    const auto windows = *store.windows();
    REQUIRE(windows.size() == 2);
    CHECK(windows[0].grant == grant(2, 2));
    CHECK_FALSE(windows[0].receipted);
    CHECK(windows[1].grant == grant(1, 1));
    CHECK(windows[1].receipted);
    CHECK(windows[1].sealed_window_key == window(1, 1).sealed_window_key);
    CHECK(store.window_wraps(grant(1, 1).id)->front().sealed == window_wrap(1, 1).sealed);
    CHECK(store.facility_wraps()->front() == facility_wrap(1, 2));
    REQUIRE(store.closed_windows()->size() == 1);
    CHECK(store.closed_windows()->front().reason == "withdrawn_on_paper");

    CHECK((*store.facility(model::FacilityId{"F0001"}))->name == "Pharmacy of nowhere");
    CHECK(store.staff_of(model::FacilityId{"F0001"})->size() == 1);
    CHECK((*store.lock(id_of<model::CardIndex>(1)))->patient == patient(1));
    CHECK(store.wraps(patient(4), model::WrapFor::card)->front() == card_wrap(4, 1));
    CHECK(store.wraps(patient(5), model::WrapFor::card)->empty());
    CHECK(*store.revoked(id_of<model::CardIndex>(5)));
    CHECK(store.progress()->packages == 5);
    CHECK(store.slots()->size() == 2);
    CHECK(store.slots()->front().sealed_store_key == base::Bytes(72, 0x41));
    CHECK(store.failures(model::StaffId{"0000000001"})->count == 2);
    CHECK(**store.value("index_key") == base::Bytes(72, 0x31));

    // Kinds it did not know are in the feed: it asks for all of it again, and what comes again changes nothing.
    CHECK(store.cursor()->seq == 0);
    REQUIRE(store.apply(page(0, {package(1, 1), facility_wrap(1, 1), card_wrap(1, 1)})));
    CHECK(store.progress()->packages == 5);
    CHECK(store.facility_wraps()->size() == 1);
    // Its policy was written in another way; the feed brings it again, and its version is no older than none.
    CHECK(*store.policy() == model::default_policy());
    auto policy = model::default_policy();
    policy.version = 3;
    policy.pin_tries = 7;
    REQUIRE(store.apply(page(3, {policy})));
    CHECK(*store.policy() == policy);
    // No capsule key was given to it at enrolment: the feed brings one.
    CHECK(store.capsule_keys()->empty());
    REQUIRE(store.apply(page(4, {model::CapsuleKeyWrap{1, base::Bytes(112, 0x51)}})));
    CHECK(store.capsule_keys()->front() == model::CapsuleKeyWrap{1, base::Bytes(112, 0x51)});
    // Nor were names of codes.
    CHECK_FALSE(store.glossary()->has_value());
    REQUIRE(store.apply(page(5, {model::Glossary{1, 1, base::Bytes(300, 0x52)}})));
    CHECK(**store.glossary() == model::Glossary{1, 1, base::Bytes(300, 0x52)});
    // A window that was closed before there was a list of those stays closed.
    REQUIRE(store.apply(page(6, {model::SharedWindow{grant(3, 3)}})));
    CHECK(store.windows()->size() == 2);
}

TEST_CASE("migration: done once, and what is written afterwards follows") {
    fakes::TempFolder folder;
    const auto file = copy_of_v1(folder);
    { REQUIRE(store::Store::open(file, {})); }
    const auto rows = rows_of(file);
    CHECK(number(file, "PRAGMA user_version") == newest);
    auto again = store::Store::open(file, {});
    REQUIRE(again);
    CHECK(rows_of(file) == rows);
    // A saved store and one made today have the same tables.
    StoreFolder today;
    { auto made = today.open(); }
    const auto tables = "SELECT count(*) FROM sqlite_schema";
    CHECK(number(file, tables) == number(today.file(), tables));
}

TEST_CASE("migration: back to an older program there is no way, and it says so") {
    StoreFolder folder;
    { auto made = folder.open(); }
    const auto rows = rows_of(folder.file());
    sqlite3* raw = nullptr;
    REQUIRE(sqlite3_open(folder.file().c_str(), &raw) == SQLITE_OK);
    const auto next = std::to_string(newest + 1);
    REQUIRE(sqlite3_exec(raw, ("PRAGMA user_version = " + next).c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(raw);
    const auto refused = store::Store::open(folder.file(), {});
    REQUIRE_FALSE(refused);
    CHECK(refused.fault() == Fault::unsupported);
    CHECK(refused.error().detail == "this store was written by a newer version of the program (" + next +
                                        "; this one knows " + std::to_string(newest) + "): install that version again");
    CHECK(rows_of(folder.file()) == rows);  // not moved, not changed
}
