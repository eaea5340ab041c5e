// A key that must go is in no byte of any file afterwards: not in the database, its free pages, nor the WAL.
#include <cstring>
#include <unordered_map>

#include "tests/catch.h"
#include "tests/sync/store/fixture.h"

using namespace kazashi;
using namespace kazashi::store_tests;
using model::GrantState;
using model::LedgerKind;
using model::Section;

namespace {

base::Bytes random_seal() {
    base::Bytes bytes(72);
    vault::random_bytes(bytes.data(), bytes.size());
    return bytes;
}

// Which of these lie on the disk.
std::vector<base::Bytes> found_of(const StoreFolder& folder, const std::vector<base::Bytes>& seals) {
    std::unordered_map<std::uint64_t, std::size_t> starts;
    const auto start_of = [](const void* bytes) {
        std::uint64_t start = 0;
        std::memcpy(&start, bytes, sizeof start);
        return start;
    };
    // Its middle: the first bytes of a freed row are overwritten in any case.
    constexpr std::size_t middle = 32;
    for (std::size_t n = 0; n < seals.size(); ++n) starts[start_of(seals[n].data() + middle)] = n;
    const auto raw = folder.raw();
    std::vector<base::Bytes> found;
    for (std::size_t at = 0; at + sizeof(std::uint64_t) <= raw.size(); ++at) {
        const auto hit = starts.find(start_of(raw.data() + at));
        if (hit != starts.end()) found.push_back(seals[hit->second]);
    }
    return found;
}

// Windows of many patients, so that rows move between pages, each with the keys that have to go with it.
class Town {
public:
    static constexpr std::uint8_t patients = 120;

    Town() {
        std::vector<model::FeedBody> feed;
        for (std::uint8_t n = 0; n < patients; ++n) {
            const auto who = static_cast<std::uint8_t>(n * 37);
            keys_[who] = {random_seal(), random_seal(), random_seal(), random_seal()};
            auto row = window(who, who);
            row.sealed_window_key = keys_[who][0];
            folder.tap(store, row,
                       {{{patient(who), Section::emergency, 1}, keys_[who][1]},
                        {{patient(who), Section::medication, 1}, keys_[who][2]}});
            feed.push_back(model::Wrap{model::WrapFor::facility, {patient(who), Section::care, 1}, {}, keys_[who][3]});
        }
        REQUIRE(store.apply(page(0, std::move(feed))));
        // Nothing of this can pass unless the search finds what is there.
        REQUIRE(found_of(folder, all_keys()).size() >= 4U * patients);
    }
    std::vector<base::Bytes> all_keys() const {
        std::vector<base::Bytes> all;
        for (const auto& [who, keys] : keys_) all.insert(all.end(), keys.begin(), keys.end());
        return all;
    }
    // Window key and wraps; the row with the window key of one the region closed stays until the desk ends it.
    std::vector<base::Bytes> wraps(std::uint8_t who) const { return {keys_.at(who).begin() + 1, keys_.at(who).end()}; }
    std::vector<base::Bytes> keys(std::uint8_t who) const { return keys_.at(who); }
    void others_are_there(std::uint8_t but) const {
        for (const auto& [who, keys] : keys_) {
            if (who != but) REQUIRE(found_of(folder, keys).size() >= keys.size());
        }
    }

    StoreFolder folder;
    store::Store store = folder.open();

private:
    std::map<std::uint8_t, std::vector<base::Bytes>> keys_;
};

}  // namespace

TEST_CASE("traces: a window that goes takes its keys out of every file") {
    Town town;
    auto& store = town.store;
    constexpr std::uint8_t who = 37;
    const auto id = grant(who, who).id;
    const auto cursor = store.cursor()->seq;
    auto gone = town.keys(who);
    SECTION("its time is over") { REQUIRE(store.end_window(id, entry(LedgerKind::window_ended))); }
    SECTION("withdrawn by card") {
        REQUIRE(store.withdraw(entry(LedgerKind::withdrawal), {{id, entry(LedgerKind::window_ended)}}));
    }
    SECTION("withdrawn by the feed") {
        gone = town.wraps(who);
        REQUIRE(store.apply(page(cursor, {model::GrantNews{id, GrantState::withdrawn, "withdrawn_on_paper"}})));
    }
    SECTION("refused by the feed") {
        gone = town.wraps(who);
        REQUIRE(store.apply(page(cursor, {model::GrantNews{id, GrantState::refused, "proof_wrong"}})));
    }
    SECTION("refused by the receipt") {
        gone = town.wraps(who);
        const auto made = store.ledger_after({2}, 1)->front();
        REQUIRE(store.put_receipts({receipt_for(made, town.folder.region, model::Verdict::refused, "proof_wrong")}));
    }
    SECTION("the facility excluded by the patient") {
        gone = town.wraps(who);
        REQUIRE(store.apply(page(cursor, {model::Exclusion{patient(who), model::FacilityId{"F0001"}, true}})));
    }
    SECTION("replaced by a newer tap, in the next quiet moment") {
        auto newer = window(who, who);
        newer.grant.id = id_of<model::GrantId>(1, 2);
        town.folder.tap(store, newer, {});
        // The facility wrap serves the newer window.
        gone.pop_back();
        REQUIRE(store.tidy());
    }
    SECTION("replaced by an adopted one") {
        auto newer = grant(who, who);
        newer.id = id_of<model::GrantId>(1, 2);
        newer.granted_at += std::chrono::hours{1};
        newer.expires_at += std::chrono::hours{1};
        REQUIRE(store.apply(page(cursor, {model::SharedWindow{newer}})));
        REQUIRE(store.adopt_window(newer.id, random_seal()));
        gone.pop_back();
        REQUIRE(store.tidy());
    }
    CHECK(found_of(town.folder, gone).empty());
    town.others_are_there(who);
}

TEST_CASE("traces: withdrawn by the feed while the desk reads, it goes with the next quiet moment") {
    Town town;
    constexpr std::uint8_t who = 37;
    auto sync = town.folder.open(false);
    {
        const auto reading = town.store.snapshot();
        REQUIRE(town.store.windows()->size() == Town::patients);
        const model::GrantNews news{grant(who, who).id, GrantState::withdrawn, "withdrawn_by_patient"};
        REQUIRE(sync.apply(page(sync.cursor()->seq, {news})));
        CHECK_FALSE(found_of(town.folder, town.wraps(who)).empty());
    }
    REQUIRE(sync.tidy());
    CHECK(found_of(town.folder, town.wraps(who)).empty());
}

TEST_CASE("traces: what a stopped program left in the WAL goes when the next one tidies up") {
    Town town;
    constexpr std::uint8_t who = 37;
    fakes::TempFolder copy;
    {
        auto reader = town.folder.open(false);
        const auto reading = reader.snapshot();
        REQUIRE(reader.windows()->size() == Town::patients);
        REQUIRE(town.store.end_window(grant(who, who).id, entry(LedgerKind::window_ended)));
        // The program is gone now, as it would be after a power cut.
        std::filesystem::copy(town.folder.folder.path(), copy.path());
    }
    const auto on_copy = [&](const base::Bytes& bytes) {
        for (const auto& part : std::filesystem::directory_iterator{copy.path()}) {
            std::ifstream in{part.path(), std::ios::binary};
            const std::string content{std::istreambuf_iterator<char>{in}, {}};
            if (content.find(base::as_text(bytes)) != std::string::npos) return true;
        }
        return false;
    };
    const auto keys = town.keys(who);
    CHECK(on_copy(keys[1]));
    auto next = store::Store::open(copy / "kazashi.db", {});
    REQUIRE(next);
    REQUIRE(next->tidy());
    for (const auto& key : keys) CHECK_FALSE(on_copy(key));
}

TEST_CASE("traces: a revoked card's wraps") {
    StoreFolder folder;
    auto store = folder.open();
    std::vector<model::FeedBody> feed;
    std::vector<base::Bytes> seals;
    for (std::uint8_t n = 0; n < 200; ++n) {
        const auto who = static_cast<std::uint8_t>(n * 37);
        auto wrap = card_wrap(who, 1);
        seals.push_back(wrap.sealed = random_seal());
        feed.push_back(model::Lock{wrap.card, patient(who), {}, {}});
        feed.push_back(wrap);
    }
    REQUIRE(store.apply(page(0, std::move(feed))));
    REQUIRE(found_of(folder, seals).size() >= seals.size());
    const std::vector<base::Bytes> gone{seals[2]};
    REQUIRE(store.apply(page(400, {model::RevokedCard{id_of<model::CardIndex>(74)}})));
    CHECK(found_of(folder, gone).empty());
    CHECK(found_of(folder, seals).size() == seals.size() - 1);
}

TEST_CASE("traces: a slot that goes, a PIN that was changed") {
    StoreFolder folder;
    auto store = folder.open();
    std::vector<base::Bytes> seals;
    const auto slot = [&seals](int number) {
        auto made = vault::draft_slot(model::StaffId{std::to_string(1'000'000'000 + number)}, {});
        seals.push_back(made.sealed_store_key = random_seal());
        return made;
    };
    for (int n = 0; n < 30; ++n) REQUIRE(store.put_slot(slot(n * 7 % 30)));
    REQUIRE(found_of(folder, seals).size() >= seals.size());
    const std::vector<base::Bytes> gone{seals[3]};
    const model::StaffId staff{std::to_string(1'000'000'000 + 21)};
    SECTION("removed at the desk") { REQUIRE(store.remove_slot(staff, entry(LedgerKind::slot_removed))); }
    SECTION("removed by the feed") {
        REQUIRE(store.apply(page(0, {model::StaffMember{staff, model::FacilityId{"F0001"}, "", false}})));
    }
    SECTION("another PIN") { REQUIRE(store.put_slot(slot(21), entry(LedgerKind::pin_changed))); }
    CHECK(found_of(folder, gone).empty());
    CHECK(found_of(folder, seals).size() >= 29);
}

TEST_CASE("traces: windows that come and go for long leave nothing behind") {
    StoreFolder folder;
    auto store = folder.open();
    std::map<std::string, std::vector<base::Bytes>> live;
    std::vector<base::Bytes> gone;
    std::vector<model::Grant> grants;
    std::uint64_t random = 88172645463325252U;
    const auto next = [&random] {
        random ^= random << 13U;
        random ^= random >> 7U;
        return random ^= random << 17U;
    };
    for (int round = 0; round < 12; ++round) {
        for (int n = 0; n < 60; ++n) {
            auto row = window(1, 1);
            for (auto& byte : row.grant.id.bytes) byte = static_cast<std::uint8_t>(next());
            for (auto& byte : row.grant.patient.bytes) byte = static_cast<std::uint8_t>(next());
            std::vector<store::WindowWrap> wraps;
            for (const auto section : {Section::emergency, Section::medication, Section::clinical}) {
                wraps.push_back({{row.grant.patient, section, std::int64_t(next() % 100'000)}, random_seal()});
                live[base::to_hex(row.grant.id.view())].push_back(wraps.back().sealed);
            }
            folder.tap(store, row, wraps);
            grants.push_back(row.grant);
        }
        std::vector<store::Store::EndOfWindow> ends;
        for (int n = 0; n < 50; ++n) {
            const auto chosen = next() % grants.size();
            const auto id = grants[chosen].id;
            grants.erase(grants.begin() + static_cast<std::ptrdiff_t>(chosen));
            ends.push_back({id, entry(LedgerKind::window_ended)});
            for (const auto& seal : live[base::to_hex(id.view())]) gone.push_back(seal);
        }
        REQUIRE(store.end_windows(ends));
        INFO("round " << round);
        REQUIRE(found_of(folder, gone).empty());
    }
}
