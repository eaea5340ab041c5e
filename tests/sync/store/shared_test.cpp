// Windows of other terminals, and windows that must not come back.
#include "tests/catch.h"
#include "tests/sync/store/fixture.h"

using namespace kazashi;
using namespace kazashi::store_tests;
using base::Fault;
using model::GrantState;
using model::LedgerKind;

namespace {

model::SharedWindow shared(std::uint8_t number, std::uint8_t who) {
    auto given = grant(number, who);
    given.terminal = model::TerminalId{"F0001-T2"};
    return {given};
}

const base::Bytes key(72, 0x5A);

}  // namespace

TEST_CASE("shared: a colleague's window comes without a key and is adopted") {
    StoreFolder folder;
    auto store = folder.open();
    REQUIRE(store.apply(page(0, {shared(1, 1), package(1, 1), facility_wrap(1, 1)})));
    const auto here = store.window_of(patient(1));
    REQUIRE(here->has_value());
    CHECK((*here)->grant == shared(1, 1).grant);
    CHECK((*here)->receipted);
    CHECK((*here)->sealed_window_key.empty());
    // The wraps wait for somebody to sign in.
    REQUIRE(store.facility_wraps()->size() == 1);

    REQUIRE(store.adopt_window(grant(1, 1).id, key));
    CHECK((*store.window(grant(1, 1).id))->sealed_window_key == key);
    REQUIRE(store.put_window_wrap(grant(1, 1).id, window_wrap(1, 1)));
    CHECK(store.facility_wraps()->empty());
    CHECK(store.window_wraps(grant(1, 1).id)->size() == 1);
    // Once is enough: a second key would open nothing.
    CHECK(store.adopt_window(grant(1, 1).id, base::Bytes(72, 1)).fault() == Fault::not_found);
    CHECK(store.adopt_window(grant(9, 1).id, key).fault() == Fault::not_found);
    CHECK((*store.window(grant(1, 1).id))->sealed_window_key == key);
    // The same word again changes nothing.
    REQUIRE(store.apply(page(3, {shared(1, 1)})));
    CHECK((*store.window(grant(1, 1).id))->sealed_window_key == key);
    CHECK(store.window_wraps(grant(1, 1).id)->size() == 1);
}

TEST_CASE("shared: our own window told back to us stays as it is") {
    StoreFolder folder;
    auto store = folder.open();
    folder.tap(store, window(1, 1), {window_wrap(1, 1)});
    REQUIRE(store.apply(page(0, {model::SharedWindow{grant(1, 1)}})));
    CHECK(store.windows()->size() == 1);
    CHECK((*store.window(grant(1, 1).id))->sealed_window_key == window(1, 1).sealed_window_key);
}

TEST_CASE("shared: a renewal elsewhere replaces our older window when it is adopted") {
    StoreFolder folder;
    auto store = folder.open();
    REQUIRE(store.apply(page(0, {package(1, 1)})));
    folder.tap(store, window(1, 1), {window_wrap(1, 1)});
    // Our window has version 1 already; the renewed one does not, so its wrap is kept.
    REQUIRE(store.apply(page(1, {shared(2, 1), facility_wrap(1, 1)})));
    CHECK(store.windows()->size() == 2);
    CHECK((*store.window_of(patient(1)))->grant.id == grant(1, 1).id);  // it opens; the other does not yet
    REQUIRE(store.facility_wraps()->size() == 1);

    REQUIRE(store.adopt_window(grant(2, 1).id, key));
    CHECK(store.windows()->size() == 1);
    CHECK((*store.window_of(patient(1)))->grant.id == grant(2, 1).id);
    CHECK(store.facility_wraps()->size() == 1);
    // The older one is over, whoever tells of it again.
    REQUIRE(store.apply(page(3, {model::SharedWindow{grant(1, 1)}})));
    CHECK(store.windows()->size() == 1);
}

TEST_CASE("shared: adopting leaves a longer window and a closed one alone") {
    StoreFolder folder;
    auto store = folder.open();
    folder.tap(store, window(1, 1), {});
    REQUIRE(store.apply(page(0, {model::GrantNews{grant(1, 1).id, GrantState::withdrawn, "x"}})));
    auto brief = shared(3, 1);
    brief.grant.expires_at = at(4);
    REQUIRE(store.apply(page(1, {shared(2, 1), brief})));
    REQUIRE(store.adopt_window(brief.grant.id, key));
    CHECK(store.windows()->size() == 3);
    CHECK((*store.window(grant(1, 1).id))->state == GrantState::withdrawn);  // the desk ends it on the record
}

TEST_CASE("shared: an older window of a patient who tapped here since is not wanted") {
    StoreFolder folder;
    auto store = folder.open();
    folder.tap(store, window(5, 1), {});
    REQUIRE(store.apply(page(0, {shared(4, 1)})));
    CHECK(store.windows()->size() == 1);
    // A break-glass view does not stand in its way.
    auto emergency = window(7, 2);
    emergency.grant.purpose = model::purpose::emergency;
    folder.tap(store, emergency, {});
    REQUIRE(store.apply(page(1, {shared(6, 2)})));
    CHECK(store.windows()->size() == 3);
}

TEST_CASE("shared: what ended never comes back") {
    StoreFolder folder;
    auto store = folder.open();
    const auto id = grant(1, 1).id;
    SECTION("ended here") {
        folder.tap(store, window(1, 1), {});
        REQUIRE(store.end_window(id, entry(LedgerKind::window_ended)));
    }
    SECTION("withdrawn here by card") {
        folder.tap(store, window(1, 1), {});
        REQUIRE(store.withdraw(entry(LedgerKind::withdrawal), {{id, entry(LedgerKind::window_ended)}}));
    }
    SECTION("withdrawn by the region before it was told of") {
        REQUIRE(store.apply(page(0, {model::GrantNews{id, GrantState::withdrawn, "withdrawn_by_patient"}})));
    }
    SECTION("refused by receipt") {
        folder.tap(store, window(1, 1), {});
        const auto made = store.unreceipted(10)->front();
        REQUIRE(store.put_receipts({receipt_for(made, folder.region, model::Verdict::refused, "proof_wrong")}));
        REQUIRE(store.end_window(id, entry(LedgerKind::window_ended)));
    }
    SECTION("replaced by a newer tap, which ended too") {
        folder.tap(store, window(1, 1), {});
        folder.tap(store, window(2, 1), {});
        REQUIRE(store.end_window(grant(2, 1).id, entry(LedgerKind::window_ended)));
    }
    const auto cursor = store.cursor()->seq;
    REQUIRE(store.apply(page(cursor, {model::SharedWindow{grant(1, 1)}, facility_wrap(1, 1)})));
    CHECK(store.windows()->empty());
    CHECK(store.facility_wraps()->empty());
    // Nor after the list of closed ones was tidied up, as long as the window could still be open.
    REQUIRE(store.forget_closed_windows(grant(1, 1).expires_at));
    auto again = folder.open(false);
    REQUIRE(again.apply(page(cursor + 2, {model::SharedWindow{grant(1, 1)}})));
    CHECK(again.windows()->empty());
}

TEST_CASE("shared: a window closed a moment ago takes no key any more") {
    StoreFolder folder;
    auto desk = folder.open();
    auto sync = folder.open(false);
    folder.tap(desk, window(1, 1), {});
    REQUIRE(sync.apply(page(0, {shared(2, 2)})));
    REQUIRE(sync.apply(page(1, {model::GrantNews{grant(1, 1).id, GrantState::withdrawn, "w"},
                                model::GrantNews{grant(2, 2).id, GrantState::withdrawn, "w"}})));
    CHECK(desk.put_window_wrap(grant(1, 1).id, window_wrap(1, 1)).fault() == Fault::not_found);
    CHECK(desk.adopt_window(grant(2, 2).id, key).fault() == Fault::not_found);
    CHECK(desk.window_wraps(grant(1, 1).id)->empty());
}

TEST_CASE("exclusion: closes what is open, keeps out what comes, until it is taken back") {
    StoreFolder folder;
    auto store = folder.open();
    const model::FacilityId here{"F0001"};
    folder.tap(store, window(1, 1), {window_wrap(1, 1)});
    folder.tap(store, window(2, 2), {window_wrap(2, 1)});
    CHECK_FALSE(*store.excluded(patient(1)));
    REQUIRE(store.apply(page(0, {model::Exclusion{patient(1), here, true}, shared(3, 1)})));
    CHECK(*store.excluded(patient(1)));
    CHECK_FALSE(*store.excluded(patient(2)));
    CHECK(store.window_wraps(grant(1, 1).id)->empty());
    CHECK((*store.window(grant(1, 1).id))->state == GrantState::withdrawn);
    CHECK((*store.window(grant(1, 1).id))->reason == "excluded");
    CHECK_FALSE(store.window_of(patient(1))->has_value());
    CHECK(store.windows()->size() == 2);
    CHECK(store.window_wraps(grant(2, 2).id)->size() == 1);

    // Once more, with a window that is closed already, changes nothing.
    REQUIRE(store.apply(page(2, {model::Exclusion{patient(1), here, true}})));
    REQUIRE(store.apply(page(3, {model::Exclusion{patient(1), here, false}, shared(4, 1)})));
    CHECK_FALSE(*store.excluded(patient(1)));
    CHECK((*store.window_of(patient(1)))->grant.id == grant(4, 1).id);
    CHECK((*store.window(grant(1, 1).id))->state == GrantState::withdrawn);
}

TEST_CASE("withdrawal: its entry and the ends it brings are one") {
    StoreFolder folder;
    auto store = folder.open();
    folder.tap(store, window(1, 1), {window_wrap(1, 1)});
    // One end that is impossible, and nothing of it happens.
    CHECK(store
              .withdraw(entry(LedgerKind::withdrawal), {{grant(1, 1).id, entry(LedgerKind::window_ended)},
                                                        {grant(9, 9).id, entry(LedgerKind::window_ended)}})
              .fault() == Fault::not_found);
    CHECK(store.windows()->size() == 1);
    CHECK(store.ledger_counts()->entries == 2);

    REQUIRE(store.withdraw(entry(LedgerKind::withdrawal), {{grant(1, 1).id, entry(LedgerKind::window_ended)}}));
    CHECK(store.windows()->empty());
    const auto entries = *store.unreceipted(10);
    REQUIRE(entries.size() == 4);
    CHECK(entries[2].kind == LedgerKind::withdrawal);
    CHECK(entries[3].kind == LedgerKind::window_ended);
    // A patient without a window here withdraws all the same.
    REQUIRE(store.withdraw(entry(LedgerKind::withdrawal), {}));
    CHECK(store.ledger_counts()->entries == 5);
}

TEST_CASE("break-glass: the region's refusal closes it like any grant") {
    StoreFolder folder;
    auto store = folder.open();
    REQUIRE(
        store.append_tap(entry(LedgerKind::break_glass), entry(LedgerKind::view), window(1, 1), {window_wrap(1, 1)}));
    const auto made = store.unreceipted(10)->front();
    REQUIRE(store.put_receipts({receipt_for(made, folder.region, model::Verdict::refused, "not_entitled")}));
    CHECK((*store.window(grant(1, 1).id))->state == GrantState::refused);
    CHECK(store.window_wraps(grant(1, 1).id)->empty());
}
