#include "cardio/simulator/card_image.h"

#include "tests/catch.h"

using namespace kazashi;

TEST_CASE("card image: a file of cards is read") {
    const auto cards = simulator::parse_images(
        R"({"cards":[{"name":"patient-0000000001","kind":"patient","number":"0000000001","label":"臼杵 花子",
            "idm":"012E0102030405F6","pmm":"00F1000000014300","id":"012E0102030405F600014E4853303031",
            "s_pad0":"4B5A0150002C30303030303030303031","ck":"40AB9CA4C0B04B03EB0EF887472D77EA","ckv":1}]})");
    REQUIRE(bool{cards});
    REQUIRE(cards->size() == 1);
    const auto& card = cards->front();
    CHECK(card.name == "patient-0000000001");
    CHECK(card.label == "臼杵 花子");
    CHECK(base::to_hex(card.image.idm.view()) == "012E0102030405F6");
    CHECK(base::to_hex(card.image.ck.view()) == "40AB9CA4C0B04B03EB0EF887472D77EA");
    CHECK(card::parse_regional_record(card.image.s_pad0)->number == "0000000001");
}

TEST_CASE("card image: what is not a file of cards is refused without repeating it") {
    for (const auto* text : {"", "[]", "{\"cards\":3}", "{\"cards\":[{\"name\":\"x\"}]}",
                             "{\"cards\":[{\"name\":\"x\",\"kind\":\"patient\",\"idm\":\"SECRET\"}]}"}) {
        const auto cards = simulator::parse_images(text);
        REQUIRE(!cards);
        CHECK(cards.fault() == base::Fault::malformed);
        CHECK(cards.error().detail.find("SECRET") == std::string::npos);
    }
    CHECK(simulator::load_images("/nowhere/cards.json").fault() == base::Fault::not_found);
}
