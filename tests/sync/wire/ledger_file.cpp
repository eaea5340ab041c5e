#include "sync/wire/ledger_file.h"

#include "sync/wire/ledger_check.h"
#include "sync/wire/tuning.h"
#include "tests/catch.h"
#include "tests/sync/wire/samples.h"

using namespace kazashi;
using base::ByteView;
using base::Fault;

namespace {

struct Ledger {
    Ledger() { vault::init(); }
    vault::SigningPair key{(vault::init(), vault::make_signing_pair())};
    std::vector<model::LedgerEntry> entries{samples::chain(key, 600)};

    wire::ChainHead head(std::size_t seq) const { return {entries[seq - 1].seq, wire::hash_of(entries[seq - 1])}; }
    std::span<const model::LedgerEntry> part(std::size_t from, std::size_t to) const {
        return std::span{entries}.subspan(from - 1, to - from + 1);
    }
    base::Bytes file(std::size_t from, std::size_t to) const { return wire::encode_ledger_file(part(from, to)); }
    base::Result<wire::VerifiedLedger> verify(ByteView bytes, std::optional<wire::ChainHead> known = {}) const {
        return wire::verify_ledger_file(bytes, key.verify, known);
    }
};

void sign_on(std::vector<model::LedgerEntry>& entries, const vault::SigningPair& key, model::LedgerKind kind,
             int count) {
    for (int i = 0; i < count; ++i) {
        auto entry = samples::chain(key, 1).front();
        entry.seq = {static_cast<std::int64_t>(entries.size()) + 1};
        entry.prev = entries.empty() ? model::Hash{} : wire::hash_of(entries.back());
        entry.kind = kind;
        wire::sign_entry(entry, key);
        entries.push_back(entry);
    }
}

}  // namespace

TEST_CASE("ledger file: it comes back whole and in as few pushes as may be") {
    const Ledger ledger;
    const auto file = ledger.file(1, 600);
    const auto back = wire::decode_ledger_file(file);
    REQUIRE(back);
    CHECK(*back == ledger.entries);
    CHECK(wire::encode_ledger_file({}).empty());
    CHECK(wire::encode_ledger_file(ledger.part(1, 256)) ==
          wire::encode(wire::Push{{ledger.entries.begin(), ledger.entries.begin() + 256}}));
    CHECK(file.size() == ledger.file(1, 256).size() + ledger.file(257, 512).size() + ledger.file(513, 600).size());
}

TEST_CASE("ledger file: heavy entries are spread over more pushes") {
    Ledger ledger;
    for (auto& entry : ledger.entries) entry.body.assign(wire::tuning::ledger_body_bytes, 1);
    const auto file = ledger.file(1, 300);
    const auto back = wire::decode_ledger_file(file);
    REQUIRE(back);
    CHECK(back->size() == 300);
}

TEST_CASE("ledger file: a good one says from where to where it goes") {
    const Ledger ledger;
    const auto whole = ledger.verify(ledger.file(1, 600));
    REQUIRE(whole);
    CHECK(whole->terminal == model::TerminalId{"F0001-T1"});
    CHECK(whole->first == model::LedgerSeq{1});
    CHECK(whole->head == ledger.head(600));
    const auto newer = ledger.verify(ledger.file(300, 600));
    REQUIRE(newer);
    CHECK(newer->first == model::LedgerSeq{300});
}

TEST_CASE("ledger file: what others know of the ledger must be in it") {
    const Ledger ledger;
    CHECK(ledger.verify(ledger.file(1, 400), ledger.head(400)));
    CHECK(ledger.verify(ledger.file(1, 400), ledger.head(7)));
    CHECK(ledger.verify(ledger.file(301, 400), ledger.head(300)));
    CHECK(ledger.verify(ledger.file(301, 400), ledger.head(200)));  // too old to say anything about this part
    CHECK(ledger.verify(ledger.file(1, 400), ledger.head(401)).fault() == Fault::out_of_order);
    auto other = ledger.head(300);
    other.hash.bytes[0] ^= 1U;
    CHECK(ledger.verify(ledger.file(1, 400), other).fault() == Fault::out_of_order);
    CHECK(ledger.verify(ledger.file(300, 400), other).fault() == Fault::out_of_order);
    CHECK(ledger.verify(ledger.file(301, 400), other).fault() == Fault::out_of_order);
}

TEST_CASE("ledger file: a first entry that follows something is not a first entry") {
    Ledger ledger;
    auto& first = ledger.entries.front();
    first.prev.bytes[5] = 1;
    wire::sign_entry(first, ledger.key);
    CHECK(ledger.verify(ledger.file(1, 1)).fault() == Fault::out_of_order);
}

TEST_CASE("ledger file: nothing, half a push and a push of nothing are no ledger files") {
    const Ledger ledger;
    CHECK(ledger.verify({}).fault() == Fault::malformed);
    const auto file = ledger.file(1, 300);
    const auto pushes = {ledger.file(1, 256).size(), file.size()};
    for (std::size_t size = 0; size < file.size(); size += 997) {
        if (std::find(pushes.begin(), pushes.end(), size) != pushes.end()) continue;
        REQUIRE(ledger.verify(ByteView{file}.first(size)).fault() == Fault::malformed);
    }
    auto longer = file;
    base::append(longer, wire::encode(wire::Push{}));
    CHECK(ledger.verify(longer).fault() == Fault::malformed);
    longer = file;
    longer.push_back(0);
    CHECK(ledger.verify(longer).fault() == Fault::malformed);
    longer = ledger.file(1, 256);
    base::append(longer, ledger.file(1, 256));
    CHECK(ledger.verify(longer).error().detail == "ledger entry 1");
    CHECK(wire::decode_ledger_file(base::Bytes(wire::tuning::ledger_file_bytes + 1)).fault() == Fault::limit);
}

TEST_CASE("ledger file: another terminal's key verifies nothing") {
    const Ledger ledger;
    const auto file = ledger.file(1, 3);
    const auto refused = wire::verify_ledger_file(file, vault::make_signing_pair().verify, {});
    CHECK(refused.fault() == Fault::bad_signature);
    CHECK(refused.error().detail == "ledger entry 1");
}

TEST_CASE("ledger check: entries of an earlier key are held by what the present one signed after them") {
    vault::init();
    const auto old_key = vault::make_signing_pair();
    const auto key = vault::make_signing_pair();
    std::vector<model::LedgerEntry> entries;
    sign_on(entries, old_key, model::LedgerKind::view, 3);
    sign_on(entries, old_key, model::LedgerKind::rekeyed, 1);
    sign_on(entries, key, model::LedgerKind::view, 2);
    const auto verify = [&key](const std::vector<model::LedgerEntry>& list) {
        return wire::verify_ledger_file(wire::encode_ledger_file(list), key.verify, {});
    };
    CHECK(verify(entries));

    auto changed = entries;
    changed[1].body[0] ^= 1U;
    CHECK(verify(changed).error().detail == "ledger entry 3");
    changed = entries;
    changed[3].kind = model::LedgerKind::view;  // no longer what it was when the next one was signed
    CHECK(verify(changed).error().detail == "ledger entry 5");
    changed = entries;
    changed.resize(4);  // nothing of the present key holds them
    CHECK(verify(changed).fault() == Fault::bad_signature);
    sign_on(changed, old_key, model::LedgerKind::view, 1);
    CHECK(verify(changed).fault() == Fault::bad_signature);

    // Whoever has the old key cannot go on with it.
    changed = entries;
    sign_on(changed, old_key, model::LedgerKind::rekeyed, 1);
    CHECK(verify(changed).error().detail == "ledger entry 7");

    // A change of keys that nobody wrote down is none.
    entries.clear();
    sign_on(entries, old_key, model::LedgerKind::view, 3);
    sign_on(entries, key, model::LedgerKind::view, 2);
    CHECK(verify(entries).error().detail == "ledger entry 1");
    // Twice.
    entries.clear();
    sign_on(entries, vault::make_signing_pair(), model::LedgerKind::rekeyed, 1);
    sign_on(entries, old_key, model::LedgerKind::rekeyed, 1);
    sign_on(entries, key, model::LedgerKind::rekeyed, 1);
    CHECK(verify(entries));
}
