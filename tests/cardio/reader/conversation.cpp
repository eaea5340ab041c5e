#include "cardio/reader/conversation.h"

#include "cardio/protocol/felica_lite_s.h"
#include "cardio/simulator/transit_card.h"
#include "tests/cardio/cards.h"
#include "tests/catch.h"
#include "tests/fakes/card_link.h"

using namespace kazashi;
using card::ForeignCard;
using protocol::Dialect;
using reader::Conversation;
using test::challenge;
using test::image;
using test::virtual_card;

namespace {

constexpr std::uint16_t region = 44;

struct Desk {
    explicit Desk(Dialect dialect) : reader{dialect} {}
    base::Result<reader::Sight> identify() { return talk.identify(reader.atr(), region); }
    ForeignCard foreign() {
        const auto sight = identify();
        REQUIRE(bool{sight});
        REQUIRE(std::holds_alternative<ForeignCard>(*sight));
        return std::get<ForeignCard>(*sight);
    }

    simulator::CardReader reader;
    fakes::CardLink link{reader};
    base::SystemClock clock;
    Conversation talk{link, clock, {}};
};

}  // namespace

TEST_CASE("conversation: identifies a card and proves it in either dialect") {
    for (const auto dialect : {Dialect::direct, Dialect::transparent}) {
        const auto issued = image();
        Desk desk{dialect};
        desk.reader.lay(virtual_card(issued));
        const auto sight = desk.identify();
        REQUIRE(bool{sight});
        REQUIRE(std::holds_alternative<card::Identity>(*sight));
        const auto& identity = std::get<card::Identity>(*sight);
        CHECK(identity.idm == issued.idm);
        CHECK(identity.s_pad0 == issued.s_pad0);
        CHECK(identity.id == issued.id);
        CHECK(identity.record.number == "0000000001");
        CHECK(desk.talk.dialect() == std::optional{dialect});

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

TEST_CASE("conversation: a tap costs three exchanges to identify and two per proof") {
    Desk desk{Dialect::direct};
    desk.reader.lay(virtual_card());
    REQUIRE(bool{desk.identify()});
    CHECK(desk.reader.exchanges() == 3);  // poll, read, poll; GET DATA is answered by the reader
    CHECK(desk.link.apdus() == 4);
    REQUIRE(bool{desk.talk.prove({challenge(1), challenge(2)})});
    CHECK(desk.reader.exchanges() == 7);
    REQUIRE(bool{desk.talk.prove({challenge(3)})});
    CHECK(desk.reader.exchanges() == 9);
    CHECK(desk.link.apdus() == 10);
}

TEST_CASE("conversation: a known dialect is not probed again") {
    simulator::CardReader reader{Dialect::transparent};
    reader.lay(virtual_card());
    fakes::CardLink link{reader};
    const base::SystemClock clock;
    Conversation talk{link, clock, Dialect::transparent};
    REQUIRE(bool{talk.identify(reader.atr(), region)});
    CHECK(link.apdus() == 6);  // GET DATA, start, switch, poll, read, poll
}

TEST_CASE("conversation: several cards are seen before one of them is believed") {
    for (const auto dialect : {Dialect::direct, Dialect::transparent}) {
        Desk desk{dialect};
        desk.reader.lay(virtual_card(), virtual_card(image(card::CardKind::patient, region, "0000000002", 0x22)));
        const auto sight = desk.identify();
        REQUIRE(bool{sight});
        CHECK(std::holds_alternative<reader::Several>(*sight));
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
        SECTION("another region") {
            desk.reader.lay(virtual_card(image(card::CardKind::patient, 45)));
            CHECK(desk.foreign() == ForeignCard::other_region);
        }
    }
}

TEST_CASE("conversation: a card that leaves at any exchange has left") {
    for (const auto dialect : {Dialect::direct, Dialect::transparent})
        for (unsigned exchange = 1; exchange <= 9; ++exchange) {
            Desk desk{dialect};
            desk.reader.lay(virtual_card());
            desk.reader.leave_after(exchange);
            const auto sight = desk.identify();
            if (!sight) {
                CHECK(exchange <= 3);
                CHECK(sight.fault() == base::Fault::card_left);
                continue;
            }
            CHECK(exchange > 3);
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
