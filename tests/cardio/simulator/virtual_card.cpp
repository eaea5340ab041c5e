#include "cardio/simulator/virtual_card.h"

#include "tests/cardio/cards.h"
#include "tests/catch.h"

using namespace kazashi;
using namespace kazashi::simulator;
using base::Bytes;
using test::image;

namespace {

namespace block = protocol::lite_s;
namespace flag2 = protocol::flag2;
using Numbers = std::vector<std::uint8_t>;

// A reader's hands: talks to the card as a program would.
struct Bench {
    explicit Bench(VirtualCard under_test) : card{std::move(under_test)} {}

    Bytes say(const Bytes& frame) {
        const auto answer = card.answer(frame);
        REQUIRE(answer.has_value());
        return *answer;
    }
    // Status flag 2, 0 for success.
    unsigned write(std::uint8_t number, const card::Block& data, std::uint16_t service = protocol::service_read_write) {
        return say(protocol::write_frame(card.idm(), service, Numbers{number}, data.view()))[11];
    }
    unsigned write_with_mac(std::uint8_t number, const card::Block& data, const protocol::CardKey& ck,
                            const card::Challenge& rc, std::uint32_t wcnt) {
        const auto mac = protocol::SessionKey{ck, rc}.mac_a_write(number, data.view(), wcnt);
        Bytes both{data.bytes.begin(), data.bytes.end()};
        base::append(both, mac.view());
        for (unsigned i = 0; i < 3; ++i) both.push_back(static_cast<std::uint8_t>(wcnt >> (8 * i) & 0xFF));
        both.resize(32);
        const Numbers numbers{number, block::mac_a};
        return say(protocol::write_frame(card.idm(), protocol::service_read_write, numbers, both))[11];
    }
    unsigned refused(const Numbers& numbers) {
        return say(protocol::read_frame(card.idm(), protocol::service_read_only, numbers))[11];
    }
    std::vector<card::Block> read(const Numbers& numbers) {
        const auto answer = say(protocol::read_frame(card.idm(), protocol::service_read_only, numbers));
        const auto blocks = protocol::parse_read(answer, card.idm(), numbers.size());
        REQUIRE(bool{blocks});
        return *blocks;
    }
    VirtualCard card;
};

card::Block filled(std::uint8_t value) {
    card::Block out;
    out.bytes.fill(value);
    return out;
}

const card::Idm blank_idm{{0x01, 0x2E, 9, 9, 9, 9, 9, 9}};

}  // namespace

TEST_CASE("virtual card: answers Polling for its system and wildcards and no other") {
    VirtualCard card{image()};
    const auto poll = [&](std::uint16_t system) {
        return card.answer(
            protocol::polling_frame(system, protocol::PollRequest::system_code, protocol::TimeSlots::four));
    };
    for (const std::uint16_t system : std::array<std::uint16_t, 4>{0x88B4, 0xFFFF, 0x88FF, 0xFFB4}) {
        const auto answer = poll(system);
        REQUIRE(answer.has_value());
        const auto polled = protocol::parse_polling(*answer);
        REQUIRE(bool{polled});
        CHECK(polled->idm == image().idm);
        CHECK(polled->request_data == std::optional<std::uint16_t>{0x88B4});
    }
    CHECK(!poll(0x0003));
    CHECK(!poll(0x12FC));
    CHECK(!card.answer(Bytes{0x06, 0x00, 0x88, 0xB4, 0x00, 0x02}));  // no such number of time slots
}

TEST_CASE("virtual card: is silent to another IDm and to commands a Lite-S does not know") {
    VirtualCard card{image()};
    CHECK(!card.answer(protocol::identity_frame(blank_idm)));
    Bytes request_response{0x0A, 0x04};
    base::append(request_response, card.idm().view());
    CHECK(!card.answer(request_response));
    CHECK(!card.answer(Bytes{}));
    auto cut = protocol::identity_frame(card.idm());
    cut.pop_back();
    CHECK(!card.answer(cut));
}

TEST_CASE("virtual card: gives the blocks that were issued") {
    Bench bench{VirtualCard{image()}};
    const auto blocks = bench.read({block::s_pad0, block::id, block::ckv, block::d_id});
    CHECK(blocks[0] == image().s_pad0);
    CHECK(blocks[1] == image().id);
    CHECK(blocks[2].bytes[0] == 1);
    CHECK(base::equal(blocks[3].view().subspan(8), image().pmm.view()));
}

TEST_CASE("virtual card: what a read may not ask for has its status flag") {
    Bench bench{VirtualCard{image()}};
    CHECK(bench.refused({0, 1, 2, 3, 4}) == flag2::blocks);
    CHECK(bench.refused({}) == flag2::blocks);
    CHECK(bench.refused({block::ck}) == flag2::block_number);
    CHECK(bench.refused({block::rc}) == flag2::block_number);
    CHECK(bench.refused({0x0F}) == flag2::block_number);
    CHECK(bench.refused({block::mac_a, block::id}) == flag2::block_number);
    CHECK(bench.refused({block::id, block::mac_a}) == flag2::mac_a);
    const auto unknown_service = protocol::read_frame(bench.card.idm(), 0x0900, Numbers{0});
    CHECK(bench.say(unknown_service)[11] == flag2::services);
}

TEST_CASE("virtual card: answers a challenge as the region computes it") {
    const auto issued = image();
    Bench bench{VirtualCard{issued}};
    const auto rc = test::challenge(1);
    CHECK(bool{protocol::parse_write(bench.say(protocol::challenge_frame(issued.idm, rc)), issued.idm)});
    const auto answer = protocol::parse_proof(bench.say(protocol::proof_frame(issued.idm)), issued.idm);
    REQUIRE(bool{answer});
    CHECK(base::equal(answer->proof.view(), protocol::proof_of(issued.ck, rc, issued.s_pad0, issued.id).view()));
    CHECK(bench.card.write_count() == 0);  // RC is not counted
}

TEST_CASE("virtual card: MAC covers the blocks before it without a header") {
    const auto issued = image();
    Bench bench{VirtualCard{issued}};
    const auto rc = test::challenge(2);
    CHECK(bench.write(block::rc, {rc.bytes}) == 0);
    const auto blocks = bench.read({block::id, block::mac});
    const auto mac = protocol::SessionKey{issued.ck, rc}.mac(blocks[0].view());
    CHECK(base::equal(mac.view(), blocks[1].view().first(8)));
}

TEST_CASE("virtual card: challenge and authentication are lost with the field") {
    const auto issued = image();
    Bench bench{VirtualCard{issued}};
    const auto rc = test::challenge(3);
    card::Block authenticated{};
    authenticated.bytes[0] = 1;
    CHECK(bench.write(block::rc, {rc.bytes}) == 0);
    CHECK(bench.write_with_mac(block::state, authenticated, issued.ck, rc, 0) == 0);
    CHECK(bench.read({block::state})[0].bytes[0] == 1);
    bench.card.power_off();
    CHECK(bench.read({block::state})[0].bytes[0] == 0);
    CHECK(bench.refused({block::id, block::mac_a}) == flag2::mac_a);
}

TEST_CASE("virtual card: a MAC write needs the key and the counter and is counted") {
    const auto issued = image();
    const auto other = image(card::CardKind::patient, 44, "0000000001", 0x11);
    Bench bench{VirtualCard{issued}};
    const auto rc = test::challenge(4);
    const auto data = filled(0x5A);
    CHECK(bench.write_with_mac(1, data, issued.ck, rc, 0) == flag2::mac_a);  // no RC yet
    CHECK(bench.write(block::rc, {rc.bytes}) == 0);
    CHECK(bench.write_with_mac(1, data, other.ck, rc, 0) == flag2::mac_a);
    CHECK(bench.write_with_mac(1, data, issued.ck, rc, 1) == flag2::mac_a);
    CHECK(bench.card.write_count() == 0);
    CHECK(bench.write_with_mac(1, data, issued.ck, rc, 0) == 0);
    CHECK(bench.write_with_mac(1, data, issued.ck, rc, 0) == flag2::mac_a);
    CHECK(bench.read({1})[0] == data);
    CHECK(bench.read({block::wcnt})[0].bytes[0] == 1);
}

TEST_CASE("virtual card: an issued card does not change its record or its key") {
    Bench bench{VirtualCard{image()}};
    CHECK(bench.write(block::s_pad0, filled(0)) == flag2::access);
    CHECK(bench.write(block::id, image().id) == flag2::access);
    CHECK(bench.write(block::ck, filled(0)) == flag2::access);
    CHECK(bench.write(block::mc, MemoryConfiguration{}.block()) == flag2::access);
    CHECK(bench.write(block::state, filled(1)) == flag2::needs_authentication);
    CHECK(bench.write(1, filled(0), protocol::service_read_only) == flag2::attribute);
    CHECK(bench.write(block::d_id, filled(0)) == flag2::block_number);
    CHECK(bench.read({block::s_pad0})[0] == image().s_pad0);
    CHECK(bench.write(1, filled(7)) == flag2::needs_authentication);  // only with MAC_A
}

TEST_CASE("virtual card: the register only counts down") {
    Bench bench{VirtualCard{image()}};
    auto value = filled(0xFF);
    value.bytes[0] = 0x10;
    CHECK(bench.write(block::reg, value) == 0);
    value.bytes[0] = 0x11;
    CHECK(bench.write(block::reg, value) == flag2::access);
}

TEST_CASE("virtual card: a blank card is issued step by step and the lock sets the counter back") {
    Bench bench{VirtualCard::blank(blank_idm)};
    CHECK(bench.read({block::wcnt})[0].bytes[1] == 0xFE);
    CHECK(bench.write(block::id, image().id) == flag2::access);  // another card's IDm
    card::Block key = filled(0x42);
    CHECK(bench.write(block::ck, key) == 0);
    CHECK(bench.write(block::s_pad0, image().s_pad0) == 0);
    CHECK(bench.card.write_count() == 0xFFFE02);
    auto configuration = MemoryConfiguration{}.block();
    configuration.bytes[2] = 0x00;
    CHECK(bench.write(block::mc, configuration) == 0);
    CHECK(bench.card.write_count() == 0);
    CHECK(bench.write(block::ck, filled(0x43)) == flag2::access);
    CHECK(bench.write(block::mc, MemoryConfiguration{}.block()) == flag2::access);          // no way back
    CHECK(bench.write(block::mc, MemoryConfiguration::issued().block()) == flag2::access);  // bytes 2-5 are locked
}

TEST_CASE("memory configuration: changes go one way") {
    const MemoryConfiguration factory;
    const auto issued = MemoryConfiguration::issued();
    CHECK(factory.may_become(issued.block()));
    CHECK(!issued.may_become(factory.block()));
    CHECK(!issued.writable(0));
    CHECK(issued.writable(1));
    CHECK(issued.frozen());
    auto wrong_rf = factory.block();
    wrong_rf.bytes[4] = 0x06;
    CHECK(!factory.may_become(wrong_rf));
    auto restricted = factory.block();
    restricted.bytes[6] = 0x10;
    CHECK(factory.may_become(restricted));
    CHECK(!MemoryConfiguration{restricted}.may_become(factory.block()));
    CHECK(MemoryConfiguration{restricted}.read_needs_authentication(4));
}

TEST_CASE("virtual card: a restricted block is read after authentication only") {
    Bench bench{VirtualCard::blank(blank_idm)};
    auto configuration = MemoryConfiguration{}.block();
    configuration.bytes[6] = 0x02;  // S_PAD1
    configuration.bytes[12] = 0x01;
    CHECK(bench.write(block::mc, configuration) == 0);
    CHECK(bench.refused({1}) == flag2::needs_authentication);
    CHECK(bench.refused({2}) == 0);
    const auto rc = test::challenge(5);
    CHECK(bench.write(block::rc, {rc.bytes}) == 0);
    card::Block authenticated{};
    authenticated.bytes[0] = 1;
    CHECK(bench.write_with_mac(block::state, authenticated, protocol::CardKey{}, rc, bench.card.write_count()) == 0);
    CHECK(bench.refused({1}) == 0);
}

TEST_CASE("virtual card: a replayed card knows what was heard and nothing else") {
    const auto issued = image();
    const auto heard_rc = test::challenge(6);
    const auto proof = protocol::proof_of(issued.ck, heard_rc, issued.s_pad0, issued.id);
    Heard heard{heard_rc, {}};
    std::copy_n(proof.data(), 8, heard.mac.begin());
    VirtualCard copy{issued};
    copy.replay({heard});
    Bench bench{std::move(copy)};
    const auto prove = [&](const card::Challenge& rc) {
        CHECK(bench.write(block::rc, {rc.bytes}) == 0);
        const auto blocks = bench.read({block::s_pad0, block::id, block::mac_a});
        return Bytes{blocks[2].bytes.begin(), blocks[2].bytes.begin() + 8};
    };
    const auto fresh = test::challenge(7);
    CHECK(base::equal(prove(heard_rc), proof.view()));
    CHECK(!base::equal(prove(fresh), protocol::proof_of(issued.ck, fresh, issued.s_pad0, issued.id).view()));
    CHECK(prove(fresh) != prove(fresh));
}

TEST_CASE("virtual card: a FeliCa Lite answers challenges in block 81h and knows no MAC_A, WCNT or STATE") {
    auto issued = image();
    issued.pmm.bytes[1] = 0xF0;
    Bench bench{VirtualCard{issued}};
    CHECK(bench.card.chip() == card::Chip::lite);
    for (const auto number : {block::wcnt, block::mac_a, block::state})
        CHECK(bench.refused({number}) == flag2::block_number);
    const auto rc = test::challenge(6);
    CHECK(bench.write(block::rc, {rc.bytes}) == 0);
    const auto read = bench.read({block::s_pad0, block::id, block::mac});
    Bytes data{read[0].bytes.begin(), read[0].bytes.end()};
    base::append(data, read[1].view());
    const auto mac = protocol::SessionKey{issued.ck, rc}.mac(data);
    CHECK(base::equal(mac.view(), read[2].view().first(8)));
    CHECK(bench.write_with_mac(1, filled(1), issued.ck, rc, 0) == flag2::blocks);
    CHECK(bench.write(1, filled(1)) == flag2::access);  // it has no way to ask for a MAC, so nobody writes
    CHECK(bench.write(block::ck, filled(1)) == flag2::access);
    CHECK(bench.read({block::mc})[0].bytes[12] == 0);

    Bench fresh{VirtualCard::blank(issued.idm, card::Chip::lite)};
    CHECK(fresh.card.chip() == card::Chip::lite);
    CHECK(fresh.write(1, filled(1)) == 0);
    CHECK(fresh.write(block::ck, filled(7)) == 0);
    auto mc = filled(0xEE);  // it keeps nothing behind RF_PRM
    const std::array<std::uint8_t, 5> known{0xFE, 0xFF, 0x00, 0x00, 0x07};
    std::copy(known.begin(), known.end(), mc.bytes.begin());
    CHECK(fresh.write(block::mc, mc) == 0);
    CHECK(fresh.read({block::mc})[0] == card::Block{{0xFE, 0xFF, 0x00, 0x00, 0x07}});
    CHECK(fresh.write(block::s_pad0, filled(1)) == flag2::access);
    CHECK(fresh.write(block::ck, filled(1)) == flag2::access);
}

TEST_CASE("virtual card: a dump holds every block, the key among them") {
    const auto issued = image();
    const auto blocks = VirtualCard{issued}.dump();
    CHECK(blocks.at(block::s_pad0) == issued.s_pad0);
    CHECK(base::equal(blocks.at(block::ck).view(), issued.ck.view()));
    CHECK(!blocks.contains(block::mac_a));
}
