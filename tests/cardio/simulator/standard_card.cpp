#include "cardio/simulator/standard_card.h"

#include "cardio/simulator/transit_card.h"
#include "tests/catch.h"

using namespace kazashi;
using namespace kazashi::simulator;
using base::Bytes;

namespace {

constexpr card::Idm idm{{0x01, 0x14, 1, 2, 3, 4, 5, 6}};

card::CardProfile profile(card::NumberCoding coding, std::size_t length, std::string prefix) {
    card::CardProfile out;
    out.name = "old";
    out.system = 0x8277;
    out.service = 0x100B;
    out.blocks = {1, 4};
    out.region = 44;
    out.coding = coding;
    out.offset = 18;
    out.length = length;
    out.prefix = std::move(prefix);
    return out;
}

std::string say(FelicaCard& card, const std::string& hex) {
    const auto answer = card.answer(*base::from_hex(hex));
    return answer ? base::to_hex(*answer) : "";
}

std::string hex(const FelicaCard& card) { return base::to_hex(card.idm().view()); }

}  // namespace

TEST_CASE("standard card: a profile's card holds the number where the profile says") {
    using card::NumberCoding;
    for (const auto& one : {profile(NumberCoding::ascii, 10, ""), profile(NumberCoding::bcd, 4, "44"),
                            profile(NumberCoding::hexadecimal, 4, "4")}) {
        const auto made = card_of_profile(one, "4400001234", idm);
        REQUIRE(made);
        const auto answer = made->answer(*base::from_hex("1206" + hex(*made) + "010B1002" + "80018004"));
        REQUIRE(answer);
        REQUIRE(answer->size() == 13 + 32);
        CHECK(card::record_of(one, base::ByteView{*answer}.subspan(13))->number == "4400001234");
    }
}

TEST_CASE("standard card: a number that does not fit its profile is no card") {
    using card::NumberCoding;
    CHECK(!card_of_profile(profile(NumberCoding::bcd, 4, "44"), "4500001234", idm));
    CHECK(!card_of_profile(profile(NumberCoding::bcd, 4, "44"), "440000123", idm));
    CHECK(!card_of_profile(profile(NumberCoding::ascii, 10, ""), "44x0001234", idm));
    CHECK(!card_of_profile(profile(NumberCoding::hexadecimal, 1, "4"), "4400001234", idm));
}

TEST_CASE("standard card: answers what needs no key, by system") {
    TransitCard card;
    const std::string second = "11" + hex(card).substr(2);
    CHECK(say(card, "060000030100") == "1401" + hex(card) + "0F0D23042F7783FF" + "0003");
    CHECK(say(card, "0600FE000000").substr(4, 16) == second);
    CHECK(say(card, "060088B40000").empty());
    CHECK(say(card, "0D02" + hex(card) + "010F09") == "0D03" + hex(card) + "010100");
    CHECK(say(card, "0F02" + hex(card) + "020F091234") == "0F03" + hex(card) + "020100" + "FFFF");
    CHECK(say(card, "0A04" + hex(card)) == "0B05" + hex(card) + "00");
    CHECK(say(card, "0C0A" + hex(card) + "0000") == "0E0B" + hex(card) + "0000FEFF");
    CHECK(say(card, "0C0A" + hex(card) + "0300") == "0C0B" + hex(card) + "0F09");
    CHECK(say(card, "0C0A" + hex(card) + "0400") == "0C0B" + hex(card) + "FFFF");
    CHECK(say(card, "0A0C" + hex(card)) == "0F0D" + hex(card) + "02" + "0003FE00");
    CHECK(say(card, "0B10" + hex(card) + "00").empty());  // authentication
    CHECK(say(card, "0A0C" + std::string(16, '0')).empty());
}

TEST_CASE("standard card: refuses with the flags of its kind") {
    TransitCard card;
    const auto read = [&](const std::string& service, const std::string& elements, const std::string& count) {
        const auto body = "01" + service + count + elements;
        const auto answer =
            say(card, base::to_hex(Bytes{static_cast<std::uint8_t>(10 + body.size() / 2)}) + "06" + hex(card) + body);
        return answer.size() > 24 ? "read" : answer.substr(20);
    };
    CHECK(read("0F09", "8000", "01") == "read");
    CHECK(read("0109", "8000", "01") == "01A6");
    CHECK(read("4800", "8000", "01") == "01A5");  // its key is not ours
    CHECK(read("0F09", "8014", "01") == "01A8");
    CHECK(read("0F09", "8100", "01") == "01A3");
    CHECK(read("0F09", "8000800180028003800480058006800780088009800A800B", "0C") == "read");
    CHECK(read("0F09", "8000800180028003800480058006800780088009800A800B800C", "0D") == "FFA2");
    const auto write = "2008" + hex(card) + "010F09018000" + std::string(32, '0');
    CHECK(say(card, write) == "0C09" + hex(card) + "01A4");
}

TEST_CASE("standard card: electronic money is the common area alone") {
    MoneyCard card;
    CHECK(say(card, "0600FE000100").substr(4, 16) == hex(card));
    CHECK(say(card, "060000030000").empty());
}
