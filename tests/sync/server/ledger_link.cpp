// At the region: an entry of which nothing is wrong but what it says it follows.
#include "tests/sync/server/town.h"

using namespace kazashi;
using namespace kazashi::test;

TEST_CASE("ledger link: an entry that follows another history is a fork, and nothing after it is taken") {
    Town town;
    auto terminal = town.enrol("F0001");
    const auto first = town.write(terminal, model::LedgerKind::sign_in, {});
    const auto true_head = terminal.head;
    terminal.head.hash.bytes[0] ^= 1U;
    const auto second = town.write(terminal, model::LedgerKind::sign_out, {});
    const auto third = town.write(terminal, model::LedgerKind::sign_in, {});
    CHECK(second.seq.value == true_head.seq.value + 1);
    CHECK(wire::entry_signed_by(second, terminal.signing.verify));
    CHECK(third.prev == wire::hash_of(second));

    const auto answer = must(town.push(terminal, {first, second, third}));
    CHECK(answer.problem == "fork");
    CHECK(answer.receipts.size() == 1);
    CHECK(town.record_of(terminal).forked_at.has_value());
}
