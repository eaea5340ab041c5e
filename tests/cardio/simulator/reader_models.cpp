// Each model by the bytes of felica.md §3.
#include "cardio/protocol/atr.h"
#include "cardio/protocol/felica_lite_s.h"
#include "cardio/protocol/transparent.h"
#include "cardio/simulator/card_reader.h"
#include "tests/cardio/cards.h"
#include "tests/catch.h"

using namespace kazashi;
using namespace kazashi::simulator;
using namespace std::chrono_literals;

namespace {

base::Bytes bytes(const std::string& hex) { return base::from_hex(hex).value(); }
std::string hex(const std::optional<base::Bytes>& answer) { return answer ? base::to_hex(*answer) : "gone"; }

constexpr const char* idm = "012E0102030405F6";
constexpr const char* pmm = "00F1000000014300";

struct Desk {
    explicit Desk(ReaderKind kind) : reader{kind} { reader.lay(test::virtual_card()); }
    std::string say(const std::string& apdu) { return hex(reader.transmit(bytes(apdu))); }
    CardReader reader;
};

// S_PAD0, ID, CKV, MAC_A: four blocks, 77 octets.
std::string four_blocks() { return std::string{"1606"} + idm + "010B0004800080828086" + "8091"; }
std::string write_rc() { return std::string{"2008"} + idm + "010900018080" + "00112233445566778899AABBCCDDEEFF"; }

}  // namespace

TEST_CASE("reader names: each is found again by its name") {
    for (const auto kind : all_readers) CHECK(reader_named(name(kind)) == kind);
    CHECK(!reader_named("acr"));
    for (const auto dialect : protocol::all_dialects) CHECK(!name(reader_speaking(dialect)).empty());
}

TEST_CASE("every reader: the card's number, and what it does not know") {
    for (const auto kind : all_readers) {
        Desk desk{kind};
        CHECK(desk.say("FFCA000000") == std::string{idm} + "9000");
        CHECK(desk.say("FFCA050000") == "6A81");
        CHECK(desk.say("FF77000000") == "6D00");
        CHECK(desk.reader.exchanges() == 0);
    }
}

TEST_CASE("acr1252: whole frames, 63 00 when no card answers, no PMm") {
    Desk desk{ReaderKind::acr1252};
    CHECK(desk.say("FF00000006060088B40100") == std::string{"1401"} + idm + pmm + "88B49000");
    CHECK(desk.say("FF00000006060000030000") == "6300");
    CHECK(desk.say("FFCA010000") == "6A81");
    CHECK(desk.say("FFA40001020B00") == "6D00");
    CHECK(desk.say("FFC2000002810000") == "C0030090009000");
}

TEST_CASE("rcs300: session, switch, exchange, and the result in C0") {
    Desk desk{ReaderKind::rcs300};
    CHECK(desk.say("FF00000006060088B40000") == "6D00");
    CHECK(desk.say("FFC200010F5F46041027000095060600FFFF010000") == "C0030169859000");
    CHECK(desk.say("FFC2000002810000") == "C0030090009000");
    CHECK(desk.say("FFC20002048F020300") == "C0030090009000");
    CHECK(desk.say("FFC200010F5F46041027000095060600FFFF010000") ==
          std::string{"C003009000"} + "920100" + "96020000" + "9714" + "1401" + idm + pmm + "88B4" + "9000");
    CHECK(desk.say("FFC200010F5F460410270000950606000003010000") == "C0030264019000");
    CHECK(desk.say("FFC2000002820000") == "C0030090009000");
    CHECK(desk.say("FFC200010F5F46041027000095060600FFFF010000") == "C0030169859000");
}

TEST_CASE("rcs300: without a timer the reader listens for 302 µs, and the card has carried out the command") {
    Desk desk{ReaderKind::rcs300};
    CHECK(desk.say("FFC2000002810000") == "C0030090009000");
    CHECK(desk.say("FFC20002048F020300") == "C0030090009000");
    const std::string frame = write_rc();
    CHECK(desk.say("FFC200012295" + std::string{"20"} + frame) == "C0030264019000");
    CHECK(desk.say("FFC20001295F4604E803000095" + std::string{"20"} + frame) == "C0030264019000");  // 1 ms is too short
    const auto read = desk.say("FFC200011F5F46042C01000095" + std::string{"16"} + four_blocks() + "00");
    CHECK(read == "C0030264019000");  // 300 µs
    // RC has been written, so the MAC_A can be read now.
    const auto late = desk.say("FFC200011F5F46041027000095" + std::string{"16"} + four_blocks() + "00");
    CHECK(late.substr(0, 30) == "C00300900092010096020000974D4D");
}

TEST_CASE("rcs300 and plain: one block after the other, PMm in GET DATA") {
    for (const auto kind : {ReaderKind::rcs300, ReaderKind::plain}) {
        Desk desk{kind};
        CHECK(desk.say("FFCA010000") == std::string{pmm} + "9000");
        CHECK(desk.say("FFB0008210") == "6985");
        CHECK(desk.say("FFA40001020B00") == "9000");
        CHECK(desk.say("FFB0008210") == base::to_hex(test::image().id.view()) + "9000");
        CHECK(desk.say("FFB0008200") == base::to_hex(test::image().id.view()) + "9000");
        CHECK(desk.say("FFB0008204") == "6700");
        CHECK(desk.say("FFB0009100") == "6300");  // MAC_A alone: RC has not been written
        CHECK(desk.say("FFD6000510" + std::string(32, 'A')) == "6300");
        CHECK(desk.say("FFA40001020900") == "9000");
        CHECK(desk.say("FFD6000510" + std::string(32, 'A')) == "6982");  // only with MAC_A
        CHECK(desk.say("FFD6000E10" + std::string(32, 'A')) == "9000");  // the register counts down
        CHECK(desk.say("FFD6000010" + std::string(32, 'A')) == "6982");  // S_PAD0 is read-only
        CHECK(desk.say("FFB0000E00") == std::string(32, 'A') + "9000");
        desk.reader.power_off();
        CHECK(desk.say("FFB0008210") == "6985");
    }
}

TEST_CASE("acr122u: PN532 commands, their status octet, and its own ATR") {
    Desk desk{ReaderKind::acr122u};
    CHECK(base::to_hex(desk.reader.atr()) == "3B8F8001804F0CA00000030603F011000000008A");
    CHECK(desk.say("FF00000009D44A010100FFFF0100") == std::string{"D54B0101"} + "1401" + idm + pmm + "88B49000");
    CHECK(desk.say("FF00000013D440011006" + std::string{idm} + "010B00018082") ==
          std::string{"D54100"} + "1D07" + idm + "000001" + base::to_hex(test::image().id.view()) + "9000");
    CHECK(desk.say("FF00000008D442060088B40100") == std::string{"D54300"} + "1401" + idm + pmm + "88B49000");
    CHECK(desk.say("FF00000008D442060000030100") == "D543019000");  // silence is in the status, and 90 00 behind it
    CHECK(desk.say("FF00000006D43205000000") == "D5339000");
    CHECK(desk.say("FF00000009D44A010100FE000100") == "D54B009000");
    CHECK(desk.say("FF00000009D44001060088B40100") == "D541279000");  // no target is listed any more
    CHECK(desk.say("FF00000002D4EE") == "6300");
}

TEST_CASE("acr122u: the older firmware keeps its answers until they are fetched") {
    Desk desk{ReaderKind::acr122u_t0};
    CHECK(base::to_hex(desk.reader.atr()) == "3B0F804F0CA00000030603F01100000000");
    CHECK(desk.say("FFC000001A") == "6300");
    CHECK(desk.say("FF00000008D442060088B40100") == "6117");
    CHECK(desk.say("FFC0000004") == "6700");
    CHECK(desk.say("FFC0000017") == std::string{"D54300"} + "1401" + idm + pmm + "88B49000");
    CHECK(desk.say("FFC0000017") == "6300");
    CHECK(desk.say("FFCA000000") == std::string{idm} + "9000");
}

TEST_CASE("acr122u: a buffer of 64 octets holds three blocks, not four") {
    Desk desk{ReaderKind::acr122u_64};
    CHECK(desk.say("FF00000023D44001" + write_rc()).substr(0, 10) == "D541000C09");
    CHECK(desk.say("FF00000019D44001" + four_blocks()) == "D541079000");
    CHECK(desk.say("FF00000017D440011406" + std::string{idm} + "010B0003800080828091").substr(0, 10) == "D541003D07");
    CHECK(desk.say("FF00000019D44001" + four_blocks()) == "D541079000");
    Desk usual{ReaderKind::acr122u};
    CHECK(usual.say("FF00000023D44001" + write_rc()).substr(0, 10) == "D541000C09");
    CHECK(usual.say("FF00000019D44001" + four_blocks()).substr(0, 10) == "D541004D07");
}

TEST_CASE("identiv: commands without IDm, a service code in the order of the model") {
    const auto read = [](ReaderKind kind, const std::string& service) {
        return Desk{kind}.say("FF46010206" + service + "80008082");
    };
    const auto good = std::string{idm} + "000002" + base::to_hex(test::image().s_pad0.view()) +
                      base::to_hex(test::image().id.view()) + "9000";
    CHECK(read(ReaderKind::identiv, "0B00") == good);
    CHECK(read(ReaderKind::identiv_be, "000B") == good);
    CHECK(read(ReaderKind::identiv, "000B") == std::string{idm} + "FFA19000");
    CHECK(read(ReaderKind::identiv_be, "0B00") == std::string{idm} + "FFA19000");
    Desk desk{ReaderKind::identiv};
    CHECK(desk.say("FF480101140900" + std::string{"8080"} + std::string(32, 'A')) == std::string{idm} + "00009000");
    CHECK(desk.say("FF460101060B008000") == "6700");
    CHECK(desk.say("FF44000000") == "6300");  // a Lite-S does not answer it
    const std::string pmm = base::to_hex(base::ByteView{test::image().pmm.bytes});
    CHECK(desk.say("FF40000004FFFF0103") == std::string{idm} + pmm + "88B49000");
    CHECK(desk.say("FF40000004FFFF0000") == std::string{idm} + pmm + "9000");
    CHECK(desk.say("FF40000004000301" + std::string{"03"}) == "6300");
    CHECK(desk.say("FF40000003FFFF00") == "6700");
    CHECK(Desk{ReaderKind::identiv_be}.say("FF40000004FFFF0103") == "6D00");
    CHECK(desk.say("FF00000006060088B40000") == "6D00");
}

TEST_CASE("every reader: APDUs of other classes go to a processor card") {
    for (const auto kind : all_readers) {
        CardReader reader{kind};
        reader.lay_bank_card();
        CHECK(protocol::card_family(reader.atr()) == protocol::CardFamily::iso14443_4);
        CHECK(hex(reader.transmit(bytes("FFCA000000"))) == "081122339000");
        const auto selected = hex(reader.transmit(bytes("00A404000E325041592E5359532E444446303100")));
        CHECK(selected.substr(0, 2) == "6F");
        CHECK(selected.substr(selected.size() - 4) == "9000");
        CHECK(hex(reader.transmit(bytes("00A4040C0AD392F000260100000001"))) == "6A82");
        CHECK(reader.exchanges() == 2);
        CHECK(hex(reader.transmit(bytes("FFB0000000"))) != "9000");
    }
}

TEST_CASE("every reader: a storage card has a number and an ATR of its family") {
    for (const auto kind : all_readers) {
        CardReader reader{kind};
        reader.lay(Cards{{}, {}, true});
        CHECK(protocol::card_family(reader.atr()) == protocol::CardFamily::storage);
        CHECK(hex(reader.transmit(bytes("FFCA000000"))) == "084455669000");
        CHECK(hex(reader.transmit(bytes("00A4040000"))) == "6E00");
    }
}
