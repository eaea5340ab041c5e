// Evidence that a grant was checked. It has no public constructor: only permit() makes one, and every store call that
// returns patient data takes one, so forgetting the check does not compile (design §6).
#pragma once

#include "cardio/base/result.h"
#include "sync/model/grant.h"

namespace kazashi::model {

class Permit {
public:
    const GrantId& grant() const { return grant_; }
    const PatientRef& patient() const { return patient_; }
    Section section() const { return section_; }

private:
    Permit(GrantId grant, PatientRef patient, Section section)
        : grant_{grant}, patient_{patient}, section_{section} {}
    friend base::Result<Permit> permit(const Grant& grant, Section section, UtcTime now);

    GrantId grant_;
    PatientRef patient_;
    Section section_;
};

// denied: the window has ended, has not begun, or the section is not part of it. `now` is trusted time.
base::Result<Permit> permit(const Grant& grant, Section section, UtcTime now);

}  // namespace kazashi::model
