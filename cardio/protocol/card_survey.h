// A look at a Lite-S or Lite that is being issued: everything that says how far it has come, each read with its MAC_A
// (of a Lite: its MAC), so that who knows the card's key believes nobody but the card. Frames out, answers in; reads of
// three blocks at most, for readers with small buffers (felica.md §8, 11).
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "cardio/protocol/felica_lite_s.h"

namespace kazashi::protocol {

// Whose key made all of the MACs.
enum class KeyFound { ours, factory, other };
enum class WithPads { no, yes };

// As what a card is looked at: a Lite knows neither WCNT nor MAC_A.
struct Look {
    card::Chip chip{card::Chip::lite_s};
    WithPads pads{};
};

using Pads = std::array<card::Block, 13>;  // S_PAD1 to S_PAD13

struct CardSurvey {
    card::Chip chip{};
    KeyFound key{};
    card::Block d_id;
    card::Block id;
    card::Block s_pad0;
    card::Block mc;
    std::uint16_t ckv{};
    std::uint32_t wcnt{};      // before whatever is written next; of a Lite 0
    std::optional<Pads> pads;  // when they were asked for
};

// Writes RC, then reads. Works alone, whatever was before: the card may have been away from the field.
std::vector<base::Bytes> survey_frames(const card::Idm& idm, const card::Challenge& rc, Look look);

// Answers to survey_frames(). card_left: fewer answers than frames · card_refused: a status flag, or a D_ID of the
// other chip · malformed: an answer that is not one, or D_ID or ID of another IDm.
base::Result<CardSurvey> parse_survey(std::span<const base::Bytes> answers, const card::Idm& idm,
                                      const card::Challenge& rc, const CardKey& ours, Look look);

}  // namespace kazashi::protocol
