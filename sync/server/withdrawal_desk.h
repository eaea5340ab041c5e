// The patient takes a permission back: by card at a terminal, or on paper at the region. Windows end, wraps leave the
// feed, and the facilities hear of it with their next page.
#pragma once

#include "sync/server/packer.h"

namespace kazashi::server {

// One whose proof was checked, or that needs none: recorded, shown in the patient's history, and done.
Status withdraw(Records& records, const model::Withdrawal& withdrawal, model::UtcTime now);

// On paper. `facility` empty: everybody's. not_found: no such patient or facility.
Status withdraw_on_paper(Records& records, const Packer& packer, const std::string& number,
                         const model::FacilityId& facility, model::UtcTime now);

// This facility sees nothing of this patient any more, card or not; `undo` lets it again. not_found as above; denied:
// it is so already.
struct ExclusionWish {
    std::string number;
    model::FacilityId facility;
    bool undo{};
};
Status exclude(Records& records, const ExclusionWish& wish, model::UtcTime now);

// not_found in a sentence.
Result<PatientRecord> patient_with(Records& records, const std::string& number);

}  // namespace kazashi::server
