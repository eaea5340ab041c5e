// A Lite-S that lets nobody read its pads but who knows its key.
#include "cardio/protocol/external_auth.h"

#include <array>

#include "cardio/simulator/virtual_card.h"
#include "tests/cardio/cards.h"
#include "tests/catch.h"

using namespace kazashi;
using base::Fault;
using test::challenge;
namespace lite_s = protocol::lite_s;

namespace {

struct Restricted {
    card::Idm idm{test::image().idm};
    simulator::VirtualCard card{simulator::VirtualCard::blank(idm)};
    protocol::CardKey ck;

    Restricted() {
        for (std::uint8_t i = 0; i < 16; ++i) ck.data()[i] = static_cast<std::uint8_t>(0x31 + 5 * i);
        // Every pad to be read after authentication alone, STATE to be written with a MAC.
        const card::Block mc{{0xFF, 0xFF, 0xFF, 0, 7, 0, 0xFF, 0x3F, 0, 0, 0, 0, 0x01}};
        REQUIRE(write(lite_s::ck, ck.view()));
        REQUIRE(write(lite_s::mc, mc.view()));
    }
    base::Status write(std::uint8_t block, base::ByteView data) {
        return protocol::parse_write(
            say(protocol::write_frame(idm, protocol::service_read_write, std::array{block}, data)), idm);
    }
    base::Bytes say(base::ByteView frame) { return card.answer(frame).value_or(base::Bytes{}); }
    bool opens() {
        constexpr std::array pad{lite_s::s_pad0};
        const auto frame = protocol::read_frame(idm, protocol::service_read_only, pad);
        return bool{protocol::parse_read(say(frame), idm, pad.size())};
    }
    std::uint32_t count() {
        constexpr std::array wcnt{lite_s::wcnt};
        const auto read =
            protocol::parse_read(say(protocol::read_frame(idm, protocol::service_read_only, wcnt)), idm, wcnt.size());
        REQUIRE(read);
        const auto& bytes = read->front().bytes;
        return static_cast<std::uint32_t>(bytes[0] | bytes[1] << 8U | bytes[2] << 16U);
    }
    base::Status authenticate(const protocol::SessionKey& key, std::uint32_t wcnt) {
        return protocol::parse_write(say(protocol::external_auth_frame(idm, key, wcnt)), idm);
    }
};

}  // namespace

TEST_CASE("external auth: a card lets in who knows its key, and forgets it without the field") {
    Restricted it;
    const auto rc = challenge(7);
    const protocol::SessionKey key{it.ck, rc};
    CHECK_FALSE(it.opens());
    REQUIRE(it.write(lite_s::rc, rc.view()));
    CHECK(protocol::check_state(it.say(protocol::state_frame(it.idm)), it.idm, key).fault() == Fault::denied);
    REQUIRE(it.authenticate(key, it.count()));
    CHECK(protocol::check_state(it.say(protocol::state_frame(it.idm)), it.idm, key));
    CHECK(it.opens());
    it.card.power_off();
    CHECK_FALSE(it.opens());
}

TEST_CASE("external auth: another key, another challenge and an old counter are refused") {
    Restricted it;
    const auto rc = challenge(7);
    REQUIRE(it.write(lite_s::rc, rc.view()));
    CHECK_FALSE(it.authenticate(protocol::SessionKey{test::image().ck, rc}, it.count()));
    CHECK_FALSE(it.authenticate(protocol::SessionKey{it.ck, challenge(8)}, it.count()));
    CHECK_FALSE(it.authenticate(protocol::SessionKey{it.ck, rc}, it.count() + 1));
    CHECK_FALSE(it.opens());
}
