#include "cardio/reader/id_card.h"

#include "cardio/protocol/certificate.h"
#include "tests/cardio/id_card_link.h"

using namespace kazashi;
using base::Fault;
using card::IdCardKind;
using reader::find_id_card;
using reader::IdSignature;
using reader::PinRefused;
using test::IdCardLink;

namespace {

const auto digest = protocol::sha256(base::as_bytes("challenge"));

base::SecretBytes pin(std::string_view digits) { return base::SecretBytes{base::as_bytes(digits)}; }

base::Result<reader::IdAnswer> sign(IdCardLink& link, IdCardKind kind, std::string_view digits = "1234") {
    return reader::sign_with_id_card(link, kind, pin(digits), digest);
}

bool is_signed(const base::Result<reader::IdAnswer>& answer) {
    if (!answer) return false;
    const auto* made = std::get_if<IdSignature>(&*answer);
    return made != nullptr && protocol::verify_signature(made->certificate, digest, made->signature);
}

}  // namespace

TEST_CASE("id card: a My Number card is known, and its tries are read without spending one") {
    auto link = test::my_number_card();
    link.tries = 2;
    const auto found = find_id_card(link);
    REQUIRE(found);
    REQUIRE(*found);
    CHECK((*found)->kind == IdCardKind::my_number);
    CHECK((*found)->tries_left == 2);
    CHECK(link.verifies() == 0);
    link.tries = 0;
    CHECK((*find_id_card(link))->tries_left == 0);
}

TEST_CASE("id card: a My Number card signs with its PIN, and the certificate says it was it") {
    auto link = test::my_number_card();
    CHECK(is_signed(sign(link, IdCardKind::my_number)));
    CHECK(link.verifies() == 1);
}

TEST_CASE("id card: a wrong PIN costs one try and is told with what is left") {
    auto link = test::my_number_card();
    for (const int left : {2, 1, 0}) {
        const auto answer = sign(link, IdCardKind::my_number, "9999");
        REQUIRE(answer);
        REQUIRE(std::holds_alternative<PinRefused>(*answer));
        CHECK(std::get<PinRefused>(*answer).tries_left == left);
    }
    CHECK(link.verifies() == 3);
    // Blocked, the right one is of no use, and 69 84 is not "4 left".
    const auto blocked = sign(link, IdCardKind::my_number);
    REQUIRE(blocked);
    CHECK(std::get<PinRefused>(*blocked).tries_left == 0);
}

TEST_CASE("id card: what cannot be a PIN of this card is not sent") {
    auto link = test::my_number_card();
    CHECK(sign(link, IdCardKind::my_number, "123").fault() == Fault::malformed);
    CHECK(sign(link, IdCardKind::my_number, "12345").fault() == Fault::malformed);
    auto hpki = test::hpki_card();
    CHECK(sign(hpki, IdCardKind::hpki, "123").fault() == Fault::malformed);
    CHECK(sign(hpki, IdCardKind::hpki, "12345678901234567").fault() == Fault::malformed);
    CHECK(link.heard.empty());
    CHECK(hpki.heard.empty());
}

TEST_CASE("id card: an HPKI card is found by its directory, by the application that is not for documents") {
    auto link = test::hpki_card();
    const auto found = find_id_card(link);
    REQUIRE(found);
    REQUIRE(*found);
    CHECK((*found)->kind == IdCardKind::hpki);
    CHECK((*found)->tries_left == 3);
    const auto answer = sign(link, IdCardKind::hpki);
    REQUIRE(is_signed(answer));
    CHECK(std::get<IdSignature>(*answer).certificate == test::holder_certificate());
    CHECK(link.verifies() == 1);
}

TEST_CASE("id card: HPKI with a PIN known by its file, long PINs, no chaining") {
    auto link = test::hpki_card();
    link.applets[1] = test::guideline_applet(test::holder_certificate(), test::with_path());
    link.pin = "longest-pin-16ch";
    link.chaining = false;
    CHECK(is_signed(sign(link, IdCardKind::hpki, "longest-pin-16ch")));
    CHECK(link.verifies() == 1);
}

TEST_CASE("id card: the medical association's card, without a directory") {
    auto link = test::association_card();
    const auto found = find_id_card(link);
    REQUIRE(found);
    REQUIRE(*found);
    CHECK((*found)->kind == IdCardKind::hpki);
    CHECK((*found)->tries_left == 3);
    CHECK(is_signed(sign(link, IdCardKind::hpki)));
}

TEST_CASE("id card: a card that does not say how many tries are left") {
    auto link = test::association_card();
    link.tells_tries = false;
    CHECK_FALSE((*find_id_card(link))->tries_left);
    const auto answer = sign(link, IdCardKind::hpki, "9999");
    REQUIRE(answer);
    CHECK_FALSE(std::get<PinRefused>(*answer).tries_left);
}

TEST_CASE("id card: an HPKI card that refuses the question after its tries is not a blocked one") {
    auto link = test::hpki_card();
    link.instead = [](const base::Bytes& apdu) -> std::optional<base::Result<base::Bytes>> {
        if (apdu[1] != 0x20) return std::nullopt;
        return test::hex("6983");
    };
    const auto found = find_id_card(link);
    REQUIRE(found);
    REQUIRE(*found);
    CHECK_FALSE((*found)->tries_left);
    // To a PIN it means that this way is refused, not that the card is lost.
    CHECK(sign(link, IdCardKind::hpki).fault() == Fault::card_refused);
    CHECK(link.verifies() == 1);
    // A My Number card says "blocked" with it.
    auto other = test::my_number_card();
    other.instead = link.instead;
    CHECK((*find_id_card(other))->tries_left == 0);
}

TEST_CASE("id card: a key for documents never signs a challenge") {
    auto link = test::hpki_card();
    link.applets.pop_back();
    const auto found = find_id_card(link);
    REQUIRE(found);
    REQUIRE(*found);
    CHECK_FALSE((*found)->tries_left);
    CHECK(sign(link, IdCardKind::hpki).fault() == Fault::unsupported);
    CHECK(link.verifies() == 0);
}

TEST_CASE("id card: other cards are none, also one that shares the provider's number") {
    IdCardLink empty;
    CHECK_FALSE(*find_id_card(empty));
    CHECK(sign(empty, IdCardKind::my_number).fault() == Fault::not_found);
    CHECK(sign(empty, IdCardKind::hpki).fault() == Fault::not_found);
    IdCardLink other;
    other.applets.push_back({});
    other.applets[0].name = test::hex("E828BD080F0102");
    CHECK_FALSE(*find_id_card(other));
    auto garbage = test::hpki_card();
    for (auto& applet : garbage.applets) applet.short_files[0x18] = base::Bytes(300, 0x30);
    CHECK_FALSE(*find_id_card(garbage));
}

TEST_CASE("id card: taken away before the PIN it costs no try, and taken away after it there is no second one") {
    for (const auto kind : {IdCardKind::my_number, IdCardKind::hpki}) {
        auto whole = kind == IdCardKind::hpki ? test::hpki_card() : test::my_number_card();
        REQUIRE(is_signed(sign(whole, kind)));
        std::size_t verify_at = 0;
        while (whole.heard[verify_at][1] != 0x20) ++verify_at;
        for (std::size_t cut = 0; cut < whole.heard.size(); ++cut) {
            auto link = kind == IdCardKind::hpki ? test::hpki_card() : test::my_number_card();
            link.instead = [&link, cut](const base::Bytes&) -> std::optional<base::Result<base::Bytes>> {
                if (link.heard.size() <= cut) return std::nullopt;
                return base::Error{Fault::card_left, "torn"};
            };
            CHECK(sign(link, kind).fault() == Fault::card_left);
            CHECK(link.verifies() == (cut >= verify_at ? 1 : 0));
        }
    }
}

TEST_CASE("id card: an answer to the PIN that means neither yes nor no is not taken for one") {
    auto link = test::my_number_card();
    for (const auto* status : {"6F00", "6D00", "6CC3", "61C0", "6985"}) {
        link.instead = [status](const base::Bytes& apdu) -> std::optional<base::Result<base::Bytes>> {
            if (apdu[1] != 0x20) return std::nullopt;
            return test::hex(status);
        };
        const auto answer = sign(link, IdCardKind::my_number);
        CHECK_FALSE(answer);
    }
    CHECK(link.verifies() == 5);
}

TEST_CASE("id card: lengths the card corrects and answers it keeps for later are fetched") {
    auto link = test::my_number_card();
    base::Bytes kept;
    link.instead = [&](const base::Bytes& apdu) -> std::optional<base::Result<base::Bytes>> {
        if (apdu[1] == 0xC0) {
            auto rest = std::exchange(kept, {});
            base::append(rest, test::hex("9000"));
            return rest;
        }
        if (apdu[1] != 0x2A || !kept.empty()) return std::nullopt;
        kept = test::sign_digest(test::rsa_key("nobody"), digest);
        const base::Bytes first{kept.begin(), kept.begin() + 200};
        kept.erase(kept.begin(), kept.begin() + 200);
        auto answer = first;
        base::append(answer, test::hex("6138"));
        return answer;
    };
    CHECK(is_signed(sign(link, IdCardKind::my_number)));
    // An answer that never ends is not waited for.
    link.instead = [](const base::Bytes& apdu) -> std::optional<base::Result<base::Bytes>> {
        if (apdu[1] == 0xC0) return test::hex("6100");
        if (apdu[1] == 0x2A) return test::hex("6100");
        return std::nullopt;
    };
    CHECK(sign(link, IdCardKind::my_number).fault() == Fault::malformed);
}
