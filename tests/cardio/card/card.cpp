#include "cardio/card/card.h"

#include "tests/catch.h"

using namespace kazashi;
using namespace kazashi::card;

TEST_CASE("card: a regional record comes back as it was made") {
    const RegionalRecord patient{CardKind::patient, 44, "0123456789"};
    const RegionalRecord staff{CardKind::staff, 0xABCD, "9999999999"};
    CHECK(base::to_hex(make_regional_record(patient).view()) == "4B5A0150002C30313233343536373839");
    CHECK(parse_regional_record(make_regional_record(patient)) == std::optional{patient});
    CHECK(parse_regional_record(make_regional_record(staff)) == std::optional{staff});
}

TEST_CASE("card: anything else is no card of a region") {
    const Block good = make_regional_record({CardKind::patient, 44, "0000000001"});
    CHECK(!parse_regional_record(Block{}));
    for (const std::size_t at : {0U, 1U, 2U, 3U, 6U, 15U}) {
        Block bad = good;
        bad.bytes[at] ^= 0x40U;
        CHECK(!parse_regional_record(bad));
    }
}
