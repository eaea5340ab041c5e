// A disk that is full or fails, at each write and sync of each kind of transaction: the call says so, nothing of it
// happened, nothing else is lost, and the same Store goes on when the disk is well again.
#include <sys/mount.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <optional>

#include "tests/catch.h"
#include "tests/fakes/crash_vfs.h"
#include "tests/fakes/sanitizer.h"
#include "tests/sync/store/fixture.h"
#include "tests/sync/store/works.h"

using namespace kazashi;
using namespace kazashi::store_tests;
using base::Fault;
using fakes::CrashVfs;
using Failure = CrashVfs::Failure;

namespace {

class Bench {
public:
    Bench() {
        auto store = open();
        Works works{store, folder_.region, 7, [] {}};
        for (int n = 0; n < 6; ++n) REQUIRE(works.act_at_random());
    }
    // The rows after each call of one act, when nothing goes wrong.
    std::vector<std::string> rows_without_trouble(const std::string& kind) {
        if (base_.empty()) base_ = fakes::read_disk(folder_.folder.path().string());
        fakes::write_disk(folder_.folder.path().string(), base_);
        auto store = open();
        std::vector<std::string> rows{rows_now()};
        Works works{store, folder_.region, 11, [&] { rows.push_back(rows_now()); }};
        REQUIRE(works.act(kind));
        return rows;
    }
    // False: the act was over before the failure. `how_many` changes fail.
    bool run(const std::string& kind, const std::vector<std::string>& rows, int op, Failure failure, int how_many) {
        INFO(kind << ": change " << op << " fails, " << how_many << " of them");
        fakes::write_disk(folder_.folder.path().string(), base_);
        auto store = open();
        std::size_t done = 0;
        Works works{store, folder_.region, 11, [&] { ++done; }};
        vfs_.fail_from(op, failure, how_many);
        const auto acted = works.act(kind);
        const bool failed = vfs_.failed() > 0;
        vfs_.heal();
        if (!failed) return false;
        ++runs;
        if (!acted) {
            const bool clear =
                acted.fault() == Fault::io || (acted.fault() == Fault::disk_full && failure == Failure::full);
            INFO(name(acted.fault()) << " " << acted.error().detail);
            REQUIRE(clear);
            REQUIRE_FALSE(acted.error().detail.empty());
            if (acted.fault() == Fault::disk_full) ++said_full;
        }
        REQUIRE(rows_now() == rows.at(done));
        // Space is back: the same object goes on.
        Works later{store, folder_.region, 13, [] {}};
        REQUIRE(later.act(kind));
        REQUIRE(store.verify_ledger(folder_.signing.verify));
        REQUIRE(open().tidy());
        const auto after = rows_now();
        const auto raw = folder_.raw();
        for (const auto* seals : {&works.sealed(), &later.sealed()}) {
            for (const auto& seal : *seals) {
                const auto bytes = base::as_text(seal);
                const bool nowhere_or_here =
                    raw.find(bytes) == std::string::npos || after.find(bytes) != std::string::npos;
                REQUIRE(nowhere_or_here);
            }
        }
        return true;
    }

    int runs{0};
    int said_full{0};

private:
    store::Store open() {
        auto opened = store::Store::open(folder_.file(), {.create = true, .vfs = vfs_.name()});
        REQUIRE(opened);
        folder_.sign(*opened);
        return std::move(*opened);
    }
    std::string rows_now() { return rows_of(folder_.file(), vfs_.name()); }

    CrashVfs vfs_;
    StoreFolder folder_;
    fakes::Disk base_;
};

}  // namespace

TEST_CASE("broken disk: every write and sync of every kind fails once, and then for good") {
#ifdef KAZASHI_ASAN
    constexpr int stride = 9;
#else
    constexpr int stride = 1;
#endif
    Bench bench;
    const auto begun = std::chrono::steady_clock::now();
    const bool all = std::getenv("KAZASHI_LONG") != nullptr;
    constexpr int for_good = 1 << 30;
    for (const auto& kind : Works::kinds()) {
        const auto rows = bench.rows_without_trouble(kind);
        const auto full_before = bench.said_full;
        for (const auto& [failure, how_many] : {std::pair{Failure::full, for_good}, std::pair{Failure::io, 1},
                                                std::pair{Failure::full, 1}, std::pair{Failure::io, for_good}}) {
            for (int op = 0; bench.run(kind, rows, op, failure, how_many); op += stride) {
            }
            if (!all && how_many == 1) break;
        }
        INFO(kind);
        // Of so few that are tried, all may be syncs, which never find a disk full.
        if (stride == 1) CHECK(bench.said_full > full_before);
    }
    CHECK(bench.said_full > 0);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    std::cout << "broken disk: " << Works::kinds().size() << " kinds of transaction, " << bench.runs << " failures ("
              << bench.said_full << " said as a full disk), " << took.count() << " s\n";
}

TEST_CASE("broken disk: what cannot be read is not taken for absent") {
    CrashVfs vfs;
    StoreFolder folder;
    auto opened = store::Store::open(folder.file(), {.create = true, .vfs = vfs.name()});
    auto other = store::Store::open(folder.file(), {.vfs = vfs.name()});
    REQUIRE((opened && other));
    auto& store = *opened;
    folder.sign(store);
    folder.sign(*other);
    folder.tap(store, window(1, 1), {window_wrap(1, 1)});
    const auto given = grant(1, 1);
    auto permit = model::permit(given, model::Section::emergency, {at(2), at(2), model::ClockQuality::region},
                                model::OpenedBy::act);
    REQUIRE(permit);
    const model::StaffId staff{"0000000001"};
    const model::FacilityId here{"F0001"};
    const model::CardIndex card{};
    const auto answer = [](const auto& result) { return result ? std::optional<Fault>{} : result.fault(); };
    const std::vector<std::pair<const char*, std::function<std::optional<Fault>()>>> calls{
        {"cursor", [&] { return answer(store.cursor()); }},
        {"progress", [&] { return answer(store.progress()); }},
        {"policy", [&] { return answer(store.policy()); }},
        {"facility", [&] { return answer(store.facility(here)); }},
        {"staff", [&] { return answer(store.staff(staff)); }},
        {"staff_of", [&] { return answer(store.staff_of(here)); }},
        {"excluded", [&] { return answer(store.excluded(given.patient)); }},
        {"emergency_keys", [&] { return answer(store.emergency_keys()); }},
        {"name_pages", [&] { return answer(store.name_pages()); }},
        {"lock", [&] { return answer(store.lock(card)); }},
        {"revoked", [&] { return answer(store.revoked(card)); }},
        {"wraps", [&] { return answer(store.wraps(given.patient, model::WrapFor::card)); }},
        {"facility wraps of", [&] { return answer(store.wraps(given.patient, model::WrapFor::facility)); }},
        {"package", [&] { return answer(store.package(*permit)); }},
        {"windows", [&] { return answer(store.windows()); }},
        {"window", [&] { return answer(store.window(given.id)); }},
        {"window_of", [&] { return answer(store.window_of(given.patient)); }},
        {"window_wraps", [&] { return answer(store.window_wraps(given.id)); }},
        {"facility_wraps", [&] { return answer(store.facility_wraps()); }},
        {"closed_windows", [&] { return answer(store.closed_windows()); }},
        {"unreceipted", [&] { return answer(store.unreceipted(9)); }},
        {"ledger_after", [&] { return answer(store.ledger_after({0}, 9)); }},
        {"verify_ledger", [&] { return answer(store.verify_ledger(folder.signing.verify)); }},
        {"ledger_counts", [&] { return answer(store.ledger_counts()); }},
        {"slots", [&] { return answer(store.slots()); }},
        {"failures", [&] { return answer(store.failures(staff)); }},
        {"notice_shown", [&] { return answer(store.notice_shown(given.id)); }},
        {"value", [&] { return answer(store.value("index_key")); }},
        // Those that write read first.
        {"apply", [&] { return answer(store.apply(page(0, {}))); }},
        {"append", [&] { return answer(store.append(entry(model::LedgerKind::view))); }},
        {"prune", [&] { return answer(store.prune_ledger(at(9))); }},
        {"withdraw", [&] { return answer(store.withdraw(entry(model::LedgerKind::withdrawal), {})); }},
        {"remove_slot", [&] { return answer(store.remove_slot(staff, entry(model::LedgerKind::slot_removed))); }},
        {"backup", [&] { return answer(store.backup(folder.folder / "copy.db")); }},
    };
    for (const auto& [name, call] : calls) {
        INFO(name);
        // Somebody else has written: what this connection remembers of the file is old.
        REQUIRE(other->append(entry(model::LedgerKind::view)));
        const auto rows = rows_of(folder.file(), vfs.name());
        vfs.fail_reads();
        CHECK(call() == Fault::io);
        vfs.heal();
        CHECK(rows_of(folder.file(), vfs.name()) == rows);
        CHECK(store.verify_ledger(folder.signing.verify));
    }
}

TEST_CASE("broken disk: a store is made, or opened, when the disk is well again") {
    CrashVfs vfs;
    for (const auto failure : {Failure::full, Failure::io}) {
        for (int op = 0;; ++op) {
            INFO("change " << op);
            StoreFolder folder;
            vfs.fail_from(op, failure);
            const auto opened = store::Store::open(folder.file(), {.create = true, .vfs = vfs.name()});
            const bool failed = vfs.failed() > 0;
            vfs.heal();
            if (!opened) CHECK((opened.fault() == Fault::disk_full || opened.fault() == Fault::io));
            CHECK(store::Store::open(folder.file(), {.create = true, .vfs = vfs.name()}));
            if (!failed) break;
            REQUIRE(op < 100);
        }
    }
}

TEST_CASE("broken disk: a small real file system runs full and is cleared again") {
    StoreFolder folder;
    const auto disk = folder.folder.path() / "disk";
    std::filesystem::create_directory(disk);
    if (::geteuid() != 0 || ::mount("none", disk.c_str(), "tmpfs", 0, "size=4m") != 0) {
        std::cout << "skipped: a small file system can only be mounted by root\n";
        return;
    }
    struct Unmount {
        const std::filesystem::path& disk;
        ~Unmount() { ::umount2(disk.c_str(), MNT_DETACH); }
    } const unmount{disk};
    {
        const auto ballast = disk / "ballast";
        std::ofstream{ballast, std::ios::binary} << std::string(2'200'000, 'x');
        auto opened = store::Store::open(disk / "kazashi.db", {.create = true});
        REQUIRE(opened);
        folder.sign(*opened);
        base::Status last = base::ok();
        std::int64_t written = 0;
        while (last && written < 10'000) {
            const auto seq = opened->append({model::LedgerKind::view, at(1), {}, base::Bytes(20'000, 1)});
            if (seq) ++written;
            if (!seq) last = seq.error();
        }
        REQUIRE_FALSE(last);
        CHECK(last.fault() == Fault::disk_full);
        CHECK(written > 5);
        CHECK(opened->ledger_counts()->entries == written);
        CHECK(opened->verify_ledger(folder.signing.verify));
        CHECK(opened
                  ->apply(
                      page(0, {model::Package{{patient(1), model::Section::care, 1}, at(1), base::Bytes(200'000, 1)}}))
                  .fault() == Fault::disk_full);
        // Also a copy has no place, and leaves no half of one.
        CHECK(opened->backup(disk / "copy.db").fault() == Fault::disk_full);
        CHECK_FALSE(std::filesystem::exists(disk / "copy.db"));
        CHECK_FALSE(std::filesystem::exists(disk / "copy.db.part"));

        std::filesystem::remove(ballast);
        CHECK(opened->append(entry(model::LedgerKind::view)));
        CHECK(opened->apply(page(0, {package(1, 1)})));
        CHECK(opened->tidy());
        CHECK(opened->verify_ledger(folder.signing.verify));
    }
}
