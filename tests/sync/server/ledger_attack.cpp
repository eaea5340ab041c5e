// Every way to change a ledger of 1,000 entries, and where it is found (design §7).
//
//   attack                                  at the terminal (ledger verify)      at the region (POST /v1/ledger)
//   a bit of any field of any entry         that entry or the next               bad_signature, fork, gap, denied
//   the body of another entry               that entry                           bad_signature
//   any entry cut out                       the next                             gap
//   entries cut off at the beginning        unseen: they may have been pruned    gap
//   entries cut off at the end: roll-back   with any newer receipt or store      fork, at the first entry written on
//   any two neighbours swapped, far pairs   the first of them                    gap
//   any entry twice in a row                the second                           fork; a repeated push only repeats
//                                                                                receipts
//   an entry of another terminal            that entry                           denied
//   … renamed as ours                       that entry                           bad_signature
//   … renamed and signed by its own key     that entry                           bad_signature
//   any entry rewritten and signed anew     the next                             fork
//     by the terminal itself
#include <map>
#include <random>
#include <span>

#include "sync/wire/ledger_check.h"
#include "sync/wire/ledger_file.h"
#include "tests/sync/server/town.h"

using namespace kazashi;
using namespace kazashi::test;
using base::Fault;

namespace {

constexpr std::size_t count = 1'000;
constexpr int random_bits = 4;  // of each entry, besides one of each field

struct Scene {
    Town town;
    TestTerminal terminal{town.enrol("F0001")};
    TestTerminal other{town.enrol("F0002")};
    std::vector<model::LedgerEntry> entries{write(terminal)};
    std::vector<model::LedgerEntry> foreign{write(other)};
    server::TerminalRecord record{town.record_of(terminal)};
    std::minstd_rand dice{20261121};

    std::vector<model::LedgerEntry> write(TestTerminal& by) {
        std::vector<model::LedgerEntry> written;
        for (std::size_t i = 0; i < count; ++i) {
            wire::LedgerBody body;
            body.staff = model::StaffId{"0000000001"};
            body.note = "note" + std::to_string(i);
            const auto kind = static_cast<model::LedgerKind>(i % 3 + 1);  // sign-in, sign-out, failed
            town.clock.pass(std::chrono::seconds{1});
            written.push_back(town.write(by, kind, body));
        }
        return written;
    }

    // What verification knows just before entry `i` (from 0).
    wire::LedgerCheck check_before(std::size_t i) const {
        const auto head = i == 0 ? wire::ChainHead{} : head_of(entries[i - 1]);
        return {head, terminal.signing.verify};
    }
    static wire::ChainHead head_of(const model::LedgerEntry& entry) { return {entry.seq, wire::hash_of(entry)}; }

    bool found_at_terminal(std::size_t i, const std::vector<model::LedgerEntry>& instead) const {
        auto check = check_before(i);
        for (const auto& entry : instead) {
            if (!check.add(entry)) return true;
        }
        return !check.done();
    }

    std::size_t random(std::size_t below) { return dice() % below; }
};

void flip(std::uint8_t& byte, std::size_t bit) { byte ^= static_cast<std::uint8_t>(1U << bit % 8); }
template <class Number>
Number flipped(Number number, std::size_t bits, std::size_t bit) {
    return static_cast<Number>(static_cast<std::uint64_t>(number) ^ std::uint64_t{1} << bit % bits);
}

// The entry with one bit of one field changed, for each field.
std::vector<model::LedgerEntry> one_bit_of_each_field(const model::LedgerEntry& entry, std::size_t bit) {
    using model::UtcTime;
    std::vector<model::LedgerEntry> changed(8, entry);
    auto name = entry.terminal.str();
    name[bit / 8 % name.size()] = static_cast<char>(name[bit / 8 % name.size()] ^ (1 << bit % 7));
    changed[0].terminal = model::TerminalId{name};
    changed[1].seq = {flipped(entry.seq.value, 63, bit)};
    flip(changed[2].prev.bytes[bit / 8 % model::Hash::size], bit);
    changed[3].at = UtcTime{std::chrono::milliseconds{flipped(entry.at.time_since_epoch().count(), 47, bit)}};
    changed[4].clock = flipped(entry.clock, 2, bit);
    changed[5].kind = flipped(entry.kind, 5, bit);
    flip(changed[6].body[bit / 8 % entry.body.size()], bit);
    flip(changed[7].signature.bytes[bit / 8 % model::Signature::size], bit);
    return changed;
}

// What the region says to a push; nothing of it stays.
std::string said(Scene& scene, const std::vector<model::LedgerEntry>& pushed) {
    std::string answer;
    static_cast<void>(scene.town.repository().write([&](server::Records& records) -> base::Status {
        const auto given = scene.town.ledgers().push(records, scene.record, {pushed}, scene.town.now());
        answer = given ? given->problem : "denied";
        return base::Error{Fault::denied, "only asked"};
    }));
    return answer;
}

// The region takes these in for good.
void push(Scene& scene, std::span<const model::LedgerEntry> entries) {
    for (; !entries.empty(); entries = entries.subspan(std::min<std::size_t>(entries.size(), 100))) {
        const auto part = entries.first(std::min<std::size_t>(entries.size(), 100));
        const auto answer = must(scene.town.push(scene.terminal, {part.begin(), part.end()}));
        REQUIRE(answer.problem.empty());
        REQUIRE(answer.receipts.size() == part.size());
    }
}

// How often each attack was tried, and found.
struct Tally {
    long tried{0};
    long at_terminal{0};
    std::map<std::string, long> said{};

    long at_region() const {
        long found = 0;
        for (const auto& [word, times] : said) found += word.empty() ? 0 : times;
        return found;
    }
    bool only(const std::string& word) const { return said.size() == 1 && said.begin()->first == word; }
};

}  // namespace

TEST_CASE("ledger attack: a changed bit of any entry is found at the terminal and at the region") {
    Scene scene;
    Tally tally;
    for (std::size_t i = 0; i < count; ++i) {
        const auto& entry = scene.entries[i];
        auto attacks = one_bit_of_each_field(entry, scene.random(1024));
        const auto bytes = wire::encode(entry);
        for (int n = 0; n < random_bits; ++n) {
            auto bent = bytes;
            flip(bent[scene.random(bytes.size())], scene.random(8));
            if (auto read = wire::decode_ledger_entry(bent)) attacks.push_back(std::move(*read));
        }
        auto borrowed = entry;
        borrowed.body = scene.entries[(i + 1 + scene.random(count - 1)) % count].body;
        attacks.push_back(std::move(borrowed));

        for (const auto& changed : attacks) {
            ++tally.tried;
            std::vector<model::LedgerEntry> instead{changed};
            if (i + 1 < count) instead.push_back(scene.entries[i + 1]);
            tally.at_terminal += scene.found_at_terminal(i, instead) ? 1 : 0;
            ++tally.said[said(scene, {changed})];
        }
        push(scene, {&entry, 1});
    }
    CHECK(tally.tried >= static_cast<long>(count) * 9);
    CHECK(tally.at_terminal == tally.tried);
    CHECK(tally.at_region() == tally.tried);
    for (const auto* word : {"denied", "bad_signature", "gap"}) CHECK(tally.said[word] > 0);
}

TEST_CASE("ledger attack: a flipped bit anywhere in a ledger file is found") {
    Scene scene;
    const auto file = wire::encode_ledger_file(scene.entries);
    REQUIRE(wire::verify_ledger_file(file, scene.terminal.signing.verify, {}));
    for (int n = 0; n < 40; ++n) {
        auto bent = file;
        flip(bent[scene.random(file.size())], scene.random(8));
        REQUIRE(!wire::verify_ledger_file(bent, scene.terminal.signing.verify, {}));
    }
}

TEST_CASE("ledger attack: any entry cut out is found at its successor") {
    Scene scene;
    Tally tally;
    for (std::size_t i = 0; i + 1 < count; ++i) {
        ++tally.tried;
        tally.at_terminal += scene.found_at_terminal(i, {scene.entries[i + 1]}) ? 1 : 0;
        ++tally.said[said(scene, {scene.entries[i + 1]})];
        push(scene, {&scene.entries[i], 1});
    }
    CHECK(tally.at_terminal == tally.tried);
    CHECK(tally.only("gap"));
}

TEST_CASE("ledger attack: a cut beginning may be pruned to the terminal and is a gap to the region") {
    Scene scene;
    const auto& key = scene.terminal.signing.verify;
    for (std::size_t from = 1; from < count; from += 37) {
        const auto rest = std::span{scene.entries}.subspan(from);
        const auto verified = wire::verify_ledger_file(
            wire::encode_ledger_file(rest.first(std::min<std::size_t>(rest.size(), 3))), key, {});
        REQUIRE(verified);
        CHECK(verified->first == scene.entries[from].seq);
        REQUIRE(said(scene, {rest.front()}) == "gap");
    }
}

TEST_CASE("ledger attack: a roll-back to any length is found by whoever knows a newer entry") {
    Scene scene;
    const auto& key = scene.terminal.signing.verify;
    const auto newest = Scene::head_of(scene.entries.back());
    push(scene, scene.entries);
    for (std::size_t kept = 0; kept < count; ++kept) {
        // The terminal: a receipt, or its own store, says that there was more.
        if (kept > 0) {
            const auto last = std::span{scene.entries}.subspan(kept - 1, 1);
            REQUIRE(!wire::verify_ledger_file(wire::encode_ledger_file(last), key, newest));
        }
        // The region: what the rolled-back terminal writes next stands in the place of another entry.
        scene.terminal.head = kept == 0 ? wire::ChainHead{} : Scene::head_of(scene.entries[kept - 1]);
        const auto next = scene.town.write(scene.terminal, model::LedgerKind::sign_in, {});
        REQUIRE(said(scene, {next}) == "fork");
    }
    REQUIRE(wire::verify_ledger_file(wire::encode_ledger_file(scene.entries), key, newest));
}

TEST_CASE("ledger attack: an entry rewritten with the terminal's own key is found at its successor") {
    Scene scene;
    push(scene, scene.entries);
    for (std::size_t i = 0; i < count; ++i) {
        auto rewritten = scene.entries[i];
        rewritten.kind = model::LedgerKind::declined;
        wire::sign_entry(rewritten, scene.terminal.signing);
        if (i + 1 < count) REQUIRE(scene.found_at_terminal(i, {rewritten, scene.entries[i + 1]}));
        REQUIRE(said(scene, {rewritten}) == "fork");
    }
}

TEST_CASE("ledger attack: neighbours and distant entries in the wrong order are found at the first of them") {
    Scene scene;
    Tally tally;
    for (std::size_t i = 0; i + 1 < count; ++i) {
        for (const auto j : {i + 1, i + 1 + scene.random(count - i - 1)}) {
            ++tally.tried;
            tally.at_terminal += scene.found_at_terminal(i, {scene.entries[j], scene.entries[i]}) ? 1 : 0;
            ++tally.said[said(scene, {scene.entries[j], scene.entries[i]})];
        }
        push(scene, {&scene.entries[i], 1});
    }
    CHECK(tally.at_terminal == tally.tried);
    CHECK(tally.only("gap"));
}

TEST_CASE("ledger attack: an entry twice is found and taken once") {
    Scene scene;
    Tally tally;
    for (std::size_t i = 0; i < count; ++i) {
        const auto& entry = scene.entries[i];
        ++tally.tried;
        tally.at_terminal += scene.found_at_terminal(i, {entry, entry}) ? 1 : 0;
        ++tally.said[said(scene, {entry, entry})];
        push(scene, {&entry, 1});
        // A repeated push is no attack: the line broke before the receipt came.
        const auto again = must(scene.town.push(scene.terminal, {entry}));
        REQUIRE(again.problem.empty());
        REQUIRE(again.receipts.size() == 1);
        REQUIRE(again.expected.value == entry.seq.value + 1);
    }
    CHECK(tally.at_terminal == tally.tried);
    // The region takes it once and gives its receipt twice: a courier's file may have been joined from two.
    CHECK(tally.at_region() == 0);
}

TEST_CASE("ledger attack: an entry of another terminal's ledger is found in whatever clothes") {
    Scene scene;
    Tally as_it_is;
    Tally renamed;
    for (std::size_t i = 0; i < count; ++i) {
        const auto& foreign = scene.foreign[i];
        auto ours = foreign;
        ours.terminal = scene.terminal.id;
        ours.prev = scene.entries[i].prev;
        auto signed_anew = ours;
        wire::sign_entry(signed_anew, scene.other.signing);
        ++as_it_is.tried;
        as_it_is.at_terminal += scene.found_at_terminal(i, {foreign}) ? 1 : 0;
        ++as_it_is.said[said(scene, {foreign})];
        for (const auto& spliced : {ours, signed_anew}) {
            ++renamed.tried;
            std::vector<model::LedgerEntry> instead{spliced};
            if (i + 1 < count) instead.push_back(scene.entries[i + 1]);
            renamed.at_terminal += scene.found_at_terminal(i, instead) ? 1 : 0;
            ++renamed.said[said(scene, {spliced})];
        }
        push(scene, {&scene.entries[i], 1});
    }
    CHECK(as_it_is.at_terminal == as_it_is.tried);
    CHECK(as_it_is.only("denied"));
    CHECK(renamed.at_terminal == renamed.tried);
    CHECK(renamed.only("bad_signature"));
}
