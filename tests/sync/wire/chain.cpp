#include "tests/catch.h"
#include "tests/sync/wire/samples.h"

using namespace kazashi;
using base::Fault;

namespace {

struct Ledger {
    vault::SigningPair terminal;
    std::vector<model::LedgerEntry> entries;

    base::Status verify() const { return wire::verify_chain(std::nullopt, entries, terminal.verify); }
};

Ledger make(int count) {
    vault::init();
    Ledger ledger{vault::make_signing_pair(), {}};
    ledger.entries = samples::chain(ledger.terminal, count);
    return ledger;
}

void check_broken(const base::Status& status, Fault fault, const char* where) {
    REQUIRE(!status);
    CHECK(status.fault() == fault);
    CHECK(status.error().detail == where);
}

}  // namespace

TEST_CASE("ledger: a whole chain is accepted from its beginning and from any point") {
    const auto ledger = make(6);
    CHECK(ledger.verify());
    const wire::ChainHead head{{3}, wire::hash_of(ledger.entries[2])};
    CHECK(wire::verify_chain(head, std::span{ledger.entries}.subspan(3), ledger.terminal.verify));
    CHECK(wire::verify_chain(head, {}, ledger.terminal.verify));
}

TEST_CASE("ledger: a cut entry is found at its successor") {
    auto ledger = make(5);
    ledger.entries.erase(ledger.entries.begin() + 2);
    check_broken(ledger.verify(), Fault::out_of_order, "ledger entry 4");
}

TEST_CASE("ledger: a cut beginning is found at the first entry left") {
    auto ledger = make(5);
    ledger.entries.erase(ledger.entries.begin());
    check_broken(ledger.verify(), Fault::out_of_order, "ledger entry 2");
}

TEST_CASE("ledger: two swapped entries are found at the first of them") {
    auto ledger = make(5);
    std::swap(ledger.entries[1], ledger.entries[2]);
    check_broken(ledger.verify(), Fault::out_of_order, "ledger entry 3");
}

TEST_CASE("ledger: an entry twice is found at its repeat") {
    auto ledger = make(3);
    ledger.entries.push_back(ledger.entries.back());
    check_broken(ledger.verify(), Fault::out_of_order, "ledger entry 3");
}

TEST_CASE("ledger: a changed entry is found whatever was changed") {
    const auto change_and_verify = [](auto change) {
        auto ledger = make(4);
        change(ledger.entries[1]);
        return ledger.verify();
    };
    using Entry = model::LedgerEntry;
    check_broken(change_and_verify([](Entry& e) { e.body[5] ^= 1U; }), Fault::bad_signature, "ledger entry 2");
    check_broken(change_and_verify([](Entry& e) { e.at += std::chrono::milliseconds{1}; }), Fault::bad_signature,
                 "ledger entry 2");
    check_broken(change_and_verify([](Entry& e) { e.kind = model::LedgerKind::sign_out; }), Fault::bad_signature,
                 "ledger entry 2");
    check_broken(change_and_verify([](Entry& e) { e.clock = model::ClockQuality::wall; }), Fault::bad_signature,
                 "ledger entry 2");
    check_broken(change_and_verify([](Entry& e) { e.signature.bytes[9] ^= 1U; }), Fault::bad_signature,
                 "ledger entry 2");
    check_broken(change_and_verify([](Entry& e) { e.prev.bytes[0] ^= 1U; }), Fault::out_of_order, "ledger entry 2");
    check_broken(change_and_verify([](Entry& e) { e.terminal = model::TerminalId{"F0002-T1"}; }), Fault::out_of_order,
                 "ledger entry 2");
}

TEST_CASE("ledger: a changed entry signed anew is found at its successor") {
    auto ledger = make(4);
    ledger.entries[1].body[5] ^= 1U;
    wire::sign_entry(ledger.entries[1], ledger.terminal);
    check_broken(ledger.verify(), Fault::out_of_order, "ledger entry 3");
}

TEST_CASE("ledger: a chain that follows another history is a fork") {
    const auto ledger = make(4);
    auto other = samples::chain(ledger.terminal, 4);
    other[1].body[0] ^= 1U;
    const wire::ChainHead head{{2}, wire::hash_of(other[1])};
    check_broken(wire::verify_chain(head, std::span{ledger.entries}.subspan(2), ledger.terminal.verify),
                 Fault::out_of_order, "ledger entry 3");
}

TEST_CASE("ledger: a chain signed by another terminal is refused at once") {
    const auto ledger = make(3);
    const auto other = vault::make_signing_pair();
    check_broken(wire::verify_chain(std::nullopt, ledger.entries, other.verify), Fault::bad_signature,
                 "ledger entry 1");
}

TEST_CASE("ledger: the hash covers everything but the signature") {
    const auto entry = make(1).entries[0];
    auto changed = entry;
    changed.signature.bytes[0] ^= 1U;
    CHECK(wire::hash_of(changed) == wire::hash_of(entry));
    changed = entry;
    changed.body.push_back(0);
    CHECK(wire::hash_of(changed) != wire::hash_of(entry));
}
