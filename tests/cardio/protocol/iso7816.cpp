#include "cardio/protocol/iso7816.h"

#include "cardio/protocol/der.h"
#include "cardio/protocol/hpki.h"
#include "cardio/protocol/jpki.h"
#include "tests/cardio/id_card_link.h"

using namespace kazashi;
using namespace kazashi::protocol;
using base::Fault;
using card::IdCardKind;
using test::hex;
using test::tlv;

TEST_CASE("iso 7816: commands as the reference writes them") {
    CHECK(select_application(jpki::application, Occurrence::first, false) == hex("00A4040C0AD392F000260100000001"));
    CHECK(select_application(hpki::provider, Occurrence::first, true) == hex("00A4040005E828BD080F00"));
    CHECK(select_application(hpki::provider, Occurrence::next, true) == hex("00A4040205E828BD080F00"));
    CHECK(select_file(0x000A) == hex("00A4020C02000A"));
    CHECK(read_binary(0x0102) == hex("00B0010200"));
    CHECK(read_short_file(0x12) == hex("00B0920000"));
    CHECK(ask_pin_tries(0x80) == hex("00200080"));
    const auto verify = verify_pin(0x80, base::SecretBytes{base::as_bytes("1234")});
    CHECK(base::equal(verify.view(), hex("002000800431323334")));
    CHECK(choose_signing_key(KeyTag::file, 0x0017) == hex("002241B60481020017"));
    CHECK(choose_signing_key(KeyTag::key, 0x000C) == hex("002241B6048402000C"));
}

TEST_CASE("iso 7816: a long input is chained, a short one is one command") {
    CHECK(sign_chained(0x00, 0x80, base::Bytes(51)).size() == 1);
    base::Bytes input(256);
    for (std::size_t i = 0; i < input.size(); ++i) input[i] = static_cast<std::uint8_t>(i);
    const auto commands = sign_chained(0x9E, 0x9A, input);
    REQUIRE(commands.size() == 2);
    CHECK(commands[0][0] == 0x10);
    CHECK(commands[0].size() == 5 + 255);
    CHECK(commands[1] == hex("002A9E9A01FF00"));
    const auto extended = sign_extended(0x9E, 0x9A, input);
    CHECK(base::equal(base::ByteView{extended}.first(7), hex("002A9E9A000100")));
    CHECK(extended.size() == 7 + 256 + 2);
}

TEST_CASE("iso 7816: only 63 Cx counts tries") {
    for (const auto kind : {IdCardKind::my_number, IdCardKind::hpki}) {
        CHECK(pin_answer(kind, 0x9000)->state == PinState::accepted);
        CHECK(pin_answer(kind, 0x63C3)->tries_left == 3);
        CHECK(pin_answer(kind, 0x63C3)->state == PinState::wrong);
        CHECK(pin_answer(kind, 0x63C0)->state == PinState::blocked);
        CHECK(pin_answer(kind, 0x6300)->state == PinState::wrong);
        CHECK_FALSE(pin_answer(kind, 0x6300)->tries_left);
        CHECK(pin_answer(kind, 0x6984)->state == PinState::blocked);
        CHECK(pin_answer(kind, 0x6984)->tries_left == 0);
        for (const unsigned status : {0x61C3U, 0x69C3U, 0x6CC3U, 0x6303U, 0x6A88U, 0x6982U, 0x0000U}) {
            CHECK_FALSE(pin_answer(kind, static_cast<std::uint16_t>(status)));
        }
    }
}

TEST_CASE("iso 7816: 69 83 is a blocked PIN on a My Number card, and no word about the PIN on an HPKI card") {
    CHECK(pin_answer(IdCardKind::my_number, 0x6983)->state == PinState::blocked);
    CHECK_FALSE(pin_answer(IdCardKind::hpki, 0x6983));
}

TEST_CASE("iso 7816: what a status word means") {
    CHECK_FALSE(card_fault(0x9000));
    CHECK_FALSE(card_fault(0x6282));
    CHECK(card_fault(0x6A82)->fault == Fault::not_found);
    CHECK(card_fault(0x6982)->fault == Fault::denied);
    CHECK(card_fault(0x6D00)->fault == Fault::unsupported);
    CHECK(card_fault(0x6F00)->fault == Fault::card_refused);
    CHECK(no_chaining(0x6884));
    CHECK(no_chaining(0x6700));
    CHECK_FALSE(no_chaining(0x6982));
}

TEST_CASE("iso 7816: padding fills exactly the key's size") {
    const base::Bytes digest(32, 0xAB);
    CHECK(digest_info(digest).size() == 0x33);
    const auto padded = padded_digest_info(digest, 256);
    REQUIRE(padded.size() == 256);
    CHECK(base::equal(base::ByteView{padded}.first(3), hex("0001FF")));
    CHECK(padded[256 - 0x33 - 1] == 0x00);
    CHECK(base::equal(base::ByteView{padded}.last(0x33), digest_info(digest)));
    CHECK(padded_digest_info(digest, 0x33 + 11).size() == 0x33 + 11);
    CHECK(padded_digest_info(digest, 0x33 + 10).empty());
}

TEST_CASE("iso 7816: an application's name is where the template says") {
    CHECK(df_name(hex("6F07 8405 E828BD080F")) == hex("E828BD080F"));
    CHECK(df_name(hex("6F0A 8501 00 8405 E828BD080F")) == hex("E828BD080F"));
    for (const auto* bad : {"", "6F", "6F03840100", "8405E828BD080F", "6F088405E828BD080F", "6F078406E828BD080F"}) {
        CHECK_FALSE(df_name(hex(bad)));
    }
}

TEST_CASE("der: objects are read to the end, and what runs over it is refused") {
    const auto objects = read_der(hex("0401AA 3000 A10304010B"));
    REQUIRE(objects);
    REQUIRE(objects->size() == 3);
    CHECK((*objects)[2].tag == 0xA1);
    CHECK((*objects)[2].value.size() == 3);
    for (const auto* bad : {"04", "0402AA", "0480", "0483000001AA", "1F8101AA", "0401AA00"}) {
        CHECK_FALSE(read_der(hex(bad)));
    }
    CHECK(read_der_file(hex("0401AA0000"))->size() == 1);
    CHECK(read_der_file(hex("0401AAFFFF"))->size() == 1);
    CHECK_FALSE(read_der(base::Bytes(2 * (der::most_objects + 1), 0x00)));
    CHECK(der_size(hex("30820102")) == 4 + 0x102);
    CHECK(der_size(hex("308180")) == 3 + 0x80);
    CHECK_FALSE(der_size(hex("3082")));
    CHECK_FALSE(der_size({}));
}

TEST_CASE("hpki: the directory leads to key, certificate and PIN") {
    const auto applet = test::guideline_applet(hex("3000"), test::with_reference());
    const auto directory = hpki::read_object_directory(applet.short_files.at(0x11));
    REQUIRE(directory);
    CHECK(directory->pins == std::vector{hpki::FileRef{0x13, 0}});
    CHECK(directory->keys == std::vector{hpki::FileRef{0x14, 0}});
    CHECK(directory->certificates == std::vector{hpki::FileRef{0x15, 0}});
    const auto pins = hpki::read_pins(applet.short_files.at(0x13));
    const auto keys = hpki::read_keys(applet.short_files.at(0x14));
    const auto certificates = hpki::read_certificates(applet.short_files.at(0x15));
    REQUIRE(pins);
    REQUIRE(keys);
    REQUIRE(certificates);
    CHECK(certificates->size() == 2);
    const auto layout = hpki::find_layout(*pins, *keys, *certificates);
    REQUIRE(layout);
    CHECK(layout->certificate == hpki::FileRef{0x18, 0});
    CHECK(layout->pin_reference == 0x96);
    CHECK(layout->key == 0x17);
    CHECK_FALSE(hpki::find_layout({}, *keys, *certificates));
    CHECK_FALSE(hpki::find_layout(*pins, {}, *certificates));
    CHECK_FALSE(hpki::find_layout(*pins, *keys, {}));
}

TEST_CASE("hpki: a directory cut anywhere or changed anywhere is read or refused, and that is all") {
    const auto applet = test::guideline_applet(hex("3000"), test::with_path());
    int read = 0;
    const auto try_all = [&read](base::ByteView bytes) {
        read += hpki::read_object_directory(bytes).has_value() + hpki::read_pins(bytes).has_value() +
                hpki::read_keys(bytes).has_value() + hpki::read_certificates(bytes).has_value();
    };
    for (const auto& [id, file] : applet.short_files) {
        if (id == 0x19) continue;
        for (std::size_t size = 0; size <= file.size(); ++size) try_all(base::ByteView{file}.first(size));
        for (std::size_t at = 0; at < file.size(); ++at) {
            for (unsigned bit = 0; bit < 8; ++bit) {
                auto changed = file;
                changed[at] = static_cast<std::uint8_t>(changed[at] ^ 1U << bit);
                try_all(changed);
            }
        }
    }
    CHECK(read > 0);
}
