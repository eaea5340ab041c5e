// The patient takes it back, by card.
#include "sync/desk/parts.h"

namespace kazashi::desk {

using base::Error;
using base::Fault;
using model::LedgerKind;

Result<card::Challenge> Desk::draft_withdrawal(bool everybody) {
    auto& tap = parts_->tap;
    if (!tap || !tap->key) return Error{Fault::out_of_order, "the lock is not open"};
    model::Withdrawal withdrawal;
    vault::random_bytes(withdrawal.id.bytes.data(), withdrawal.id.bytes.size());
    withdrawal.patient = tap->lock.patient;
    withdrawal.terminal = parts_->terminal;
    if (!everybody) withdrawal.facility = parts_->facility.id;
    withdrawal.at = parts_->clock.read().now;
    tap->withdrawal = withdrawal;
    return vault::withdrawal_challenge(wire::encode(withdrawal));
}

Status Desk::withdraw(card::Proof proof) {
    auto& tap = parts_->tap;
    if (!tap || !tap->key || !tap->withdrawal) return Error{Fault::out_of_order, "no withdrawal was drafted"};
    const auto now = parts_->clock.read();
    const auto patient = tap->lock.patient;
    wire::LedgerBody withdrawn;
    withdrawn.staff = parts_->staff();
    withdrawn.patient = patient;
    withdrawn.withdrawal = tap->withdrawal;
    withdrawn.proof.assign(proof.view().begin(), proof.view().end());
    withdrawn.idm = tap->idm;

    // Every window here is this facility's, so either kind of withdrawal ends it.
    KAZASHI_TRY(const auto windows, parts_->store.windows());
    std::vector<store::Store::EndOfWindow> ends;
    for (const auto& window : windows) {
        if (window.grant.patient != patient) continue;
        ends.push_back({window.grant.id, parts_->end_of(window, "withdrawn", now)});
    }
    KAZASHI_CHECK(parts_->store.withdraw(parts_->entry(LedgerKind::withdrawal, now, withdrawn), ends));
    for (const auto& end : ends) {
        if (parts_->session) parts_->session->names.forget(end.grant);
    }
    forget_tap();
    return base::ok();
}

}  // namespace kazashi::desk
