#include "terminal/card_tool/apdu_mask.h"

#include "cardio/protocol/felica_lite_s.h"
#include "cardio/reader/conversation.h"
#include "cardio/simulator/card_reader.h"
#include "tests/cardio/cards.h"
#include "tests/catch.h"

using namespace kazashi;
using card_tool::ApduMask;

namespace {

base::Bytes bytes(const std::string& hex) { return base::from_hex(hex).value(); }

// The printed form of octets.
std::string spaced(const std::string& hex) {
    std::string out;
    for (std::size_t i = 0; i < hex.size(); i += 2) out += (i > 0 ? " " : "") + hex.substr(i, 2);
    return out;
}

}  // namespace

TEST_CASE("apdu mask: a PIN is never shown, nor what a card signs") {
    for (const bool show : {false, true}) {
        ApduMask mask{show};
        CHECK(mask.command(bytes("002000800431323334")) == "00 20 00 80 04 ··×4");
        CHECK(mask.answer(bytes("63C2")) == "63 C2");
        CHECK(mask.command(bytes("00200080")) == "00 20 00 80");
        CHECK(mask.command(bytes("002A008003AABBCC00")) == "00 2A 00 80 03 ··×4");
    }
}

TEST_CASE("apdu mask: IDm and blocks are shown on demand only") {
    const std::string uid = "012E0102030405F69000";
    const std::string read =
        "FF0000001010"
        "06012E0102030405F6010B00018082";
    const std::string told = "1D07012E0102030405F6000001" + std::string(32, 'A') + "9000";
    ApduMask mask{false};
    CHECK(mask.command(bytes("FFCA000000")) == "FF CA 00 00 00");
    CHECK(mask.answer(bytes(uid)) == "··×8 90 00");
    CHECK(mask.command(bytes(read)) == "FF 00 00 00 10 10 06 ··×8 01 0B 00 01 80 82");
    CHECK(mask.answer(bytes(told)) == "1D 07 ··×8 00 00 01 ··×16 90 00");
    ApduMask open{true};
    CHECK(open.command(bytes("FFCA000000")) == "FF CA 00 00 00");
    CHECK(open.answer(bytes(uid)) == spaced(uid));
    CHECK(open.command(bytes(read)) == spaced(read));
    CHECK(open.answer(bytes(told)) == spaced(told));
}

TEST_CASE("apdu mask: the IDm of another system, and one first met in a Polling") {
    ApduMask mask{false};
    CHECK(mask.command(bytes("FF000000060600FFFF0100")) == "FF 00 00 00 06 06 00 FF FF 01 00");
    CHECK(mask.answer(bytes("1401012E0102030405F600F100000001430088B49000")) ==
          "14 01 ··×8 00 F1 00 00 00 01 43 00 88 B4 90 00");
    CHECK(mask.answer(bytes("1201112E0102030405F600F10000000143009000")) == "12 01 ··×8 00 F1 00 00 00 01 43 00 90 00");
}

TEST_CASE("apdu mask: from the write of a challenge to its MAC nothing is shown, in any dialect") {
    using simulator::ReaderKind;
    for (const bool show : {false, true}) {
        for (const std::string head : {"FF000000", "FF000000D44001", "FFC200015F4604102700009520"}) {
            ApduMask mask{show};
            const auto rc = bytes(head + "2008012E0102030405F6010900018080" + std::string(32, 'C'));
            const auto proof = bytes(head + "1406012E0102030405F6010B0003800080828091");
            CHECK(mask.command(rc).find("CC") == std::string::npos);
            CHECK(mask.answer(bytes("0C09012E0102030405F600009000")) == "··×12 90 00");
            CHECK(mask.command(proof).find("80 91") == std::string::npos);
            CHECK(mask.answer(bytes("3D07" + std::string(118, 'D') + "9000")) == "··×61 90 00");
            // Afterwards the rest is as before.
            CHECK(mask.command(bytes("FFCA000000")) == "FF CA 00 00 00");
        }
    }
}

TEST_CASE("apdu mask: a reader's own command for a write hides as much") {
    ApduMask mask{true};
    CHECK(mask.command(bytes("FF48010114"
                             "09008080" +
                             std::string(32, 'C'))) == "FF 48 01 01 14 ··×20");
    CHECK(mask.answer(bytes("012E0102030405F600009000")) == "··×10 90 00");
    CHECK(mask.command(bytes("FF46010308"
                             "0B00800080828091")) == "FF 46 01 03 08 ··×8");
    CHECK(mask.answer(bytes(std::string(100, 'D') + "9000")) == "··×50 90 00");
    CHECK(mask.command(bytes("FF48010114"
                             "09008087" +
                             std::string(32, 'C'))) == "FF 48 01 01 14 ··×20");
    CHECK(mask.command(bytes("FF46010104"
                             "0B008082")) == spaced("FF460101040B008082"));
}

TEST_CASE("apdu mask: a new card key is never shown") {
    ApduMask mask{true};
    const auto key = bytes(
        "FF00000020"
        "2008012E0102030405F6010900018087" +
        std::string(32, 'C'));
    CHECK(mask.command(key) == "FF 00 00 00 20 ··×32");
    const auto with_mac = bytes(
        "FF00000032"
        "3208012E0102030405F60109000280878091" +
        std::string(64, 'C'));
    CHECK(mask.command(with_mac) == "FF 00 00 00 32 ··×50");
}

TEST_CASE("apdu mask: single blocks are masked like others") {
    ApduMask mask{false};
    CHECK(mask.command(bytes("FFB0008210")) == "FF B0 00 82 10");
    CHECK(mask.answer(bytes(std::string(32, 'A') + "9000")) == "··×16 90 00");
    CHECK(mask.command(bytes("FFD6008010" + std::string(32, 'C'))) == "FF D6 00 80 10 ··×16");
}

TEST_CASE("apdu mask: what is fetched with GET RESPONSE is masked like the answer it belongs to") {
    const std::string idm = "012E0102030405F6";
    for (const bool show : {false, true}) {
        ApduMask mask{show};
        // As a reader of T=0 does it: nothing but 61 xx first.
        mask.command(bytes("FF00000023D440012008" + idm + "010900018080" + std::string(32, 'C')));
        mask.answer(bytes("610F"));
        mask.command(bytes("FFC000000F"));
        mask.answer(bytes("D541000C09" + idm + "00009000"));
        mask.command(bytes("FF00000017D440011406" + idm + "010B0003800080828091"));
        CHECK(mask.answer(bytes("6140")) == "61 40");
        mask.command(bytes("FFC0000040"));
        const auto proof =
            mask.answer(bytes("D541003D07" + idm + std::string(70, '0') + std::string(16, 'D') + "6102"));
        CHECK(proof.find("DD") == std::string::npos);
        mask.command(bytes("FFC0000002"));
        CHECK(mask.answer(bytes("DDDD9000")) == "··×2 90 00");
        // Afterwards the rest is as before.
        CHECK(mask.command(bytes("FF46010104"
                                 "0B008082")) == spaced("FF460101040B008082"));
    }
    ApduMask mask{false};
    for (const auto* const read : {"00B0980000", "002A9E9A02AABB00"}) {
        mask.command(bytes(read));
        CHECK(mask.answer(bytes("30826104")) == "··×2 61 04");
        mask.command(bytes("00C0000004"));
        CHECK(mask.answer(bytes("3082010A9000")) == "··×4 90 00");
    }
    CHECK(mask.command(bytes("00A4040C")) == "00 A4 04 0C");
    CHECK(mask.answer(bytes("ABCD9000")) == "AB CD 90 00");
}

// Everything a tap says, through a reader that answers in two pieces.
TEST_CASE("apdu mask: no MAC is shown of a tap through any reader") {
    using simulator::ReaderKind;
    struct Listening : reader::ApduLink {
        explicit Listening(ReaderKind kind) : reader{kind} { reader.lay(test::virtual_card()); }
        base::Result<base::Bytes> transmit(base::ByteView apdu) override {
            text += mask.command(apdu) + "\n";
            auto answer = reader.transmit(apdu);
            if (!answer) return base::Error{base::Fault::card_left, ""};
            text += mask.answer(*answer) + "\n";
            return std::move(*answer);
        }
        simulator::CardReader reader;
        ApduMask mask{true};
        std::string text;
    };
    const auto image = test::image();
    const base::SystemClock clock;
    for (const auto kind : {ReaderKind::acr1252, ReaderKind::rcs300, ReaderKind::acr122u, ReaderKind::acr122u_t0,
                            ReaderKind::acr122u_64, ReaderKind::identiv, ReaderKind::identiv_be}) {
        Listening link{kind};
        reader::Conversation talk{link, clock, reader::ReaderTraits{}};
        REQUIRE(talk.identify(link.reader.atr(), 44));
        REQUIRE(talk.prove({test::challenge(1)}));
        const auto proof = protocol::proof_of(image.ck, test::challenge(1), image.s_pad0, image.id);
        CAPTURE(name(kind), link.text);
        CHECK(link.text.find(spaced(base::to_hex(proof.view()))) == std::string::npos);
    }
}
