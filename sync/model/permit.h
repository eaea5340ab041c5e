// Evidence that a grant was checked. It has no public constructor: only permit() makes one, and every store call that
// returns patient data takes one, so forgetting the check does not compile (design §6).
#pragma once

#include "cardio/base/result.h"
#include "sync/model/grant.h"
#include "sync/model/trusted_clock.h"

namespace kazashi::model {

// What a section is opened by: the act that makes the grant at this moment (a tap, break-glass), or a window made
// earlier.
enum class OpenedBy : std::uint8_t { act, window };

class Permit {
public:
    const GrantId& grant() const { return grant_; }
    const PatientRef& patient() const { return patient_; }
    Section section() const { return section_; }

private:
    Permit(GrantId grant, PatientRef patient, Section section) : grant_{grant}, patient_{patient}, section_{section} {}
    friend base::Result<Permit> permit(const Grant& grant, Section section, const TrustedTime& time, OpenedBy by);

    GrantId grant_;
    PatientRef patient_;
    Section section_;
};

// denied: the window has ended, has not begun, the section is not part of it, or nobody knows whether a window made
// earlier has ended ("clock_unsure").
base::Result<Permit> permit(const Grant& grant, Section section, const TrustedTime& time, OpenedBy by);

}  // namespace kazashi::model
