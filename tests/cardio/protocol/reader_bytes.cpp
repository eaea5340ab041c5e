#include "cardio/protocol/apdu.h"
#include "cardio/protocol/atr.h"
#include "cardio/protocol/tlv.h"
#include "cardio/protocol/transparent.h"
#include "tests/cardio/protocol/vectors.h"

using namespace kazashi;
using namespace kazashi::protocol;
using base::Fault;
using test::bytes_of;

TEST_CASE("apdu: commands go out and come back in") {
    const CommandApdu apdu{0xFF, 0x00, 0x00, 0x00, bytes_of("060088B40000"), {}};
    CHECK(encode(apdu) == bytes_of("FF00000006060088B40000"));
    const auto back = decode_command(encode(apdu));
    REQUIRE(back.has_value());
    CHECK(back->data == apdu.data);
    CHECK(!back->le);
    const auto uid = decode_command(get_uid());
    REQUIRE(uid.has_value());
    CHECK(uid->data.empty());
    CHECK(uid->le == std::optional<std::uint8_t>{0});
    CHECK(!decode_command(bytes_of("FF0000")));
    CHECK(!decode_command(bytes_of("FF00000006060088")));
}

TEST_CASE("apdu: an answer without a status word means the card left") {
    CHECK(decode_response({}).fault() == Fault::card_left);
    CHECK(decode_response(bytes_of("90")).fault() == Fault::card_left);
    const auto answer = decode_response(bytes_of("01029000"));
    REQUIRE(bool{answer});
    CHECK(answer->sw == sw::ok);
    CHECK(answer->data == bytes_of("0102"));
}

TEST_CASE("apdu: status words tell no answer from not supported from busy") {
    CHECK(!reader_fault(0x9000));
    CHECK(reader_fault(0x6300)->fault == Fault::timeout);
    CHECK(reader_fault(0x6401)->fault == Fault::timeout);
    CHECK(reader_fault(0x6D00)->fault == Fault::unsupported);
    CHECK(reader_fault(0x6A81)->fault == Fault::unsupported);
    CHECK(reader_fault(0x698A)->fault == Fault::reader_busy);
    CHECK(reader_fault(0x1234)->fault == Fault::malformed);
}

TEST_CASE("tlv: objects are walked with short and long lengths and two-byte tags") {
    base::Bytes bytes;
    append_tlv(bytes, 0x97, base::Bytes(3, 0x95));
    append_tlv(bytes, 0x5F46, base::Bytes(4, 0x97));
    append_tlv(bytes, 0x97, base::Bytes(200, 0xC0));
    append_tlv(bytes, 0x97, base::Bytes(300, 0x01));
    const auto objects = walk_tlv(bytes);
    REQUIRE(objects.has_value());
    REQUIRE(objects->size() == 4);
    CHECK((*objects)[0].value.size() == 3);
    CHECK((*objects)[1].tag == 0x5F46);
    CHECK((*objects)[2].value.size() == 200);
    CHECK((*objects)[3].value.size() == 300);
}

TEST_CASE("tlv: cut and endless objects are refused") {
    CHECK(!walk_tlv(bytes_of("9703AABB")));
    CHECK(!walk_tlv(bytes_of("97")));
    CHECK(!walk_tlv(bytes_of("5F")));
    CHECK(!walk_tlv(bytes_of("9783000000")));
    CHECK(!walk_tlv(base::Bytes(200, 0x00)));
    CHECK(walk_tlv({})->empty());
}

TEST_CASE("transparent: an exchange carries timer and frame") {
    CHECK(transparent_exchange_apdu(bytes_of("0600FFFF0100"), std::chrono::microseconds{100'000}) ==
          bytes_of("FFC200010F5F4604A086010095060600FFFF010000"));
    CHECK(transparent_start() == bytes_of("FFC20000028100"));
    CHECK(transparent_end() == bytes_of("FFC20000028200"));
    CHECK(transparent_felica() == bytes_of("FFC20002048F020300"));
}

TEST_CASE("transparent: the card's frame is taken from its object though its tag byte occurs before") {
    const auto answer = parse_transparent_exchange(bytes_of("C003009000 920197 96029700 9704 04019797 9000"));
    REQUIRE(bool{answer});
    CHECK(*answer == bytes_of("04019797"));
}

TEST_CASE("transparent: success of the APDU does not hide what the C0 object says") {
    CHECK(parse_transparent_exchange(bytes_of("C0030164019000")).fault() == Fault::timeout);
    CHECK(parse_transparent_exchange(bytes_of("C003016A819000")).fault() == Fault::unsupported);
    CHECK(parse_transparent_exchange(bytes_of("C003009000 9000")).fault() == Fault::timeout);
    CHECK(parse_transparent_exchange(bytes_of("C0029000 9000")).fault() == Fault::malformed);
    CHECK(parse_transparent_exchange(bytes_of("C00300900097 9000")).fault() == Fault::malformed);
    CHECK(parse_transparent_status(bytes_of("6D00")).fault() == Fault::unsupported);
    CHECK(parse_transparent_status({}).fault() == Fault::card_left);
    CHECK(bool{parse_transparent_status(bytes_of("C0030090009000"))});
}

TEST_CASE("atr: families are told apart and no card is named") {
    CHECK(felica_atr() == bytes_of("3B8F8001804F0CA00000030611003B0000000042"));
    CHECK(card_family(felica_atr()) == CardFamily::felica);
    CHECK(card_family(bytes_of("3B8F8001804F0CA000000306 03F011 00000000 8A")) == CardFamily::felica);
    CHECK(card_family(bytes_of("3B8F8001804F0CA000000306 030001 00000000 6A")) == CardFamily::storage);
    CHECK(card_family(iso14443_4_atr(bytes_of("80318066B08412016E0183009000"))) == CardFamily::iso14443_4);
    CHECK(card_family(iso14443_4_atr({})) == CardFamily::iso14443_4);
    CHECK(card_family(bytes_of("3B8F8001804F0CA00000030611003B0000000043")) == CardFamily::unrecognised);
    CHECK(card_family(bytes_of("3BE000FF8131FE4514")) == CardFamily::unrecognised);
    CHECK(card_family({}) == CardFamily::unrecognised);
}
