// The ledger verified where it lies, and its old end.
#include <sqlite3.h>

#include "sync/store/tuning.h"
#include "tests/catch.h"
#include "tests/sync/store/fixture.h"

using namespace kazashi;
using namespace kazashi::store_tests;
using base::Fault;
using model::LedgerKind;

namespace {

int execute(const std::filesystem::path& file, const std::string& sql) {
    sqlite3* raw = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &raw) == SQLITE_OK);
    const int code = sqlite3_exec(raw, sql.c_str(), nullptr, nullptr, nullptr);
    sqlite3_close(raw);
    return code;
}

void write(store::Store& store, int entries, int from = 1) {
    for (int n = from; n < from + entries; ++n) REQUIRE(store.append(entry(LedgerKind::sign_in, n)));
}

void receipt_all(store::Store& store, StoreFolder& folder) {
    std::vector<model::Receipt> receipts;
    const auto entries = *store.unreceipted(100'000);
    for (const auto& made : entries) receipts.push_back(receipt_for(made, folder.region));
    REQUIRE(store.put_receipts(receipts));
}

std::vector<std::int64_t> numbers(store::Store& store) {
    std::vector<std::int64_t> found;
    const auto entries = *store.ledger_after({0}, 100'000);
    for (const auto& made : entries) found.push_back(made.seq.value);
    return found;
}
using Numbers = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("ledger: entries of several acts in one breath") {
    StoreFolder folder;
    auto store = folder.open();
    CHECK(store.append_all({entry(LedgerKind::grant), entry(LedgerKind::view)})->value == 2);
    CHECK(store.append_all({entry(LedgerKind::history_shown)})->value == 3);
    CHECK(store.ledger_after({1}, 10)->size() == 2);
    CHECK(store.ledger_after({1}, 1)->front().seq.value == 2);
    CHECK(store.ledger_after({3}, 10)->empty());
    CHECK(store.verify_ledger(folder.signing.verify));
}

TEST_CASE("verify: a ledger longer than one portion") {
    StoreFolder folder;
    auto store = folder.open();
    CHECK(store.verify_ledger(folder.signing.verify));
    std::vector<store::Store::NewEntry> entries(store::tuning::verified_at_once + 3, entry(LedgerKind::view));
    REQUIRE(store.append_all(entries));
    CHECK(store.verify_ledger(folder.signing.verify));
    CHECK(store.verify_ledger(folder.region.verify).fault() == Fault::bad_signature);
}

TEST_CASE("verify: what was done to the file by hand is found, and where") {
    StoreFolder folder;
    {
        auto store = folder.open();
        write(store, 9);
    }
    const std::string open_up =
        "DROP TRIGGER ledger_rows_stay; DROP TRIGGER ledger_rows_do_not_change; "
        "DROP TRIGGER ledger_rows_follow; ";
    struct Attack {
        const char* sql;
        Fault fault;
        const char* where;
    };
    const std::vector<Attack> attacks{
        {"UPDATE ledger SET at = at + 1 WHERE seq = 4", Fault::bad_signature, "4"},
        {"UPDATE ledger SET kind = 2 WHERE seq = 9", Fault::bad_signature, "9"},
        {"UPDATE ledger SET body = x'010204' WHERE seq = 5", Fault::bad_signature, "5"},
        {"UPDATE ledger SET signature = zeroblob(64) WHERE seq = 1", Fault::bad_signature, "1"},
        {"UPDATE ledger SET prev = zeroblob(32) WHERE seq = 3", Fault::out_of_order, "3"},
        {"UPDATE ledger SET terminal = 'F0002-T1' WHERE seq = 3", Fault::out_of_order, "3"},
        {"DELETE FROM ledger WHERE seq = 6", Fault::out_of_order, "7"},
        {"DELETE FROM ledger WHERE seq < 3", Fault::out_of_order, "3"},
        {"UPDATE ledger SET hash = zeroblob(32) WHERE seq = 9", Fault::out_of_order, "9"},
    };
    for (const auto& attack : attacks) {
        INFO(attack.sql);
        fakes::TempFolder copy;
        const auto file = copy / "kazashi.db";
        std::filesystem::copy(folder.file(), file);
        REQUIRE(execute(file, open_up + attack.sql) == SQLITE_OK);
        auto store = store::Store::open(file, {});
        REQUIRE(store);
        const auto found = store->verify_ledger(folder.signing.verify);
        REQUIRE_FALSE(found);
        CHECK(found.fault() == attack.fault);
        CHECK(found.error().detail == std::string{"ledger entry "} + attack.where);
    }
}

TEST_CASE("prune: old entries go behind their receipts, the newest stays") {
    StoreFolder folder;
    auto store = folder.open();
    write(store, 5);
    REQUIRE(store.prune_ledger(at(100)));
    CHECK(numbers(store) == Numbers{1, 2, 3, 4, 5});  // nobody confirmed them
    const auto replay = receipt_for(store.unreceipted(1)->front(), folder.region);
    receipt_all(store, folder);
    write(store, 2, 6);

    SECTION("the young ones stay") {
        REQUIRE(store.prune_ledger(at(3)));
        CHECK(numbers(store) == Numbers{3, 4, 5, 6, 7});
        REQUIRE(store.prune_ledger(at(3)));
        CHECK(numbers(store) == Numbers{3, 4, 5, 6, 7});
    }
    SECTION("those without a receipt stay") {
        REQUIRE(store.prune_ledger(at(100)));
        CHECK(numbers(store) == Numbers{6, 7});
    }
    SECTION("the newest stays") {
        receipt_all(store, folder);
        REQUIRE(store.prune_ledger(at(100)));
        CHECK(numbers(store) == Numbers{7});
    }
    CHECK(store.verify_ledger(folder.signing.verify));
    CHECK(store.ledger_counts()->entries == 7);
    // A receipt that comes a second time, for an entry that is not here any more.
    REQUIRE(store.put_receipts({replay}));
    write(store, 1, 8);
    CHECK(store.verify_ledger(folder.signing.verify));
    auto again = folder.open(false);
    CHECK(again.verify_ledger(folder.signing.verify));
    CHECK(numbers(again).back() == 8);
}

TEST_CASE("prune: a clock that was wrong keeps what follows it") {
    StoreFolder folder;
    auto store = folder.open();
    for (const int time : {1, 2, 900, 3, 4, 5}) REQUIRE(store.append(entry(LedgerKind::sign_in, time)));
    receipt_all(store, folder);
    REQUIRE(store.prune_ledger(at(100)));
    CHECK(numbers(store) == Numbers{3, 4, 5, 6});
}

TEST_CASE("prune: more than one portion, and an empty ledger") {
    StoreFolder folder;
    auto store = folder.open();
    REQUIRE(store.prune_ledger(at(100)));
    std::vector<store::Store::NewEntry> entries(2 * store::tuning::pruned_at_once + 5, entry(LedgerKind::view));
    REQUIRE(store.append_all(entries));
    receipt_all(store, folder);
    REQUIRE(store.prune_ledger(at(100)));
    CHECK(numbers(store) == Numbers{2 * store::tuning::pruned_at_once + 5});
    CHECK(store.verify_ledger(folder.signing.verify));
}

TEST_CASE("prune: a notice goes with its entry") {
    StoreFolder folder;
    auto store = folder.open();
    REQUIRE(store.append_notice_shown(entry(LedgerKind::notice_shown), {grant(1, 1).id}));
    write(store, 1);
    receipt_all(store, folder);
    REQUIRE(store.prune_ledger(at(100)));
    CHECK_FALSE(*store.notice_shown(grant(1, 1).id));
}

TEST_CASE("prune: by hand nothing goes that has to stay") {
    StoreFolder folder;
    auto store = folder.open();
    write(store, 4);
    {
        std::vector<model::Receipt> receipts;
        const auto two = *store.unreceipted(2);
        for (const auto& made : two) receipts.push_back(receipt_for(made, folder.region));
        REQUIRE(store.put_receipts(receipts));
    }
    const auto file = folder.file();
    CHECK(execute(file, "DELETE FROM ledger WHERE seq = 1") == SQLITE_CONSTRAINT);
    CHECK(execute(file, "UPDATE ledger_floor SET seq = 3") == SQLITE_CONSTRAINT);  // 3 has no receipt
    CHECK(execute(file, "UPDATE ledger_floor SET seq = -1") == SQLITE_CONSTRAINT);
    CHECK(execute(file, "DELETE FROM ledger_floor") == SQLITE_CONSTRAINT);
    CHECK(execute(file, "UPDATE ledger SET verdict = NULL, receipt = NULL WHERE seq = 1") == SQLITE_CONSTRAINT);
    CHECK(execute(file, "INSERT OR REPLACE INTO ledger SELECT * FROM ledger WHERE seq = 2") == SQLITE_CONSTRAINT);
    CHECK(execute(file,
                  "INSERT INTO ledger SELECT 6, kind, at, clock, terminal, prev, hash, body, signature, "
                  "verdict, receipt FROM ledger WHERE seq = 4") == SQLITE_CONSTRAINT);
    REQUIRE(execute(file, "UPDATE ledger_floor SET seq = 2") == SQLITE_OK);
    CHECK(execute(file, "DELETE FROM ledger WHERE seq = 3") == SQLITE_CONSTRAINT);
    CHECK(execute(file, "DELETE FROM ledger WHERE seq = 1") == SQLITE_OK);
    receipt_all(store, folder);
    CHECK(execute(file, "UPDATE ledger_floor SET seq = 4") == SQLITE_CONSTRAINT);  // the newest
}
