// A tap with every one of its exchanges spoilt in every way, through every kind of reader.
#include "cardio/protocol/atr.h"
#include "cardio/protocol/felica_lite_s.h"
#include "tests/cardio/hostile/hostile_reader.h"
#include "tests/catch.h"

using namespace kazashi;
using namespace std::chrono_literals;
using simulator::Disturbance;
using simulator::ReaderKind;
using test::challenge;
using test::HostileReader;

namespace {

constexpr auto limit = 1s;

simulator::CardImage image_of(card::Chip chip) {
    auto image = test::image();
    if (chip == card::Chip::lite) image.pmm.bytes[1] = 0xF0;
    return image;
}

struct Tap {
    HostileReader link;
    card::Chip chip;
    base::Result<reader::Sight> sight{base::Error{base::Fault::io, "not asked"}};
    base::Result<std::vector<card::Proof>> proofs{base::Error{base::Fault::io, "not asked"}};
    std::chrono::microseconds identifying{};
    std::chrono::microseconds proving{};

    Tap(ReaderKind kind, const std::optional<Disturbance>& trouble, card::Chip which = card::Chip::lite_s)
        : link{kind}, chip{which} {
        link.reader().lay(test::virtual_card(image_of(chip)));
        if (trouble) link.reader().disturb(*trouble);
        const auto begun = link.clock().boot();
        reader::Conversation talk{link, link.clock(), reader::ReaderTraits{}};
        sight = talk.identify(link.reader().atr(), 44);
        const auto known = link.clock().boot();
        identifying = std::chrono::duration_cast<std::chrono::microseconds>(known - begun);
        if (sight && std::holds_alternative<card::Identity>(*sight))
            proofs = talk.prove({challenge(1), challenge(2), challenge(3)});
        proving = std::chrono::duration_cast<std::chrono::microseconds>(link.clock().boot() - known);
    }
    bool right() const;  // all the proofs there are to be
    const card::Identity* identity() const { return sight ? std::get_if<card::Identity>(&*sight) : nullptr; }
};

bool true_identity(const card::Identity& identity) {
    const auto image = test::image();
    return identity.idm == image.idm && identity.s_pad0 == image.s_pad0 && identity.id == image.id;
}

bool Tap::right() const {
    if (!proofs) return false;
    const auto image = image_of(chip);
    for (std::uint8_t i = 0; i < proofs->size(); ++i) {
        const auto rc = challenge(static_cast<std::uint8_t>(i + 1));
        const auto expected = protocol::proof_of(image.ck, rc, image.s_pad0, image.id, chip);
        if (!base::equal((*proofs)[i].view(), expected.view())) return false;
    }
    return proofs->size() == 3;
}

struct Figures {
    unsigned taps{0};
    unsigned whole{0};
    std::chrono::microseconds longest{};
};

void spoil(ReaderKind kind, const Disturbance& trouble, Figures& figures, card::Chip chip = card::Chip::lite_s) {
    const Tap tap{kind, trouble, chip};
    ++figures.taps;
    const auto delay = test::ordered_delay(trouble);
    figures.longest = std::max({figures.longest, tap.identifying - delay, tap.proving - delay});
    const bool in_time = tap.identifying - delay <= limit && tap.proving - delay <= limit;
    // One bit of the answer to a challenge is no false identity: it opens no lock. Nor is a card that says it has taken
    // a challenge (71: written, with a warning) and has not.
    const bool lie = trouble.kind == Disturbance::Kind::status && trouble.bytes == base::Bytes{0x00, 0x71};
    const bool spoilt_answer =
        lie || trouble.kind == Disturbance::Kind::flip || trouble.kind == Disturbance::Kind::replace;
    const bool truthful = !tap.proofs || (true_identity(*tap.identity()) && (spoilt_answer || tap.right()));
    if (tap.right()) ++figures.whole;
    if (in_time && truthful) return;
    CAPTURE(simulator::name(kind), static_cast<int>(trouble.kind), static_cast<int>(trouble.layer), trouble.at,
            trouble.times, trouble.amount, base::to_hex(trouble.bytes), tap.identifying.count(), tap.proving.count());
    CHECK(in_time);
    CHECK(truthful);
}

}  // namespace

TEST_CASE("hostile tap: whatever becomes of any exchange, no identity is false and nobody waits for long") {
    for (const auto kind : simulator::all_readers) {
        if (kind == ReaderKind::plain) continue;  // proves nothing; see below
        Tap clean{kind, std::nullopt};
        CAPTURE(simulator::name(kind));
        REQUIRE(clean.proofs);
        REQUIRE(clean.right());
        Figures figures;
        for (unsigned at = 1; at <= clean.link.reader().exchanges(); ++at)
            for (const auto& trouble : test::troubles(Disturbance::Layer::card, at, 61)) spoil(kind, trouble, figures);
        for (unsigned at = 1; at <= clean.link.reader().apdus(); ++at)
            for (const auto& trouble : test::troubles(Disturbance::Layer::reader, at, clean.link.longest_answer()))
                spoil(kind, trouble, figures);
        CHECK(figures.taps > 5000 / test::stride);
        CHECK(figures.whole > figures.taps / 2);  // what happens once is mostly mended by a second try
    }
}

TEST_CASE("hostile tap: the same with a Lite") {
    constexpr auto lite = card::Chip::lite;
    for (const auto kind : {ReaderKind::acr1252, ReaderKind::identiv}) {
        Tap clean{kind, std::nullopt, lite};
        CAPTURE(simulator::name(kind));
        REQUIRE(clean.identity() != nullptr);
        CHECK(clean.identity()->chip == lite);
        REQUIRE(clean.right());
        Figures figures;
        for (unsigned at = 1; at <= clean.link.reader().exchanges(); ++at)
            for (const auto& trouble : test::troubles(Disturbance::Layer::card, at, 61))
                spoil(kind, trouble, figures, lite);
        CHECK(figures.taps > 2000 / test::stride);
        CHECK(figures.whole > figures.taps / 2);
    }
}

TEST_CASE("hostile tap: a plain reader gives an identity or an error, never a proof") {
    Tap clean{ReaderKind::plain, std::nullopt};
    REQUIRE(clean.identity() != nullptr);
    CHECK(clean.identity()->assurance == card::Assurance::presented);
    REQUIRE_FALSE(clean.proofs);
    CHECK(clean.proofs.fault() == base::Fault::unsupported);
    for (unsigned at = 1; at <= clean.link.reader().apdus(); ++at) {
        for (const auto& trouble : test::troubles(Disturbance::Layer::reader, at, clean.link.longest_answer())) {
            const Tap tap{ReaderKind::plain, trouble};
            CHECK_FALSE(tap.proofs);
            CHECK(tap.identifying - test::ordered_delay(trouble) <= limit);
        }
    }
}
