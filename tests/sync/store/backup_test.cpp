#include <sys/stat.h>

#include "tests/catch.h"
#include "tests/sync/store/fixture.h"
#include "tests/sync/store/works.h"

using namespace kazashi;
using namespace kazashi::store_tests;
using base::Fault;
using model::LedgerKind;

TEST_CASE("backup: a copy of a store in use holds all it held, for its owner only") {
    StoreFolder folder;
    auto store = folder.open();
    Works works{store, folder.region, 5, [] {}};
    for (int n = 0; n < 40; ++n) REQUIRE(works.act_at_random());
    auto other = folder.open(false);
    const auto file = folder.folder / "copy.db";
    std::string rows;
    {
        // Somebody reads, and the copy is of what they and everybody else see.
        const auto reading = other.snapshot();
        REQUIRE(other.windows());
        rows = rows_of(folder.file());
        REQUIRE(store.backup(file));
        REQUIRE(store.append(entry(LedgerKind::view)));
    }
    CHECK(rows_of(file) == rows);
    struct stat about {};
    REQUIRE(::stat(file.c_str(), &about) == 0);
    CHECK((about.st_mode & 0777U) == 0600U);
    CHECK_FALSE(std::filesystem::exists(folder.folder / "copy.db.part"));

    auto opened = store::Store::open(file, {});
    REQUIRE(opened);
    CHECK(opened->verify_ledger(folder.signing.verify));
    CHECK(opened->ledger_counts()->entries == store.ledger_counts()->entries - 1);
    folder.sign(*opened);
    CHECK(opened->append(entry(LedgerKind::view)));
}

TEST_CASE("backup: it carries no key that was wiped") {
    StoreFolder folder;
    auto store = folder.open();
    const base::Bytes seal(72, 0xE5);
    folder.tap(store, window(1, 1), {{{patient(1), model::Section::care, 1}, seal}});
    const auto in_copy = [&](const std::string& name) {
        REQUIRE(store.backup(folder.folder / name));
        std::ifstream in{folder.folder / name, std::ios::binary};
        const std::string content{std::istreambuf_iterator<char>{in}, {}};
        return content.find(base::as_text(seal)) != std::string::npos;
    };
    CHECK(in_copy("one.db"));
    REQUIRE(store.end_window(grant(1, 1).id, entry(LedgerKind::window_ended)));
    CHECK_FALSE(in_copy("two.db"));
}

TEST_CASE("backup: a newer copy takes the place of an older, a failed one leaves it") {
    StoreFolder folder;
    auto store = folder.open();
    const auto file = folder.folder / "copy.db";
    REQUIRE(store.backup(file));
    REQUIRE(store.append(entry(LedgerKind::view)));
    REQUIRE(store.backup(file));
    CHECK(rows_of(file) == rows_of(folder.file()));
    CHECK(store.backup(folder.folder / "nowhere" / "copy.db").fault() == Fault::io);
    // A copy onto a folder cannot be put in its place.
    std::filesystem::create_directory(folder.folder / "taken");
    CHECK_FALSE(store.backup(folder.folder / "taken"));
    CHECK_FALSE(std::filesystem::exists(folder.folder / "taken.part"));
}
