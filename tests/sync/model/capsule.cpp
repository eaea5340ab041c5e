// What may stand in a capsule: codes and numbers of one shape each.
#include "sync/model/capsule.h"

#include "tests/catch.h"

using namespace kazashi;

TEST_CASE("capsule: an allergy is the beginning of a YJ code, digits alone, or a JFAGY code") {
    CHECK(model::is_capsule_allergy("6132016"));
    CHECK(model::is_capsule_allergy("J9FA12345678"));
    CHECK(model::is_capsule_allergy("J9N912345678"));
    for (const char* code : {"", "613201", "61320161", "613201F", "6132016F2020", "J9F", "J9FA1234567", "J9FA123456789",
                             "J9XA12345678", "J8FA12345678", "J9Fa12345678", "J9F-12345678", "J9FA1234567x",
                             "J9FA:2345678", "J9F[12345678", "61/2016", "61:2016"}) {
        INFO(code);
        CHECK_FALSE(model::is_capsule_allergy(code));
    }
}

TEST_CASE("capsule: a condition is an ICD-10 code of three or four characters, without a dot") {
    CHECK(model::is_capsule_condition("I10"));
    CHECK(model::is_capsule_condition("Z992"));
    for (const char* code : {"", "I1", "I10.0", "I1000", "i10", "1100", "I1O", "II0", "I 0"}) {
        INFO(code);
        CHECK_FALSE(model::is_capsule_condition(code));
    }
}

TEST_CASE("capsule: a telephone number is digits, with or without a plus before them") {
    CHECK(model::is_capsule_phone("0972000001"));
    CHECK(model::is_capsule_phone("+81972000001"));
    CHECK(model::is_capsule_phone("1"));
    CHECK(model::is_capsule_phone(std::string(model::capsule_phone_digits, '9')));
    CHECK(model::is_capsule_phone("+" + std::string(model::capsule_phone_digits, '9')));
    for (const auto& phone : {std::string{}, std::string{"+"}, std::string{"0972-00-0001"}, std::string{"++81"},
                              std::string{"81+"}, std::string(model::capsule_phone_digits + 1, '9')}) {
        INFO(phone);
        CHECK_FALSE(model::is_capsule_phone(phone));
    }
}

TEST_CASE("capsule: a hospital is an institution number of ten digits") {
    CHECK(model::is_capsule_hospital("4410000001"));
    for (const char* number : {"", "441000000", "44100000011", "441000000x"}) {
        INFO(number);
        CHECK_FALSE(model::is_capsule_hospital(number));
    }
}
