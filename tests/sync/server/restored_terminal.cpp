// An old disk image put back into a terminal: its next entries contradict what the region has.
#include "sync/store/store.h"
#include "tests/sync/server/town.h"

using namespace kazashi;
using test::must;
using test::Town;

namespace {

struct RestoredTerminal {
    RestoredTerminal() { open(); }
    void open() {
        store.reset();
        store.emplace(must(store::Store::open(file(), {.create = true})));
        store->set_signer(terminal.id,
                          [this](model::LedgerEntry& entry) { wire::sign_entry(entry, terminal.signing); });
    }
    std::filesystem::path file() const { return folder / "kazashi.db"; }
    void write(const std::string& note) {
        wire::LedgerBody body;
        body.note = note;
        must(store->append({model::LedgerKind::sign_in, town.now(), model::ClockQuality::region,
                            vault::seal_to(town.region().keys.sealing.seal, wire::encode(body))}));
    }
    wire::PushAnswer push() {
        auto answer = must(town.push(terminal, must(store->unreceipted(100))));
        must(store->put_receipts(answer.receipts));
        return answer;
    }

    Town town;
    test::TestTerminal terminal = town.enrol("F0001");
    fakes::TempFolder folder;
    std::optional<store::Store> store;
};

}  // namespace

TEST_CASE("restored terminal: the region finds the fork and trusts it no more") {
    RestoredTerminal shop;
    shop.write("one");
    shop.write("two");
    CHECK(shop.push().problem.empty());
    const auto copy = shop.folder / "copy.db";
    must(shop.store->backup(copy));
    shop.write("three");
    CHECK(shop.push().problem.empty());

    shop.store.reset();
    std::filesystem::copy_file(copy, shop.file(), std::filesystem::copy_options::overwrite_existing);
    shop.open();
    CHECK(must(shop.store->ledger_counts()).entries == 2);
    must(shop.store->verify_ledger(shop.terminal.signing.verify));  // in itself it is whole
    shop.write("another three");
    const auto answer = shop.push();
    CHECK(answer.problem == "fork");
    CHECK(answer.receipts.empty());
    // It keeps what it has, and that is all.
    CHECK(must(shop.store->ledger_counts()).pending == 1);
    shop.write("four");
    CHECK(shop.push().problem == "fork");
}

TEST_CASE("restored terminal: a copy of the last moment is no fork") {
    RestoredTerminal shop;
    shop.write("one");
    const auto copy = shop.folder / "copy.db";
    must(shop.store->backup(copy));
    CHECK(shop.push().problem.empty());
    shop.store.reset();
    std::filesystem::copy_file(copy, shop.file(), std::filesystem::copy_options::overwrite_existing);
    shop.open();
    CHECK(must(shop.store->ledger_counts()).pending == 1);
    CHECK(shop.push().problem.empty());  // the same entry gets the same receipt
    shop.write("two");
    CHECK(shop.push().problem.empty());
    CHECK(must(shop.store->ledger_counts()).pending == 0);
}
