// What the store says no to, or finds missing, and what it does when it has grown large.

#include <algorithm>

#include "sync/store/enrolment.h"
#include "sync/store/private_file.h"
#include "sync/store/tuning.h"
#include "tests/catch.h"
#include "tests/sync/store/fixture.h"

using namespace kazashi;
using namespace kazashi::store_tests;
using base::Fault;

namespace {

constexpr const char* terminal_toml = R"(version = 1
terminal = "F0001-T1"
server_url = "https://127.0.0.1:8443"
[facility]
id = "F0001"
type = "clinic"
[region]
code = 44
verify = "KEY"
seal = "KEY"
)";

std::string changed(std::string text, const std::string& from, const std::string& to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

}  // namespace

TEST_CASE("enrolment: each field of terminal.toml must be there and mean something") {
    fakes::TempFolder state;
    const auto good = changed(terminal_toml, "KEY", std::string(64, 'a'));
    const auto detail = [&state](const std::string& text) {
        REQUIRE(store::write_private_file(state / "terminal.toml", base::as_bytes(text)));
        const auto read = store::read_enrolment(state.path());
        REQUIRE(!read);
        CHECK(read.fault() == Fault::malformed);
        return read.error().detail;
    };
    // It is whole; only the files beside it are not there.
    CHECK(detail(good) == "signing.key is missing or empty");
    CHECK(detail(changed(good, "F0001-T1", "")) == "terminal.toml: terminal");
    CHECK(detail(changed(good, "https://127.0.0.1:8443", "")) == "terminal.toml: server_url");
    CHECK(detail(changed(good, "id = \"F0001\"", "")) == "terminal.toml: facility");
    CHECK(detail(changed(good, "clinic", "shrine")) == "terminal.toml: facility");
    CHECK(detail(changed(good, "code = 44", "code = -1")) == "terminal.toml: region.code");
    CHECK(detail(changed(good, "code = 44", "code = 65536")) == "terminal.toml: region.code");
    CHECK(detail(changed(good, "verify = \"a", "verify = \"")) == "terminal.toml: region.verify");
    CHECK(detail(changed(good, "seal = \"aa", "seal = \"")) == "terminal.toml: region.seal");
}

TEST_CASE("private files: a folder is no file, and none is made in a folder that is not there") {
    fakes::TempFolder folder;
    CHECK(store::read_private_file(folder.path()).fault() == Fault::malformed);
    CHECK(store::write_private_file(folder / "nowhere" / "file", {}).fault() == Fault::io);
}

TEST_CASE("feed: a page that leads backwards or holds what comes later is refused") {
    StoreFolder folder;
    auto store = folder.open();
    REQUIRE(store.apply(page(0, {package(1, 1), card_wrap(1, 1)})));
    auto backwards = page(2, {});
    backwards.next = {1};
    CHECK(store.apply(backwards).fault() == Fault::out_of_order);
    auto later = page(2, {package(1, 2)});
    later.next = {2};
    CHECK(store.apply(later).fault() == Fault::out_of_order);
    auto earlier = page(2, {package(1, 2)});
    earlier.entries.front().seq = 2;
    CHECK(store.apply(earlier).fault() == Fault::out_of_order);
    CHECK(store.cursor()->seq == 2);
}

TEST_CASE("feed: who is not in it is not found") {
    StoreFolder folder;
    auto store = folder.open();
    CHECK(!*store.facility(model::FacilityId{"F0009"}));
    CHECK(!*store.staff(model::StaffId{"0000000009"}));
}

TEST_CASE("shared: a newer window the region has refused does not keep an older one of a colleague out") {
    StoreFolder folder;
    auto store = folder.open();
    REQUIRE(store.apply(page(0, {package(1, 1), card_wrap(1, 1)})));
    folder.tap(store, window(5, 1), {window_wrap(1, 1)});
    REQUIRE(store.apply(page(2, {model::GrantNews{grant(5, 1).id, model::GrantState::refused, "proof_wrong"},
                                 model::SharedWindow{grant(3, 1)}})));
    REQUIRE(store.windows()->size() == 2);
    REQUIRE(store.adopt_window(grant(3, 1).id, base::Bytes(72, 1)));
    CHECK(store.windows()->size() == 2);  // the refused one waits to be ended on the record
    CHECK(store.window_of(patient(1))->value().grant.id == grant(3, 1).id);
}

TEST_CASE("ledger: a receipt for the same number of another terminal is refused") {
    StoreFolder folder;
    auto store = folder.open();
    REQUIRE(store.append(entry(model::LedgerKind::sign_in)));
    auto receipt = receipt_for(store.unreceipted(1)->front(), folder.region);
    receipt.terminal = model::TerminalId{"F0002-T1"};
    CHECK(store.put_receipts({receipt}).fault() == Fault::out_of_order);
    CHECK(store.ledger_counts()->pending == 1);
}

TEST_CASE("windows: ending none writes nothing") {
    StoreFolder folder;
    auto store = folder.open();
    CHECK(store.end_windows({}));
    CHECK(store.ledger_counts()->entries == 0);
}

TEST_CASE("opening: two damaged stores of one second both stay") {
    StoreFolder folder;
    std::vector<std::string> names;
    for (int n = 0; n < 3; ++n) {
        std::ofstream{folder.file()} << std::string(8192, 'x');
        const auto opened = store::Store::open(folder.file(), {});
        REQUIRE(opened.fault() == Fault::corrupt);
        names.push_back(opened.error().detail);
    }
    std::sort(names.begin(), names.end());
    CHECK(std::unique(names.begin(), names.end()) == names.end());
    for (const auto& name : names) CHECK(std::filesystem::exists(folder.folder / name));
}

TEST_CASE("opening: a store too large to be checked whole is checked where the feed cannot help") {
    StoreFolder folder;
    constexpr std::size_t wal_bytes = std::size_t{16} * 1024 * store::tuning::checkpoint_pages;
    constexpr std::size_t package_bytes = 700'000;
    {
        auto store = folder.open();
        auto heavy = package(1, 1);
        heavy.sealed.assign(package_bytes, 7);
        for (std::int64_t after = 0; static_cast<std::size_t>(after) * package_bytes < wal_bytes * 5 / 4; ++after) {
            heavy.id.patient = patient(static_cast<std::uint8_t>(after));
            REQUIRE(store.apply(page(after, {heavy})));
        }
        REQUIRE(store.append(entry(model::LedgerKind::sign_in)));
        // What came went into the file on the way, and the WAL began anew.
        CHECK(std::filesystem::file_size(folder.file().string() + "-wal") < wal_bytes * 9 / 8);
    }
    REQUIRE(std::filesystem::file_size(folder.file()) > store::tuning::whole_check_bytes);
    auto store = folder.open(false);
    CHECK(store.ledger_counts()->entries == 1);
}
