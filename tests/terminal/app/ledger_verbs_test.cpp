#include "terminal/app/ledger_verbs.h"

#include "terminal/app/backup.h"
#include "terminal/app/state_lock.h"
#include "tests/terminal/app/own_terminal.h"

using namespace kazashi;
using namespace kazashi::test;
namespace fs = std::filesystem;

namespace {

std::string bytes_of(const fs::path& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}
void put(const fs::path& file, const std::string& bytes) { std::ofstream{file, std::ios::binary} << bytes; }

std::string key_of(const OwnTerminal& terminal) { return base::to_hex(terminal.enrolment.signing.verify.view()); }

}  // namespace

TEST_CASE("state lock: one program at a time, and free again when it ends") {
    fakes::TempFolder folder;
    {
        const auto first = app::StateLock::take(folder.path());
        REQUIRE(first);
        CHECK(app::StateLock::take(folder.path()).fault() == base::Fault::denied);
    }
    CHECK(app::StateLock::take(folder.path()));
    CHECK(app::StateLock::take(folder / "missing").fault() == base::Fault::not_found);
}

TEST_CASE("own ledger: everything goes to the region until the newest entry has its receipt") {
    OwnTerminal terminal;
    terminal.write_entries(150);
    auto store = store::Store::open(terminal.enrolment.database, {});
    REQUIRE(store);
    app::OwnLedger ledger{*store, terminal.enrolment, terminal.clock};
    SigningRegion region;
    region.receipts_most = 40;
    const auto receipt = ledger.settle(region);
    REQUIRE(receipt);
    CHECK(receipt->seq.value == 150);
    CHECK(region.taken.size() == 150);
    CHECK(store->ledger_counts()->pending == 0);
    const auto again = ledger.settle(region);  // the region gives the same one
    REQUIRE(again);
    CHECK(again->hash == receipt->hash);
}

TEST_CASE("own ledger: what the region has against it is said") {
    OwnTerminal terminal;
    terminal.write_entries(1);
    auto store = store::Store::open(terminal.enrolment.database, {});
    REQUIRE(store);
    app::OwnLedger ledger{*store, terminal.enrolment, terminal.clock};
    SigningRegion region;
    region.problem = "fork";
    const auto refused = ledger.settle(region);
    CHECK(refused.fault() == base::Fault::server_fault);
    CHECK(refused.error().detail.find("fork") != std::string::npos);
    region.problem.clear();
    region.receipts_most = 0;
    CHECK(ledger.settle(region).fault() == base::Fault::server_fault);
}

TEST_CASE("ledger: what was exported is verified, with the folder and with the key alone") {
    OwnTerminal terminal;
    terminal.write_entries(20);
    const auto file = terminal.outside / "ledger.cbor";
    Said said;
    REQUIRE(app::export_ledger({file, terminal.state}, said.say));
    CHECK(said.has("20 entries"));
    CHECK((fs::status(file).permissions() & fs::perms::all) == (fs::perms::owner_read | fs::perms::owner_write));
    Said with_folder;
    CHECK(app::verify_ledger({file, terminal.state, ""}, with_folder.say));
    CHECK(with_folder.has("F0001-T1"));
    CHECK(with_folder.has("entries 1 to 20"));
    CHECK(!with_folder.has("nobody can say"));
    Said with_key;
    CHECK(app::verify_ledger({file, "", key_of(terminal)}, with_key.say));
    CHECK(with_key.has("nobody can say"));
}

TEST_CASE("ledger: a changed byte, another's key, and a cut file are found") {
    OwnTerminal terminal;
    terminal.write_entries(5);
    const auto whole = terminal.outside / "whole.cbor";
    Said said;
    REQUIRE(app::export_ledger({whole, terminal.state}, said.say));
    const auto bytes = bytes_of(whole);
    const auto changed = terminal.outside / "changed.cbor";
    for (std::size_t at = 0; at < bytes.size(); at += 97) {
        auto bad = bytes;
        bad[at] = static_cast<char>(bad[at] ^ 1);
        put(changed, bad);
        CHECK(!app::verify_ledger({changed, terminal.state, ""}, said.say));
    }
    const auto other = base::to_hex(vault::make_signing_pair().verify.view());
    CHECK(app::verify_ledger({whole, "", other}, said.say).fault() == base::Fault::bad_signature);
    CHECK(app::verify_ledger({whole, "", "abc"}, said.say).fault() == base::Fault::malformed);
    CHECK(app::verify_ledger({terminal.outside / "missing", "", other}, said.say).fault() == base::Fault::io);
    // An older export is an honest ledger that ends too early: only the terminal's folder tells.
    terminal.write_entries(1);
    CHECK(app::verify_ledger({whole, "", key_of(terminal)}, said.say));
    CHECK(app::verify_ledger({whole, terminal.state, ""}, said.say).fault() == base::Fault::out_of_order);
}

TEST_CASE("ledger: of an empty one nothing is exported") {
    OwnTerminal terminal;
    Said said;
    CHECK(app::export_ledger({terminal.outside / "ledger.cbor", terminal.state}, said.say).fault() ==
          base::Fault::not_found);
    CHECK(!fs::exists(terminal.outside / "ledger.cbor"));
}

TEST_CASE("backup: a copy is put back, the store that was there is kept, and it is said what comes of it") {
    OwnTerminal terminal;
    terminal.write_entries(3);
    const auto copy = terminal.outside / "copy.db";
    Said said;
    REQUIRE(app::backup({copy, terminal.state}, said.say));
    CHECK(app::backup({copy, terminal.state}, said.say).fault() == base::Fault::denied);
    terminal.write_entries(2);
    REQUIRE(terminal.entries().size() == 5);
    Said restored;
    REQUIRE(app::restore({{copy, terminal.state}}, restored.say));
    CHECK(restored.has("fork"));
    CHECK(restored.has("kazashi enrol"));
    CHECK(terminal.entries().size() == 3);
    CHECK(fs::exists(terminal.state / "kazashi.db.before-restore-1"));
}

TEST_CASE("backup: another terminal's copy, a damaged one, or a running terminal changes nothing") {
    OwnTerminal terminal;
    OwnTerminal other;
    terminal.write_entries(1);
    other.write_entries(2);
    const auto copy = other.outside / "copy.db";
    Said said;
    REQUIRE(app::backup({copy, other.state}, said.say));
    CHECK(app::restore({{copy, terminal.state}}, said.say).fault() == base::Fault::denied);
    put(terminal.outside / "rubbish.db", std::string(8192, 'x'));
    CHECK(!app::restore({{terminal.outside / "rubbish.db", terminal.state}}, said.say));
    CHECK(!app::restore({{terminal.outside / "missing.db", terminal.state}}, said.say));
    const auto lock = app::StateLock::take(other.state);
    CHECK(app::restore({{copy, other.state}}, said.say).fault() == base::Fault::denied);
    CHECK(terminal.entries().size() == 1);
    CHECK(!fs::exists(terminal.state / "kazashi.db.before-restore-1"));
    CHECK(!fs::exists(terminal.state / "kazashi.db.restoring"));
}
