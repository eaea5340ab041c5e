#include "cardio/protocol/external_auth.h"

#include <algorithm>
#include <array>

#include "cardio/protocol/felica.h"

namespace kazashi::protocol {

namespace {

constexpr std::array state_and_mac{lite_s::state, lite_s::mac_a};
constexpr std::uint8_t let_in = 0x01;  // EXT_AUTH, the first octet of STATE

}  // namespace

base::Bytes external_auth_frame(const card::Idm& idm, const SessionKey& key, std::uint32_t wcnt) {
    card::Block state;
    state.bytes[0] = let_in;
    card::Block proof;
    const auto mac = key.mac_a_write(lite_s::state, state.view(), wcnt);
    std::copy_n(mac.data(), Mac::size, proof.bytes.begin());
    for (unsigned i = 0; i < 3; ++i)
        proof.bytes.at(Mac::size + i) = static_cast<std::uint8_t>(wcnt >> (8U * i) & 0xFFU);
    base::Bytes data;
    base::append(data, state.view());
    base::append(data, proof.view());
    return write_frame(idm, service_read_write, state_and_mac, data);
}

base::Bytes state_frame(const card::Idm& idm) { return read_frame(idm, service_read_only, state_and_mac); }

base::Status check_state(base::ByteView frame, const card::Idm& idm, const SessionKey& key) {
    KAZASHI_TRY(const auto blocks, parse_read(frame, idm, state_and_mac.size()));
    const auto mac = key.mac_a_read(state_and_mac, blocks[0].view());
    if (!base::equal_secret(mac.view(), blocks[1].view().first(Mac::size)))
        return base::Error{base::Fault::malformed, "STATE comes with another key's MAC_A"};
    if (blocks[0].bytes[0] != let_in) return base::Error{base::Fault::denied, "the card has not let us in"};
    return base::ok();
}

}  // namespace kazashi::protocol
