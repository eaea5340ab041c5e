#include "cardio/simulator/pn532_line.h"

#include "tests/cardio/cards.h"
#include "tests/catch.h"

using namespace kazashi;
using namespace kazashi::simulator;

namespace {

struct Desk {
    Desk() { field.lay({{test::virtual_card()}}); }
    Pn532Line::Output say(const std::string& hex) { return line.take(base::from_hex(hex).value(), field); }
    std::string answer(const std::string& hex) {
        const auto said = say(hex);
        CHECK(base::to_hex(said.now) == "0000FF00FF00");
        return base::to_hex(said.answer);
    }
    Field field;
    Pn532Line line;
};

// One command in a frame of its own.
std::string framed(const std::string& hex) {
    auto octets = base::from_hex(hex).value();
    unsigned sum = 0;
    for (const auto octet : octets) sum += octet;
    base::Bytes out{0x00, 0x00, 0xFF, static_cast<std::uint8_t>(octets.size()),
                    static_cast<std::uint8_t>(0x100U - octets.size())};
    base::append(out, octets);
    out.push_back(static_cast<std::uint8_t>(0U - sum));
    out.push_back(0x00);
    return base::to_hex(out);
}

}  // namespace

TEST_CASE("pn532 line: a wake-up is no command, a command is acknowledged and answered") {
    Desk desk;
    const auto woken = desk.say("5555000000000000000000000000000000");
    CHECK(woken.now.empty());
    CHECK(desk.answer("0000FF02FED4022A00") == "0000FF06FAD50332010607E800");
}

TEST_CASE("pn532 line: a frame may come in pieces, or two at once") {
    Desk desk;
    CHECK(desk.say("0000FF02FE").now.empty());
    CHECK(desk.say("D402").now.empty());
    CHECK(!desk.say("2A00").now.empty());
    CHECK(desk.say("0000FF02FED4022A000000FF02FED4022A00").now.size() == 12);
}

TEST_CASE("pn532 line: what is damaged gets no ACK; a NACK brings the last answer again") {
    Desk desk;
    CHECK(desk.say("0000FF02FED4022B00").now.empty());
    CHECK(desk.say("0000FF02FDD4022A00").now.empty());
    const auto first = desk.answer(framed("D402"));
    CHECK(base::to_hex(desk.say("0000FFFF0000").now) == first);
    CHECK(desk.answer(framed("D4EE")) == "0000FF01FF7F8100");
}

TEST_CASE("pn532 line: lists a card, exchanges with it, and says when it is silent") {
    Desk desk;
    CHECK(desk.answer(framed("D44A010100FFFF0100")).substr(10) ==
          "D54B0101"
          "1401012E0102030405F600F100000001430088B4" +
              desk.answer(framed("D44A010100FFFF0100")).substr(58));
    CHECK(desk.answer(framed("D4400106"
                             "0088B40000"))
              .substr(10, 6) == "D54100");
    CHECK(desk.answer(framed("D44206"
                             "0000030000"))
              .substr(10, 6) == "D54301");
    CHECK(desk.answer(framed("D45200")).substr(10, 6) == "D55300");
    CHECK(desk.answer(framed("D4400106"
                             "0088B40000"))
              .substr(10, 6) == "D54127");
}

TEST_CASE("pn532 line: two cards are listed in their time slots") {
    Desk desk;
    desk.field.lay(
        {{test::virtual_card(), test::virtual_card(test::image(card::CardKind::patient, 44, "0000000002", 0x22))}});
    const auto both = desk.answer(framed("D44A020100FFFF0103"));
    CHECK(both.substr(10, 6) == "D54B02");
    CHECK(both.find("012E0102030405F6") != std::string::npos);
    CHECK(both.find("012E010203040522") != std::string::npos);
}

TEST_CASE("pn532 line: registers keep what is written, and the field can be switched off") {
    Desk desk;
    CHECK(desk.answer(framed("D408630580")).substr(10, 4) == "D509");
    CHECK(desk.answer(framed("D4066305")).substr(10, 6) == "D50780");
    CHECK(desk.answer(framed("D4420D"
                             "0000"))
              .substr(10, 6) == "D54301");
    const auto rc = base::to_hex(protocol::challenge_frame(test::image().idm, test::challenge(1)));
    const auto proof = base::to_hex(protocol::proof_frame(test::image().idm));
    CHECK(desk.answer(framed("D442" + rc)).substr(10, 6) == "D54300");
    CHECK(desk.answer(framed("D442" + proof)).substr(36, 2) == "00");
    CHECK(desk.answer(framed("D4320100")).substr(10, 4) == "D533");
    CHECK(desk.answer(framed("D442" + proof)).substr(36, 4) == "04B2");  // the challenge is lost with the field
}

TEST_CASE("pn532 line: a long answer comes in an extended frame") {
    Desk desk;
    const auto echo = base::to_hex(base::Bytes(260, 0x41));
    base::Bytes command = base::from_hex("D40000" + echo).value();
    unsigned sum = 0;
    for (const auto octet : command) sum += octet;
    base::Bytes frame{0x00, 0x00, 0xFF, 0xFF, 0xFF, 0x01, 0x07, 0xF8};
    base::append(frame, command);
    frame.push_back(static_cast<std::uint8_t>(0U - sum));
    frame.push_back(0x00);
    CHECK(desk.answer(base::to_hex(frame)).substr(0, 16 + 6) == "0000FFFFFF0107F8D50100");
}
