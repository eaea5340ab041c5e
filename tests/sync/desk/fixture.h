// A terminal in a town of one region: enrolled, with two members of staff, its feed applied by hand. A pharmacy's, if
// nothing else is said.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>

#include "sync/desk/desk.h"
#include "tests/catch.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/small_region.h"
#include "tests/fakes/temp_folder.h"

namespace kazashi::desk_tests {

using namespace std::chrono_literals;
using base::Fault;
using fakes::SmallCard;
using model::LedgerKind;
using model::Section;

inline base::SecretBytes pin(std::string_view digits) { return base::SecretBytes{base::as_bytes(digits)}; }

struct Setting {
    model::FacilityType type{model::FacilityType::pharmacy};
    std::string terminal{"F0001-T1"};              // of facility F0001
    std::shared_ptr<fakes::SmallRegion> region{};  // of a neighbour; else one of its own
};

struct Pharmacy {
    static constexpr std::string_view right_pin = "4649";
    static constexpr std::string_view other_pin = "8128";

    explicit Pharmacy(Setting setting = {})
        : town{setting.region ? setting.region : std::make_shared<fakes::SmallRegion>()} {
        enrolment.terminal = model::TerminalId{setting.terminal};
        enrolment.facility = {model::FacilityId{"F0001"}, setting.type, "臼杵たちばな薬局"};
        enrolment.region = 44;
        enrolment.region_seal = region.sealing.seal;
        enrolment.region_verify = region.signing.verify;
        enrolment.signing = vault::make_signing_pair();
        enrolment.database = folder / "kazashi.db";
        auto store = store::Store::open(enrolment.database, {.create = true});
        REQUIRE(store);
        desk::SlotMaker slots{*store, region.index_key};
        add_slot(slots, staff, right_pin);
        add_slot(slots, colleague, other_pin);
        REQUIRE(slots.finish(facility_key, enrolment.facility.type));
        region.feed.push_back(model::StaffMember{model::StaffId{"0000000001"}, enrolment.facility.id, "野津 渚", true});
        start();
        sync();
    }

    static void add_slot(desk::SlotMaker& slots, const SmallCard& card, std::string_view digits) {
        const auto challenges = slots.draft(card.identity);
        REQUIRE(slots.seal(card.answers(challenges.first, challenges.second), pin(digits)));
    }

    // As after a restart: nothing is remembered but what is on the disk.
    void start() {
        desk.reset();
        auto store = store::Store::open(enrolment.database, {});
        REQUIRE(store);
        const auto mark = desk::read_clock_mark(*store);
        REQUIRE(mark);
        trusted.emplace(clock, *mark);
        desk.emplace(std::move(*store), enrolment, *trusted);
    }

    // What the sync thread does, with a connection of its own.
    store::Store connection() {
        auto store = store::Store::open(enrolment.database, {});
        REQUIRE(store);
        return std::move(*store);
    }
    void sync() {
        auto store = connection();
        REQUIRE(store.apply(region.page_after(*store.cursor())));
    }
    std::vector<model::LedgerEntry> ledger() { return *connection().unreceipted(1000); }
    std::vector<LedgerKind> kinds() {
        std::vector<LedgerKind> all;
        const auto entries = ledger();
        for (const auto& entry : entries) all.push_back(entry.kind);
        return all;
    }
    // Pushes the ledger: the region judges every entry by the patient's true card.
    void settle(const SmallCard& card) {
        auto store = connection();
        const auto entries = *store.unreceipted(1000);
        std::vector<model::Receipt> receipts;
        for (const auto& entry : entries) receipts.push_back(region.judge(entry, card));
        REQUIRE(store.put_receipts(receipts));
    }

    // Whether any file of the store holds these octets: database, WAL, whatever else lies there.
    bool on_disk(std::string_view octets) const {
        for (const auto& part : std::filesystem::directory_iterator{folder.path()}) {
            std::ifstream in{part.path(), std::ios::binary};
            const std::string raw{std::istreambuf_iterator<char>{in}, {}};
            if (raw.find(octets) != std::string::npos) return true;
        }
        return false;
    }

    base::Result<desk::SignInAnswer> try_sign_in(const SmallCard& card, std::string_view digits) {
        const auto challenge = desk->staff_card(card.identity);
        if (!challenge) return challenge.error();
        return desk->sign_in(card.identity, card.answers(challenge->first, challenge->second), pin(digits));
    }
    void sign_in() {
        const auto answer = try_sign_in(staff, right_pin);
        REQUIRE(answer);
        REQUIRE(std::holds_alternative<desk::SignedIn>(*answer));
    }

    fakes::SmallRegion::Patient admit_hanako() {
        auto patient = region.admit("0000000007");
        region.publish(patient, Section::emergency, 1,
                       fakes::section_of("臼杵 花子", "ウスキ ハナコ", fakes::allergy_entry("ペニシリン")),
                       clock.wall());
        region.publish(patient, Section::medication, 1,
                       fakes::section_of("臼杵 花子", "ウスキ ハナコ", fakes::medicine_entry("アムロジピン錠5mg")),
                       clock.wall() - 24h);
        sync();
        return patient;
    }

    base::Result<desk::Unlocked> unlock(const SmallCard& card) {
        const auto start = desk->tap(card.identity);
        if (!start) return start.error();
        return desk->unlock(card.answers(start->first, start->second));
    }
    // The whole tap. `signer` answers the grant's challenge: usually the same card.
    base::Result<std::unique_ptr<model::Summary>> tap(const SmallCard& card, const SmallCard* signer = nullptr) {
        KAZASHI_CHECK(unlock(card));
        const auto challenge = desk->draft_grant();
        if (!challenge) return challenge.error();
        return desk->open((signer != nullptr ? *signer : card).answer(*challenge));
    }
    model::GrantId only_window() {
        const auto list = desk->windows();
        REQUIRE(list);
        REQUIRE(list->size() == 1);
        return list->front().grant;
    }

    fakes::TempFolder folder;
    fakes::FakeClock clock;
    std::shared_ptr<fakes::SmallRegion> town;
    fakes::SmallRegion& region{*town};
    store::Enrolment enrolment;
    vault::SealingPair facility_key = vault::make_sealing_pair();
    SmallCard staff = fakes::make_card(card::CardKind::staff, "0000000001");
    SmallCard colleague = fakes::make_card(card::CardKind::staff, "0000000002");
    std::optional<model::TrustedClock> trusted;
    std::optional<desk::Desk> desk;
};

}  // namespace kazashi::desk_tests
