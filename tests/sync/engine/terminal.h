// A terminal with a real store on disk, and the region it talks to.
#pragma once

#include "sync/engine/engine.h"
#include "sync/engine/wire_region.h"
#include "tests/catch.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/fake_region.h"
#include "tests/fakes/temp_folder.h"

namespace kazashi::fakes {

struct Terminal {
    TempFolder folder;
    FakeClock clock;
    vault::SigningPair keys{made_keys()};
    FakeRegion fake{model::TerminalId{"F0001-T1"}, keys.verify};
    engine::WireRegion region{fake.terminal, fake.keys.verify, fake};
    store::Store store{store::Store::open(folder / "kazashi.db", {.create = true}).value()};
    engine::SyncStatus status;
    std::vector<engine::SyncStatus> told;

    Terminal() {
        store.set_signer(fake.terminal, [this](model::LedgerEntry& entry) { wire::sign_entry(entry, keys); });
    }

    // One round; `status` is what it ended with.
    engine::SyncStatus& round() {
        told.clear();
        auto ended = engine::sync_round(store, region, clock, status,
                                        [this](const engine::SyncStatus& now) { told.push_back(now); });
        REQUIRE(ended);
        return status = *ended;
    }
    void write_ledger(int entries, model::LedgerKind kind = model::LedgerKind::sign_in) {
        for (int i = 0; i < entries; ++i) {
            REQUIRE(store.append({kind, clock.wall(), model::ClockQuality::wall, base::Bytes(64, 9)}));
        }
    }
    std::int64_t cursor() { return store.cursor().value().seq; }
    std::int64_t pending() { return store.ledger_counts().value().pending; }

private:
    static vault::SigningPair made_keys() {
        vault::init();
        return vault::make_signing_pair();
    }
};

inline model::Package package_of(std::uint8_t patient, std::int64_t version = 1) {
    model::PatientRef ref;
    ref.bytes[0] = patient;
    return {{ref, model::Section::medication, version}, {}, base::Bytes(200, patient)};
}

}  // namespace kazashi::fakes
