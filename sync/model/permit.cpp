#include "sync/model/permit.h"

namespace kazashi::model {

base::Result<Permit> permit(const Grant& grant, Section section, const TrustedTime& time, OpenedBy by) {
    using base::Error;
    using base::Fault;
    if (by == OpenedBy::window && time.quality == ClockQuality::unsure) return Error{Fault::denied, "clock_unsure"};
    if (time.now < grant.granted_at) return Error{Fault::denied, "window has not begun"};
    if (time.now >= grant.expires_at) return Error{Fault::denied, "window has ended"};
    if (!grant.sections.has(section)) return Error{Fault::denied, "section is not part of the grant"};
    return Permit{grant.id, grant.patient, section};
}

}  // namespace kazashi::model
