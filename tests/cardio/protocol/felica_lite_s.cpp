#include "cardio/protocol/felica_lite_s.h"

#include "cardio/protocol/felica.h"
#include "tests/cardio/protocol/vectors.h"

using namespace kazashi;
using test::bytes_of;
using test::id_of;
using test::secret;
using test::vectors;

namespace {

protocol::SessionKey session_key(const nlohmann::json& vector) {
    return {secret<16>(vector.at("CK")), id_of<card::Challenge>(vector.at("RC"))};
}

std::vector<std::uint8_t> block_numbers(const nlohmann::json& vector) {
    return vector.at("blocks").get<std::vector<std::uint8_t>>();
}

std::string hex(const protocol::Mac& mac) { return base::to_hex(mac.view()); }

}  // namespace

TEST_CASE("lite_s: the session key of every vector comes out") {
    for (const auto* kind : {"mac_a_read", "mac_read", "mac_a_write", "session"})
        for (const auto& vector : vectors(kind)) {
            const auto sk = session_key(vector).card_order();
            CHECK(base::to_hex(sk.view()) == vector.at("SK1").get<std::string>() + vector.at("SK2").get<std::string>());
        }
}

TEST_CASE("lite_s: MAC_A of every read vector comes out") {
    for (const auto& vector : vectors("mac_a_read")) {
        auto blocks = block_numbers(vector);
        blocks.push_back(protocol::lite_s::mac_a);
        CHECK(hex(session_key(vector).mac_a_read(blocks, bytes_of(vector.at("data")))) == vector.at("MAC_A"));
    }
}

TEST_CASE("lite_s: MAC of every vector of block 81h comes out") {
    for (const auto& vector : vectors("mac_read"))
        CHECK(hex(session_key(vector).mac(bytes_of(vector.at("data")))) == vector.at("MAC"));
}

TEST_CASE("lite_s: MAC_A of every write vector comes out") {
    for (const auto& vector : vectors("mac_a_write")) {
        const auto wcnt = vector.at("WCNT").get<std::uint32_t>();
        const auto mac =
            session_key(vector).mac_a_write(block_numbers(vector).at(0), bytes_of(vector.at("data")), wcnt);
        CHECK(hex(mac) == vector.at("MAC_A"));
    }
}

TEST_CASE("lite_s: every diversification vector comes out") {
    for (const auto& vector : vectors("diversify")) {
        const auto ck =
            protocol::diversify(secret<24>(vector.at("master_key")), id_of<card::Block>(vector.at("ID_block")));
        CHECK(base::to_hex(ck.view()) == vector.at("CK"));
    }
}

TEST_CASE("lite_s: the frames and answers of the session vector come out") {
    const auto vector = vectors("session").at(0);
    const auto idm = id_of<card::Idm>(vector.at("IDm"));
    const auto key = session_key(vector);
    const auto& frames = vector.at("frames");
    const std::array<std::uint8_t, 4> first_read{0x82, 0x86, 0x90, 0x91};
    const std::array<std::uint8_t, 2> state_read{0x92, 0x91};

    CHECK(protocol::challenge_frame(idm, id_of<card::Challenge>(vector.at("RC"))) == bytes_of(frames[0].at("tx")));
    CHECK(bool{protocol::parse_write(bytes_of(frames[0].at("rx")), idm)});
    CHECK(protocol::read_frame(idm, protocol::service_read_only, first_read) == bytes_of(frames[1].at("tx")));
    CHECK(protocol::read_frame(idm, protocol::service_read_only, state_read) == bytes_of(frames[3].at("tx")));

    const auto check_mac = [&](const nlohmann::json& frame, std::span<const std::uint8_t> blocks) {
        const auto answer = bytes_of(frame.at("rx"));
        const auto read = protocol::parse_read(answer, idm, blocks.size());
        REQUIRE(bool{read});
        base::Bytes data;
        for (std::size_t i = 0; i + 1 < read->size(); ++i) base::append(data, (*read)[i].view());
        CHECK(base::equal(key.mac_a_read(blocks, data).view(), read->back().view().first(8)));
    };
    check_mac(frames[1], first_read);
    check_mac(frames[3], state_read);

    const auto state = bytes_of("01000000000000000000000000000000");
    base::Bytes data = state;
    base::append(data, key.mac_a_write(protocol::lite_s::state, state, vector.at("WCNT")).view());
    base::append(data, bytes_of("2301000000000000"));
    const std::array<std::uint8_t, 2> state_write{0x92, 0x91};
    CHECK(protocol::write_frame(idm, protocol::service_read_write, state_write, data) == bytes_of(frames[2].at("tx")));
    const auto ck = protocol::diversify(secret<24>(vector.at("master_key")),
                                        id_of<card::Block>("012E0102030405F600014E4853303031"));
    CHECK(base::to_hex(ck.view()) == vector.at("CK"));
}

TEST_CASE("lite_s: a proof depends on key and challenge and both blocks") {
    const auto ck = secret<16>("9F952A4EAF4D821E54A7E50DF938A946");
    const auto other_ck = secret<16>("9F952A4EAF4D821E54A7E50DF938A948");
    const auto rc = id_of<card::Challenge>("16352976283FF631C8403E33AB6C5045");
    const auto s_pad0 = card::make_regional_record({card::CardKind::patient, 44, "0000000001"});
    const auto id = id_of<card::Block>("012E0102030405F600014E4853303031");
    const auto proof = hex(protocol::proof_of(ck, rc, s_pad0, id));

    const std::array<std::uint8_t, 3> list{0x00, 0x82, 0x91};
    base::Bytes data;
    base::append(data, s_pad0.view());
    base::append(data, id.view());
    CHECK(proof == hex(protocol::SessionKey{ck, rc}.mac_a_read(list, data)));

    auto other_rc = rc;
    other_rc.bytes[15] ^= 1U;
    auto other_id = id;
    other_id.bytes[15] ^= 1U;
    auto other_pad = s_pad0;
    other_pad.bytes[15] ^= 1U;
    CHECK(proof != hex(protocol::proof_of(other_ck, rc, s_pad0, id)));
    CHECK(proof != hex(protocol::proof_of(ck, other_rc, s_pad0, id)));
    CHECK(proof != hex(protocol::proof_of(ck, rc, other_pad, id)));
    CHECK(proof != hex(protocol::proof_of(ck, rc, s_pad0, other_id)));
}

TEST_CASE("lite_s: an ID block that does not begin with the IDm is refused") {
    const auto idm = id_of<card::Idm>("012E0102030405F6");
    const auto frame =
        bytes_of("2D07012E0102030405F60000024B5A0150002C30303030303030303031012E0102030405F700014E4853303031");
    const auto answer = protocol::parse_identity(frame, idm);
    REQUIRE(!answer);
    CHECK(answer.fault() == base::Fault::malformed);
}
