// What the desk opened is gone from the memory of this process when it is over, whichever way it ends. Every test shows
// first that what it looks for would be found. As in the terminal program, freed memory and used stack are wiped.
#include <malloc.h>

#include "sync/desk/key_ring.h"
#include "sync/fhir/looks.h"
#include "terminal/app/wipe_on_free.h"
#include "tests/fakes/sanitizer.h"
#include "tests/sync/desk/ambulance.h"
#include "tests/sync/desk/own_memory.h"

#ifndef KAZASHI_ASAN  // it keeps what is freed as it was, and maps a memory of its own
using namespace kazashi;
using namespace kazashi::desk_tests;

namespace {

// The region of these tests packs texts in this same process, and zstd leaves them in what it frees: while this lives,
// free() overwrites. It must not live while the desk is at work.
class RegionWipes {
public:
    RegionWipes() { ::mallopt(M_PERTURB, 0xA5); }
    RegionWipes(const RegionWipes&) = delete;
    RegionWipes& operator=(const RegionWipes&) = delete;
    ~RegionWipes() { ::mallopt(M_PERTURB, 0); }
};
fakes::SmallRegion::Patient admit(Pharmacy& at) {
    const RegionWipes wipes;
    return at.admit_hanako();
}

int times(const Wanted& wanted) {
    app::scrub_stack();
    return wanted.times_in_memory();
}

Wanted text(std::string_view words) { return Wanted{base::as_bytes(words)}; }

// What opens a window, made out of store, staff card and PIN as a sign-in does, and forgotten again.
vault::WindowKey window_key_of(Pharmacy& at, const model::GrantId& grant) {
    auto store = at.connection();
    const auto slots = store.slots().value();
    const auto slot = std::find_if(slots.begin(), slots.end(),
                                   [](const vault::Slot& one) { return one.staff.str() == "0000000001"; });
    REQUIRE(slot != slots.end());
    const auto store_key = vault::open_slot(*slot, at.staff.identity.idm, at.staff.answer(slot->first),
                                            at.staff.answer(slot->second), pin(Pharmacy::right_pin));
    REQUIRE(store_key);
    auto key = desk::open_window_key(*store_key, store.window(grant).value().value());
    REQUIRE(key);
    return std::move(*key);
}

// What the tap of one patient brings into memory, and how often the region of these tests holds it by itself.
struct Traces {
    explicit Traces(const fakes::SmallRegion::Patient& patient)
        : data_key{patient.keys.at(Section::medication).bytes.view()}, card_key{patient.card_key.bytes.view()} {}
    Wanted medicine = text("アムロジピン錠5mg");
    Wanted name = text("ウスキ ハナコ");
    Wanted data_key;
    Wanted card_key;

    void check_gone() const {
        CHECK(times(medicine) == 0);
        CHECK(times(name) == 0);
        CHECK(times(data_key) == 1);
        CHECK(times(card_key) == 1);
    }
};

}  // namespace

TEST_CASE("memory: when the card goes, text and keys of the tap go") {
    Pharmacy pharmacy;
    const auto patient = admit(pharmacy);
    pharmacy.sign_in();
    const Traces traces{patient};
    traces.check_gone();
    auto summary = pharmacy.tap(patient.card);
    REQUIRE(summary);
    CHECK(times(traces.medicine) >= 1);
    CHECK(times(traces.name) >= 1);
    CHECK(times(traces.card_key) == 2);
    pharmacy.desk->forget_tap();
    CHECK(times(traces.card_key) == 1);
    summary->reset();
    traces.check_gone();
}

TEST_CASE("memory: a window's key is there for no longer than the window is read") {
    Pharmacy pharmacy;
    const auto patient = admit(pharmacy);
    pharmacy.sign_in();
    REQUIRE(pharmacy.tap(patient.card));
    pharmacy.desk->forget_tap();
    const auto grant = pharmacy.only_window();
    auto key = std::optional{window_key_of(pharmacy, grant)};
    const Wanted window_key{key->bytes.view()};
    CHECK(times(window_key) == 1);
    key.reset();
    CHECK(times(window_key) == 0);
    const Traces traces{patient};
    auto summary = pharmacy.desk->reopen(grant);
    REQUIRE(summary);
    CHECK(times(traces.medicine) >= 1);
    CHECK(times(window_key) == 0);
    CHECK(times(traces.data_key) == 1);
    summary->reset();
    CHECK(times(traces.medicine) == 0);
}

TEST_CASE("memory: locking and signing out wipe the names of the windows and the card that lies there") {
    for (const bool sign_out : {false, true}) {
        Pharmacy pharmacy;
        const auto patient = admit(pharmacy);
        pharmacy.sign_in();
        REQUIRE(pharmacy.tap(patient.card));
        REQUIRE(pharmacy.desk->windows());
        const Traces traces{patient};
        CHECK(times(traces.name) >= 1);
        CHECK(times(traces.card_key) == 2);
        REQUIRE((sign_out ? pharmacy.desk->sign_out() : pharmacy.desk->lock()));
        traces.check_gone();
    }
}

TEST_CASE("memory: withdrawal wipes the name, the keys and the wraps that could open them") {
    Pharmacy pharmacy;
    const auto patient = admit(pharmacy);
    pharmacy.sign_in();
    REQUIRE(pharmacy.tap(patient.card));
    REQUIRE(pharmacy.desk->windows());
    const auto grant = pharmacy.only_window();
    const Traces traces{patient};
    auto wraps = pharmacy.connection().window_wraps(grant).value();
    REQUIRE(wraps.size() == 2);
    const Wanted wrap{wraps.front().sealed};
    CHECK(times(wrap) >= 1);
    wraps.clear();
    wraps.shrink_to_fit();
    CHECK(times(traces.name) >= 1);
    const auto challenge = pharmacy.desk->draft_withdrawal(true);
    REQUIRE(pharmacy.desk->withdraw(patient.card.answer(*challenge)));
    traces.check_gone();
    CHECK(times(wrap) == 0);
}

TEST_CASE("memory: the end of a window wipes its name") {
    Pharmacy pharmacy;
    const auto patient = admit(pharmacy);
    pharmacy.sign_in();
    REQUIRE(pharmacy.tap(patient.card));
    pharmacy.desk->forget_tap();
    REQUIRE(pharmacy.desk->windows());
    const Traces traces{patient};
    CHECK(times(traces.name) >= 1);
    pharmacy.clock.pass(24h * 61);
    REQUIRE(pharmacy.desk->tend());
    traces.check_gone();
}

TEST_CASE("memory: the name index and the emergency key go with the lock and with signing out") {
    for (const bool sign_out : {false, true}) {
        std::optional<RegionWipes> wipes{std::in_place};
        Ambulance ambulance;
        wipes.reset();
        ambulance.sign_in();
        const auto address = text("大分県臼杵市野津町大字野津市326");
        const auto folded = text("薄木 太郎");
        const Wanted emergency_key{ambulance.region.emergency_key.bytes.view()};
        CHECK(times(address) == 0);
        REQUIRE(ambulance.desk->search({"ウスキ", "", "", ""}, 10));
        CHECK(times(address) >= 1);
        CHECK(times(folded) >= 1);
        REQUIRE(ambulance.break_glass());
        CHECK(times(emergency_key) == 1);  // the region's own
        REQUIRE((sign_out ? ambulance.desk->sign_out() : ambulance.desk->lock()));
        CHECK(times(address) == 0);
        CHECK(times(folded) == 0);
        Traces{ambulance.hanako}.check_gone();
    }
}

TEST_CASE("memory: a patient's history and a kiosk's view leave nothing behind") {
    Pharmacy kiosk{{model::FacilityType::city_hall, "F0001-T1", {}}};
    auto patient = admit(kiosk);
    std::optional<RegionWipes> wipes{std::in_place};
    kiosk.region.publish(patient, Section::history, 1,
                         fhir::looks_bundle({{{},
                                              kiosk.clock.wall(),
                                              "臼杵中央市民医院",
                                              fhir::Look::Kind::grant,
                                              model::SectionSet{}.with(Section::clinical),
                                              "",
                                              false}}),
                         kiosk.clock.wall());
    wipes.reset();
    kiosk.sync();
    const Traces traces{patient};
    const auto facility = text("臼杵中央市民医院");
    CHECK(times(facility) == 0);
    {
        const auto summary = kiosk.tap(patient.card);
        REQUIRE(summary);
        const auto looks = kiosk.desk->history();
        REQUIRE(looks);
        CHECK(times(facility) >= 1);
        CHECK(times(traces.medicine) >= 1);
        CHECK(times(traces.card_key) == 2);
    }
    kiosk.desk->forget_tap();
    CHECK(times(facility) == 0);
    traces.check_gone();
}

#endif
