// The ledger of a store whose terminal was given new keys: from the first entry after it on, they are what counts.
#include "tests/sync/store/fixture.h"

using namespace kazashi;
using namespace kazashi::store_tests;
using base::Fault;
using model::LedgerKind;

namespace {

struct Rekeyed : StoreFolder {
    store::Store store{open()};
    vault::SigningPair old_key{vault::make_signing_pair()};
    vault::SigningPair new_key{vault::make_signing_pair()};

    void write(const vault::SigningPair& key, LedgerKind kind) {
        store.set_signer(terminal, [&key](model::LedgerEntry& made) { wire::sign_entry(made, key); });
        REQUIRE(store.append(entry(kind)));
    }
    // Two entries and the word that it ends, all of the old key.
    void up_to_the_change() {
        write(old_key, LedgerKind::sign_in);
        write(old_key, LedgerKind::view);
        write(old_key, LedgerKind::rekeyed);
    }
    base::Status verify(const vault::SigningPair& key) { return store.verify_ledger(key.verify); }
};

}  // namespace

TEST_CASE("rekey: the first entry after it is verified with the new key, and holds all older ones") {
    Rekeyed terminal;
    terminal.up_to_the_change();
    CHECK(terminal.verify(terminal.old_key));
    // Until the new key has signed something, nothing says whose it is.
    CHECK(terminal.verify(terminal.new_key).fault() == Fault::bad_signature);
    terminal.write(terminal.new_key, LedgerKind::rekeyed);
    CHECK(terminal.verify(terminal.new_key));
    terminal.write(terminal.new_key, LedgerKind::view);
    CHECK(terminal.verify(terminal.new_key));
    // The old key is over: what came after it is not its.
    const auto old = terminal.verify(terminal.old_key);
    CHECK(old.fault() == Fault::bad_signature);
    CHECK(old.error().detail == "ledger entry 4");
}

TEST_CASE("rekey: an entry slipped in between the change and the new key's first is found") {
    for (const bool by_old_key : {true, false}) {
        Rekeyed terminal;
        terminal.up_to_the_change();
        const auto stranger = vault::make_signing_pair();
        terminal.write(by_old_key ? terminal.old_key : stranger, LedgerKind::view);
        CHECK(terminal.verify(terminal.new_key).fault() == Fault::bad_signature);
        terminal.write(terminal.new_key, LedgerKind::view);
        CHECK(terminal.verify(terminal.new_key).fault() == Fault::bad_signature);
    }
}

TEST_CASE("rekey: the old key cannot go on after the new one") {
    Rekeyed terminal;
    terminal.up_to_the_change();
    terminal.write(terminal.new_key, LedgerKind::rekeyed);
    terminal.write(terminal.old_key, LedgerKind::view);
    const auto refused = terminal.verify(terminal.new_key);
    CHECK(refused.fault() == Fault::bad_signature);
    CHECK(refused.error().detail == "ledger entry 5");
}
