#include "sync/model/facility.h"

namespace kazashi::model {

std::string_view name(FacilityType type) {
    switch (type) {
        case FacilityType::pharmacy:
            return "pharmacy";
        case FacilityType::clinic:
            return "clinic";
        case FacilityType::hospital:
            return "hospital";
        case FacilityType::dentist:
            return "dentist";
        case FacilityType::care:
            return "care";
        case FacilityType::fire:
            return "fire";
        case FacilityType::city_hall:
            return "city_hall";
    }
    return "unknown";
}

std::optional<FacilityType> facility_type_named(std::string_view text) {
    for (const auto type : all_facility_types) {
        if (name(type) == text) return type;
    }
    return std::nullopt;
}

}  // namespace kazashi::model
