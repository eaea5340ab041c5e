#include <sqlite3.h>

#include "tests/catch.h"
#include "tests/sync/store/fixture.h"

using namespace kazashi;
using namespace kazashi::store_tests;
using base::Fault;
using model::LedgerKind;

TEST_CASE("ledger: entries form a signed chain from 1") {
    StoreFolder folder;
    auto store = folder.open();
    for (int n = 1; n <= 3; ++n) CHECK(store.append(entry(LedgerKind::sign_in, n))->value == n);
    const auto entries = store.unreceipted(10);
    REQUIRE(entries->size() == 3);
    CHECK(wire::verify_chain(std::nullopt, *entries, folder.signing.verify));
    CHECK(entries->front().prev == model::Hash{});
    CHECK(entries->back().prev == wire::hash_of((*entries)[1]));
    CHECK(entries->back().at == at(3));
    CHECK(entries->back().terminal == folder.terminal);
    CHECK(entries->back().body == base::Bytes{1, 2, 3});
}

TEST_CASE("ledger: two connections take turns at one chain") {
    StoreFolder folder;
    auto one = folder.open();
    auto two = folder.open(false);
    for (int n = 0; n < 5; ++n) {
        REQUIRE(one.append(entry(LedgerKind::sign_in)));
        REQUIRE(two.append(entry(LedgerKind::sign_out)));
    }
    const auto entries = one.unreceipted(100);
    CHECK(entries->size() == 10);
    CHECK(wire::verify_chain(std::nullopt, *entries, folder.signing.verify));
}

TEST_CASE("ledger: a tap is one transaction, with its window") {
    StoreFolder folder;
    auto store = folder.open();
    REQUIRE(store.apply(page(0, {package(1, 1)})));
    const auto viewed =
        store.append_tap(entry(LedgerKind::grant), entry(LedgerKind::view), window(1, 1), {window_wrap(1, 1)});
    CHECK(viewed->value == 2);
    auto other = folder.open(false);
    CHECK(other.unreceipted(10)->size() == 2);
    REQUIRE(other.windows()->size() == 1);
    CHECK(other.windows()->front().grant == grant(1, 1));
    CHECK(other.window_wraps(grant(1, 1).id)->front().sealed == window_wrap(1, 1).sealed);

    // The same grant again: refused by the table, and then nothing of the second tap may stay.
    CHECK_FALSE(store.append_tap(entry(LedgerKind::grant), entry(LedgerKind::view), window(1, 2), {}));
    CHECK(store.unreceipted(10)->size() == 2);
    CHECK(store.windows()->size() == 1);
}

TEST_CASE("ledger: a newer tap of the same patient replaces the window") {
    StoreFolder folder;
    auto store = folder.open();
    folder.tap(store, window(1, 1), {window_wrap(1, 1)});
    folder.tap(store, window(2, 2), {window_wrap(2, 1)});
    folder.tap(store, window(3, 1), {window_wrap(1, 1)});
    const auto windows = store.windows();
    REQUIRE(windows->size() == 2);
    CHECK(windows->front().grant.id == grant(3, 1).id);
    CHECK((*store.window_of(patient(1)))->grant.id == grant(3, 1).id);
    CHECK_FALSE(store.window(grant(1, 1).id)->has_value());
    CHECK(store.window_wraps(grant(1, 1).id)->empty());
    CHECK(store.closed_windows()->empty());
}

TEST_CASE("ledger: a receipt takes its entry off the pending count") {
    StoreFolder folder;
    auto store = folder.open();
    folder.tap(store, window(1, 1), {});
    auto entries = *store.unreceipted(10);
    CHECK(*store.ledger_counts() == store::LedgerCounts{2, 2, 0});
    REQUIRE(store.put_receipts({receipt_for(entries[0], folder.region)}));
    CHECK(*store.ledger_counts() == store::LedgerCounts{2, 1, 0});
    CHECK((*store.window(grant(1, 1).id))->receipted);
    // The same receipt once more does no harm.
    REQUIRE(store.put_receipts({receipt_for(entries[0], folder.region), receipt_for(entries[1], folder.region)}));
    CHECK(*store.ledger_counts() == store::LedgerCounts{2, 0, 0});
    CHECK(store.unreceipted(10)->empty());
}

TEST_CASE("ledger: unreceipted entries come in order and in portions") {
    StoreFolder folder;
    auto store = folder.open();
    for (int n = 0; n < 5; ++n) REQUIRE(store.append(entry(LedgerKind::sign_in, n)));
    const auto some = store.unreceipted(2);
    REQUIRE(some->size() == 2);
    CHECK(some->front().seq.value == 1);
    CHECK(some->back().seq.value == 2);
}

TEST_CASE("ledger: a receipt for something else is refused whole") {
    StoreFolder folder;
    auto store = folder.open();
    for (int n = 0; n < 2; ++n) REQUIRE(store.append(entry(LedgerKind::sign_in, n)));
    const auto entries = *store.unreceipted(10);
    auto wrong_hash = receipt_for(entries[1], folder.region);
    wrong_hash.hash.bytes[0] ^= 1;
    CHECK(store.put_receipts({receipt_for(entries[0], folder.region), wrong_hash}).fault() == Fault::out_of_order);
    auto wrong_number = receipt_for(entries[1], folder.region);
    wrong_number.seq.value = 17;
    CHECK(store.put_receipts({wrong_number}).fault() == Fault::out_of_order);
    auto wrong_terminal = receipt_for(entries[1], folder.region);
    wrong_terminal.terminal = model::TerminalId{"F0002-T1"};
    CHECK(store.put_receipts({wrong_terminal}).fault() == Fault::out_of_order);
    CHECK(store.ledger_counts()->pending == 2);
}

TEST_CASE("ledger: a refused grant closes what it opened") {
    StoreFolder folder;
    auto store = folder.open();
    REQUIRE(store.apply(page(0, {package(1, 1)})));
    folder.tap(store, window(1, 1), {window_wrap(1, 1)});
    REQUIRE(store.apply(page(1, {facility_wrap(1, 2)})));
    const auto entries = *store.unreceipted(10);
    REQUIRE(store.put_receipts({receipt_for(entries[0], folder.region, model::Verdict::refused, "proof_wrong")}));
    const auto row = store.window(grant(1, 1).id);
    REQUIRE(row->has_value());
    CHECK((*row)->state == model::GrantState::refused);
    CHECK((*row)->reason == "proof_wrong");
    CHECK_FALSE((*row)->receipted);
    CHECK(store.window_wraps(grant(1, 1).id)->empty());
    CHECK(store.facility_wraps()->empty());
    CHECK_FALSE(store.window_of(patient(1))->has_value());
    CHECK(*store.ledger_counts() == store::LedgerCounts{2, 1, 1});
}

TEST_CASE("ledger: rows cannot be changed or deleted, not even by hand") {
    StoreFolder folder;
    auto store = folder.open();
    REQUIRE(store.append(entry(LedgerKind::sign_in)));
    sqlite3* raw = nullptr;
    REQUIRE(sqlite3_open(folder.file().c_str(), &raw) == SQLITE_OK);
    CHECK(sqlite3_exec(raw, "DELETE FROM ledger", nullptr, nullptr, nullptr) == SQLITE_CONSTRAINT);
    CHECK(sqlite3_exec(raw, "UPDATE ledger SET at = 0", nullptr, nullptr, nullptr) == SQLITE_CONSTRAINT);
    sqlite3_close(raw);
    CHECK(store.unreceipted(10)->size() == 1);
}

TEST_CASE("ledger: a try to sign in and its failures are one") {
    StoreFolder folder;
    auto store = folder.open();
    vault::Slot slot = vault::draft_slot(model::StaffId{"0000000001"}, id_of<model::CardIndex>(3));
    slot.sealed_store_key = base::Bytes(72, 9);
    REQUIRE(store.put_slot(slot));
    REQUIRE(store.append_sign_in(entry(LedgerKind::sign_in_failed), slot.staff, {5, at(60)}));
    CHECK(store.failures(slot.staff)->count == 5);
    CHECK(store.failures(slot.staff)->locked_until == at(60));
    CHECK(store.ledger_counts()->entries == 1);
    REQUIRE(store.append_sign_in(entry(LedgerKind::sign_in), slot.staff, {}));
    CHECK(store.failures(slot.staff)->count == 0);
    CHECK_FALSE(store.failures(slot.staff)->locked_until.has_value());

    const auto slots = store.slots();
    REQUIRE(slots->size() == 1);
    CHECK(slots->front().staff == slot.staff);
    CHECK(slots->front().card == slot.card);
    CHECK(slots->front().first == slot.first);
    CHECK(slots->front().second == slot.second);
    CHECK(slots->front().salt == slot.salt);
    CHECK(slots->front().opslimit == slot.opslimit);
    CHECK(slots->front().memlimit == slot.memlimit);
    CHECK(slots->front().sealed_store_key == slot.sealed_store_key);
}
