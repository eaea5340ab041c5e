// A look at a Lite-S card that is being issued: everything that says how far it has come, each read with its MAC_A, so
// that who knows the card's key believes nobody but the card. Frames out, answers in; reads of three blocks at most,
// for readers with small buffers (felica.md §8, 11).
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "cardio/protocol/felica_lite_s.h"

namespace kazashi::protocol {

// Whose key made all of the MAC_A.
enum class KeyFound { ours, factory, other };
enum class WithPads { no, yes };

using Pads = std::array<card::Block, 13>;  // S_PAD1 to S_PAD13

struct CardSurvey {
    KeyFound key{};
    card::Block d_id;
    card::Block id;
    card::Block s_pad0;
    card::Block mc;
    std::uint16_t ckv{};
    std::uint32_t wcnt{};      // before whatever is written next
    std::optional<Pads> pads;  // when they were asked for
};

// Writes RC, then reads. Works alone, whatever was before: the card may have been away from the field.
std::vector<base::Bytes> survey_frames(const card::Idm& idm, const card::Challenge& rc, WithPads pads);

// Answers to survey_frames(). card_left: fewer answers than frames · card_refused: a status flag, so no Lite-S ·
// malformed: an answer that is not one, or D_ID or ID of another IDm.
base::Result<CardSurvey> parse_survey(std::span<const base::Bytes> answers, const card::Idm& idm,
                                      const card::Challenge& rc, const CardKey& ours, WithPads pads);

}  // namespace kazashi::protocol
