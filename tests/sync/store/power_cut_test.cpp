// The power is cut at every write and every sync of every kind of transaction, and the disk comes back in several
// states. KAZASHI_LONG=1: at least 1,000 cuts of each kind. Under the address sanitizer a few of each.
#include <chrono>
#include <cstdlib>
#include <iostream>

#include "tests/catch.h"
#include "tests/fakes/crash_vfs.h"
#include "tests/fakes/sanitizer.h"
#include "tests/sync/store/fixture.h"
#include "tests/sync/store/works.h"

using namespace kazashi;
using namespace kazashi::store_tests;
using fakes::CrashVfs;
using fakes::Disk;

namespace {

#ifdef KAZASHI_ASAN
constexpr bool sampled = true;
#else
constexpr bool sampled = false;
#endif

std::size_t cuts_wanted() {
    if (sampled) return 8;
    return std::getenv("KAZASHI_LONG") != nullptr ? 1000 : 150;
}
// From one cut to the next.
std::size_t stride(std::size_t ops) { return sampled ? ops / 4 + 1 : 1; }

// What was done from `before` on, and what the store held after each acknowledged call.
struct Recording {
    Disk before;
    std::vector<fakes::DiskOp> ops;
    std::vector<std::string> rows;          // [0]: at the beginning
    std::vector<std::size_t> acknowledged;  // ops done when call n was
    std::set<base::Bytes> sealed;
};

class Bench {
public:
    Recording record(const std::string& kind, std::uint64_t seed) {
        Recording made;
        fakes::write_disk(here().string(), {});
        // Something to lose.
        {
            auto store = open(file());
            Works works{store, folder_.region, seed, [] {}};
            for (int n = 0; n < 6; ++n) REQUIRE(works.act_at_random());
            REQUIRE(store.tidy());
            made.sealed = works.sealed();
        }
        made.before = fakes::read_disk(here().string());
        made.rows.push_back(rows_of(file(), vfs_.name()));
        vfs_.start_record();
        {
            auto store = open(file());
            Works works{store, folder_.region, seed + 1, [&] {
                            made.rows.push_back(rows_of(file(), vfs_.name()));
                            made.acknowledged.push_back(vfs_.record().size());
                        }};
            for (int n = 0; n < 3; ++n) REQUIRE(works.act(kind));
            made.sealed.insert(works.sealed().begin(), works.sealed().end());
        }
        vfs_.stop_record();
        made.ops = vfs_.record();
        return made;
    }

    void check_cut(const Recording& made, std::size_t cut, std::uint64_t seed) {
        INFO("cut after " << cut << " of " << made.ops.size() << ", seed " << seed);
        fakes::write_disk(cut_.path().string(),
                          fakes::after_power_cut(made.before, std::span{made.ops}.first(cut), seed));
        const auto again = cut_ / "kazashi.db";
        {
            auto store = open(again);  // checked whole on the way
            REQUIRE(store.verify_ledger(folder_.signing.verify));
            REQUIRE(store.tidy());
        }
        const auto rows = rows_of(again, vfs_.name());
        const auto done = static_cast<std::size_t>(
            std::upper_bound(made.acknowledged.begin(), made.acknowledged.end(), cut) - made.acknowledged.begin());
        const bool kept = rows == made.rows[done];
        const bool one_more = done + 1 < made.rows.size() && rows == made.rows[done + 1];
        REQUIRE((kept || one_more));
        // What is in no table is in no file.
        const auto disk = fakes::read_disk(cut_.path().string());
        for (const auto& sealed : made.sealed) {
            const auto bytes = base::as_text(sealed);
            if (rows.find(bytes) != std::string::npos) continue;
            for (const auto& [name, content] : disk) {
                INFO(name);
                REQUIRE(content.find(bytes) == std::string::npos);
            }
        }
    }

    // A store that is made, or taken forward from an earlier version. `key` of its ledger.
    std::size_t cut_opening(const Disk& before, const model::VerifyKey& key, std::size_t wanted) {
        fakes::write_disk(here().string(), before);
        vfs_.start_record();
        { auto store = open(file()); }
        vfs_.stop_record();
        const auto ops = vfs_.record();
        const auto rows = rows_of(file(), vfs_.name());
        REQUIRE(ops.size() > 9);
        std::size_t cuts = 0;
        for (std::uint64_t seed = 0; cuts < wanted; ++seed) {
            for (std::size_t cut = 0; cut <= ops.size(); cut += stride(ops.size()), ++cuts) {
                INFO("cut after " << cut << " of " << ops.size() << ", seed " << seed);
                const auto chance = seed < 2 ? seed : 1000 * cut + seed;
                fakes::write_disk(cut_.path().string(),
                                  fakes::after_power_cut(before, std::span{ops}.first(cut), chance));
                {
                    auto store = open(cut_ / "kazashi.db");
                    REQUIRE(store.verify_ledger(key));
                }
                REQUIRE(rows_of(cut_ / "kazashi.db", vfs_.name()) == rows);
            }
        }
        return cuts;
    }

    CrashVfs& vfs() { return vfs_; }
    store::Store open(const std::filesystem::path& where) {
        auto opened = store::Store::open(where, {.create = true, .vfs = vfs_.name()});
        REQUIRE(opened);
        folder_.sign(*opened);
        return std::move(*opened);
    }
    std::filesystem::path here() const { return folder_.folder.path(); }
    std::filesystem::path file() const { return folder_.file(); }

private:
    CrashVfs vfs_;
    StoreFolder folder_;
    fakes::TempFolder cut_;
};

}  // namespace

TEST_CASE("power cut: at every write and sync of every kind of transaction nothing is lost and nothing comes back") {
    Bench bench;
    const auto begun = std::chrono::steady_clock::now();
    std::size_t cuts = 0;
    std::size_t points = 0;
    std::size_t fewest = 1'000'000;
    for (const auto& kind : Works::kinds()) {
        INFO(kind);
        std::size_t of_kind = 0;
        for (std::uint64_t seed = 1; of_kind < cuts_wanted(); ++seed) {
            INFO("recording " << seed);
            const auto made = bench.record(kind, seed);
            REQUIRE(made.acknowledged.size() >= 3);
            REQUIRE_FALSE(made.ops.empty());  // what is there already is not written again
            points += made.ops.size() + 1;
            const std::uint64_t states = cuts_wanted() > 500 ? 4 : 2;
            for (std::size_t cut = 0; cut <= made.ops.size(); cut += stride(made.ops.size())) {
                for (std::uint64_t state = 0; state < states; ++state) {
                    // The two extremes by turns, the mixed ones always.
                    const auto chance = state + 1 < states ? 1000 * cut + 10 * seed + state + 2 : (cut + seed) % 2;
                    bench.check_cut(made, cut, chance);
                    ++of_kind;
                }
            }
        }
        cuts += of_kind;
        fewest = std::min(fewest, of_kind);
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    std::cout << "power cuts: " << Works::kinds().size() << " kinds of transaction, " << points << " points, " << cuts
              << " cuts (at least " << fewest << " a kind), " << took.count() << " s\n";
    CHECK(fewest >= cuts_wanted());
}

TEST_CASE("power cut: while a store is made, or taken forward from an earlier version") {
    Bench bench;
    const auto made = bench.cut_opening({{"kazashi.db", ""}}, {}, cuts_wanted());
    const std::filesystem::path saved = std::filesystem::path{KAZASHI_SOURCE} / "tests/data/store";
    const auto disk = fakes::read_disk(saved.string());
    const auto key = base::from_hex(std::string_view{disk.at("v1.key")}.substr(0, 64));
    REQUIRE(key);
    model::VerifyKey verify;
    std::copy(key->begin(), key->end(), verify.bytes.begin());
    const auto migrated = bench.cut_opening({{"kazashi.db", disk.at("v1.db")}}, verify, cuts_wanted());
    std::cout << "power cuts: " << made << " while a store is made, " << migrated << " while one is taken forward\n";
}
