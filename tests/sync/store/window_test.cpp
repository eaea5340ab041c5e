#include "tests/catch.h"
#include "tests/sync/store/fixture.h"

using namespace kazashi;
using namespace kazashi::store_tests;
using base::Fault;
using model::LedgerKind;

namespace {

// Bytes that stand for one wrap and nothing else in the world.
base::Bytes unmistakable() {
    base::Bytes bytes(72);
    vault::random_bytes(bytes.data(), bytes.size());
    return bytes;
}

}  // namespace

TEST_CASE("windows: ended ones leave no byte of their wraps in any file") {
    StoreFolder folder;
    auto store = folder.open();
    // Enough windows that rows move between pages, which is where copies could stay behind.
    constexpr std::uint8_t count = 200;
    std::vector<base::Bytes> wraps;
    for (std::uint8_t n = 0; n < count; ++n) {
        const auto mixed = static_cast<std::uint8_t>(n * 37);
        auto row = window(mixed, n);
        std::vector<store::WindowWrap> of_window;
        for (const auto section : {model::Section::emergency, model::Section::medication}) {
            wraps.push_back(unmistakable());
            of_window.push_back({{patient(n), section, 1}, wraps.back()});
        }
        folder.tap(store, row, of_window);
    }
    CHECK(folder.on_disk(wraps.front()));
    CHECK(folder.on_disk(wraps.back()));

    SECTION("one of them") {
        const auto id = store.windows()->at(50).grant;
        const auto gone = *store.window_wraps(id.id);
        REQUIRE(gone.size() == 2);
        REQUIRE(store.end_window(id.id, entry(LedgerKind::window_ended)));
        CHECK_FALSE(folder.on_disk(gone[0].sealed));
        CHECK_FALSE(folder.on_disk(gone[1].sealed));
        CHECK(store.windows()->size() == count - 1U);
    }
    SECTION("every second one") {
        const auto rows = *store.windows();
        std::vector<base::Bytes> gone;
        for (std::size_t n = 0; n < rows.size(); n += 2) {
            const auto wraps_of_it = *store.window_wraps(rows[n].grant.id);
            for (const auto& wrap : wraps_of_it) gone.push_back(wrap.sealed);
            REQUIRE(store.end_window(rows[n].grant.id, entry(LedgerKind::window_ended)));
        }
        const auto raw = folder.raw();
        int found = 0;
        for (const auto& wrap : gone) found += raw.find(base::as_text(wrap)) != std::string::npos ? 1 : 0;
        CHECK(found == 0);
        // Those that live are all there.
        for (std::size_t n = 1; n < rows.size(); n += 2) CHECK(store.window_wraps(rows[n].grant.id)->size() == 2);
    }
}

TEST_CASE("windows: the WAL is emptied later when a reader stood in the way") {
    StoreFolder folder;
    auto store = folder.open();
    auto reader = folder.open(false);
    const auto wrap = unmistakable();
    folder.tap(store, window(1, 1), {{{patient(1), model::Section::emergency, 1}, wrap}});
    {
        const auto snapshot = reader.snapshot();
        REQUIRE(snapshot);
        CHECK(reader.windows()->size() == 1);  // the snapshot begins with the first thing read
        REQUIRE(store.end_window(grant(1, 1).id, entry(LedgerKind::window_ended)));
        CHECK(folder.on_disk(wrap));
        REQUIRE(store.tidy());
        CHECK(folder.on_disk(wrap));
    }
    REQUIRE(store.tidy());
    CHECK_FALSE(folder.on_disk(wrap));
}

TEST_CASE("windows: what a newer tap replaced is wiped in the next quiet moment") {
    StoreFolder folder;
    auto store = folder.open();
    const auto wrap = unmistakable();
    folder.tap(store, window(1, 1), {{{patient(1), model::Section::emergency, 1}, wrap}});
    folder.tap(store, window(2, 1), {window_wrap(1, 1)});
    REQUIRE(store.tidy());
    CHECK_FALSE(folder.on_disk(wrap));
    CHECK(store.window_wraps(grant(2, 1).id)->size() == 1);
}

TEST_CASE("windows: ending one writes its entry in the same breath") {
    StoreFolder folder;
    auto store = folder.open();
    folder.tap(store, window(1, 1), {window_wrap(1, 1)});
    REQUIRE(store.end_window(grant(1, 1).id, entry(LedgerKind::window_ended)));
    CHECK(store.windows()->empty());
    CHECK(store.unreceipted(10)->back().kind == LedgerKind::window_ended);
    // There is nothing left to end, and then nothing to write.
    CHECK(store.end_window(grant(1, 1).id, entry(LedgerKind::window_ended)).fault() == Fault::not_found);
    CHECK(store.unreceipted(10)->size() == 3);
    CHECK(store.closed_windows()->empty());
}

TEST_CASE("windows: the region's withdrawal takes the wraps at once and leaves a row to see") {
    StoreFolder folder;
    auto store = folder.open();
    folder.tap(store, window(1, 1), {window_wrap(1, 1)});
    const model::GrantNews news{grant(1, 1).id, model::GrantState::withdrawn, "withdrawn_on_paper"};
    REQUIRE(store.apply(page(0, {news})));
    CHECK(store.window_wraps(grant(1, 1).id)->empty());
    CHECK((*store.window(grant(1, 1).id))->state == model::GrantState::withdrawn);

    REQUIRE(store.end_window(grant(1, 1).id, entry(LedgerKind::window_ended, 30)));
    CHECK(store.windows()->empty());
    const auto closed = store.closed_windows();
    REQUIRE(closed->size() == 1);
    CHECK(closed->front().grant == grant(1, 1).id);
    CHECK(closed->front().state == model::GrantState::withdrawn);
    CHECK(closed->front().reason == "withdrawn_on_paper");
    CHECK(closed->front().granted_at == grant(1, 1).granted_at);
    CHECK(closed->front().closed_at == at(30));

    REQUIRE(store.forget_closed_windows(at(30)));
    CHECK(store.closed_windows()->size() == 1);
    REQUIRE(store.forget_closed_windows(at(31)));
    CHECK(store.closed_windows()->empty());
}

TEST_CASE("windows: a confirmation by the feed counts as the region's word") {
    StoreFolder folder;
    auto store = folder.open();
    folder.tap(store, window(1, 1), {window_wrap(1, 1)});
    REQUIRE(store.apply(page(0, {model::GrantNews{grant(1, 1).id, model::GrantState::confirmed, ""}})));
    CHECK((*store.window(grant(1, 1).id))->receipted);
    CHECK(store.window_wraps(grant(1, 1).id)->size() == 1);
    // News of a grant of another terminal is nothing to us.
    REQUIRE(store.apply(page(1, {model::GrantNews{grant(9, 9).id, model::GrantState::refused, "proof_wrong"}})));
    CHECK(store.windows()->size() == 1);
}

TEST_CASE("windows: a facility wrap ends with its window") {
    StoreFolder folder;
    auto store = folder.open();
    REQUIRE(store.apply(page(0, {package(1, 1)})));
    folder.tap(store, window(1, 1), {window_wrap(1, 1)});
    auto wrap = facility_wrap(1, 2);
    wrap.sealed = unmistakable();
    REQUIRE(store.apply(page(1, {wrap})));
    CHECK(folder.on_disk(wrap.sealed));
    REQUIRE(store.end_window(grant(1, 1).id, entry(LedgerKind::window_ended)));
    CHECK(store.facility_wraps()->empty());
    CHECK_FALSE(folder.on_disk(wrap.sealed));
}
