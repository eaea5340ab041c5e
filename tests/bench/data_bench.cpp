// What the data costs: opening a package, appending to the ledger, applying the feed; each beside its floor, the bare
// work on the same bytes in the same run (perf.md). A floor checks nothing, logs nothing and promises nothing.
#include <benchmark/benchmark.h>
#include <sodium.h>
#include <sqlite3.h>
#include <zstd.h>

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

#include "sync/demo/demo_region.h"
#include "sync/fhir/import.h"
#include "sync/fhir/summary_reader.h"
#include "sync/model/permit.h"
#include "sync/store/store.h"
#include "sync/vault/lock.h"
#include "sync/vault/slot.h"
#include "sync/vault/tuning.h"

namespace {

using namespace kazashi;
namespace fs = std::filesystem;

constexpr int patients = 2000;
const base::Date today{std::chrono::year{2026} / 11 / 20};
const model::UtcTime now{std::chrono::sys_days{today}};

[[noreturn]] void stop(const char* why) {
    std::fprintf(stderr, "bench_data: %s\n", why);
    std::exit(1);
}
template <class T>
T must(base::Result<T> result) {
    if (!result) stop(result.error().detail.c_str());
    return std::move(*result);
}
void must_be(bool held, const char* what) {
    if (!held) stop(what);
}

model::PatientRef patient_ref(int number) {
    model::PatientRef ref;
    ref.bytes[0] = static_cast<std::uint8_t>(number);
    ref.bytes[1] = static_cast<std::uint8_t>(number >> 8);
    ref.bytes[15] = 1;
    return ref;
}

// A folder with a demonstration patient's medication section and a store filled with sealed copies of it.
struct World {
    fs::path folder;
    std::string json;                // the section as it was packed
    base::Bytes compressed;
    vault::DataKey data_key{vault::random_key<vault::DataKey>()};
    std::vector<model::Package> packages;

    World() : folder{fs::temp_directory_path() / ("kazashi-bench-" + std::to_string(::getpid()))} {
        vault::init();
        fs::create_directories(folder);
        must(demo::write_demo_region({.patients = 1, .seed = 44, .today = today,
                                      .tables = fs::path{KAZASHI_SOURCE} / "assets/demo-region", .out = folder / "demo"}));
        const fs::path bundle = *fs::directory_iterator{folder / "demo/bundles"};
        std::ifstream in{bundle};
        const std::string body{std::istreambuf_iterator<char>{in}, {}};
        const auto answer = fhir::import_bundle(body);
        const auto* import = std::get_if<fhir::Import>(&answer);
        must_be(import != nullptr && !import->patients.empty(), "the demonstration's bundle was refused");
        std::vector<const fhir::ImportedResource*> medication;
        for (const auto& r : import->patients[0].resources) {
            if (r.section == model::Section::medication) medication.push_back(&r);
        }
        json = fhir::section_bundle(import->patients[0].patient, medication);
        compressed = fhir::compress(json);
        for (int i = 0; i < patients; ++i) {
            const model::PackageId id{patient_ref(i), model::Section::medication, 1};
            packages.push_back({id, now, vault::seal_package(data_key, id, compressed)});
        }
    }
    ~World() { fs::remove_all(folder); }

    model::FeedPage page(std::int64_t after, std::size_t count) const {
        model::FeedPage page{.terminal = model::TerminalId{"F0001-T1"}, .after = {after},
                             .next = {after + static_cast<std::int64_t>(count)}, .head = {patients},
                             .packages_total = patients, .made_at = now, .entries = {}};
        for (std::size_t i = 0; i < count; ++i) {
            const std::int64_t seq = after + static_cast<std::int64_t>(i) + 1;
            page.entries.push_back({seq, packages[static_cast<std::size_t>(seq - 1) % packages.size()]});
        }
        return page;
    }
};

World& world() {
    static World instance;
    return instance;
}

store::Store fresh_store(const std::string& name) {
    const fs::path file = world().folder / name;
    for (const char* end : {"", "-wal", "-shm"}) fs::remove(file.string() + end);
    auto opened = must(store::Store::open(file, {.create = true}));
    opened.set_signer(model::TerminalId{"F0001-T1"}, [](model::LedgerEntry&) {});
    return opened;
}

model::Permit permit_for(int number) {
    const model::Grant grant{.id = {}, .patient = patient_ref(number), .facility = model::FacilityId{"F0001"},
                             .terminal = model::TerminalId{"F0001-T1"}, .staff = model::StaffId{"0000000001"},
                             .purpose = "treatment",
                             .sections = model::SectionSet{}.with(model::Section::medication),
                             .granted_at = now, .expires_at = now + std::chrono::hours{24}};
    return must(model::permit(grant, model::Section::medication, {now, now, model::ClockQuality::region},
                              model::OpenedBy::act));
}

// The bare SQLite a floor uses: same page size, same journal, same durability.
struct Raw {
    sqlite3* db{};
    explicit Raw(const std::string& name) {
        const fs::path file = world().folder / name;
        for (const char* end : {"", "-wal", "-shm"}) fs::remove(file.string() + end);
        must_be(sqlite3_open(file.c_str(), &db) == SQLITE_OK, "floor database");
        run("PRAGMA page_size=16384; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t(k INTEGER PRIMARY KEY, v BLOB)");
    }
    ~Raw() { sqlite3_close(db); }
    void run(const char* sql) const { must_be(sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK, sql); }
    sqlite3_stmt* prepare(const char* sql) const {
        sqlite3_stmt* statement = nullptr;
        must_be(sqlite3_prepare_v2(db, sql, -1, &statement, nullptr) == SQLITE_OK, sql);
        return statement;
    }
};

void insert(sqlite3_stmt* statement, const base::Bytes& bytes) {
    sqlite3_bind_blob(statement, 1, bytes.data(), static_cast<int>(bytes.size()), SQLITE_STATIC);
    must_be(sqlite3_step(statement) == SQLITE_DONE, "floor insert");
    sqlite3_reset(statement);
}

void open_package(benchmark::State& state) {
    auto opened = fresh_store("open.db");
    for (std::int64_t at = 0; at < patients; at += 200) must(opened.apply(world().page(at, 200)));
    int number = 0;
    for (auto _ : state) {
        const auto package = must(opened.package(permit_for(number++ % patients)));
        must_be(package.has_value(), "package is not there");
        const auto plain = must(vault::open_package(world().data_key, *package));
        const auto text = must(fhir::decompress(plain.view()));
        const std::vector<fhir::SectionBundle> bundles{{model::Section::medication, base::as_text(text.view())}};
        auto summary = must(fhir::read_summary(bundles, today));
        benchmark::DoNotOptimize(summary);
    }
    state.counters["json_bytes"] = static_cast<double>(world().json.size());
}
BENCHMARK(open_package);

void open_package_floor(benchmark::State& state) {
    const Raw raw{"open-floor.db"};
    auto* in = raw.prepare("INSERT INTO t(v) VALUES(?1)");
    raw.run("BEGIN");
    for (const auto& package : world().packages) insert(in, package.sealed);
    raw.run("COMMIT");
    sqlite3_finalize(in);
    auto* out = raw.prepare("SELECT v FROM t WHERE k=?1");
    std::vector<unsigned char> plain(world().compressed.size());
    std::string text(world().json.size(), '\0');
    int number = 0;
    for (auto _ : state) {
        sqlite3_bind_int(out, 1, 1 + number % patients);
        must_be(sqlite3_step(out) == SQLITE_ROW, "floor row");
        const auto* blob = static_cast<const unsigned char*>(sqlite3_column_blob(out, 0));
        const auto size = static_cast<unsigned long long>(sqlite3_column_bytes(out, 0));
        const auto about = vault::package_header(world().packages[static_cast<std::size_t>(number % patients)].id);
        must_be(crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, blob + 24, size - 24, about.data(),
                                                           about.size(), blob, world().data_key.bytes.data()) == 0,
                "floor open");
        benchmark::DoNotOptimize(ZSTD_decompress(text.data(), text.size(), plain.data(), plain.size()));
        sqlite3_reset(out);
        ++number;
    }
    sqlite3_finalize(out);
}
BENCHMARK(open_package_floor);

void ledger_append(benchmark::State& state) {
    auto opened = fresh_store("ledger.db");
    const base::Bytes body(400, 7);
    for (auto _ : state) {
        must(opened.append({model::LedgerKind::view, now, model::ClockQuality::wall, body}));
    }
}
BENCHMARK(ledger_append);

void ledger_append_floor(benchmark::State& state) {
    const Raw raw{"ledger-floor.db"};
    auto* in = raw.prepare("INSERT INTO t(v) VALUES(?1)");
    const base::Bytes body(600, 7);
    for (auto _ : state) insert(in, body);
    sqlite3_finalize(in);
}
BENCHMARK(ledger_append_floor);

// A thief with the staff card and the files tries one PIN: the threat table of sync/vault/README.md.
void pin_guess(benchmark::State& state) {
    auto slot = vault::draft_slot(model::StaffId{"0000000001"}, {}, vault::measure_pin_cost(vault::tuning::pin_time));
    const card::Idm idm;
    const card::Proof answer;
    const base::SecretBytes right{base::as_bytes("4931")};
    const base::SecretBytes wrong{base::as_bytes("4932")};
    must_be(static_cast<bool>(vault::seal_slot(slot, idm, answer, answer, right, vault::random_key<vault::StoreKey>())),
            "a slot");
    for (auto _ : state) must_be(!vault::open_slot(slot, idm, answer, answer, wrong), "a wrong PIN");
    state.counters["passes"] = static_cast<double>(slot.opslimit);
}
BENCHMARK(pin_guess)->Unit(benchmark::kMillisecond);

void feed_apply(benchmark::State& state) {
    constexpr std::size_t count = 200;
    auto opened = fresh_store("feed.db");
    std::int64_t at = 0;
    for (auto _ : state) {
        state.PauseTiming();
        if (at >= patients) {
            opened = fresh_store("feed.db");
            at = 0;
        }
        const auto page = world().page(at, count);
        state.ResumeTiming();
        must(opened.apply(page));
        at += static_cast<std::int64_t>(count);
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(count));
}
BENCHMARK(feed_apply);

void feed_apply_floor(benchmark::State& state) {
    constexpr std::size_t count = 200;
    std::optional<Raw> raw;
    sqlite3_stmt* in = nullptr;
    std::size_t at = patients;
    for (auto _ : state) {
        state.PauseTiming();
        if (at >= patients) {
            sqlite3_finalize(in);
            raw.reset();
            raw.emplace("feed-floor.db");
            in = raw->prepare("INSERT INTO t(v) VALUES(?1)");
            at = 0;
        }
        state.ResumeTiming();
        raw->run("BEGIN IMMEDIATE");
        for (std::size_t i = 0; i < count; ++i) insert(in, world().packages[at++].sealed);
        raw->run("COMMIT");
    }
    sqlite3_finalize(in);
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(count));
}
BENCHMARK(feed_apply_floor);

}  // namespace

BENCHMARK_MAIN();
