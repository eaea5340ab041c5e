#include "cardio/protocol/certificate.h"
#include "tests/cardio/certificates.h"
#include "tests/sync/desk/fixture.h"

using namespace kazashi;
using namespace kazashi::desk_tests;

namespace {

const base::UtcTime long_ago{std::chrono::sys_days{std::chrono::year{2020} / 1 / 1}};

// Somebody's ID card: its certificate, and what it answers once its PIN was right.
struct IdCard {
    std::string owner;
    base::Bytes certificate;

    explicit IdCard(const std::string& name, const std::string& authority = "authority") : owner{name} {
        test::CertificateWish wish;
        wish.name = name;
        wish.not_before = long_ago;
        certificate = test::holder_certificate(wish, authority);
    }
    desk::IdCardAnswer answer(const card::Digest& digest) const {
        return {certificate, test::sign_digest(test::rsa_key(owner), digest)};
    }
    card::Digest key_hash() const { return protocol::parse_certificate(certificate)->key_hash; }
};

struct Counter : Pharmacy {
    IdCard nurse{"nurse"};
    IdCard doctor{"doctor"};
    IdCard citizen{"citizen"};

    Counter() { trust({authority("citizens")}, {authority("authority")}); }

    static base::Bytes authority(const std::string& name) {
        test::CertificateWish wish;
        wish.name = name;
        wish.authority = true;
        wish.not_before = long_ago;
        return test::make_certificate(test::rsa_key(name), test::rsa_key(name), name, wish);
    }
    void trust(std::vector<base::Bytes> my_number, std::vector<base::Bytes> hpki) {
        auto policy = *desk->policy();
        ++policy.version;
        policy.id_card_roots = {std::move(my_number), std::move(hpki)};
        region.feed.push_back(policy);
        sync();
    }
    base::Status register_card(const IdCard& card) {
        const auto digest = desk->draft_id_slot();
        if (!digest) return digest.error();
        return desk->add_id_slot(card.answer(*digest));
    }
    base::Result<desk::SignedIn> come_in(const IdCard& card) {
        const auto digest = desk->staff_id_challenge();
        if (!digest) return digest.error();
        return desk->sign_in_by_id_card(card.answer(*digest));
    }
    base::Result<desk::HolderOpened> hold(const IdCard& card) {
        const auto digest = desk->draft_holder();
        if (!digest) return digest.error();
        return desk->open_holder(card.answer(*digest));
    }
    void link(const IdCard& card, const model::PatientRef& patient, bool active = true) {
        region.feed.push_back(
            model::HolderLink{vault::holder_index(region.index_key, card.key_hash()), patient, active});
        sync();
    }
    wire::LedgerBody last() { return region.read(ledger().back()); }
};

struct CitizensCounter : Counter {
    fakes::SmallRegion::Patient hanako = admit_hanako();
    IdCard my_number{"hanako", "citizens"};

    CitizensCounter() {
        sign_in();
        link(my_number, hanako.ref);
    }
};

}  // namespace

TEST_CASE("HPKI: once registered by its owner, the card and its PIN sign in, also after a restart") {
    Counter counter;
    counter.sign_in();
    REQUIRE(counter.register_card(counter.nurse));
    CHECK(counter.kinds().back() == LedgerKind::slot_added);
    CHECK(counter.last().note == "id_card");
    CHECK(counter.last().other_staff.str() == "0000000001");
    REQUIRE(counter.desk->sign_out());

    counter.start();
    const auto who = counter.come_in(counter.nurse);
    REQUIRE(who);
    CHECK(who->staff.str() == "0000000001");
    CHECK(who->name == "野津 渚");
    CHECK(counter.kinds().back() == LedgerKind::sign_in);
    CHECK(counter.last().note == "id_card");
    CHECK(counter.last().staff.str() == "0000000001");
    CHECK(counter.desk->windows());
}

TEST_CASE("ID card: a wrong PIN is on the record, as one of a staff card is, and says nothing of the card") {
    Counter counter;
    // Nobody is signed in: somebody tried to.
    REQUIRE(counter.desk->id_card_pin_refused(false));
    CHECK(counter.kinds() == std::vector{LedgerKind::sign_in_failed});
    CHECK(counter.last().note == "id_card_wrong_pin");
    CHECK(counter.last().staff == model::StaffId{});
    REQUIRE(counter.desk->id_card_pin_refused(true));
    CHECK(counter.kinds().back() == LedgerKind::sign_in_failed);
    CHECK(counter.last().note == "id_card_blocked");
    // With somebody there it is a patient's card, or one to be registered.
    counter.sign_in();
    REQUIRE(counter.desk->id_card_pin_refused(false));
    CHECK(counter.kinds().back() == LedgerKind::id_card);
    CHECK(counter.last().note == "id_card_wrong_pin");
    CHECK(counter.last().staff == model::StaffId{"0000000001"});
    CHECK_FALSE(counter.last().patient);
    CHECK(counter.desk->windows());  // and nobody is locked out by a card's own PIN
}

TEST_CASE("HPKI: a card nobody registered here signs nobody in") {
    Counter counter;
    CHECK(counter.come_in(counter.nurse).fault() == Fault::not_found);
    counter.sign_in();
    REQUIRE(counter.register_card(counter.nurse));
    REQUIRE(counter.desk->sign_out());
    CHECK(counter.come_in(counter.doctor).fault() == Fault::not_found);
    CHECK_FALSE(counter.desk->signed_in());
    CHECK(counter.kinds().back() == LedgerKind::id_card);
    CHECK(counter.last().note == "not_registered");
}

TEST_CASE("HPKI: no shift begins with it: a locked screen wants the card and its PIN again, or the staff card's") {
    Counter counter;
    counter.sign_in();
    REQUIRE(counter.register_card(counter.nurse));
    REQUIRE(counter.desk->sign_out());
    REQUIRE(counter.come_in(counter.nurse));
    REQUIRE(counter.desk->lock());
    CHECK(counter.desk->shifts().empty());
    CHECK(counter.desk->staff_card(counter.staff.identity)->pin_needed);
    REQUIRE(counter.come_in(counter.nurse));
    CHECK(counter.desk->signed_in());
}

TEST_CASE("HPKI: what the region's authorities do not answer for, or no longer, opens nothing") {
    Counter counter;
    counter.sign_in();
    const IdCard stranger{"stranger", "nobody knows"};
    CHECK(counter.register_card(stranger).error().detail == "id_card_not_valid");
    REQUIRE(counter.register_card(counter.nurse));
    REQUIRE(counter.desk->sign_out());

    // Another's signature under this certificate, and this card's over something else.
    const auto digest = *counter.desk->staff_id_challenge();
    auto borrowed = counter.doctor.answer(digest);
    borrowed.certificate = counter.nurse.certificate;
    CHECK(counter.desk->sign_in_by_id_card(borrowed).error().detail == "id_card_not_valid");
    const auto other = counter.nurse.answer(protocol::sha256(base::as_bytes("something else")));
    CHECK(counter.desk->sign_in_by_id_card(other).error().detail == "id_card_not_valid");
    CHECK(counter.last().note == "not_believed");

    // The issuing authority for patients is none for staff.
    counter.trust({Counter::authority("authority")}, {Counter::authority("citizens")});
    CHECK(counter.come_in(counter.nurse).error().detail == "id_card_not_valid");
    counter.trust({}, {});
    CHECK(counter.come_in(counter.nurse).error().detail == "id_cards_unused");
    counter.trust({}, {Counter::authority("authority")});
    REQUIRE(counter.come_in(counter.nurse));
    REQUIRE(counter.desk->sign_out());
    counter.clock.pass(std::chrono::hours{24 * 365 * 10});
    CHECK(counter.come_in(counter.nurse).error().detail == "id_card_not_valid");
}

TEST_CASE("HPKI: only who came with their own card registers one, and one card is one person's") {
    Counter counter;
    CHECK(counter.register_card(counter.nurse).fault() == Fault::denied);
    counter.sign_in();
    CHECK(counter.desk->add_id_slot(counter.nurse.answer({})).fault() == Fault::out_of_order);
    REQUIRE(counter.register_card(counter.nurse));
    REQUIRE(counter.desk->sign_out());
    REQUIRE(counter.try_sign_in(counter.colleague, Pharmacy::other_pin));
    CHECK(counter.register_card(counter.nurse).error().detail == "id_card_taken");
    REQUIRE(counter.register_card(counter.doctor));
    REQUIRE(counter.desk->sign_out());
    CHECK(counter.come_in(counter.nurse)->staff.str() == "0000000001");
    CHECK(counter.come_in(counter.doctor)->staff.str() == "0000000002");
}

TEST_CASE("HPKI: another card takes the place of the one before") {
    Counter counter;
    counter.sign_in();
    REQUIRE(counter.register_card(counter.nurse));
    REQUIRE(counter.register_card(counter.doctor));
    REQUIRE(counter.desk->sign_out());
    CHECK(counter.come_in(counter.nurse).fault() == Fault::not_found);
    CHECK(counter.come_in(counter.doctor));
}

TEST_CASE("HPKI: it goes with its owner's slot, at once and out of every file") {
    Counter counter;
    counter.sign_in();
    REQUIRE(counter.register_card(counter.nurse));
    const auto sealed = counter.connection().id_slots()->front().sealed_store_key;
    const std::string octets{base::as_text(sealed)};
    CHECK(counter.on_disk(octets));
    REQUIRE(counter.desk->sign_out());
    REQUIRE(counter.come_in(counter.nurse));
    REQUIRE(counter.desk->remove_slot(model::StaffId{"0000000001"}));
    CHECK_FALSE(counter.desk->signed_in());
    CHECK(counter.connection().id_slots()->empty());
    CHECK(counter.come_in(counter.nurse).fault() == Fault::not_found);
    CHECK_FALSE(counter.on_disk(octets));
}

TEST_CASE("HPKI: who has left the staff goes out at the next page, who lost the staff card stays") {
    Counter counter;
    counter.sign_in();
    REQUIRE(counter.register_card(counter.nurse));
    REQUIRE(counter.desk->sign_out());
    REQUIRE(counter.come_in(counter.nurse));
    counter.region.feed.push_back(model::RevokedCard{counter.region.index_of(counter.staff)});
    counter.sync();
    REQUIRE(counter.desk->tend());
    CHECK(counter.desk->signed_in());
    counter.region.feed.push_back(
        model::StaffMember{model::StaffId{"0000000001"}, counter.enrolment.facility.id, "野津 渚", false});
    counter.sync();
    REQUIRE(counter.desk->tend());
    CHECK_FALSE(counter.desk->signed_in());
    CHECK(counter.come_in(counter.nurse).fault() == Fault::not_found);
}

TEST_CASE("thief: an HPKI slot wants the card's signature, and the files hold nothing to try PINs against") {
    Counter counter;
    counter.sign_in();
    REQUIRE(counter.register_card(counter.nurse));
    REQUIRE(counter.desk->sign_out());
    const auto slot = counter.connection().id_slots()->front();
    // With the certificate, which everybody can read off the card, and every key that is not the card's.
    const auto digest = vault::id_slot_digest(counter.enrolment.terminal, slot.challenge);
    const auto hash = counter.nurse.key_hash();
    CHECK(vault::open_id_slot(slot, hash, test::sign_digest(test::rsa_key("doctor"), digest)).fault() ==
          Fault::wrong_key);
    CHECK(vault::open_id_slot(slot, hash, base::Bytes(256)).fault() == Fault::wrong_key);
    CHECK(vault::open_id_slot(slot, hash, {}).fault() == Fault::wrong_key);
    // With the card and its PIN it opens: that is all there is to it.
    CHECK(vault::open_id_slot(slot, hash, counter.nurse.answer(digest).signature));
    CHECK_FALSE(counter.on_disk(base::as_text(hash.view())));
    CHECK_FALSE(counter.on_disk(base::as_text(counter.nurse.answer(digest).signature)));
}

TEST_CASE("thief: who recorded an HPKI card's answer opens that slot until another card is registered in its place") {
    Counter counter;
    counter.sign_in();
    REQUIRE(counter.register_card(counter.nurse));
    const auto recorded = counter.nurse.answer(*counter.desk->staff_id_challenge());
    REQUIRE(counter.desk->sign_out());
    CHECK(counter.desk->sign_in_by_id_card(recorded));
    REQUIRE(counter.register_card(counter.doctor));
    REQUIRE(counter.desk->sign_out());
    CHECK(counter.desk->sign_in_by_id_card(recorded).fault() == Fault::not_found);
}

TEST_CASE("My Number card: linked and signed, it opens this facility's live window and nothing else") {
    CitizensCounter counter;
    CHECK(counter.hold(counter.my_number).error().detail == "no_window");
    CHECK(counter.kinds().back() == LedgerKind::id_card);
    CHECK(counter.last().note == "no_window");
    REQUIRE(counter.tap(counter.hanako.card));
    counter.desk->forget_tap();

    const auto opened = counter.hold(counter.my_number);
    REQUIRE(opened);
    CHECK(opened->grant == counter.only_window());
    CHECK(opened->summary->person.kanji == "臼杵 花子");
    const auto kinds = counter.kinds();
    REQUIRE(kinds.size() >= 2);
    CHECK(kinds[kinds.size() - 2] == LedgerKind::id_card);
    CHECK(kinds.back() == LedgerKind::view);
    const auto entries = counter.ledger();
    const auto noted = counter.region.read(entries[entries.size() - 2]);
    CHECK(noted.note == "holder_verified");
    CHECK(noted.patient == counter.hanako.ref);
    CHECK(noted.staff.str() == "0000000001");
}

TEST_CASE("My Number card: a window that has ended is not opened by it, nor one the patient has closed") {
    CitizensCounter counter;
    REQUIRE(counter.tap(counter.hanako.card));
    counter.clock.pass(std::chrono::hours{24 * 61});
    counter.sign_in();
    CHECK(counter.hold(counter.my_number).error().detail == "no_window");

    CitizensCounter closed;
    REQUIRE(closed.tap(closed.hanako.card));
    closed.region.feed.push_back(model::Exclusion{closed.hanako.ref, closed.enrolment.facility.id, true});
    closed.sync();
    CHECK_FALSE(closed.hold(closed.my_number));
}

TEST_CASE("My Number card: never more than the policy lets this facility see now") {
    CitizensCounter counter;
    REQUIRE(counter.tap(counter.hanako.card));
    auto policy = *counter.desk->policy();
    ++policy.version;
    policy.types[model::FacilityType::pharmacy].sections = model::SectionSet{}.with(Section::emergency);
    counter.region.feed.push_back(policy);
    counter.sync();
    const auto opened = counter.hold(counter.my_number);
    REQUIRE(opened);
    CHECK(opened->summary->medicines.empty());
    CHECK_FALSE(opened->summary->allergies.empty());
}

TEST_CASE("My Number card: not linked, or not any more, it is told so") {
    CitizensCounter counter;
    const IdCard other{"taro", "citizens"};
    CHECK(counter.hold(other).error().detail == "not_linked");
    CHECK(counter.last().note == "not_linked");
    CHECK_FALSE(counter.last().patient);
    counter.link(counter.my_number, counter.hanako.ref, false);
    CHECK(counter.hold(counter.my_number).error().detail == "not_linked");
}

TEST_CASE("My Number card: an answer is good once, for what was just asked, by somebody who is signed in") {
    CitizensCounter counter;
    REQUIRE(counter.tap(counter.hanako.card));
    const auto first = *counter.desk->draft_holder();
    const auto second = *counter.desk->draft_holder();
    CHECK(first != second);
    CHECK(counter.desk->open_holder(counter.my_number.answer(first)).error().detail == "id_card_not_valid");
    CHECK(counter.desk->open_holder(counter.my_number.answer(second)).fault() == Fault::out_of_order);
    const auto third = *counter.desk->draft_holder();
    REQUIRE(counter.desk->lock());
    CHECK(counter.desk->open_holder(counter.my_number.answer(third)).fault() == Fault::out_of_order);
    CHECK(counter.desk->draft_holder().fault() == Fault::denied);
    // A staff card's certificate is nobody's as a patient.
    counter.sign_in();
    CHECK(counter.hold(counter.nurse).error().detail == "id_card_not_valid");
}

TEST_CASE("stolen database: nobody can tell whose ID card is linked, not even with its certificate") {
    CitizensCounter counter;
    REQUIRE(counter.desk->sign_out());
    const auto index = vault::holder_index(counter.region.index_key, counter.my_number.key_hash());
    CHECK(counter.on_disk(base::as_text(index.view())));
    CHECK_FALSE(counter.on_disk(base::as_text(counter.my_number.key_hash().view())));
    // Without the region's index key it cannot be computed, and at a counter that lies sealed.
    CHECK_FALSE(counter.on_disk(base::as_text(counter.region.index_key.bytes.view())));
    CHECK(vault::holder_index(vault::random_key<vault::IndexKey>(), counter.my_number.key_hash()) != index);
}
