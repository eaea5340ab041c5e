// Cards of every kind at the station, over a real reader service.
#include "cardio/reader/station.h"

#include <array>
#include <string>

#include "tests/cardio/reader/ears.h"
#include "tests/cardio/reader/virtual_stack.h"

using namespace kazashi;
using namespace std::chrono_literals;
using card::CardFault;
using card::CardForeign;
using card::ForeignCard;
using test::challenge;
using test::image;
using test::Terminal;
using test::VirtualStack;

namespace {

card::CardProfile old_card() {
    return {"old", 0x8AB0, 0x100B, {0, 1}, card::CardKind::patient, test::region, card::NumberCoding::bcd, 16, 5, ""};
}
nlohmann::json old_card_order() {
    return {{"do", "lay_standard"},
            {"profile",
             {{"name", "old"},
              {"system", 0x8AB0},
              {"service", 0x100B},
              {"blocks", {0, 1}},
              {"kind", "patient"},
              {"region", test::region},
              {"coding", "bcd"},
              {"offset", 16},
              {"length", 5},
              {"prefix", ""}}},
            {"number", "0123456789"}};
}
base::SecretBytes pin(const std::string& digits) { return base::SecretBytes{base::as_bytes(digits)}; }

}  // namespace

TEST_CASE("station: what is none of ours is named and refused, on readers of three kinds") {
    for (const auto* reader : {"acr1252", "rcs300", "acr122u"}) {
        INFO(reader);
        const VirtualStack stack{reader};
        Terminal terminal;
        const std::array kinds{
            std::pair{"transit", ForeignCard::transit},   std::pair{"money", ForeignCard::money},
            std::pair{"bank", ForeignCard::bank},         std::pair{"storage", ForeignCard::storage},
            std::pair{"licence", ForeignCard::processor}, std::pair{"empty_lite_s", ForeignCard::empty_lite_s}};
        for (const auto& [name, kind] : kinds) {
            INFO(name);
            stack.order({{"do", "lay_foreign"}, {"kind", name}});
            const auto foreign = terminal.ears.expect<CardForeign>();
            CHECK(foreign.kind == kind);
            stack.take();
            terminal.gone(foreign.session);
        }
    }
}

TEST_CASE("station: an older card is read by its profile and proves nothing") {
    const VirtualStack stack;
    Terminal terminal{{"Virtual PCD", test::region, {old_card()}, {}}};
    stack.order(old_card_order());
    const auto card = terminal.seen();
    CHECK(card.identity.record.number == "0123456789");
    CHECK(card.identity.chip == card::Chip::standard);
    CHECK(card.identity.assurance == card::Assurance::presented);
    terminal.station.prove(card.session, {challenge(1)});
    const auto fault = terminal.ears.expect<CardFault>();
    CHECK(fault.session == card.session);
    CHECK(fault.error.fault == base::Fault::unsupported);
}

TEST_CASE("station: a plain reader identifies a card and cannot have it proved") {
    const VirtualStack stack{"plain"};
    Terminal terminal;
    stack.lay("patient-1");
    const auto card = terminal.seen();
    CHECK(card.identity.id == image().id);
    terminal.station.prove(card.session, {challenge(1)});
    CHECK(terminal.ears.expect<CardFault>().error.fault == base::Fault::unsupported);
}

TEST_CASE("station: pads are read, and frames relayed to the card that is there and to no other") {
    const VirtualStack stack;
    Terminal terminal;
    stack.lay("patient-1");
    const auto card = terminal.seen();
    terminal.station.read_pads(card.session);
    const auto pads = terminal.ears.expect<card::PadsRead>();
    CHECK(pads.session == card.session);
    CHECK(pads.pads.size() == 13);

    constexpr std::array id{protocol::lite_s::id};
    const auto read = [&](const card::Idm& idm) {
        std::vector<base::SecretBytes> frames;
        frames.emplace_back(protocol::read_frame(idm, protocol::service_read_only, id));
        frames.emplace_back(protocol::challenge_frame(idm, challenge(1)));
        return frames;
    };
    terminal.station.relay(card.session, read(card.identity.idm));
    const auto relayed = terminal.ears.expect<card::Relayed>();
    REQUIRE(relayed.answers.size() == 2);
    const auto block = protocol::parse_read(relayed.answers[0], card.identity.idm, 1);
    REQUIRE(bool{block});
    CHECK(block->front() == card.identity.id);
    CHECK(bool{protocol::parse_write(relayed.answers[1], card.identity.idm)});

    const auto frames = stack.order({{"do", "trace"}}).at("frames");
    terminal.station.relay(card.session, read(image(card::CardKind::patient, 44, "0000000002", 0x22).idm));
    CHECK(terminal.ears.expect<CardFault>().error.fault == base::Fault::malformed);
    CHECK(stack.order({{"do", "trace"}}).at("frames") == frames);
}

TEST_CASE("station: relaying stops at the first silence, and a write is not sent twice") {
    const VirtualStack stack;
    Terminal terminal;
    stack.lay("patient-1");
    const auto card = terminal.seen();
    constexpr std::array pad{std::uint8_t{5}};
    const card::Block data{{1, 2, 3}};
    std::vector<base::SecretBytes> frames;
    frames.emplace_back(protocol::challenge_frame(card.identity.idm, challenge(1)));
    for (int i = 0; i < 2; ++i)
        frames.emplace_back(protocol::write_frame(card.identity.idm, protocol::service_read_write, pad, data.view()));
    const auto before = stack.order({{"do", "trace"}}).at("frames").get<int>();
    stack.order({{"do", "fault"}, {"kind", "lost_answer"}, {"at", 2}});
    terminal.station.relay(card.session, std::move(frames));
    CHECK(terminal.ears.expect<card::Relayed>().answers.size() == 1);
    CHECK(stack.order({{"do", "trace"}}).at("frames").get<int>() - before == 2);
}

TEST_CASE("station: a My Number card is known, signs with its PIN, and says how many tries are left") {
    const VirtualStack stack;
    Terminal terminal;
    stack.order({{"do", "lay_id_card"}, {"kind", "my_number"}, {"pin", "1234"}, {"tries", 3}});
    const auto seen = terminal.ears.expect<card::IdCardSeen>();
    CHECK(seen.kind == card::IdCardKind::my_number);
    CHECK(seen.tries_left == std::optional{3});
    card::Digest digest;
    digest.bytes.fill(0x5A);
    terminal.station.sign(seen.session, pin("4321"), digest);
    CHECK(terminal.ears.expect<card::IdCardPinRefused>().tries_left == std::optional{2});
    terminal.station.sign(seen.session, pin("1234"), digest);
    const auto signature = terminal.ears.expect<card::IdCardSigned>();
    CHECK(signature.session == seen.session);
    CHECK(signature.signature.size() == 256);
    CHECK(!signature.certificate.empty());
    stack.take();
    terminal.gone(seen.session);
}
