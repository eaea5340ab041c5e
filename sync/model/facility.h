#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sync/model/ids.h"

namespace kazashi::model {

enum class FacilityType : std::uint8_t { pharmacy, clinic, hospital, dentist, care, fire, city_hall };
inline constexpr std::array all_facility_types{FacilityType::pharmacy, FacilityType::clinic, FacilityType::hospital,
                                               FacilityType::dentist,  FacilityType::care,   FacilityType::fire,
                                               FacilityType::city_hall};
std::string_view name(FacilityType type);
std::optional<FacilityType> facility_type_named(std::string_view name);

struct Facility {
    FacilityId id;
    FacilityType type{};
    std::string name;  // 「臼杵たちばな薬局」
    bool operator==(const Facility&) const = default;
};

}  // namespace kazashi::model
