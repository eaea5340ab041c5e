#include "cardio/protocol/felica_lite_s.h"

#include <algorithm>
#include <cassert>

#include "cardio/protocol/felica.h"
#include "cardio/protocol/triple_des.h"

namespace kazashi::protocol {

namespace {

constexpr std::size_t half = 8;

base::Secret<16> cipher_order(const CardKey& ck) {
    base::Secret<16> out{};
    std::reverse_copy(ck.data(), ck.data() + half, out.data());
    std::reverse_copy(ck.data() + half, ck.data() + 2 * half, out.data() + half);
    return out;
}

// The last cipher block of a CBC run whose IV is rev(RC1), back in card order.
Mac cbc_mac(const base::Secret<16>& key, const card::Challenge& rc, base::ByteView message) {
    const base::Bytes iv = rev(rc.view().first(half));
    const base::Bytes out = encrypt_cbc(key, iv, rev(message));
    Mac mac;
    std::reverse_copy(out.end() - half, out.end(), mac.data());
    return mac;
}

base::Bytes read_header(std::span<const std::uint8_t> blocks) {
    assert(!blocks.empty() && blocks.size() <= lite_s::max_read_blocks);
    base::Bytes header(half, 0xFF);
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        header[2 * i] = blocks[i];
        header[2 * i + 1] = 0x00;
    }
    return header;
}

constexpr std::array proof_blocks{lite_s::s_pad0, lite_s::id, lite_s::mac_a};
constexpr std::array lite_proof_blocks{lite_s::s_pad0, lite_s::id, lite_s::mac};
constexpr std::array identity_blocks{lite_s::s_pad0, lite_s::id};

}  // namespace

base::Bytes rev(base::ByteView bytes) {
    assert(bytes.size() % half == 0);
    base::Bytes out(bytes.begin(), bytes.end());
    for (std::size_t i = 0; i < out.size(); i += half) {
        const auto from = out.begin() + static_cast<std::ptrdiff_t>(i);
        std::reverse(from, from + half);
    }
    return out;
}

SessionKey::SessionKey(const CardKey& ck, const card::Challenge& rc) : rc_{rc} {
    const base::Bytes zero(half, 0);
    base::Bytes sk = encrypt_cbc(cipher_order(ck), zero, rev(rc.view()));
    sk_ = base::Secret<16>{std::span<const std::uint8_t, 16>{sk}};
    base::wipe(sk.data(), sk.size());
}

base::Secret<16> SessionKey::card_order() const { return cipher_order(sk_); }

Mac SessionKey::mac(base::ByteView data) const { return cbc_mac(sk_, rc_, data); }

Mac SessionKey::mac_a_read(std::span<const std::uint8_t> blocks, base::ByteView data) const {
    base::Bytes message = read_header(blocks);
    base::append(message, data);
    return cbc_mac(sk_, rc_, message);
}

Mac SessionKey::mac_a_write(std::uint8_t block, base::ByteView data, std::uint32_t wcnt) const {
    const auto octet = [wcnt](unsigned shift) { return static_cast<std::uint8_t>(wcnt >> shift & 0xFFU); };
    base::Bytes message{octet(0), octet(8), octet(16), 0x00, block, 0x00, lite_s::mac_a, 0x00};
    base::append(message, data);
    base::Secret<16> swapped;
    std::rotate_copy(sk_.data(), sk_.data() + half, sk_.data() + 2 * half, swapped.data());
    return cbc_mac(swapped, rc_, message);
}

CardKey diversify(const MasterKey& master, const card::Block& id_block) {
    card::Block flipped = id_block;
    flipped.bytes[0] ^= 0x80U;
    const Mac first = cmac_two_blocks(master, id_block.bytes);
    const Mac second = cmac_two_blocks(master, flipped.bytes);
    CardKey ck;
    std::copy_n(first.data(), half, ck.data());
    std::copy_n(second.data(), half, ck.data() + half);
    return ck;
}

card::Proof proof_of(const CardKey& ck, const card::Challenge& challenge, const card::Block& s_pad0,
                     const card::Block& id_block, card::Chip chip) {
    assert(chip != card::Chip::standard);
    base::Bytes data;
    base::append(data, s_pad0.view());
    base::append(data, id_block.view());
    const SessionKey key{ck, challenge};
    return chip == card::Chip::lite ? key.mac(data) : key.mac_a_read(proof_blocks, data);
}

base::Bytes challenge_frame(const card::Idm& idm, const card::Challenge& challenge) {
    return write_frame(idm, service_read_write, std::array{lite_s::rc}, challenge.view());
}
base::Bytes proof_frame(const card::Idm& idm, card::Chip chip) {
    return read_frame(idm, service_read_only, chip == card::Chip::lite ? lite_proof_blocks : proof_blocks);
}
base::Bytes identity_frame(const card::Idm& idm) { return read_frame(idm, service_read_only, identity_blocks); }

base::Status check_id_block(const card::Block& id, const card::Idm& idm) {
    if (base::equal(id.view().first(half), idm.view())) return base::ok();
    return base::Error{base::Fault::malformed, "the ID block does not begin with the IDm"};
}

base::Result<ProofAnswer> parse_proof(base::ByteView frame, const card::Idm& idm) {
    KAZASHI_TRY(const auto blocks, parse_read(frame, idm, proof_blocks.size()));
    KAZASHI_CHECK(check_id_block(blocks[1], idm));
    ProofAnswer answer{blocks[0], blocks[1], {}};
    std::copy_n(blocks[2].bytes.begin(), half, answer.proof.data());
    return answer;
}

base::Result<IdentityAnswer> parse_identity(base::ByteView frame, const card::Idm& idm) {
    KAZASHI_TRY(const auto blocks, parse_read(frame, idm, identity_blocks.size()));
    KAZASHI_CHECK(check_id_block(blocks[1], idm));
    return IdentityAnswer{blocks[0], blocks[1]};
}

}  // namespace kazashi::protocol
