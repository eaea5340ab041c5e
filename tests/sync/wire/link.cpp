// What an entry says it follows, and nothing else about it, is wrong: the number is the next one, the signature is the
// terminal's own, and everything after it follows it properly.
#include "sync/wire/ledger_check.h"
#include "tests/catch.h"
#include "tests/sync/wire/samples.h"

using namespace kazashi;
using base::Fault;

namespace {

constexpr std::size_t count = 6;

// From entry `at` (from 0) on another history is told.
std::vector<model::LedgerEntry> relinked(std::size_t at, const model::Hash& follows, const vault::SigningPair& key) {
    auto entries = samples::chain(key, static_cast<int>(count));
    auto prev = follows;
    for (std::size_t i = at; i < count; ++i) {
        entries[i].prev = prev;
        wire::sign_entry(entries[i], key);
        prev = wire::hash_of(entries[i]);
    }
    return entries;
}

base::Status check(const std::vector<model::LedgerEntry>& entries, std::optional<wire::ChainHead> before,
                   const model::VerifyKey& key) {
    wire::LedgerCheck check{before, key};
    for (const auto& entry : entries) KAZASHI_CHECK(check.add(entry));
    return check.done();
}

}  // namespace

TEST_CASE("ledger link: an entry that follows another history is found at that entry, by its link alone") {
    vault::init();
    const auto key = vault::make_signing_pair();
    for (std::size_t at = 0; at < count; ++at) {
        for (const std::size_t bit : {0U, 100U, 255U}) {
            auto follows = at == 0 ? model::Hash{} : wire::hash_of(samples::chain(key, static_cast<int>(at)).back());
            REQUIRE(check(relinked(at, follows, key), wire::ChainHead{}, key.verify));  // told truly it is whole
            follows.bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
            const auto entries = relinked(at, follows, key);
            for (const auto& status : {check(entries, wire::ChainHead{}, key.verify),
                                       wire::verify_chain(std::nullopt, entries, key.verify)}) {
                REQUIRE_FALSE(status);
                CHECK(status.fault() == Fault::out_of_order);
                CHECK(status.error().detail == "ledger entry " + std::to_string(at + 1));
            }
        }
    }
}

TEST_CASE("ledger link: what was pruned is still followed") {
    vault::init();
    const auto key = vault::make_signing_pair();
    const auto entries = samples::chain(key, static_cast<int>(count));
    const std::vector<model::LedgerEntry> rest{entries.begin() + 3, entries.end()};
    wire::ChainHead floor{entries[2].seq, wire::hash_of(entries[2])};
    CHECK(check(rest, floor, key.verify));
    floor.hash.bytes[31] ^= 1U;
    CHECK(check(rest, floor, key.verify).error().detail == "ledger entry 4");
}
