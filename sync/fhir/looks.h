// The patient's history, "who looked": a Bundle (type collection) of FHIR AuditEvents, newest first, and back. The
// region writes it into section `history`; a terminal reads it. Values follow IHE BALP: type and subtype rest|kazashi,
// purposeOfEvent of v3-ActReason (TREAT, ETREAT, PATRQT), the facility's name as agent.who.display, never a person's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cardio/base/result.h"
#include "sync/model/ids.h"
#include "sync/model/section.h"

namespace kazashi::fhir {

struct Look {
    model::GrantId view;  // of the grant it was made under; a withdrawal's own id
    model::UtcTime at;
    std::string facility;  // its name
    enum class Kind { grant, view, emergency, withdrawal, self } kind{};
    model::SectionSet sections;
    std::string reason;     // of a break-glass view: key of a sentence
    bool notice_pending{};  // a break-glass view the patient has not been told of
    bool operator==(const Look&) const = default;
};

std::string looks_bundle(const std::vector<Look>& looks);
// malformed: not such a Bundle. An AuditEvent that is not understood is left out.
base::Result<std::vector<Look>> read_looks(std::string_view json);

}  // namespace kazashi::fhir
