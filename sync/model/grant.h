// Patient P lets facility F look until T (design §6). Made by a tap, evidenced by the card's proof.
#pragma once

#include <string>

#include "sync/model/ids.h"
#include "sync/model/section.h"

namespace kazashi::model {

struct Grant {
    GrantId id;
    PatientRef patient;
    FacilityId facility;
    TerminalId terminal;
    StaffId staff;
    std::string purpose;  // one of `purpose` below
    SectionSet sections;
    UtcTime granted_at;
    UtcTime expires_at;
    bool operator==(const Grant&) const = default;
};

namespace purpose {
inline constexpr const char* treatment = "treatment";  // a window of policy days, by the patient's card
inline constexpr const char* emergency = "emergency";  // break-glass: no card, ends by itself, reviewed by the region
inline constexpr const char* self = "self";            // the patient alone, or their own history: no window
}  // namespace purpose

// The patient takes a permission back, with their card at any terminal. The card's answer to its hash is the proof.
struct Withdrawal {
    GrantId id;  // random
    PatientRef patient;
    TerminalId terminal;
    FacilityId facility;  // whose windows end; empty: everybody's
    UtcTime at;
    bool operator==(const Withdrawal&) const = default;
};

}  // namespace kazashi::model
