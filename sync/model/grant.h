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
    std::string purpose;  // "treatment"
    SectionSet sections;
    UtcTime granted_at;
    UtcTime expires_at;
    bool operator==(const Grant&) const = default;
};

}  // namespace kazashi::model
