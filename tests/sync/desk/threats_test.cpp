// The threat table of sync/vault/README.md, as far as one terminal can show it. Each test shows first that what the
// thief looks for would be found.
#include "sync/desk/key_ring.h"
#include "tests/fakes/sanitizer.h"
#include "tests/sync/desk/fixture.h"
#include "tests/sync/desk/own_memory.h"

using namespace kazashi;
using namespace kazashi::desk_tests;

namespace {

base::Bytes stored_label(std::string_view what) {
    base::Bytes about;
    base::append(about, base::as_bytes("kazashi/stored/1"));
    about.push_back(0);
    base::append(about, base::as_bytes(what));
    return about;
}

std::string content(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

// A terminal as a thief carries it away, and what can be done with its files by a program of one's own.
struct Loot : Pharmacy {
    explicit Loot(Setting setting = {}) : Pharmacy{std::move(setting)} {}

    vault::Slot slot_of(const SmallCard& card) {
        const auto slots = *connection().slots();
        for (const auto& slot : slots) {
            if (slot.staff.str() == card.identity.record.number) return slot;
        }
        return {};
    }
    // Without the desk, so without its count of wrong PINs.
    base::Result<vault::StoreKey> guess(const SmallCard& card, std::string_view digits) {
        const auto slot = slot_of(card);
        return vault::open_slot(slot, card.identity.idm, card.answer(slot.first), card.answer(slot.second),
                                pin(digits));
    }
    desk::KeyRing keys_of_staff() {
        auto store = connection();
        return *desk::open_key_ring(store, *guess(staff, right_pin));
    }
    // How many of the card's wraps of one patient a key opens.
    int opened(const vault::CardKey& key, const model::PatientRef& patient) {
        const auto wraps = *connection().wraps(patient, model::WrapFor::card);
        int count = 0;
        for (const auto& wrap : wraps) count += vault::unwrap(key, wrap.package, wrap.sealed) ? 1 : 0;
        return count;
    }
};

// What every run of 32 octets in the terminal's files opens, tried as each kind of key.
int opened_by_files(Loot& loot, const model::PatientRef& patient) {
    auto store = loot.connection();
    const auto facility = *store.value(store::value_name::facility_key);
    const auto card_wraps = *store.wraps(patient, model::WrapFor::card);
    const auto grant = (*store.windows()).front().grant.id;
    const auto window_wraps = *store.window_wraps(grant);
    const auto label = stored_label(store::value_name::facility_key);
    int opened = 0;
    for (const auto& file : std::filesystem::directory_iterator{loot.folder.path()}) {
        const auto text = content(file);
        const auto bytes = base::as_bytes(text);
        for (std::size_t at = 0; at + 32 <= bytes.size(); ++at) {
            const auto candidate = bytes.subspan(at).first<32>();
            if (vault::open(base::Secret<32>{candidate}, label, *facility)) ++opened;
            const auto& wrap = card_wraps.front();
            if (vault::unwrap(vault::CardKey{base::Secret<32>{candidate}}, wrap.package, wrap.sealed)) ++opened;
            const auto& window = window_wraps.front();
            if (vault::unwrap(vault::WindowKey{base::Secret<32>{candidate}}, window.package, window.sealed)) ++opened;
        }
    }
    return opened;
}

}  // namespace

TEST_CASE("thief: no 32 octets of a switched-off terminal's files open anything") {
    Loot loot;
    const auto patient = loot.admit_hanako();
    loot.sign_in();
    REQUIRE(loot.tap(patient.card));
    loot.desk.reset();
    std::ofstream{loot.folder / "signing.key", std::ios::binary} << base::as_text(loot.enrolment.signing.secret.view());
    CHECK(opened_by_files(loot, patient.ref) == 0);
    // Control: were the store key among them, it would be found.
    std::ofstream{loot.folder / "control", std::ios::binary}
        << "x" << base::as_text(loot.guess(loot.staff, Loot::right_pin)->bytes.view()) << "y";
    CHECK(opened_by_files(loot, patient.ref) == 1);
}

#ifndef KAZASHI_ASAN  // it keeps what is freed as it was
TEST_CASE("thief: a locked terminal's memory holds no key that opens its store") {
    Loot loot;
    const auto patient = loot.admit_hanako();
    // Their ends: whoever takes memory back may write into its beginning.
    const Wanted store_key{loot.guess(loot.staff, Loot::right_pin)->bytes.view().subspan(16)};
    CHECK(store_key.times_in_memory() == 0);
    loot.sign_in();
    CHECK(store_key.times_in_memory() >= 1);  // control
    // The key of the patient on the reader goes too; the region of this test holds one of its own.
    const Wanted card_key{patient.card_key.bytes.view().subspan(16)};
    CHECK(card_key.times_in_memory() == 1);
    REQUIRE(loot.unlock(patient.card));
    CHECK(card_key.times_in_memory() >= 2);  // control
    REQUIRE(loot.desk->lock());
    CHECK(store_key.times_in_memory() == 0);
    CHECK(card_key.times_in_memory() == 1);
    // The shift lives all the same: the card opens it again.
    CHECK(loot.desk->shifts().size() == 1);
    const auto challenge = loot.desk->staff_card(loot.staff.identity);
    REQUIRE(loot.desk->unlock_shift(loot.staff.identity, loot.staff.answers(challenge->first, challenge->second)));
    CHECK(store_key.times_in_memory() >= 1);
    REQUIRE(loot.desk->sign_out());
    CHECK(store_key.times_in_memory() == 0);
}
#endif

TEST_CASE("thief: a patient's card opens all of that patient and nobody else") {
    Loot loot;
    auto hanako = loot.admit_hanako();
    // A program of the thief's own does not ask the policy what this facility may see.
    loot.region.publish(hanako, Section::care, 1, fakes::section_of("臼杵 花子", "ウスキ ハナコ"), loot.clock.wall());
    std::vector<fakes::SmallRegion::Patient> others;
    for (const char* number : {"0000000011", "0000000012", "0000000013"}) {
        others.push_back(loot.region.admit(number));
        loot.region.publish(others.back(), Section::emergency, 1, fakes::section_of("別 人", "ベツ ジン"),
                            loot.clock.wall());
    }
    loot.sync();
    int locks = 0;
    for (const auto& body : loot.region.feed) {
        const auto* lock = std::get_if<model::Lock>(&body);
        if (lock == nullptr) continue;
        ++locks;
        const auto key = vault::card_key(hanako.card.identity.idm, lock->first, hanako.card.answer(lock->first),
                                         lock->second, hanako.card.answer(lock->second));
        CHECK(loot.opened(key, lock->patient) == (lock->patient == hanako.ref ? 3 : 0));
    }
    CHECK(locks == 4);
    for (const auto& other : others) CHECK(loot.opened(other.card_key, other.ref) == 1);  // their own card would
}

TEST_CASE("thief: with the staff card a PIN is found by trying, and nothing counts the tries") {
    Loot loot;
    CHECK_FALSE(loot.guess(loot.staff, "0000"));
    CHECK_FALSE(loot.guess(loot.staff, "4648"));
    CHECK(loot.guess(loot.staff, Loot::right_pin));
    CHECK(loot.connection().failures(model::StaffId{"0000000001"})->count == 0);
    CHECK(loot.kinds().empty());
    // Without the card the right PIN is worth nothing: there is nothing to try it against.
    CHECK(loot.guess(loot.staff.forged(), Loot::right_pin).fault() == Fault::wrong_key);
}

TEST_CASE("thief: what a shift leaves in memory wants the card itself") {
    Loot loot;
    loot.sign_in();
    REQUIRE(loot.desk->lock());
    const auto challenge = loot.desk->staff_card(loot.staff.identity);
    CHECK_FALSE(challenge->pin_needed);
    const auto forged = loot.staff.forged();
    CHECK(loot.desk->unlock_shift(forged.identity, forged.answers(challenge->first, challenge->second)).fault() ==
          Fault::wrong_key);
    CHECK_FALSE(loot.desk->signed_in());
    // With the card itself it opens: a locked terminal and its staff card must not be left together.
    CHECK(loot.desk->unlock_shift(loot.staff.identity, loot.staff.answers(challenge->first, challenge->second)));
}

TEST_CASE(
    "skimmed card: recorded answers open that patient until the lock is changed, and the region refuses the visit") {
    Loot loot;
    auto patient = loot.admit_hanako();
    loot.sign_in();
    // Whoever knows the lock's challenges and once had the card for a second.
    const auto lock = *loot.connection().lock(patient.index);
    const auto recorded = [&] { return patient.card.answers(lock->first, lock->second); };
    const auto imitation = patient.card.forged();
    REQUIRE(loot.desk->tap(imitation.identity));
    REQUIRE(loot.desk->unlock(recorded()));
    const auto challenge = loot.desk->draft_grant();
    REQUIRE(challenge);
    CHECK(*challenge != lock->first);  // this one was never answered by the card
    CHECK(loot.desk->open(imitation.answer(*challenge)));
    loot.settle(patient.card);
    CHECK(loot.desk->windows()->front().refused);
    CHECK(loot.desk->windows()->front().reason == "proof_wrong");

    // A new lock, a new version: the recording is worth nothing, the card goes on.
    model::Lock changed = *lock;
    vault::random_bytes(changed.first.bytes.data(), 16);
    vault::random_bytes(changed.second.bytes.data(), 16);
    patient.card_key = vault::card_key(patient.card.identity.idm, changed.first, patient.card.answer(changed.first),
                                       changed.second, patient.card.answer(changed.second));
    loot.region.feed.push_back(changed);
    for (const auto section : {Section::emergency, Section::medication}) {
        loot.region.publish(patient, section, 2, fakes::section_of("臼杵 花子", "ウスキ ハナコ"), loot.clock.wall());
    }
    loot.sync();
    REQUIRE(loot.desk->tap(imitation.identity));
    CHECK(loot.desk->unlock(recorded()).fault() == Fault::wrong_key);
    CHECK(loot.tap(patient.card));
}

TEST_CASE("insider: every key of a signed-in terminal leaves a patient without a window closed") {
    Loot loot;
    const auto hanako = loot.admit_hanako();
    auto other = loot.region.admit("0000000011");
    loot.region.publish(other, Section::emergency, 1, fakes::section_of("別 人", "ベツ ジン"), loot.clock.wall());
    // Even a wrap the region sent by mistake is not kept without a window.
    loot.region.publish_wrap_for(other, Section::emergency, 1, loot.facility_key.seal);
    loot.region.publish_wrap_for(hanako, Section::emergency, 1, loot.facility_key.seal);
    loot.sign_in();
    REQUIRE(loot.tap(hanako.card));
    loot.sync();
    const auto keys = loot.keys_of_staff();
    auto store = loot.connection();
    const auto window = *store.window_of(hanako.ref);
    const auto window_key = *desk::open_window_key(keys.store, *window);
    const auto window_wraps = *store.window_wraps(window->grant.id);
    CHECK(window_wraps.size() == 2);
    for (const auto& wrap : window_wraps) {
        CHECK(vault::unwrap(window_key, wrap.package, wrap.sealed));  // control: what was granted
    }
    CHECK_FALSE(store.window_of(other.ref)->has_value());
    const auto facility_wraps = *store.facility_wraps();
    for (const auto& wrap : facility_wraps) CHECK(wrap.package.patient == hanako.ref);
    for (const auto* key : {&keys.store.bytes, &keys.index.bytes, &keys.facility.secret, &window_key.bytes}) {
        CHECK(loot.opened(vault::CardKey{key->clone()}, other.ref) == 0);
    }
    CHECK(loot.opened(other.card_key, other.ref) == 1);  // control: their card would
    // A visit cannot be made up either: without the card the lock does not open.
    CHECK(loot.unlock(other.card.forged()).fault() == Fault::wrong_key);
}

TEST_CASE("copied image: what it was opened with then opens the copy, and only the copy") {
    Loot loot;
    loot.region.feed.push_back(
        model::StaffMember{model::StaffId{"0000000002"}, loot.enrolment.facility.id, "大友 環", true});
    loot.sync();
    loot.sign_in();
    const fakes::TempFolder elsewhere;
    const auto copy = elsewhere / "kazashi.db";
    REQUIRE(loot.connection().backup(copy));
    REQUIRE(loot.desk->remove_slot(model::StaffId{"0000000002"}));
    CHECK_FALSE(loot.guess(loot.colleague, Loot::other_pin));

    auto image = store::Store::open(copy, {});
    REQUIRE(image);
    const auto slots = *image->slots();
    CHECK(slots.size() == 2);
    for (const auto& slot : slots) {
        if (slot.staff.str() != "0000000002") continue;
        const auto answers = loot.colleague.answers(slot.first, slot.second);
        CHECK_FALSE(vault::open_slot(slot, loot.colleague.identity.idm, answers[0], answers[1], pin("0000")));
        CHECK(vault::open_slot(slot, loot.colleague.identity.idm, answers[0], answers[1], pin(Loot::other_pin)));
    }
    // At rest it tells as little as the terminal itself.
    CHECK(content(copy).find("大友") == std::string::npos);
    CHECK(content(copy).find("野津") == std::string::npos);
}

TEST_CASE("stolen kiosk: the readable index key tells whose lock it is, and opens nothing") {
    Loot kiosk{{.type = model::FacilityType::city_hall}};
    const auto patient = kiosk.admit_hanako();
    const auto readable = *kiosk.connection().value(store::value_name::kiosk_index_key);
    REQUIRE(readable);
    REQUIRE(readable->size() == 32);
    const auto bytes = base::ByteView{*readable}.first<32>();
    // Who knows somebody's IDm learns their handle, and what there is of them: how much, and of when.
    const auto index = vault::card_index(vault::IndexKey{base::Secret<32>{bytes}}, patient.card.identity.idm);
    const auto lock = *kiosk.connection().lock(index);
    REQUIRE(lock);
    CHECK(lock->patient == patient.ref);
    CHECK(kiosk.opened(vault::CardKey{base::Secret<32>{bytes}}, patient.ref) == 0);
    CHECK(kiosk.opened(patient.card_key, patient.ref) == 2);  // control
    for (const auto& file : std::filesystem::directory_iterator{kiosk.folder.path()}) {
        for (const char* secret : {"臼杵", "ハナコ", "アムロジピン"}) {
            CHECK(content(file).find(secret) == std::string::npos);
        }
    }
    // At a counter there is no such key.
    Loot counter;
    const auto kept = *counter.connection().value(store::value_name::kiosk_index_key);
    CHECK((!kept || kept->empty()));
}

TEST_CASE("stolen emergency terminal: the name index is sealed, and opens with staff card and PIN") {
    Loot ambulance{{.type = model::FacilityType::fire}};
    const auto key = vault::random_key<vault::EmergencyKey>();
    ambulance.region.feed.push_back(
        model::EmergencyKeyWrap{1, vault::seal_emergency_key(ambulance.facility_key.seal, 1, key)});
    model::NamePage page{0, 1, 1, {}};
    page.sealed = vault::seal_names(key, page, base::as_bytes("臼杵 花子 0972-00-0000"));
    ambulance.region.feed.push_back(page);
    ambulance.sync();
    for (const auto& file : std::filesystem::directory_iterator{ambulance.folder.path()}) {
        CHECK(content(file).find("臼杵") == std::string::npos);
    }
    auto store = ambulance.connection();
    const auto wraps = *store.emergency_keys();
    REQUIRE(wraps.size() == 1);
    CHECK(vault::open_emergency_key(vault::make_sealing_pair(), wraps.front()).fault() == Fault::wrong_key);
    CHECK(ambulance.guess(ambulance.staff, "0000").fault() == Fault::wrong_key);
    // With both, everybody's name: why the PIN of such a terminal must be long.
    const auto keys = ambulance.keys_of_staff();
    const auto emergency = vault::open_emergency_key(keys.facility, wraps.front());
    REQUIRE(emergency);
    const auto pages = *store.name_pages();
    CHECK(base::as_text(vault::open_names(*emergency, pages.front())->view()).starts_with("臼杵 花子"));
}
