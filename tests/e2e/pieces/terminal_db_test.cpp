// Against the terminal's real store, in the same process but over a connection of our own.
#include "tests/e2e/story/terminal_db.h"

#include "sync/store/store.h"
#include "sync/wire/ledger.h"
#include "tests/catch.h"
#include "tests/fakes/temp_folder.h"

using namespace kazashi;
using model::LedgerKind;

namespace {

store::Store open_store(const kazashi::fakes::TempFolder& folder, const vault::SigningPair& terminal) {
    auto store = store::Store::open(folder.path() / "kazashi.db", {true});
    REQUIRE(store);
    store->set_signer(model::TerminalId{"F0001-T1"},
                      [&](model::LedgerEntry& entry) { wire::sign_entry(entry, terminal); });
    return std::move(*store);
}

store::WindowRow window_row(std::uint8_t id) {
    store::WindowRow row;
    row.grant.id.bytes.fill(id);
    row.grant.patient.bytes.fill(id);
    row.state = model::GrantState::confirmed;
    row.sealed_window_key = {1, 2, 3};
    return row;
}

}  // namespace

TEST_CASE("terminal db: entries are seen as soon as they are committed") {
    const kazashi::fakes::TempFolder folder;
    const auto terminal = vault::make_signing_pair();
    auto store = open_store(folder, terminal);
    const story::TerminalDb db{folder.path()};
    const auto before = db.look();
    REQUIRE(before);
    CHECK(before->entries == 0);
    REQUIRE(store.append({LedgerKind::sign_in, {}, {}, {1}}));
    REQUIRE(store.append({LedgerKind::clock_fault, {}, {}, {2}}));
    const auto after = db.look();
    REQUIRE(after);
    CHECK(after->entries == 2);
    CHECK(after->pending == 2);
    CHECK(after->count(LedgerKind::clock_fault) == 1);
    CHECK(after->count(LedgerKind::view) == 0);
    CHECK_FALSE(after->same_record(*before));
}

TEST_CASE("terminal db: a receipt counts as good only when the region signed this very entry") {
    const kazashi::fakes::TempFolder folder;
    const auto terminal = vault::make_signing_pair();
    const auto region = vault::make_signing_pair();
    auto store = open_store(folder, terminal);
    REQUIRE(store.append({LedgerKind::sign_in, {}, {}, {1}}));
    const auto entries = store.unreceipted(10);
    REQUIRE(entries);
    model::Receipt receipt{model::TerminalId{"F0001-T1"},
                           entries->front().seq,
                           wire::hash_of(entries->front()),
                           {},
                           model::Verdict::accepted,
                           "",
                           {}};
    wire::sign_receipt(receipt, region);
    const story::TerminalDb db{folder.path()};
    const auto waiting = db.look();
    REQUIRE(waiting);
    REQUIRE(store.put_receipts({receipt}));
    const auto picture = db.look();
    REQUIRE(picture);
    CHECK(picture->same_record(*waiting));
    CHECK(picture->pending == 0);
    CHECK(picture->receipted == 1);
    CHECK(*db.good_receipts(region.verify) == 1);
    CHECK(*db.good_receipts(terminal.verify) == 0);
}

TEST_CASE("terminal db: the wraps of a window stand in the raw file until it ends") {
    const kazashi::fakes::TempFolder folder;
    const auto terminal = vault::make_signing_pair();
    auto store = open_store(folder, terminal);
    const auto row = window_row(7);
    const base::Bytes sealed(72, 0x5A);
    REQUIRE(store.append_tap({LedgerKind::grant, {}, {}, {1}}, {LedgerKind::view, {}, {}, {2}}, row,
                             {{{row.grant.patient, model::Section::medication, 1}, sealed}}));
    const story::TerminalDb db{folder.path()};
    const auto live = db.look();
    REQUIRE(live);
    CHECK(live->windows == std::set<std::string>{base::to_hex(row.grant.id.view())});
    REQUIRE(live->window_wraps.size() == 1);
    CHECK(*db.raw_holds_any(live->window_wraps));
    REQUIRE(store.end_window(row.grant.id, {LedgerKind::window_ended, {}, {}, {3}}));
    CHECK(db.look()->windows.empty());
    CHECK_FALSE(*db.raw_holds_any(live->window_wraps));
}

TEST_CASE("terminal db: a file that is not there is an error") {
    const kazashi::fakes::TempFolder folder;
    CHECK_FALSE(story::TerminalDb{folder.path()}.look());
}
