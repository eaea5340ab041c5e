// From a request to its answer. Who may ask for what is decided before the body is read; nothing throws out of here,
// whatever the bytes.
#pragma once

#include <variant>

#include "sync/server/card_desk.h"
#include "sync/server/feed.h"
#include "sync/server/fhir_routes.h"
#include "sync/server/http_types.h"
#include "sync/server/ledger_desk.h"

namespace kazashi::server {

class Router {
public:
    // The region and the clock outlive the router. Safe to use from several threads.
    Router(Region& region, const base::Clock& clock);

    // By method, target and peer alone: how long the body may be, or the answer that makes reading it needless.
    std::variant<std::size_t, HttpAnswer> admit(const HttpRequest& head) const;
    HttpAnswer answer(const HttpRequest& request);
    // What a body gets that is longer than admit() allowed.
    HttpAnswer too_long(const HttpRequest& head) const;

private:
    HttpAnswer dispatch(const HttpRequest& request);
    // Whose certificate this is, as long as it is believed: what a lost terminal says is not, and one that has ended is
    // only heard at the door its last entry came through.
    enum class Door { any, ledger, rekey };
    Result<TerminalRecord> terminal_of(Records& records, const HttpRequest& request, Door door = Door::any) const;
    Result<SignedPage> feed_page(const HttpRequest& request, model::Cursor after, bool& names_are_due);
    Result<Bytes> feed(const HttpRequest& request);
    Result<Bytes> time(const HttpRequest& request);
    Result<Bytes> ledger(const HttpRequest& request);
    Result<Bytes> enrolment(const HttpRequest& request);
    Result<Bytes> new_keys(const HttpRequest& request);
    Result<Bytes> card(const HttpRequest& request);

    Region& region_;
    RegionClock clock_;
    Packer packer_;
    LedgerDesk ledger_desk_;
    CardDesk card_desk_;
    ImportDesk import_desk_;
    FhirRoutes fhir_;
};

}  // namespace kazashi::server
