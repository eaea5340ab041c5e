#include "cardio/reader/conversation.h"

#include <map>

#include "cardio/protocol/felica_lite_s.h"
#include "cardio/simulator/standard_card.h"
#include "cardio/simulator/transit_card.h"
#include "tests/cardio/cards.h"
#include "tests/catch.h"
#include "tests/fakes/card_link.h"

using namespace kazashi;
using card::ForeignCard;
using protocol::Dialect;
using reader::Conversation;
using simulator::ReaderKind;
using test::challenge;
using test::image;
using test::virtual_card;

namespace {

constexpr std::uint16_t region = 44;

const std::map<ReaderKind, Dialect> dialects{
    {ReaderKind::acr1252, Dialect::direct},     {ReaderKind::rcs300, Dialect::transparent},
    {ReaderKind::acr122u, Dialect::pn532},      {ReaderKind::acr122u_t0, Dialect::pn532},
    {ReaderKind::acr122u_64, Dialect::pn532},   {ReaderKind::identiv, Dialect::identiv},
    {ReaderKind::identiv_be, Dialect::identiv}, {ReaderKind::plain, Dialect::plain},
};
// Those a proof can be had through.
constexpr std::array proving{ReaderKind::acr1252,    ReaderKind::rcs300,  ReaderKind::acr122u,   ReaderKind::acr122u_t0,
                             ReaderKind::acr122u_64, ReaderKind::identiv, ReaderKind::identiv_be};
// Those that poll themselves, and so find a second card.
constexpr std::array polling{ReaderKind::acr1252, ReaderKind::rcs300, ReaderKind::acr122u, ReaderKind::identiv};

struct Desk {
    explicit Desk(ReaderKind kind) : reader{kind} {}
    explicit Desk(Dialect dialect) : reader{dialect} {}
    base::Result<reader::Sight> identify() { return talk.identify(reader.atr(), region, profiles); }
    card::Identity identity() {
        const auto sight = identify();
        INFO((sight ? std::string{} : sight.error().detail));
        REQUIRE(bool{sight});
        REQUIRE(std::holds_alternative<card::Identity>(*sight));
        return std::get<card::Identity>(*sight);
    }
    ForeignCard foreign() {
        const auto sight = identify();
        REQUIRE(bool{sight});
        REQUIRE(std::holds_alternative<ForeignCard>(*sight));
        return std::get<ForeignCard>(*sight);
    }

    simulator::CardReader reader;
    fakes::CardLink link{reader};
    base::SystemClock clock;
    std::vector<card::CardProfile> profiles;
    Conversation talk{link, clock, reader::ReaderTraits{}};
};

card::CardProfile old_card() {
    return {"old", 0x8AB0, 0x100B, {0, 1}, card::CardKind::patient, region, card::NumberCoding::bcd, 16, 5, ""};
}
card::Idm standard_idm() { return {{0x01, 0x14, 9, 8, 7, 6, 5, 4}}; }

}  // namespace

TEST_CASE("conversation: identifies a card and proves it through every reader that can") {
    for (const auto kind : proving) {
        INFO(name(kind));
        const auto issued = image();
        Desk desk{kind};
        desk.reader.lay(virtual_card(issued));
        const auto identity = desk.identity();
        CHECK(identity.idm == issued.idm);
        CHECK(identity.s_pad0 == issued.s_pad0);
        CHECK(identity.id == issued.id);
        CHECK(identity.record.number == "0000000001");
        CHECK(identity.chip == card::Chip::lite_s);
        CHECK(identity.assurance == card::Assurance::presented);
        CHECK(desk.talk.dialect() == std::optional{dialects.at(kind)});

        const auto proofs = desk.talk.prove({challenge(1), challenge(2)});
        REQUIRE(bool{proofs});
        REQUIRE(proofs->size() == 2);
        for (std::uint8_t i = 0; i < 2; ++i) {
            const auto expected =
                protocol::proof_of(issued.ck, challenge(static_cast<std::uint8_t>(i + 1)), issued.s_pad0, issued.id);
            CHECK(base::equal((*proofs)[i].view(), expected.view()));
        }
    }
}

TEST_CASE("conversation: a plain reader identifies a card, and says that it can prove nothing") {
    Desk desk{ReaderKind::plain};
    desk.reader.lay(virtual_card());
    CHECK(desk.identity().id == image().id);
    CHECK(desk.talk.dialect() == std::optional{Dialect::plain});
    CHECK(desk.talk.prove({challenge(1)}).fault() == base::Fault::unsupported);
    CHECK(bool{desk.talk.read_pads()});
}

TEST_CASE("conversation: a card held badly does not make a plain reader of one that can prove") {
    Desk desk{ReaderKind::rcs300};
    desk.reader.lay(virtual_card());
    desk.reader.disturb({simulator::Disturbance::Kind::silence, 1, 1000});
    CHECK(desk.identify().fault() == base::Fault::card_left);
    CHECK(!desk.talk.dialect());
}

TEST_CASE("conversation: a Lite card proves itself by its MAC") {
    for (const auto kind : proving) {
        INFO(name(kind));
        auto issued = image();
        issued.pmm.bytes[1] = 0xF0;
        Desk desk{kind};
        desk.reader.lay(virtual_card(issued));
        CHECK(desk.identity().chip == card::Chip::lite);
        const auto proofs = desk.talk.prove({challenge(1)});
        REQUIRE(bool{proofs});
        const auto mac = protocol::proof_of(issued.ck, challenge(1), issued.s_pad0, issued.id, card::Chip::lite);
        CHECK(base::equal(proofs->front().view(), mac.view()));
    }
}

TEST_CASE("conversation: an older card is read by its profile, through every reader") {
    for (const auto& [kind, dialect] : dialects) {
        INFO(name(kind));
        Desk desk{kind};
        auto other = old_card();
        other.system = 0x9999;
        desk.profiles = {other, old_card()};
        if (dialect == Dialect::plain) desk.profiles = {old_card()};  // cannot tell systems apart
        desk.reader.lay(simulator::card_of_profile(old_card(), "0123456789", standard_idm()));
        const auto identity = desk.identity();
        CHECK(protocol::same_card(identity.idm, standard_idm()));
        CHECK(identity.record == card::RegionalRecord{card::CardKind::patient, region, "0123456789"});
        CHECK(identity.chip == card::Chip::standard);
        CHECK(identity.profile == "old");
        CHECK(identity.s_pad0 == card::Block{});
        CHECK(desk.talk.prove({challenge(1)}).fault() == base::Fault::unsupported);
        CHECK(desk.talk.read_pads().fault() == base::Fault::unsupported);
    }
}

TEST_CASE("conversation: an older card of another region, or without a number, is no identity") {
    Desk desk{ReaderKind::acr1252};
    desk.profiles = {old_card()};
    desk.profiles[0].region = 45;
    desk.reader.lay(simulator::card_of_profile(old_card(), "0123456789", standard_idm()));
    CHECK(desk.foreign() == ForeignCard::other_region);
    desk.profiles[0].service = 0x110B;
    CHECK(desk.foreign() == ForeignCard::unknown);
    desk.profiles.clear();
    CHECK(desk.foreign() == ForeignCard::unknown);
}

// One that cannot poll asks the card it has for what a polling would have told, and looks for no second one.
unsigned exchanges_of_tap(ReaderKind kind) {
    if (kind == ReaderKind::identiv_be) return 9;
    // An Identiv's first polling is asked of the card the reader had, so there is one more.
    return kind == ReaderKind::identiv ? 13 : 12;
}

TEST_CASE("conversation: an identity, two proofs of the lock and one of the grant take twelve exchanges") {
    for (const auto kind : proving) {
        INFO(name(kind));
        Desk desk{kind};
        desk.reader.lay(virtual_card());
        desk.identity();  // what the reader is, is found out
        desk.reader.lay(virtual_card());
        desk.identity();
        REQUIRE(bool{desk.talk.prove({challenge(1), challenge(2)})});
        REQUIRE(bool{desk.talk.prove({challenge(3)})});
        CHECK(desk.reader.exchanges() == exchanges_of_tap(kind));
    }
}

TEST_CASE("conversation: thirteen pads take four reads, and more where the reader's buffer is small") {
    for (const auto kind : proving) {
        INFO(name(kind));
        auto issued = image();
        for (std::uint8_t i = 1; i <= 13; ++i) issued.pads[i - 1U].bytes[0] = i;
        Desk desk{kind};
        desk.reader.lay(virtual_card(issued));
        desk.identity();
        const auto before = desk.reader.exchanges();
        const auto pads = desk.talk.read_pads();
        REQUIRE(bool{pads});
        REQUIRE(pads->size() == 13);
        for (std::uint8_t i = 1; i <= 13; ++i) CHECK(pads->at(i - 1U).bytes[0] == i);
        const bool small = kind == ReaderKind::acr122u_64;
        CHECK(desk.talk.traits().blocks == (small ? 3 : 4));
        CHECK(desk.reader.exchanges() - before == (small ? 1 + 5 : 4));
        const auto again = desk.reader.exchanges();
        REQUIRE(bool{desk.talk.read_pads()});
        CHECK(desk.reader.exchanges() - again == (small ? 5 : 4));
    }
}

TEST_CASE("conversation: a tap costs six exchanges to identify and two per proof") {
    Desk desk{Dialect::direct};
    desk.reader.lay(virtual_card());
    REQUIRE(bool{desk.identify()});
    CHECK(desk.reader.exchanges() == 6);  // poll, read, four polls; GET DATA is answered by the reader
    CHECK(desk.link.apdus() == 7);
    REQUIRE(bool{desk.talk.prove({challenge(1), challenge(2)})});
    CHECK(desk.reader.exchanges() == 10);
    REQUIRE(bool{desk.talk.prove({challenge(3)})});
    CHECK(desk.reader.exchanges() == 12);
    CHECK(desk.link.apdus() == 13);
}

TEST_CASE("conversation: a known dialect is not probed again") {
    simulator::CardReader reader{Dialect::transparent};
    reader.lay(virtual_card());
    fakes::CardLink link{reader};
    const base::SystemClock clock;
    Conversation talk{link, clock, Dialect::transparent};
    REQUIRE(bool{talk.identify(reader.atr(), region)});
    CHECK(link.apdus() == 9);  // GET DATA, start, switch, poll, read, four polls
}

TEST_CASE("conversation: several cards are seen before one of them is believed") {
    for (const auto kind : polling) {
        INFO(name(kind));
        Desk desk{kind};
        desk.reader.lay(virtual_card(), virtual_card(image(card::CardKind::patient, region, "0000000002", 0x22)));
        const auto sight = desk.identify();
        REQUIRE(bool{sight});
        CHECK(std::holds_alternative<reader::Several>(*sight));
    }
}

// How many of the stacks are taken for one card, in percent. A stack that is not understood at all is no harm.
double unseen(ReaderKind kind, bool nearer_wins) {
    constexpr int stacks = 1000;
    Desk desk{kind};
    desk.reader.lay(virtual_card());
    desk.identity();  // what the reader is, is found out
    desk.reader.field().let_nearer_win(nearer_wins);
    int taken = 0, several = 0;
    for (int i = 0; i < stacks; ++i) {
        desk.reader.lay(virtual_card(), virtual_card(image(card::CardKind::patient, region, "0000000002", 0x22)));
        const auto sight = desk.identify();
        taken += sight && std::holds_alternative<card::Identity>(*sight) ? 1 : 0;
        several += sight && std::holds_alternative<reader::Several>(*sight) ? 1 : 0;
    }
    CAPTURE(name(kind), nearer_wins, taken, several);
    CHECK(taken + several > stacks * 95 / 100);
    return 100.0 * taken / stacks;
}

TEST_CASE("conversation: of a thousand stacks of two cards hardly one is taken for a single card") {
    for (const auto kind : polling) {
        INFO(name(kind));
        CHECK(unseen(kind, false) <= 0.5);
        // The worst that can be: no collision is ever lost, since one card is always the nearer.
        CHECK(unseen(kind, true) <= 20);
    }
}

TEST_CASE("conversation: one card at the edge of the field is not taken for two") {
    for (unsigned at = 1; at <= 6; ++at) {
        for (const unsigned times : {1U, 2U}) {
            Desk desk{ReaderKind::acr1252};
            desk.reader.lay(virtual_card());
            desk.reader.disturb({simulator::Disturbance::Kind::silence, at, times});
            CAPTURE(at, times);
            CHECK(desk.identity().idm == image().idm);
        }
    }
}

TEST_CASE("conversation: a railway card in the same wallet is a second card") {
    for (const auto kind : polling) {
        INFO(name(kind));
        Desk desk{kind};
        desk.reader.lay(virtual_card(), std::make_shared<simulator::TransitCard>());
        const auto sight = desk.identify();
        REQUIRE(bool{sight});
        CHECK(std::holds_alternative<reader::Several>(*sight));
    }
}

TEST_CASE("conversation: a reader that cannot poll keeps to the card it has found, and to no other") {
    const auto second = image(card::CardKind::patient, region, "0000000002", 0x22);
    for (const auto kind : {ReaderKind::identiv_be, ReaderKind::plain}) {
        INFO(name(kind));
        Desk desk{kind};
        desk.reader.lay(virtual_card(), virtual_card(second));
        CHECK(desk.identity().idm == image().idm);
        if (kind == ReaderKind::plain) continue;
        // The other one in its place: nothing it says is taken for the first one's.
        desk.reader.swap({{virtual_card(second)}});
        CHECK_FALSE(static_cast<bool>(desk.talk.prove({challenge(1)})));
    }
}

TEST_CASE("conversation: foreign cards have names") {
    for (const auto dialect : {Dialect::direct, Dialect::transparent}) {
        Desk desk{dialect};
        SECTION("transit") {
            desk.reader.lay(std::make_unique<simulator::TransitCard>());
            CHECK(desk.foreign() == ForeignCard::transit);
        }
        SECTION("bank") {
            desk.reader.lay_bank_card();
            CHECK(desk.foreign() == ForeignCard::bank);
        }
        SECTION("a Lite-S nobody has issued") {
            const card::Idm idm{{0x01, 0x2E, 1, 1, 1, 1, 1, 1}};
            desk.reader.lay(std::make_unique<simulator::VirtualCard>(simulator::VirtualCard::blank(idm)));
            CHECK(desk.foreign() == ForeignCard::empty_lite_s);
        }
        SECTION("a Lite-S of somebody else") {
            auto other = image();
            other.s_pad0.bytes[0] = 'X';
            desk.reader.lay(virtual_card(other));
            CHECK(desk.foreign() == ForeignCard::unknown);
        }
        SECTION("a Lite-S of somebody else, who lets nobody read it") {
            constexpr std::array mc{protocol::lite_s::mc};
            const card::Block restricted{{0xFF, 0xFF, 0xFF, 0, 7, 0, 0xFF, 0x3F}};
            const auto idm = image().idm;
            auto card = simulator::VirtualCard::blank(idm);
            REQUIRE(card.answer(protocol::write_frame(idm, protocol::service_read_write, mc, restricted.view())));
            desk.reader.lay(std::make_unique<simulator::VirtualCard>(std::move(card)));
            CHECK(desk.foreign() == ForeignCard::unknown);
            // Refused once by a disturbed card of ours, it is asked again.
            desk.reader.lay(virtual_card());
            desk.reader.disturb({simulator::Disturbance::Kind::status, 2, 1, {}, 1, {0x01, 0xB1}});
            CHECK(desk.identity().idm == idm);
        }
        SECTION("another region") {
            desk.reader.lay(virtual_card(image(card::CardKind::patient, 45)));
            CHECK(desk.foreign() == ForeignCard::other_region);
        }
    }
}

TEST_CASE("conversation: a card that leaves at any exchange has left") {
    for (const auto dialect : {Dialect::direct, Dialect::transparent})
        for (unsigned exchange = 1; exchange <= 12; ++exchange) {
            Desk desk{dialect};
            desk.reader.lay(virtual_card());
            desk.reader.leave_after(exchange);
            const auto sight = desk.identify();
            if (!sight) {
                CHECK(exchange <= 6);
                CHECK(sight.fault() == base::Fault::card_left);
                continue;
            }
            CHECK(exchange > 6);
            const auto proofs = desk.talk.prove({challenge(1), challenge(2), challenge(3)});
            REQUIRE(!proofs);
            CHECK(proofs.fault() == base::Fault::card_left);
        }
}

TEST_CASE("conversation: a lost answer is asked for again and three in a row mean the card left") {
    Desk desk{Dialect::direct};
    desk.reader.lay(virtual_card());
    desk.link.lose(2);
    CHECK(bool{desk.identify()});
    desk.link.lose(2);
    CHECK(bool{desk.talk.prove({challenge(1)})});
    desk.link.lose(3);
    const auto proofs = desk.talk.prove({challenge(1)});
    REQUIRE(!proofs);
    CHECK(proofs.fault() == base::Fault::card_left);
}

TEST_CASE("conversation: a card that changes its blocks between identify and prove is refused") {
    Desk desk{Dialect::direct};
    auto before = image();
    desk.reader.lay(virtual_card(before));
    REQUIRE(bool{desk.identify()});
    auto after = image();
    after.s_pad0 = card::make_regional_record({card::CardKind::patient, region, "0000000099"});
    desk.reader.lay(virtual_card(after));
    const auto proofs = desk.talk.prove({challenge(1)});
    REQUIRE(!proofs);
    CHECK(proofs.fault() == base::Fault::malformed);
}

TEST_CASE("conversation: more challenges than a tap needs are refused") {
    Desk desk{Dialect::direct};
    desk.reader.lay(virtual_card());
    REQUIRE(bool{desk.identify()});
    CHECK(desk.talk.prove(std::vector<card::Challenge>(9)).fault() == base::Fault::limit);
}
