// The My Number card and the HPKI card, by the bytes of felica.md §7.
#include <unistd.h>

#include "cardio/protocol/certificate.h"
#include "cardio/protocol/iso7816.h"
#include "cardio/simulator/card_reader.h"
#include "cardio/simulator/hpki_card.h"
#include "cardio/simulator/jpki_card.h"
#include "tests/catch.h"

using namespace kazashi;
using namespace kazashi::simulator;
using base::Bytes;

namespace {

const base::UtcTime now = base::SystemClock{}.wall();

TestAuthority& authority(card::IdCardKind kind) {
    static auto my_number = TestAuthority::open(card::IdCardKind::my_number, {}).value();
    static auto hpki = TestAuthority::open(card::IdCardKind::hpki, {}).value();
    return kind == card::IdCardKind::hpki ? hpki : my_number;
}
IdCardKey key(card::IdCardKind kind, TestAuthority::Purpose purpose = TestAuthority::Purpose::authentication) {
    return authority(kind).key_of("holder-1", purpose, TestAuthority::Validity::now).value();
}

std::string say(ProcessorCard& card, const std::string& hex) { return base::to_hex(card.answer(*base::from_hex(hex))); }

struct MyNumber {
    explicit MyNumber(ApduForms forms = ApduForms::all)
        : card{key(card::IdCardKind::my_number), std::make_shared<Pin>("1234"), forms} {}
    std::string say(const std::string& hex) { return ::say(card, hex); }
    void open() { REQUIRE(say("00A4040C0AD392F000260100000001") == "9000"); }
    JpkiCard card;
};

struct Staff {
    explicit Staff(HpkiIssuer issuer, ApduForms forms = ApduForms::all)
        : card{key(card::IdCardKind::hpki, TestAuthority::Purpose::documents), key(card::IdCardKind::hpki),
               std::make_shared<Pin>("123456"), issuer, forms} {}
    std::string say(const std::string& hex) { return ::say(card, hex); }
    HpkiCard card;
};

const std::string pin_of_staff = "06313233343536";

Bytes read_whole(ProcessorCard& card) {
    Bytes out;
    while (true) {
        const auto part = card.answer(protocol::read_binary(out.size()));
        if (part.size() <= 2) return out;
        base::append(out, base::ByteView{part}.first(part.size() - 2));
    }
}

// PSO in short commands, chained.
std::string sign_short(ProcessorCard& card, std::uint8_t p1, std::uint8_t p2, base::ByteView input) {
    std::string last;
    for (const auto& part : protocol::sign_chained(p1, p2, input)) last = base::to_hex(card.answer(part));
    return last;
}

bool fits(const Bytes& certificate, const card::Digest& digest, const std::string& answer) {
    const auto signature = base::from_hex(answer.substr(0, answer.size() - 4));
    return answer.substr(answer.size() - 4) == "9000" &&
           bool{protocol::verify_signature(certificate, digest, *signature)};
}

const card::Digest digest = protocol::sha256(base::as_bytes("a challenge"));

}  // namespace

TEST_CASE("my number card: certificate without a PIN, in chunks, issued by its authority") {
    MyNumber it;
    CHECK(it.say("00A4020C020018") == "6985");  // no application yet
    it.open();
    CHECK(it.say("00A4000C02000A") == "6A86");
    REQUIRE(it.say("00A4020C02000A") == "9000");
    const auto certificate = read_whole(it.card);
    REQUIRE(certificate.size() > 256);
    CHECK(certificate == key(card::IdCardKind::my_number).certificate());
    CHECK(bool{protocol::verify_chain(certificate, {authority(card::IdCardKind::my_number).certificate()}, now)});
    CHECK(!protocol::verify_chain(certificate, {authority(card::IdCardKind::hpki).certificate()}, now));
    REQUIRE(it.say("00A4020C02000B") == "9000");
    CHECK(read_whole(it.card) == authority(card::IdCardKind::my_number).certificate());
    REQUIRE(it.say("00A4020C020001") == "9000");
    CHECK(it.say("00B0000000") == "6982");
}

TEST_CASE("my number card: signs a DigestInfo after the PIN, with its own padding") {
    MyNumber it;
    it.open();
    const auto info = protocol::digest_info(digest.view());
    REQUIRE(it.say("00A4020C020017") == "9000");
    CHECK(sign_short(it.card, 0x00, 0x80, info) == "6982");
    REQUIRE(it.say("00A4020C020018") == "9000");
    CHECK(it.say("0020008004"
                 "31323334") == "9000");
    REQUIRE(it.say("00A4020C020017") == "9000");
    CHECK(fits(key(card::IdCardKind::my_number).certificate(), digest, sign_short(it.card, 0x00, 0x80, info)));
    CHECK(sign_short(it.card, 0x9E, 0x9A, info) == "6A86");
    it.card.power_off();
    it.open();
    REQUIRE(it.say("00A4020C020017") == "9000");
    CHECK(sign_short(it.card, 0x00, 0x80, info) == "6982");
}

TEST_CASE("id cards: the counter is asked for without spending a try, and blocks at none") {
    MyNumber it;
    it.open();
    REQUIRE(it.say("00A4020C020018") == "9000");
    for (const auto* left : {"63C3", "63C3"}) CHECK(it.say("00200080") == left);
    CHECK(it.say("0020008004"
                 "39393939") == "63C2");
    CHECK(it.say("0020008004"
                 "31323334") == "9000");  // counts from the begin again
    CHECK(it.say("00200080") == "63C3");
    for (const auto* left : {"63C2", "63C1", "6984", "6984"})
        CHECK(it.say("0020008004"
                     "39393939") == left);
    CHECK(it.say("0020008004"
                 "31323334") == "6984");
    CHECK(it.say("00200080") == "6984");
}

TEST_CASE("hpki: two applications by the begin of their name, each with its own") {
    for (const auto issuer : {HpkiIssuer::guideline, HpkiIssuer::association}) {
        Staff it{issuer};
        const auto first = it.say("00A4040005E828BD080F00");
        const auto second = it.say("00A4040205E828BD080F00");
        CHECK(first.substr(0, 2) == "6F");
        CHECK(first.substr(8, 10) == "E828BD080F");
        CHECK(first != second);
        CHECK(it.say("00A4040205E828BD080F00") == "6A82");
        CHECK(it.say("00A404000AD392F00026010000000100") == "6A82");
    }
}

TEST_CASE("hpki: as the guideline has it: short ids, P2 96, the key's file in tag 81, padding by the host") {
    Staff it{HpkiIssuer::guideline};
    REQUIRE(it.say("00A4040005E828BD080F00").substr(0, 2) == "6F");
    REQUIRE(it.say("00A4040205E828BD080F00").substr(0, 2) == "6F");
    CHECK(it.say("00B0910000") ==
          "A00530030401A0"
          "A40530030401A8"
          "A8053003040198"
          "9000");
    CHECK(it.say("00B0980000").size() == 2 * 256 + 4);
    CHECK(it.say("00B09800000000").size() > 2 * 256 + 4);  // extended: the whole certificate
    CHECK(it.say("00200096") == "63C3");
    CHECK(it.say("00200088") == "6A88");
    CHECK(it.say("00200096" + pin_of_staff) == "9000");
    CHECK(it.say("002241B604"
                 "84020017") == "6A80");
    CHECK(it.say("002241B604"
                 "81020017") == "9000");
    const auto padded = protocol::padded_digest_info(digest.view(), 256);
    const auto certificate = key(card::IdCardKind::hpki).certificate();
    CHECK(fits(certificate, digest, base::to_hex(it.card.answer(protocol::sign_extended(0x9E, 0x9A, padded)))));
    CHECK(fits(certificate, digest, sign_short(it.card, 0x9E, 0x9A, padded)));  // one VERIFY holds for both
    CHECK(sign_short(it.card, 0x9E, 0x9A, base::ByteView{padded}.first(200)) == "6A80");
}

TEST_CASE("hpki: the key for documents wants its PIN before every signature") {
    Staff it{HpkiIssuer::guideline};
    REQUIRE(it.say("00A4040005E828BD080F00").substr(0, 2) == "6F");
    REQUIRE(it.say("00200096" + pin_of_staff) == "9000");
    REQUIRE(it.say("002241B604"
                   "81020017") == "9000");
    const auto padded = protocol::padded_digest_info(digest.view(), 256);
    const auto certificate = key(card::IdCardKind::hpki, TestAuthority::Purpose::documents).certificate();
    CHECK(fits(certificate, digest, sign_short(it.card, 0x9E, 0x9A, padded)));
    CHECK(sign_short(it.card, 0x9E, 0x9A, padded) == "6982");
}

TEST_CASE("hpki: as the medical association has it: no directory, P2 88 of a selected file, tag 84") {
    Staff it{HpkiIssuer::association};
    REQUIRE(it.say("00A4040010E828BD080FA00000039100000000000200").substr(0, 2) == "6F");
    CHECK(it.say("00B0910000") == "6A82");
    CHECK(it.say("00200088") == "6A86");
    REQUIRE(it.say("00A4020C020002") == "9000");
    CHECK(it.say("00200088") == "63C3");
    CHECK(it.say("00200088" + pin_of_staff) == "9000");
    CHECK(it.say("002241B604"
                 "8102000C") == "6A80");
    CHECK(it.say("002241B604"
                 "8402000C") == "9000");
    const auto padded = protocol::padded_digest_info(digest.view(), 256);
    CHECK(fits(key(card::IdCardKind::hpki).certificate(), digest, sign_short(it.card, 0x9E, 0x9A, padded)));
    REQUIRE(it.say("00A4020C020016") == "9000");
    CHECK(read_whole(it.card) == key(card::IdCardKind::hpki).certificate());
}

TEST_CASE("id cards: some take short commands alone, some no chained ones") {
    Staff only_short{HpkiIssuer::guideline, ApduForms::short_only};
    REQUIRE(only_short.say("00A4040005E828BD080F00").substr(0, 2) == "6F");
    CHECK(only_short.say("00B09800000000") == "6700");
    CHECK(only_short.say("00B0980010").size() == 2 * 16 + 4);
    Staff only_extended{HpkiIssuer::guideline, ApduForms::extended_only};
    REQUIRE(only_extended.say("00A4040005E828BD080F00").substr(0, 2) == "6F");
    CHECK(only_extended.say("102A9E9A0100") == "6884");
}

TEST_CASE("test authority: a holder keeps the key; an expired certificate is expired") {
    const auto folder = std::filesystem::temp_directory_path() / ("authority-" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder);
    auto first = TestAuthority::open(card::IdCardKind::my_number, folder);
    REQUIRE(bool{first});
    const auto made = first->key_of("a", TestAuthority::Purpose::authentication, TestAuthority::Validity::now);
    auto again = TestAuthority::open(card::IdCardKind::my_number, folder);
    REQUIRE(bool{again});
    CHECK(again->certificate() == first->certificate());
    const auto found = again->key_of("a", TestAuthority::Purpose::authentication, TestAuthority::Validity::now);
    REQUIRE(bool{found});
    CHECK(found->certificate() == made->certificate());
    const auto other = again->key_of("b", TestAuthority::Purpose::authentication, TestAuthority::Validity::now);
    CHECK(other->certificate() != made->certificate());
    const auto old = again->key_of("a", TestAuthority::Purpose::authentication, TestAuthority::Validity::expired);
    CHECK(bool{protocol::verify_chain(made->certificate(), {again->certificate()}, now)});
    CHECK(!protocol::verify_chain(old->certificate(), {again->certificate()}, now));
    CHECK((std::filesystem::status(folder / "my_number" / "a.key").permissions() &
           std::filesystem::perms::others_read) == std::filesystem::perms::none);
    std::filesystem::remove_all(folder);
}
