// The region's rules, per facility type. They reach a terminal signed, in the feed (design §6).
#pragma once

#include <chrono>
#include <map>
#include <vector>

#include "cardio/base/bytes.h"
#include "cardio/card/card.h"
#include "sync/model/facility.h"
#include "sync/model/section.h"
#include "sync/model/time_zone.h"

namespace kazashi::model {

enum class Confirm : std::uint8_t {
    always,  // the patient confirms at every tap
    first,   // only when this facility has no live window for them
    never,
};

enum class BreakGlass : std::uint8_t { never, one_staff, two_staff };

struct TypePolicy {
    int window_days{60};
    Confirm confirm{Confirm::first};
    SectionSet sections;            // with a card that has proved itself
    SectionSet presented_sections;  // with a card that can only be read, on a grant the region has confirmed
    BreakGlass break_glass{BreakGlass::never};
    SectionSet emergency_sections;  // by break-glass
    int emergency_hours{24};        // then break-glass ends by itself
    bool self_service{false};       // an unattended kiosk: the patient's card shows the patient their own record
    bool issues_cards{false};       // the region's office: its terminals may ask the region to issue cards
    bool operator==(const TypePolicy&) const = default;
};

// Whose certificates on ID cards this region believes: issuing authorities, DER. Empty: such cards are not used.
struct IdCardRoots {
    std::vector<base::Bytes> my_number;
    std::vector<base::Bytes> hpki;

    const std::vector<base::Bytes>& of(card::IdCardKind kind) const;
    bool operator==(const IdCardRoots&) const = default;
};

struct Policy {
    std::int64_t version{};
    TimeZone time_zone;
    std::chrono::seconds patient_idle{90};
    std::chrono::seconds staff_idle{300};
    std::chrono::seconds idle_warning{15};          // said this long before either
    std::chrono::minutes shift{4 * 60};             // so long the staff card alone opens a locked screen
    std::chrono::minutes clock_tolerance{24 * 60};  // a wall clock alone may end windows early by this much, no more
    int pin_tries{5};
    std::chrono::seconds pin_lock{60};
    IdCardRoots id_card_roots;
    std::map<FacilityType, TypePolicy> types;

    const TypePolicy& of(FacilityType type) const;  // a type the policy does not name may see nothing
    bool operator==(const Policy&) const = default;
};

Policy default_policy();

// 24:00 local time of the `days`th day after the tap, the day of the tap not counted (design §6).
UtcTime window_end(UtcTime tapped, int days, const TimeZone& zone);

}  // namespace kazashi::model
