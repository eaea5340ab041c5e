#include "sync/wire/capsule.h"

#include "sync/vault/capsule.h"
#include "tests/catch.h"
#include "tests/sync/wire/capsules.h"

using namespace kazashi;
using base::Bytes;
using base::Fault;
using model::AllergyKnowledge;
using model::Capsule;

namespace {

std::string digits(int number, std::size_t count) {
    auto text = std::to_string(number);
    return std::string(count - text.size(), '0') + text;
}

// A person with everything a capsule has besides lists.
Capsule full_head() {
    Capsule capsule;
    capsule.date = samples::day(2026, 11, 21);
    capsule.emergency_phone = "09700000000";
    capsule.preferred_hospital = "4410000001";
    return capsule;
}

void add_drugs(Capsule& capsule, int count) {
    capsule.allergy_knowledge = AllergyKnowledge::listed;
    for (int i = 0; i < count; ++i) capsule.allergies.push_back({"61" + digits(i, 5)});
}
void add_foods(Capsule& capsule, int count) {
    capsule.allergy_knowledge = AllergyKnowledge::listed;
    for (int i = 0; i < count; ++i) capsule.allergies.push_back({"J9FA" + digits(i, 8)});
}
void add_conditions(Capsule& capsule, int count) {
    for (int i = 0; i < count; ++i) capsule.conditions.push_back("I" + digits(i, 2));
}

bool refused(Bytes bytes) {
    const auto read = wire::unpack_capsule(bytes);
    return !read && read.fault() == Fault::malformed;
}
Bytes changed(const Capsule& capsule, std::size_t at, std::uint8_t to) {
    auto bytes = wire::pack_capsule(capsule);
    bytes[at] = to;
    return bytes;
}

}  // namespace

TEST_CASE("capsule: what fits comes back whole") {
    const auto capsule = samples::capsule();
    CHECK(wire::fit(capsule) == capsule);
    const auto bytes = wire::pack_capsule(capsule);
    CHECK(bytes.size() == vault::capsule_facts_size);
    const auto back = wire::unpack_capsule(bytes);
    REQUIRE(back);
    CHECK(*back == capsule);

    Capsule empty;
    empty.date = samples::day(2020, 1, 1);
    CHECK(*wire::unpack_capsule(wire::pack_capsule(empty)) == empty);
}

TEST_CASE("capsule: the octets are those of its description") {
    const auto bytes = wire::pack_capsule(samples::capsule());
    // date 2516 · AB, negative · yes no unknown no · listed, 2 left out · 3 and 1 left out · 11 digits, +, hospital · 4
    const auto expected = base::from_hex(
        "09D4 14 89 0A 13 3B 04"
        "81 97 20 00 00 10"  // telephone, padded
        "44 10 00 00 01"     // hospital
        "22CE 11B3 38A8"     // I10, E119, N185
        "08 5D9130"          // 6132016, severe
        "11 0C9855B0"        // J9F, C11310000, unconfirmed
        "1A A254A715"        // J9N, 123456789, severe and unconfirmed
        "04 11885B");        // 1149019, contraindicated
    REQUIRE(expected);
    CHECK(base::to_hex(base::ByteView{bytes}.first(expected->size())) == base::to_hex(*expected));
    for (std::size_t i = expected->size(); i < bytes.size(); ++i) CHECK(bytes[i] == 0);
}

TEST_CASE("capsule: with eight conditions, telephone and hospital there is room for twenty drugs or sixteen foods") {
    auto drugs = full_head();
    add_drugs(drugs, 20);
    add_conditions(drugs, 8);
    CHECK(wire::fit(drugs) == drugs);
    add_drugs(drugs, 1);
    CHECK(wire::fit(drugs).allergies.size() == 21);
    CHECK(wire::fit(drugs).conditions_left_out == 2);

    auto foods = full_head();
    add_foods(foods, 16);
    add_conditions(foods, 8);
    CHECK(wire::fit(foods) == foods);
    add_foods(foods, 1);
    CHECK(wire::fit(foods).conditions_left_out == 2);
}

TEST_CASE("capsule: allergies come before conditions, each list from its front, and what is left out is said") {
    auto capsule = full_head();
    add_drugs(capsule, 30);
    add_conditions(capsule, 10);
    const auto fitted = wire::fit(capsule);
    CHECK(fitted.allergies.size() == 24);
    CHECK(fitted.allergies.front().code == "6100000");
    CHECK(fitted.allergies.back().code == "6100023");
    CHECK(fitted.allergies_left_out == 6);
    CHECK(fitted.conditions.empty());
    CHECK(fitted.conditions_left_out == 10);
    CHECK(*wire::unpack_capsule(wire::pack_capsule(fitted)) == fitted);

    auto many = full_head();
    add_conditions(many, 11);
    CHECK(wire::fit(many).conditions.size() == model::capsule_conditions);
    CHECK(wire::fit(many).conditions_left_out == 3);
}

TEST_CASE("capsule: none is not written beside what must not be given, named or left out") {
    model::Capsule left_out;
    left_out.allergy_knowledge = AllergyKnowledge::none_confirmed;
    auto named = left_out;
    CHECK(wire::fit(left_out).allergy_knowledge == AllergyKnowledge::none_confirmed);
    left_out.allergies_left_out = 1;
    CHECK(wire::fit(left_out).allergy_knowledge == AllergyKnowledge::listed);
    named.allergies = {{"1149019", true}};
    CHECK(wire::fit(named).allergy_knowledge == AllergyKnowledge::listed);
}

TEST_CASE("capsule: counts of what is left out stop where their bits end") {
    auto capsule = full_head();
    add_drugs(capsule, 24);
    capsule.allergies_left_out = 500;
    capsule.conditions_left_out = 500;
    const auto fitted = wire::fit(capsule);
    CHECK(fitted.allergies_left_out == 63);
    CHECK(fitted.conditions_left_out == 15);
    CHECK(*wire::unpack_capsule(wire::pack_capsule(fitted)) == fitted);
}

TEST_CASE("capsule: what is no code of its kind is left out, not written in another way") {
    auto capsule = full_head();
    capsule.allergy_knowledge = AllergyKnowledge::listed;
    for (const auto* code : {"", "114901", "11490190", "114901F", "J9X123456789", "J9Fa12345678", "J9F12345678", "卵"})
        capsule.allergies.push_back({code});
    for (const auto* code : {"", "I1", "I100Z", "i10", "10I", "I1X", "C16.9"}) capsule.conditions.push_back(code);
    capsule.emergency_phone = "0972-00-0001";
    capsule.preferred_hospital = "441000000";
    const auto fitted = wire::fit(capsule);
    CHECK(fitted.allergies.empty());
    CHECK(fitted.allergies_left_out == 8);
    CHECK(fitted.conditions.empty());
    CHECK(fitted.conditions_left_out == 7);
    CHECK(fitted.emergency_phone.empty());
    CHECK(fitted.preferred_hospital.empty());
}

TEST_CASE("capsule: a date before 2020 or after its last day is the nearest it can say") {
    auto capsule = full_head();
    capsule.date = samples::day(1999, 1, 1);
    CHECK(wire::fit(capsule).date == samples::day(2020, 1, 1));
    capsule.date = samples::day(2999, 1, 1);
    const auto last = wire::fit(capsule);
    CHECK(*wire::unpack_capsule(wire::pack_capsule(last)) == last);
}

TEST_CASE("capsule: every code there can be comes back as it was") {
    Capsule capsule = full_head();
    for (const auto* code : {"A00", "A000", "Z99", "Z999", "I48", "I489"}) {
        capsule.conditions = {code};
        CHECK(wire::unpack_capsule(wire::pack_capsule(capsule))->conditions == capsule.conditions);
    }
    capsule.allergy_knowledge = AllergyKnowledge::listed;
    for (const auto* code : {"0000000", "9999999", "J9FA00000000", "J9FZ99999999", "J9N000000000", "J9N999999999"}) {
        capsule.allergies = {{code}};
        CHECK(wire::unpack_capsule(wire::pack_capsule(capsule))->allergies == capsule.allergies);
    }
}

TEST_CASE("capsule: octets that mean nothing, or the same in another way, are refused") {
    const auto capsule = samples::capsule();
    CHECK(refused(changed(capsule, 2, 0x05)));    // a fifth blood group
    CHECK(refused(changed(capsule, 2, 0x18)));    // a third Rh
    CHECK(refused(changed(capsule, 3, 0x03)));    // neither yes nor no nor unknown
    CHECK(refused(changed(capsule, 4, 0x03)));    // a fourth knowledge
    CHECK(refused(changed(capsule, 4, 0x01)));    // allergies, and none
    CHECK(refused(changed(capsule, 5, 0x09)));    // nine conditions
    CHECK(refused(changed(capsule, 6, 0x7b)));    // a bit nobody gave a meaning
    CHECK(refused(changed(capsule, 8, 0xa1)));    // no digit
    CHECK(refused(changed(capsule, 13, 0x11)));   // padding of the telephone number
    CHECK(refused(changed(capsule, 19, 0xff)));   // a condition behind Z999
    CHECK(refused(changed(capsule, 25, 0x03)));   // a fourth kind of allergy
    CHECK(refused(changed(capsule, 25, 0x28)));   // a flag nobody gave a meaning
    CHECK(refused(changed(capsule, 26, 0xff)));   // more than seven digits
    CHECK(refused(changed(capsule, 7, 0xff)));    // more allergies than there are octets
    CHECK(refused(changed(capsule, 115, 0x01)));  // something behind the end

    auto bytes = wire::pack_capsule(capsule);
    bytes.pop_back();
    CHECK(refused(bytes));
    CHECK(refused({}));
    CHECK(refused(Bytes(117)));
    CHECK(refused(changed(Capsule{full_head()}, 6, 0x30)));  // a plus without a number
}
