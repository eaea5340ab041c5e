#include "cardio/simulator/disturbance.h"

#include "cardio/simulator/card_reader.h"
#include "tests/cardio/cards.h"
#include "tests/catch.h"

using namespace kazashi;
using namespace kazashi::simulator;
using Kind = Disturbance::Kind;
using Layer = Disturbance::Layer;

namespace {

base::Bytes bytes(const std::string& hex) { return base::from_hex(hex).value(); }

struct Desk {
    explicit Desk(const Disturbance& disturbance) {
        reader.lay(test::virtual_card());
        reader.disturb(disturbance);
    }
    std::string poll() { return say("FF00000006060088B40000"); }
    std::string write_register() {
        return say(
            "FF0000002020"
            "08012E0102030405F6"
            "010900"
            "01800E" +
            std::string(32, '1'));
    }
    std::string say(const std::string& apdu) {
        const auto answer = reader.transmit(bytes(apdu));
        return answer ? base::to_hex(*answer) : "gone";
    }
    CardReader reader{ReaderKind::acr1252};
};

const std::string poll_answer = "1201012E0102030405F600F10000000143009000";

}  // namespace

TEST_CASE("disturbance: each kind is found by its name") {
    CHECK(disturbance_named("lost_answer") == Kind::lost_answer);
    CHECK(disturbance_named("other_card") == Kind::other_card);
    CHECK(!disturbance_named("none"));
}

TEST_CASE("disturbance: only the exchange that was meant, and so many behind it") {
    Desk desk{{Kind::silence, 2, 2}};
    CHECK(desk.poll() == poll_answer);
    CHECK(desk.say("FFCA000000") == "012E0102030405F69000");  // not on air
    CHECK(desk.poll() == "6300");
    CHECK(desk.poll() == "6300");
    CHECK(desk.poll() == poll_answer);
}

TEST_CASE("disturbance: a command that is not heard and an answer that is lost look alike and are not") {
    Desk unheard{{Kind::silence}};
    CHECK(unheard.write_register() == "6300");
    Desk lost{{Kind::lost_answer}};
    CHECK(lost.write_register() == "6300");
    const auto read =
        "FF00000010"
        "1006012E0102030405F6010B0001800E";
    CHECK(unheard.say(read).substr(26, 2) == "FF");
    CHECK(lost.say(read).substr(26, 2) == "11");
}

TEST_CASE("disturbance: what comes is cut, longer, flipped, another card's, refused or something else") {
    const auto one = [](Disturbance disturbance) { return Desk{std::move(disturbance)}.poll(); };
    CHECK(one({Kind::truncate, 1, 1, Layer::card, 3}) == "1201012E0102030405F600F10000009000");
    CHECK(one({Kind::truncate, 1, 1, Layer::card, 100}) == "9000");
    CHECK(one({Kind::lengthen, 1, 1, Layer::card, 2}) == poll_answer.substr(0, 36) + "5A5A9000");
    CHECK(one({Kind::flip, 1, 1, Layer::card, 9}) == "1203" + poll_answer.substr(4));
    CHECK(one({Kind::other_card}) == poll_answer.substr(0, 18) + "AC" + poll_answer.substr(20));
    CHECK(one({Kind::replace, 1, 1, Layer::card, 1, bytes("0201")}) == "02019000");
    CHECK(one({Kind::status, 1, 1, Layer::card, 1, bytes("02B2")}) == "6300");  // a Polling is not refused
    Desk refused{{Kind::status, 1, 1, Layer::card, 1, bytes("02B2")}};
    CHECK(refused.write_register() == "0C09012E0102030405F602B29000");
    CHECK(one({Kind::leave}) == "gone");
}

TEST_CASE("disturbance: at the reader every APDU counts, and its status word is part of the answer") {
    Desk desk{{Kind::flip, 2, 1, Layer::reader, 18 * 8}};
    CHECK(desk.say("FFCA000000") == "012E0102030405F69000");
    CHECK(desk.poll() == poll_answer.substr(0, 36) + "9100");
    Desk cut{{Kind::truncate, 1, 1, Layer::reader, 1}};
    CHECK(cut.poll() == poll_answer.substr(0, 38));
    Desk refused{{Kind::status, 1, 1, Layer::reader, 1, bytes("6F00")}};
    CHECK(refused.poll() == "6F00");
    CHECK(refused.reader.exchanges() == 0);
    Desk silent{{Kind::silence, 1, 1, Layer::reader}};
    CHECK(silent.say("FFCA000000") == "6300");
}

TEST_CASE("disturbance: a delay is told, not waited for") {
    Desk desk{{Kind::delay, 1, 1, Layer::card, 250}};
    CHECK(desk.poll() == poll_answer);
    CHECK(desk.reader.took() == std::chrono::milliseconds{250});
    CHECK(desk.poll() == poll_answer);
    CHECK(desk.reader.took().count() == 0);
    CHECK(desk.reader.spent() == std::chrono::milliseconds{250});
}

TEST_CASE("disturbance: a card that is laid anew is undisturbed") {
    Desk desk{{Kind::silence}};
    desk.reader.lay(test::virtual_card());
    CHECK(desk.poll() == poll_answer);
    desk.reader.disturb({Kind::silence});
    desk.reader.calm();
    CHECK(desk.poll() == poll_answer);
}

TEST_CASE("card reader: swapped for another one, nothing volatile stays and counts go on") {
    CardReader reader{ReaderKind::acr1252};
    reader.lay(test::virtual_card());
    const auto rc = protocol::challenge_frame(test::image().idm, test::challenge(1));
    CHECK(reader.transmit(protocol::direct_command(rc))->size() == 14);
    reader.swap({{test::virtual_card(test::image(card::CardKind::patient, 44, "0000000002", 0x22))}});
    CHECK(reader.transmit(bytes("FFCA000000")) == bytes("012E0102030405229000"));
    CHECK(reader.transmit(protocol::direct_command(rc)) == bytes("6300"));
    CHECK(reader.exchanges() == 2);
}

TEST_CASE("air: time on air, the card's own time and the reader's latency add up") {
    CardReader reader{ReaderKind::acr1252};
    reader.lay(test::virtual_card());
    reader.set_air({212, std::chrono::milliseconds{3}});
    const auto frame = protocol::identity_frame(test::image().idm);
    CHECK(reader.transmit(protocol::direct_command(frame))->size() == 47);
    // 18 + 45 octets and twice 10 around them at 37.758 µs; PMm 01 and two blocks: 4 times 302 µs; 3 ms.
    CHECK(reader.took().count() == 3133 + 1208 + 3000);
    reader.set_air({424, {}});
    CHECK(reader.transmit(protocol::direct_command(frame))->size() == 47);
    CHECK(reader.took().count() == 1566 + 1208);
    CHECK(reader.transmit(bytes("FFCA000000")).has_value());
    CHECK(reader.took().count() == 0);
}

TEST_CASE("air: latencies are read as they are written") {
    CHECK(parse_latency("3ms") == std::chrono::milliseconds{3});
    CHECK(parse_latency("250us") == std::chrono::microseconds{250});
    for (const auto* text : {"", "3", "ms", "3 ms", "-3ms", "2000ms", "3s"}) CHECK(!parse_latency(text));
}
