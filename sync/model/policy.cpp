#include "sync/model/policy.h"

#include <initializer_list>

namespace kazashi::model {

namespace {

SectionSet sections(std::initializer_list<Section> list) {
    SectionSet set;
    for (const auto section : list) set = set.with(section);
    return set;
}

}  // namespace

const TypePolicy& Policy::of(FacilityType type) const {
    static const TypePolicy nothing{};
    const auto found = types.find(type);
    return found == types.end() ? nothing : found->second;
}

Policy default_policy() {
    using enum Section;
    const auto everything = sections({emergency, medication, clinical, care});
    Policy policy;
    policy.version = 1;
    policy.types = {
        {FacilityType::pharmacy, {60, Confirm::first, sections({emergency, medication, clinical})}},
        {FacilityType::clinic, {60, Confirm::first, everything}},
        {FacilityType::hospital, {60, Confirm::first, everything}},
        {FacilityType::dentist, {60, Confirm::first, sections({emergency, medication, clinical})}},
        {FacilityType::care, {60, Confirm::first, sections({emergency, medication, Section::care})}},
        // An ambulance crew cannot ask an unconscious patient, and needs the record for one journey.
        {FacilityType::fire, {1, Confirm::never, sections({emergency, medication})}},
        {FacilityType::city_hall, {60, Confirm::first, {}}},
    };
    return policy;
}

UtcTime window_end(UtcTime tapped, int days, std::chrono::minutes utc_offset) {
    const auto day_of_tap = std::chrono::floor<std::chrono::days>(tapped + utc_offset);
    // 24:00 of a day is 0:00 of the next.
    return UtcTime{day_of_tap + std::chrono::days{days + 1}} - utc_offset;
}

}  // namespace kazashi::model
