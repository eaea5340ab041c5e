// Writes to one Lite-S card, in order, as frames that wipe themselves: a card key may stand in one of them. The first
// write with MAC_A brings RC along; the card's write counter is carried forward write by write.
#pragma once

#include <vector>

#include "cardio/protocol/felica_lite_s.h"

namespace kazashi::protocol {

card::Block version_block(std::uint16_t ckv);  // block CKV

class CardWrites {
public:
    // `key` belongs to `rc` and the key that stands on the card; `wcnt` is the counter before the first write.
    CardWrites(const card::Idm& idm, SessionKey key, const card::Challenge& rc, std::uint32_t wcnt)
        : idm_{idm}, key_{std::move(key)}, rc_{rc}, wcnt_{wcnt} {}

    void add(std::uint8_t block, const card::Block& data);
    void add_with_mac(std::uint8_t block, const card::Block& data);
    void add_key(const CardKey& ck);
    void add_key_with_mac(const CardKey& ck);

    std::vector<base::SecretBytes> take() { return std::move(frames_); }

private:
    void add_octets(std::uint8_t block, base::ByteView data);
    void add_octets_with_mac(std::uint8_t block, base::ByteView data);
    void keep(base::Bytes frame);

    card::Idm idm_;
    SessionKey key_;
    card::Challenge rc_;
    std::uint32_t wcnt_;
    bool rc_written_{false};
    std::vector<base::SecretBytes> frames_;
};

}  // namespace kazashi::protocol
