#include "cardio/protocol/card_writes.h"

#include <algorithm>
#include <array>

#include "cardio/protocol/felica.h"

namespace kazashi::protocol {

card::Block version_block(std::uint16_t ckv) {
    card::Block block;
    block.bytes[0] = static_cast<std::uint8_t>(ckv & 0xFFU);
    block.bytes[1] = static_cast<std::uint8_t>(ckv >> 8U);
    return block;
}

void CardWrites::keep(base::Bytes frame) {
    frames_.emplace_back(frame);
    base::wipe(frame.data(), frame.size());
}

void CardWrites::add_octets(std::uint8_t block, base::ByteView data) {
    keep(write_frame(idm_, service_read_write, std::array{block}, data));
    ++wcnt_;
}

void CardWrites::add_octets_with_mac(std::uint8_t block, base::ByteView data) {
    if (!rc_written_) keep(challenge_frame(idm_, rc_));
    rc_written_ = true;
    base::SecretBytes both{2 * block_size};
    std::fill_n(both.data(), both.size(), std::uint8_t{0});
    std::copy(data.begin(), data.end(), both.data());
    const auto mac = key_.mac_a_write(block, data, wcnt_);
    std::copy_n(mac.data(), Mac::size, both.data() + block_size);
    for (unsigned i = 0; i < 3; ++i)
        both.data()[block_size + Mac::size + i] = static_cast<std::uint8_t>(wcnt_ >> (8U * i) & 0xFFU);
    keep(write_frame(idm_, service_read_write, std::array{block, lite_s::mac_a}, both.view()));
    ++wcnt_;
}

void CardWrites::add(std::uint8_t block, const card::Block& data) { add_octets(block, data.view()); }
void CardWrites::add_with_mac(std::uint8_t block, const card::Block& data) { add_octets_with_mac(block, data.view()); }
void CardWrites::add_key(const CardKey& ck) { add_octets(lite_s::ck, ck.view()); }
void CardWrites::add_key_with_mac(const CardKey& ck) { add_octets_with_mac(lite_s::ck, ck.view()); }

}  // namespace kazashi::protocol
