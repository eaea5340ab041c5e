// Reading S_PAD1 to S_PAD13, and writing what the region tells, with every exchange spoilt.
#include "tests/cardio/hostile/hostile_reader.h"
#include "tests/catch.h"

using namespace kazashi;
using namespace std::chrono_literals;
using simulator::Disturbance;
using simulator::ReaderKind;
using test::HostileReader;

namespace {

// Readers that carry frames, each in its own way.
constexpr std::array framing_readers{ReaderKind::acr1252, ReaderKind::rcs300, ReaderKind::acr122u_64,
                                     ReaderKind::identiv};

card::Block pad(std::uint8_t filling) {
    card::Block out;
    out.bytes.fill(filling);
    return out;
}

// A blank card, so that its pads can be written without a MAC.
struct Talk {
    HostileReader link;
    std::shared_ptr<simulator::VirtualCard> card;
    reader::Conversation conversation{link, link.clock(), reader::ReaderTraits{}};
    base::Result<reader::Sight> sight{base::Error{base::Fault::io, "not asked"}};

    explicit Talk(ReaderKind kind) : link{kind}, card{std::make_shared<simulator::VirtualCard>(blank())} {
        link.reader().lay(card);
        sight = conversation.identify(link.reader().atr(), 44);
    }
    bool identified() const { return sight && std::holds_alternative<card::Identity>(*sight); }

private:
    static simulator::VirtualCard blank() {
        const auto image = test::image();
        auto card = simulator::VirtualCard::blank(image.idm);
        for (std::uint8_t block = 0; block <= 13; ++block) {
            const auto data = block == 0 ? image.s_pad0 : pad(block);
            const std::array<std::uint8_t, 1> blocks{block};
            REQUIRE(card.answer(protocol::write_frame(image.idm, protocol::service_read_write, blocks, data.view())));
        }
        return card;
    }
};

template <class Deed>
std::chrono::microseconds time_of(Talk& talk, Deed deed) {
    const auto begun = talk.link.clock().boot();
    deed();
    return std::chrono::duration_cast<std::chrono::microseconds>(talk.link.clock().boot() - begun);
}

}  // namespace

TEST_CASE("hostile pads: thirteen blocks as they are on the card, or an error") {
    for (const auto kind : framing_readers) {
        CAPTURE(simulator::name(kind));
        Talk clean{kind};
        REQUIRE(clean.identified());
        const auto before = clean.link.reader().exchanges();
        REQUIRE(clean.conversation.read_pads());
        const auto exchanges = clean.link.reader().exchanges() - before;
        unsigned whole = 0;
        for (unsigned at = 1; at <= exchanges; ++at) {
            for (const auto& trouble : test::troubles(Disturbance::Layer::card, at, 77)) {
                // Nothing vouches for plain blocks but the CRC on air; the capsule's own signature does.
                if (trouble.kind == Disturbance::Kind::flip || trouble.kind == Disturbance::Kind::replace) continue;
                Talk talk{kind};
                talk.link.reader().disturb(trouble);
                base::Result<std::vector<card::Block>> pads = base::Error{base::Fault::io, "not asked"};
                const auto took = time_of(talk, [&] { pads = talk.conversation.read_pads(); });
                CAPTURE(at, static_cast<int>(trouble.kind), trouble.times, trouble.amount, took.count());
                CHECK(took - test::ordered_delay(trouble) <= 1s);
                if (!pads) continue;
                ++whole;
                REQUIRE(pads->size() == 13);
                for (std::uint8_t i = 0; i < 13; ++i) CHECK((*pads)[i] == pad(static_cast<std::uint8_t>(i + 1)));
            }
        }
        CHECK(whole > 50);
    }
}

TEST_CASE("hostile relay: a block is as it was or as it was told to be, and an answer that was lost is not invented") {
    const auto image = test::image();
    for (const auto kind : framing_readers) {
        CAPTURE(simulator::name(kind));
        for (unsigned at = 1; at <= 2; ++at) {
            for (const auto& trouble : test::troubles(Disturbance::Layer::card, at, 12)) {
                Talk talk{kind};
                REQUIRE(talk.identified());
                talk.link.reader().disturb(trouble);
                std::vector<base::SecretBytes> frames;
                for (const auto block : {std::uint8_t{4}, std::uint8_t{5}}) {
                    const std::array<std::uint8_t, 1> blocks{block};
                    frames.emplace_back(
                        protocol::write_frame(image.idm, protocol::service_read_write, blocks, pad(0xAA).view()));
                }
                base::Result<reader::Relay> relay = base::Error{base::Fault::io, "not asked"};
                const auto took = time_of(talk, [&] { relay = talk.conversation.relay(frames); });
                CAPTURE(at, static_cast<int>(trouble.kind), trouble.times, trouble.amount, took.count());
                CHECK(took - test::ordered_delay(trouble) <= 1s);
                talk.link.reader().calm();
                const auto answers = relay ? relay->answers.size() : 0;
                for (std::uint8_t i = 0; i < 2; ++i) {
                    const auto block = static_cast<std::uint8_t>(4 + i);
                    const std::array<std::uint8_t, 1> blocks{block};
                    const auto read =
                        talk.card->answer(protocol::read_frame(image.idm, protocol::service_read_only, blocks));
                    REQUIRE(read);
                    const auto data = protocol::parse_read(*read, image.idm, 1);
                    REQUIRE(data);
                    const bool written = data->front() == pad(0xAA);
                    CHECK((written || data->front() == pad(block)));
                    // What says it was written was written, unless the trouble is a lie about just that.
                    const bool lie = trouble.kind == Disturbance::Kind::status ||
                                     trouble.kind == Disturbance::Kind::replace ||
                                     trouble.kind == Disturbance::Kind::flip;
                    if (i < answers && !lie && protocol::parse_write(relay->answers[i], image.idm)) CHECK(written);
                }
            }
        }
    }
}
