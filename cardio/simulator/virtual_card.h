// A FeliCa Lite-S, as far as its manual's readers know it: blocks, memory configuration, write counter, MAC and MAC_A,
// status flags. With IC code F0 in its PMm it is the older FeliCa Lite: MAC on read, no more. Source: reference
// felica.md §1.7, §2. What is unverified there is not modelled.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "cardio/protocol/felica_lite_s.h"
#include "cardio/simulator/card_image.h"
#include "cardio/simulator/eavesdropper.h"
#include "cardio/simulator/felica_card.h"
#include "cardio/simulator/memory_configuration.h"

namespace kazashi::simulator {

class VirtualCard final : public FelicaCard {
public:
    explicit VirtualCard(const CardImage& image);    // issued and frozen
    // As it leaves the factory.
    static VirtualCard blank(const card::Idm& idm, card::Chip chip = card::Chip::lite_s);

    // A copy made from what was heard: it does not know CK, answers recorded challenges with the recorded MAC_A and
    // everything else with noise.
    void replay(std::vector<Heard> recordings) { recordings_ = std::move(recordings); }

    card::Idm idm() const override { return idm_; }
    protocol::Pmm pmm() const override { return pmm_; }
    std::optional<base::Bytes> answer(base::ByteView frame) override;
    void power_off() override;

    card::Chip chip() const { return pmm_.bytes[1] == 0xF0 ? card::Chip::lite : card::Chip::lite_s; }
    std::uint32_t write_count() const { return wcnt_; }
    // Every block there is, also CK, which no reader gets to see.
    std::map<std::uint8_t, card::Block> dump() const;

private:
    struct Flags {
        std::uint8_t flag1{};
        std::uint8_t flag2{};
        explicit operator bool() const { return flag1 == 0 && flag2 == 0; }
    };
    VirtualCard(const card::Idm& idm, const protocol::Pmm& pmm) : idm_{idm}, pmm_{pmm} {}

    std::optional<base::Bytes> answer_polling(base::ByteView frame) const;
    base::Bytes read(const Command& command) const;
    base::Bytes write(const Command& command);
    Flags check_list(const Command& command) const;
    Flags check_reads(const std::vector<Element>& elements) const;
    Flags check_write(std::uint16_t block, const card::Block& data, bool with_mac) const;
    Flags check_pad_write(unsigned pad, const card::Block& data, bool with_mac) const;
    bool has(std::uint16_t block) const;  // whether this chip has such a block
    bool mac_fits(std::uint16_t block, const card::Block& data, const card::Block& mac_a) const;
    void store(std::uint16_t block, const card::Block& data);

    std::optional<card::Block> readable(std::uint16_t block) const;
    card::Block mac_block(const std::vector<Element>& elements, base::ByteView data) const;

    card::Idm idm_;
    protocol::Pmm pmm_;
    std::array<card::Block, 15> pads_{};  // S_PAD0..13 and REG
    card::Block id_{};
    card::Block ser_c_{};
    card::Block ckv_{};
    protocol::CardKey ck_;
    MemoryConfiguration mc_;
    std::uint32_t wcnt_{0xFFFE00};  // before the first issuance
    std::optional<std::vector<Heard>> recordings_;

    // volatile
    std::optional<card::Challenge> rc_;
    bool authenticated_{false};
};

}  // namespace kazashi::simulator
