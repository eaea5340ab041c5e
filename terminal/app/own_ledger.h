// The ledger of a terminal that is not running: one more entry, and all of it to the region.
#pragma once

#include "sync/engine/engine.h"
#include "sync/store/enrolment.h"
#include "sync/store/store.h"

namespace kazashi::app {

class OwnLedger {
public:
    // Both outlive it.
    OwnLedger(store::Store& store, const store::Enrolment& enrolment, const base::Clock& clock);

    // not_found: nothing was ever written.
    base::Result<model::LedgerEntry> newest();
    base::Result<std::vector<model::LedgerEntry>> all();  // what is still here
    base::Status append(model::LedgerKind kind, const std::string& note);
    base::Status append(model::LedgerKind kind, const wire::LedgerBody& body);
    // Pushes until the region has everything, and returns its receipt for the newest entry; asked again, the same one.
    // server_fault: the region has a problem with this ledger; the detail names it.
    base::Result<model::Receipt> settle(engine::Region& region);

private:
    store::Store& store_;
    const store::Enrolment& enrolment_;
    const base::Clock& clock_;
};

}  // namespace kazashi::app
