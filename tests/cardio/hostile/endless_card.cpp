// A processor card that never comes to an end: a phone can be programmed to do so, and the terminal must not be held
// up.
#include "cardio/reader/conversation.h"
#include "cardio/reader/id_card.h"
#include "cardio/reader/tuning.h"
#include "tests/catch.h"
#include "tests/fakes/fake_clock.h"

using namespace kazashi;
using namespace std::chrono_literals;
using base::Bytes;

namespace {

constexpr auto processor_atr = "3B8180018080";

// Any application and any file is there; what each command is answered with is the card's own idea.
struct Endless : reader::ApduLink {
    enum class Way { rest_for_ever, octet_by_octet, sixteen_by_sixteen, files_without_number };
    explicit Endless(Way of) : way{of} {}

    base::Result<Bytes> transmit(base::ByteView apdu) override {
        ++exchanges;
        clock.pass(takes);
        if (apdu[0] == 0xFF) return Bytes{0x6A, 0x81};
        if (way == Way::rest_for_ever) return Bytes(1 + piece() + 1, 0x61);
        if (apdu[1] == 0xA4 && apdu[2] == 0x04) return select(apdu);
        if (apdu[1] != 0xB0) return Bytes{0x90, 0x00};
        if ((apdu[2] & 0x80U) != 0) return first_of(apdu[2] & 0x1FU);
        return okay(Bytes(piece(), 0x00));
    }

    Way way;
    fakes::FakeClock clock;
    unsigned exchanges{0};
    std::chrono::milliseconds takes{2};

private:
    std::size_t piece() const { return way == Way::sixteen_by_sixteen ? 16 : 1; }
    static Bytes okay(Bytes data) {
        base::append(data, Bytes{0x90, 0x00});
        return data;
    }
    // No My Number card, and another HPKI application every time.
    Bytes select(base::ByteView apdu) {
        if (apdu[5] == 0xD3) return Bytes{0x6A, 0x82};
        return okay({0x6F, 0x07, 0x84, 0x05, 0xE8, 0x28, 0xBD, 0x08, static_cast<std::uint8_t>(exchanges)});
    }
    // The directory names a PIN file 36 times; each file goes on behind its first 256 octets.
    Bytes first_of(unsigned file) const {
        if (file != 0x11) return okay(Bytes(256, 0x00));
        Bytes directory;
        for (int i = 0; i < 36; ++i) base::append(directory, Bytes{0xA8, 0x05, 0x30, 0x03, 0x04, 0x01, 0x98});
        return okay(directory);
    }
};

constexpr std::array ways{Endless::Way::rest_for_ever, Endless::Way::octet_by_octet, Endless::Way::sixteen_by_sixteen,
                          Endless::Way::files_without_number};

}  // namespace

TEST_CASE("endless card: a look and a signature end after so many exchanges, and no PIN was sent") {
    for (const auto way : ways) {
        CAPTURE(static_cast<int>(way));
        Endless look{way};
        const auto found = reader::find_id_card(look);
        CHECK_FALSE((found && *found));
        CHECK(look.exchanges <= reader::tuning::id_card_exchanges);
        Endless other{way};
        const auto pin = base::SecretBytes{base::as_bytes(std::string_view{"1234"})};
        CHECK_FALSE(reader::sign_with_id_card(other, card::IdCardKind::hpki, pin, {}));
        CHECK(other.exchanges <= reader::tuning::id_card_exchanges);
    }
}

TEST_CASE("endless card: it is a card of another kind, and a slow one is to be held up again, in time") {
    for (const auto way : ways) {
        for (const auto takes : {2ms, 40ms}) {
            CAPTURE(static_cast<int>(way), takes.count());
            Endless link{way};
            link.takes = takes;
            reader::Conversation talk{link, link.clock, reader::ReaderTraits{}};
            const auto begun = link.clock.boot();
            const auto sight = talk.identify(*base::from_hex(processor_atr), 44);
            // A FeliCa card is looked for first.
            CHECK(link.clock.boot() - begun <= reader::tuning::session + reader::tuning::id_card_look + takes);
            if (!sight) {
                CHECK(sight.fault() == base::Fault::timeout);
                continue;
            }
            REQUIRE(std::holds_alternative<card::ForeignCard>(*sight));
        }
    }
}
