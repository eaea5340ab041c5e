// The check in front of the parser: one spelling of each value, and no deeper than the limit.
#include "sync/wire/canonical.h"

#include "sync/wire/tuning.h"
#include "tests/catch.h"

using namespace kazashi;
using base::Bytes;

namespace {

Bytes bytes_of(std::string_view hex) { return *base::from_hex(hex); }

}  // namespace

TEST_CASE("canonical: one spelling of each value") {
    for (const auto* good : {"00", "17", "18 18", "19 0100", "1A 00010000", "1B 0000000100000000", "20", "38 18", "F4",
                             "F5", "40", "60", "80", "A0", "82 01 80", "A2 61 61 01 61 62 02", "A1 60 00"}) {
        CHECK(wire::is_canonical(bytes_of(good)));
    }
    for (const auto* bad : {"",       // nothing
                            "00 00",  // two values
                            "18 17",
                            "19 00FF",
                            "1A 0000FFFF",
                            "1B 00000000FFFFFFFF",
                            "58 01 00",  // longer than need be
                            "1B 8000000000000000",
                            "3B 8000000000000000",  // beyond int64
                            "18",
                            "19 01",
                            "42 00",
                            "62 61",  // cut
                            "9F FF",
                            "BF FF",
                            "5F FF",
                            "7F FF",
                            "5F 41 00 FF",  // indefinite length
                            "C0 60",
                            "D8 20 60",  // tags
                            "F6",
                            "F7",
                            "F9 3C00",
                            "FA 3F800000",
                            "F8 14",
                            "E0",
                            "FF",  // null, undefined, floats, breaks
                            "1C",
                            "1F",
                            "FC",  // reserved
                            "A1 01 02",
                            "A1 41 61 00",
                            "A1 80 00",  // keys that are no text
                            "A2 61 62 01 61 61 02",
                            "A2 61 61 01 61 61 02",  // out of order, twice
                            "82 01",
                            "A1 61 61",
                            "9B FFFFFFFFFFFFFFFF 00",
                            "BB 7FFFFFFFFFFFFFFF 00",  // more promised than there is
                            "5B FFFFFFFFFFFFFFFF",
                            "7B FFFFFFFFFFFFFFFF"}) {
        CHECK(!wire::is_canonical(bytes_of(bad)));
    }
}

TEST_CASE("canonical: the first value ends where it ends") {
    CHECK(wire::first_value_size(bytes_of("00 00")) == 1);
    CHECK(wire::first_value_size(bytes_of("A1 61 61 01 FF")) == 4);
    CHECK(wire::first_value_size(bytes_of("82 01 80 80")) == 3);
    CHECK(!wire::first_value_size(bytes_of("")));
    CHECK(!wire::first_value_size(bytes_of("82 01")));
    CHECK(!wire::first_value_size(bytes_of("FF")));
}

TEST_CASE("canonical: it is as deep as the limit and no deeper") {
    Bytes deep(wire::tuning::depth - 1, 0x81);
    deep.push_back(0x81);
    deep.push_back(0x00);
    CHECK(wire::is_canonical(deep));
    deep.insert(deep.begin(), 0x81);
    CHECK(!wire::is_canonical(deep));
}
