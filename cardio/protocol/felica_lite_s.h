// FeliCa Lite-S: session keys, MAC, MAC_A and card key diversification. All values are in card order (as they travel on
// air) unless a name says otherwise. 3DES is OpenSSL's; an OpenSSL without DES stops the program.
// Source: reference felica.md §2; checked against every vector of tests/data/felica_vectors.json.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "cardio/base/bytes.h"
#include "cardio/base/result.h"
#include "cardio/base/secret.h"
#include "cardio/card/card.h"

namespace kazashi::protocol {

using CardKey =
    base::Secret<16>;  // CK: CK1 ‖ CK2 as written to block 87h; the card and the region know it, no terminal does
using MasterKey = base::Secret<24>;  // 3-key 3DES key that the region diversifies card keys from
using Mac = card::Proof;             // 8 bytes as they stand in block 81h or 91h

// Block numbers of Lite-S.
namespace lite_s {
inline constexpr std::uint8_t s_pad0 = 0x00;
inline constexpr std::uint8_t reg = 0x0E;
inline constexpr std::uint8_t rc = 0x80;
inline constexpr std::uint8_t mac = 0x81;
inline constexpr std::uint8_t id = 0x82;
inline constexpr std::uint8_t d_id = 0x83;
inline constexpr std::uint8_t ser_c = 0x84;
inline constexpr std::uint8_t sys_c = 0x85;
inline constexpr std::uint8_t ckv = 0x86;
inline constexpr std::uint8_t ck = 0x87;
inline constexpr std::uint8_t mc = 0x88;
inline constexpr std::uint8_t wcnt = 0x90;
inline constexpr std::uint8_t mac_a = 0x91;
inline constexpr std::uint8_t state = 0x92;
inline constexpr std::uint8_t crc_check = 0xA0;
inline constexpr std::size_t max_read_blocks = 4;  // MAC or MAC_A counts
}  // namespace lite_s

// Each 8-byte half reversed: from card order to cipher order and back. Size must be a multiple of 8.
base::Bytes rev(base::ByteView bytes);

// SK1 ‖ SK2 of one challenge.
class SessionKey {
public:
    SessionKey(const CardKey& ck, const card::Challenge& rc);
    base::Secret<16> card_order() const;  // for comparing with a vector

    // Block 81h over 1..3 data blocks in read order.
    Mac mac(base::ByteView data) const;
    // Block 91h of a read: `blocks` are all block numbers of the command in order, 91h the last; `data` is what the
    // card answered for the ones before it.
    Mac mac_a_read(std::span<const std::uint8_t> blocks, base::ByteView data) const;
    // The MAC_A that goes with a write of one block; `wcnt` is the counter before the write.
    Mac mac_a_write(std::uint8_t block, base::ByteView data, std::uint32_t wcnt) const;

private:
    base::Secret<16> sk_;  // cipher order
    card::Challenge rc_;
};

// CK of the card whose ID block (82h) this is: CMAC-3DES of it, twice.
CardKey diversify(const MasterKey& master, const card::Block& id_block);

// What the card with key `ck` answers to prove(challenge): MAC_A of one read of blocks {S_PAD0, ID, MAC_A} after
// RC := challenge; a Lite card has no MAC_A, its MAC (block 81h) of {S_PAD0, ID, MAC} stands in for it. The region
// computes locks with this in advance and verifies proofs with it (design §4). Of a standard card there is none.
card::Proof proof_of(const CardKey& ck, const card::Challenge& challenge, const card::Block& s_pad0,
                     const card::Block& id_block, card::Chip chip = card::Chip::lite_s);

// ---- the two frames of prove(challenge), and of identify
base::Bytes challenge_frame(const card::Idm& idm, const card::Challenge& challenge);  // write RC
base::Bytes proof_frame(const card::Idm& idm, card::Chip chip = card::Chip::lite_s);  // read S_PAD0, ID, MAC_A
base::Bytes identity_frame(const card::Idm& idm);                                     // read S_PAD0, ID

struct ProofAnswer {
    card::Block s_pad0;
    card::Block id;
    card::Proof proof;
};
struct IdentityAnswer {
    card::Block s_pad0;
    card::Block id;
};
base::Result<ProofAnswer> parse_proof(base::ByteView frame, const card::Idm& idm);
base::Result<IdentityAnswer> parse_identity(base::ByteView frame, const card::Idm& idm);
// malformed when an ID block is not of the card with this IDm.
base::Status check_id_block(const card::Block& id, const card::Idm& idm);

}  // namespace kazashi::protocol
