// The region's rules, per facility type. They reach a terminal signed, in the feed (design §6).
#pragma once

#include <chrono>
#include <map>

#include "sync/model/facility.h"
#include "sync/model/section.h"

namespace kazashi::model {

enum class Confirm : std::uint8_t {
    always,  // the patient confirms at every tap
    first,   // only when this facility has no live window for them
    never,
};

struct TypePolicy {
    int window_days{60};
    Confirm confirm{Confirm::first};
    SectionSet sections;
    bool operator==(const TypePolicy&) const = default;
};

struct Policy {
    std::int64_t version{};
    std::chrono::minutes utc_offset{std::chrono::hours{9}};  // Asia/Tokyo: no daylight saving since 1951
    std::chrono::seconds patient_idle{90};
    std::chrono::seconds staff_idle{300};
    int pin_tries{5};
    std::chrono::seconds pin_lock{60};
    std::map<FacilityType, TypePolicy> types;

    const TypePolicy& of(FacilityType type) const;  // a type the policy does not name may see nothing
    bool operator==(const Policy&) const = default;
};

Policy default_policy();

// 24:00 local time of the `days`th day after the tap, the day of the tap not counted (design §6).
UtcTime window_end(UtcTime tapped, int days, std::chrono::minutes utc_offset);

}  // namespace kazashi::model
