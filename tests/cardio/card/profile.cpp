#include "cardio/card/profile.h"

#include "tests/catch.h"

using namespace kazashi;
using card::CardKind;
using card::NumberCoding;
using card::parse_profiles;
using card::record_of;

namespace {

const char* const good = R"(
[[card]]
name = "old-stone-card"
system = 0xFE00
service = 0x100B
blocks = [0, 2]
region = 44
coding = "bcd"
offset = 18
length = 4
prefix = "07"
[[card]]
name = "staff"
system = 0x8008
service = 0x0109
blocks = [300]
kind = "staff"
region = 44
coding = "ascii"
length = 10
)";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

card::CardProfile profile(NumberCoding coding, std::size_t length, const std::string& prefix = "") {
    return {"p", 0xFE00, 0x100B, {0}, CardKind::patient, 44, coding, 0, length, prefix};
}
base::Bytes block(base::Bytes begin) {
    begin.resize(16);
    return begin;
}

}  // namespace

TEST_CASE("profile: a file of two is read as it stands") {
    const auto profiles = parse_profiles(good);
    REQUIRE(bool{profiles});
    REQUIRE(profiles->size() == 2);
    const card::CardProfile first{"old-stone-card",  0xFE00, 0x100B, {0, 2}, CardKind::patient, 44,
                                  NumberCoding::bcd, 18,     4,      "07"};
    const card::CardProfile second{"staff", 0x8008, 0x0109, {300}, CardKind::staff, 44, NumberCoding::ascii, 0, 10, ""};
    CHECK(profiles->at(0) == first);
    CHECK(profiles->at(1) == second);
}

TEST_CASE("profile: what is wrong is named by table and field") {
    const auto fails = [](const std::string& from, const std::string& to, const std::string& word) {
        const auto profiles = parse_profiles(replaced(good, from, to));
        INFO(from << " becomes " << to);
        REQUIRE(!profiles);
        CHECK(profiles.fault() == base::Fault::malformed);
        CHECK(profiles.error().detail.find(word) != std::string::npos);
    };
    fails("name = \"old-stone-card\"", "", "1: name");
    fails("name = \"staff\"", "name = \"\"", "2: name");
    fails("0xFE00", "0x10000", "1: system");
    // Of any system, or of the region's own.
    for (const auto* const system : {"0xFFFF", "0x00FF", "0xFF03", "0x88B4"}) fails("0xFE00", system, "1: system");
    fails("0xFE00", "\"FE00\"", "1: system");
    fails("0x100B", "0x100A", "1: service");  // needs a key
    fails("[0, 2]", "[]", "1: blocks");
    fails("[0, 2]", "[0, -1]", "1: blocks");
    fails("[0, 2]", "[0,1,2,3,4,5,6,7,8,9,10,11,12]", "1: blocks");
    fails("\"staff\"\nregion", "\"dog\"\nregion", "2: kind");
    fails("region = 44", "region = 65536", "1: region");
    fails("\"bcd\"", "\"roman\"", "1: coding");
    fails("offset = 18", "offset = 29", "1: length");
    fails("prefix = \"07\"", "prefix = \"7\"", "1: prefix");
    fails("prefix = \"07\"", "prefix = \"0x\"", "1: prefix");
    fails("length = 10", "length = 9", "2: prefix");
    fails("[[card]]\nname = \"old", "[[dog]]\nname = \"old", "[[card]]");
    fails("offset = 18", "offst = 18", "1: offst");
    fails("[[card]]", "[[card]", "card profiles");
    CHECK(!parse_profiles(""));
    CHECK(!parse_profiles("card = 1"));
}

TEST_CASE("profile: the number is read in each coding") {
    const auto ascii =
        record_of(profile(NumberCoding::ascii, 10), block({'0', '1', '2', '3', '4', '5', '6', '7', '8', '9'}));
    REQUIRE(ascii.has_value());
    CHECK(*ascii == card::RegionalRecord{CardKind::patient, 44, "0123456789"});
    const auto bcd = record_of(profile(NumberCoding::bcd, 4, "07"), block({0x01, 0x23, 0x45, 0x67}));
    REQUIRE(bcd.has_value());
    CHECK(bcd->number == "0701234567");
    const auto binary = record_of(profile(NumberCoding::hexadecimal, 3, "9"), block({0x01, 0x00, 0x02}));
    REQUIRE(binary.has_value());
    CHECK(binary->number == "9000065538");
}

TEST_CASE("profile: what is no number is none") {
    CHECK(!record_of(profile(NumberCoding::ascii, 10), block({'0', '1', '2', ' '})));
    CHECK(!record_of(profile(NumberCoding::bcd, 5), block({0x01, 0x23, 0x4A, 0x67, 0x89})));
    CHECK(!record_of(profile(NumberCoding::bcd, 5), block({})));  // never given one
    CHECK(!record_of(profile(NumberCoding::bcd, 4, "07"), block({})));
    CHECK(!record_of(profile(NumberCoding::hexadecimal, 5), block({0xFF, 0xFF, 0xFF, 0xFF, 0xFF})));
    CHECK(!record_of(profile(NumberCoding::bcd, 5), base::Bytes(15, 0x11)));
    CHECK(!record_of(profile(NumberCoding::bcd, 5), base::Bytes(32, 0x11)));
}
