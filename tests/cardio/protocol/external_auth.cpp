#include "cardio/protocol/external_auth.h"

#include "cardio/protocol/felica.h"
#include "tests/cardio/protocol/vectors.h"

using namespace kazashi;
using base::Fault;
using test::bytes_of;
using test::id_of;
using test::secret;

namespace {

nlohmann::json mutual_auth() {
    const auto vector = test::vectors("session").at(0);
    REQUIRE(vector.at("name") == "mutual_auth_frames");
    return vector;
}

}  // namespace

TEST_CASE("external auth: the frames and the answer of the session vector") {
    const auto vector = mutual_auth();
    const auto idm = id_of<card::Idm>(vector.at("IDm"));
    const protocol::SessionKey key{secret<16>(vector.at("CK")), id_of<card::Challenge>(vector.at("RC"))};
    const auto& frames = vector.at("frames");
    CHECK(protocol::external_auth_frame(idm, key, vector.at("WCNT")) == bytes_of(frames[2].at("tx")));
    CHECK(protocol::parse_write(bytes_of(frames[2].at("rx")), idm));
    CHECK(protocol::state_frame(idm) == bytes_of(frames[3].at("tx")));
    CHECK(protocol::check_state(bytes_of(frames[3].at("rx")), idm, key));
}

TEST_CASE("external auth: no changed answer, and none of another card or key, lets anybody in") {
    const auto vector = mutual_auth();
    const auto idm = id_of<card::Idm>(vector.at("IDm"));
    const auto rc = id_of<card::Challenge>(vector.at("RC"));
    const protocol::SessionKey key{secret<16>(vector.at("CK")), rc};
    const auto answer = bytes_of(vector.at("frames")[3].at("rx"));
    constexpr std::size_t mac_end = 13 + 16 + 8;  // what stands behind the MAC_A in its block is the card's own matter
    for (std::size_t i = 0; i < mac_end; ++i) {
        auto changed = answer;
        changed[i] ^= 0x01U;
        CAPTURE(i);
        CHECK_FALSE(protocol::check_state(changed, idm, key));
    }
    const protocol::SessionKey other{secret<16>("4925035890AF09A4437C6DE40C600A60"), rc};
    CHECK(protocol::check_state(answer, idm, other).fault() == Fault::malformed);
    CHECK_FALSE(protocol::check_state(base::ByteView{answer}.first(answer.size() - 1), idm, key));
}
