// From the reader to the card and back: can we talk to what lies there, is it ours, how often and how fast.
#pragma once

#include <cstdint>
#include <optional>

#include "cardio/reader/card_look.h"
#include "terminal/doctor/findings.h"

namespace kazashi::doctor {

struct CardWays {
    std::string reader;  // part of the name that was chosen; empty: any
    std::optional<std::uint16_t> region;
    std::vector<card::CardProfile> profiles;  // of older cards, which are ours too
    reader::CardLookLimits limits{};
    std::chrono::milliseconds patience{};
};

// card_ok · card_none · card_held · card_left · card_mute · card_not_felica · card_foreign · card_other_region ·
// card_empty · card_several · card_edge{lost, of} · reader_silent · reader_no_felica · reader_no_proof · reader_t0 ·
// reader_slow{median, most, histogram}; those of a reader with {reader}
Findings probe_card(const CardWays& ways);

// "under 10 ms: 3, 10 to 30 ms: 21 …" as figures: how many of the pollings took how long.
std::string histogram(const std::vector<std::chrono::microseconds>& took);

}  // namespace kazashi::doctor
