#include "cardio/simulator/card_reader.h"

#include "cardio/protocol/atr.h"
#include "cardio/simulator/transit_card.h"
#include "tests/cardio/cards.h"
#include "tests/catch.h"

using namespace kazashi;
using namespace kazashi::simulator;
using protocol::Dialect;

namespace {

base::Bytes bytes(const char* hex) { return base::from_hex(hex).value(); }

}  // namespace

TEST_CASE("card reader: an empty one has no ATR and answers nothing") {
    CardReader reader{Dialect::direct};
    CHECK(reader.atr().empty());
    CHECK(!reader.transmit(protocol::get_uid()));
}

TEST_CASE("card reader: what is no pseudo-APDU reaches no FeliCa card") {
    CardReader reader{ReaderKind::acr1252};
    reader.lay(test::virtual_card());
    CHECK(protocol::card_family(reader.atr()) == protocol::CardFamily::felica);
    CHECK(reader.transmit(protocol::get_uid()) == bytes("012E0102030405F69000"));
    CHECK(reader.transmit(bytes("00A4040000")) == bytes("6E00"));
    CHECK(reader.transmit(bytes("FF")) == bytes("6700"));
    CHECK(reader.exchanges() == 0);
    CHECK(reader.apdus() == 3);
}

TEST_CASE("card reader: two cards draw their time slots, and garble each other in the same one") {
    const auto second = test::image(card::CardKind::patient, 44, "0000000002", 0x22);
    constexpr int rounds = 2000;
    for (const auto& [slots, garbled] : {std::pair{"00", rounds}, {"03", rounds / 4}, {"0F", rounds / 16}}) {
        CardReader reader{Dialect::direct};
        reader.lay(test::virtual_card(), test::virtual_card(second));
        const auto poll = bytes((std::string{"FF00000006060088B400"} + slots).c_str());
        int of_first = 0, of_second = 0, of_none = 0;
        for (int i = 0; i < rounds; ++i) {
            const auto said = base::to_hex(reader.transmit(poll).value());
            ++(said == "6300" ? of_none : said.find("012E0102030405F6") != std::string::npos ? of_first : of_second);
        }
        CAPTURE(slots, of_first, of_second, of_none);
        CHECK(std::abs(of_none - garbled) <= rounds / 20);
        CHECK(std::abs(of_first - of_second) <= rounds / 10);
    }
}

TEST_CASE("card reader: the card leaves during the exchange it was told to") {
    CardReader reader{Dialect::direct};
    reader.lay(test::virtual_card());
    reader.leave_after(2);
    const auto poll = bytes("FF00000006060088B40000");
    CHECK(reader.transmit(poll).has_value());
    CHECK(reader.transmit(protocol::get_uid()).has_value());
    CHECK(!reader.transmit(poll));
}

TEST_CASE("card reader: an eavesdropper hears challenges and answers") {
    const auto issued = test::image();
    CardReader reader{Dialect::direct};
    reader.lay(test::virtual_card(issued));
    const auto rc = test::challenge(9);
    CHECK(reader.transmit(protocol::direct_command(protocol::challenge_frame(issued.idm, rc))).has_value());
    CHECK(reader.transmit(protocol::direct_command(protocol::proof_frame(issued.idm))).has_value());
    REQUIRE(reader.heard().size() == 1);
    CHECK(reader.heard()[0].rc == rc);
    CHECK(base::equal(reader.heard()[0].mac, protocol::proof_of(issued.ck, rc, issued.s_pad0, issued.id).view()));
    reader.lay(test::virtual_card(issued));
    CHECK(reader.heard().empty());
}

TEST_CASE("card reader: a bank card and a transit card are what they are") {
    CardReader reader{Dialect::direct};
    reader.lay_bank_card();
    CHECK(protocol::card_family(reader.atr()) == protocol::CardFamily::iso14443_4);
    CHECK(reader.transmit(protocol::get_uid())->size() == 6);
    CHECK(reader.transmit(bytes("FF00000006060088B40000")) == bytes("6300"));
    reader.lay(std::make_unique<TransitCard>());
    CHECK(reader.transmit(bytes("FF00000006060088B40000")) == bytes("6300"));
    CHECK(reader.transmit(bytes("FF00000006060000030000"))->size() == 20);
    CHECK(reader.transmit(bytes("FF000000060600FE000000"))->at(2) == 0x11);
}

TEST_CASE("card reader: a write of two blocks that ends with RC is no challenge") {
    const auto issued = test::image();
    CardReader reader{Dialect::direct};
    reader.lay(test::virtual_card(issued));
    const std::vector<std::uint8_t> blocks{0x01, protocol::lite_s::rc};
    const auto frame = protocol::write_frame(issued.idm, protocol::service_read_write, blocks, base::Bytes(32, 0x5A));
    CHECK(reader.transmit(protocol::direct_command(frame))->size() == 14);
    CHECK(reader.heard().empty());
}
