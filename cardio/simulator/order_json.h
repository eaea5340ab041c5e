// The fields of an order to the bench, and of its answer. What has not the form it should have throws: a bench answers
// that in one place, and never repeats the text, which may hold a key.
#pragma once

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "cardio/base/bytes.h"
#include "cardio/card/profile.h"
#include "cardio/simulator/disturbance.h"
#include "cardio/simulator/eavesdropper.h"

namespace kazashi::simulator {

template <std::size_t N>
std::array<std::uint8_t, N> octets(const nlohmann::json& hex) {
    const auto bytes = base::from_hex(hex.get_ref<const std::string&>());
    if (!bytes || bytes->size() != N) throw std::invalid_argument{"hexadecimal"};
    std::array<std::uint8_t, N> out{};
    std::copy(bytes->begin(), bytes->end(), out.begin());
    return out;
}

Disturbance disturbance_from(const nlohmann::json& fault);
card::CardProfile profile_from(const nlohmann::json& profile);
std::vector<Heard> heard_from(const nlohmann::json& list);
nlohmann::json heard_json(const std::vector<Heard>& heard);

}  // namespace kazashi::simulator
