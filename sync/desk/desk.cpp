#include "sync/desk/desk.h"

#include "sync/desk/parts.h"

namespace kazashi::desk {

using model::LedgerKind;

Desk::Parts::Parts(store::Store opened, const store::Enrolment& enrolment, model::TrustedClock& trusted)
    : store{std::move(opened)},
      terminal{enrolment.terminal},
      facility{enrolment.facility},
      region_seal{enrolment.region_seal},
      region_verify{enrolment.region_verify},
      signing{enrolment.signing.secret.clone(), enrolment.signing.verify},
      clock{trusted} {
    store.set_signer(terminal, [this](model::LedgerEntry& made) { wire::sign_entry(made, signing); });
}

store::Store::NewEntry Desk::Parts::entry(LedgerKind kind, const model::TrustedTime& at,
                                          const wire::LedgerBody& body) const {
    return {kind, at.now, at.quality, vault::seal_to(region_seal, wire::encode(body))};
}

Status Desk::Parts::write(LedgerKind kind, const wire::LedgerBody& body) {
    const auto written = store.append(entry(kind, clock.read(), body));
    return written ? base::ok() : Status{written.error()};
}

Result<model::FacilityType> Desk::Parts::facility_type() {
    KAZASHI_TRY(const auto known, store.facility(facility.id));
    return known ? known->type : facility.type;
}

Desk::Desk(store::Store store, const store::Enrolment& enrolment, model::TrustedClock& clock)
    : parts_{std::make_unique<Parts>(std::move(store), enrolment, clock)} {}
Desk::~Desk() = default;

Result<store::LedgerCounts> Desk::ledger_counts() { return parts_->store.ledger_counts(); }
Result<model::Policy> Desk::policy() { return parts_->store.policy(); }

}  // namespace kazashi::desk
