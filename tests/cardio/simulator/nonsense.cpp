// Whatever a reader or a card is told, it answers in its form; and a seed tells how to see it again.
#include <random>

#include "cardio/simulator/card_reader.h"
#include "cardio/simulator/hpki_card.h"
#include "cardio/simulator/jpki_card.h"
#include "cardio/simulator/pn532_line.h"
#include "cardio/simulator/transit_card.h"
#include "tests/cardio/cards.h"
#include "tests/catch.h"

using namespace kazashi;
using namespace kazashi::simulator;

namespace {

constexpr unsigned seed = 20261121;
constexpr int rounds = 3000;

class Nonsense {
public:
    std::uint8_t octet() { return static_cast<std::uint8_t>(random_() & 0xFFU); }
    std::size_t below(std::size_t limit) { return random_() % limit; }
    // Octets; half of the time with something that makes sense at the begin.
    base::Bytes octets(const std::vector<base::Bytes>& heads, std::size_t most) {
        base::Bytes out;
        if (octet() < 0x80) out = heads[below(heads.size())];
        for (auto left = below(most); left > 0; --left) out.push_back(octet());
        return out;
    }

private:
    std::mt19937 random_{seed};
};

base::Bytes bytes(const std::string& hex) { return base::from_hex(hex).value(); }

const std::vector<base::Bytes>& apdu_heads() {
    static const std::vector<base::Bytes> heads{bytes("FF00000006060088B40100"),
                                                bytes("FFC20000028100"),
                                                bytes("FFC20002048F020300"),
                                                bytes("FFC20001"),
                                                bytes("FF00000009D44A010100FFFF0100"),
                                                bytes("FF000000"),
                                                bytes("FFA40001020B00"),
                                                bytes("FFB00082"),
                                                bytes("FFD600"),
                                                bytes("FF46010204"),
                                                bytes("FF48"),
                                                bytes("FFC00000"),
                                                bytes("00A40400"),
                                                bytes("102A9E9A")};
    return heads;
}

Cards some(std::size_t which) {
    switch (which % 4) {
        case 0:
            return {{test::virtual_card()}};
        case 1:
            return {{test::virtual_card(), std::make_shared<TransitCard>()}};
        case 2:
            return {{}, {}, true};
        default: {
            static auto authority = TestAuthority::open(card::IdCardKind::my_number, {}).value();
            const auto key =
                authority.key_of("n", TestAuthority::Purpose::authentication, TestAuthority::Validity::now);
            return {{}, std::make_shared<JpkiCard>(*key, std::make_shared<Pin>("1234"), ApduForms::all)};
        }
    }
}

}  // namespace

TEST_CASE("nonsense: every reader answers every APDU with a status word") {
    for (const auto kind : all_readers) {
        Nonsense nonsense;
        CardReader reader{kind};
        for (int i = 0; i < rounds; ++i) {
            if (i % 500 == 0) reader.lay(some(static_cast<std::size_t>(i / 500)));
            const auto answer = reader.transmit(nonsense.octets(apdu_heads(), 40));
            REQUIRE(answer);
            REQUIRE(answer->size() >= 2);
        }
    }
}

TEST_CASE("nonsense: a standard card answers a frame or is silent") {
    Nonsense nonsense;
    TransitCard card;
    for (int i = 0; i < rounds * 3; ++i) {
        base::Bytes frame{0x00, nonsense.octet()};
        base::append(frame, card.idm().view());
        for (auto left = nonsense.below(24); left > 0; --left)
            frame.push_back(static_cast<std::uint8_t>(nonsense.below(4)));
        if (nonsense.octet() < 0x80) frame[1] = static_cast<std::uint8_t>(2 * nonsense.below(8));
        frame[0] = static_cast<std::uint8_t>(frame.size());
        const auto answer = card.answer(frame);
        if (answer) REQUIRE(answer->front() == answer->size());
    }
}

TEST_CASE("nonsense: a serial line finds the next frame behind whatever came before") {
    Nonsense nonsense;
    Field field;
    field.lay({{test::virtual_card()}});
    for (int i = 0; i < 300; ++i) {
        Pn532Line line;
        const auto junk = nonsense.octets({bytes("0000FF"), bytes("0000FFFFFF"), bytes("5555")}, 12);
        static_cast<void>(line.take(junk, field));
        // A frame that was begun may swallow what follows; the host tries again, as libnfc does.
        base::Bytes said;
        for (int tries = 0; tries < 300 && said.empty(); ++tries) {
            const auto output = line.take(bytes("0000FF02FED4022A00"), field);
            said = output.answer;
        }
        CHECK(!said.empty());
    }
}
