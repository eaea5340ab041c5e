// Cards themselves, as staff deal with them: lost, or made here. What happens to them the region does; what was asked
// here, and by whom, is on the record first.
#include <algorithm>

#include "sync/desk/parts.h"

namespace kazashi::desk {

using base::Error;
using base::Fault;
using model::LedgerKind;

Status Desk::report_lost(const LostCard& lost) {
    if (!parts_->session) return Error{Fault::denied, "nobody is signed in"};
    wire::LedgerBody body;
    body.staff = parts_->staff();
    if (lost.window) {
        KAZASHI_TRY(const auto windows, parts_->store.windows());
        const auto found = std::ranges::find_if(
            windows, [&lost](const store::WindowRow& row) { return row.grant.id == *lost.window; });
        if (found == windows.end()) return Error{Fault::not_found, "no such window"};
        body.patient = found->grant.patient;
    } else {
        body.number = lost.number;
    }
    return parts_->write(LedgerKind::card_lost, body);
}

Status Desk::begin_card_order(const char* what, card::CardKind kind, const std::string& number, const card::Idm& idm) {
    if (!parts_->session) return Error{Fault::denied, "nobody is signed in"};
    KAZASHI_TRY(const auto rules, parts_->rules());
    if (!rules.issues_cards) return Error{Fault::denied, "not_entitled"};
    wire::LedgerBody body;
    body.staff = parts_->staff();
    body.note = what;
    body.idm = idm;
    if (kind == card::CardKind::staff && !number.empty()) {
        body.other_staff = model::StaffId{number};
    } else {
        body.number = number;
    }
    return parts_->write(LedgerKind::card_issued, body);
}

}  // namespace kazashi::desk
