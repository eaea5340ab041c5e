// Within a shift the staff card alone opens a locked screen and takes it over from a colleague. PIN at its start and
// after power-off.
#include <algorithm>

#include "sync/desk/parts.h"
#include "sync/desk/staff_slot.h"

namespace kazashi::desk {

using base::Error;
using base::Fault;
using model::LedgerKind;

namespace {

// A lost card's shift must not wait for its end, nor that of somebody who has left.
Result<bool> may_go_on(store::Store& store, const model::StaffId& staff) {
    KAZASHI_TRY(const auto slot, slot_of(store, staff));
    if (!slot) return false;
    KAZASHI_TRY(const bool revoked, store.revoked(slot->card));
    if (revoked) return false;
    return still_staff(store, staff);
}

// Who came with an ID card may have lost the staff card: that alone ends nothing.
Result<bool> id_card_goes_on(store::Store& store, const model::StaffId& staff) {
    KAZASHI_TRY(const auto slots, store.id_slots());
    const bool has_slot =
        std::any_of(slots.begin(), slots.end(), [&](const vault::IdSlot& slot) { return slot.staff == staff; });
    if (!has_slot) return false;
    return still_staff(store, staff);
}

}  // namespace

bool Desk::Parts::in_shift(const model::StaffId& staff, model::UtcTime now) const {
    const auto shift = shifts.find(staff);
    return shift != shifts.end() && now < shift->second.until;
}

Result<vault::StoreKey> Desk::Parts::open_shift(const vault::Slot& slot, const card::Identity& card,
                                                const std::vector<card::Proof>& answers,
                                                const model::TrustedTime& now) {
    if (answers.size() != 2) return Error{Fault::malformed, "a slot wants two answers"};
    if (!in_shift(slot.staff, now.now)) return Error{Fault::denied, "outside a shift the PIN is needed"};
    auto store_key = shifts.at(slot.staff).key.open(card.idm, answers[0], answers[1]);
    if (store_key) return store_key;
    wire::LedgerBody body;
    body.staff = staff();
    body.other_staff = slot.staff;
    body.idm = card.idm;
    body.note = "shift_not_opened";
    KAZASHI_TRY([[maybe_unused]] const auto seq, store.append(entry(LedgerKind::card_refused, now, body)));
    return store_key.error();
}

Status Desk::Parts::close_session(LedgerKind kind, const std::string& note) {
    if (!session) return base::ok();
    wire::LedgerBody body;
    body.staff = staff();
    body.note = note;
    tap.reset();
    slot_draft.reset();
    id_draft.reset();
    holder_asked.reset();
    session.reset();
    return write(kind, body);
}

Status Desk::Parts::tend_staff(const model::TrustedTime& now) {
    std::erase_if(admissions, [&](const auto& one) { return now.now >= one.second.until; });
    for (auto one = admissions.begin(); one != admissions.end();) {
        KAZASHI_TRY(const bool staff, still_staff(store, one->first));
        one = staff ? std::next(one) : admissions.erase(one);
    }
    std::erase_if(shifts, [&](const auto& one) { return now.now >= one.second.until; });
    for (auto one = shifts.begin(); one != shifts.end();) {
        KAZASHI_TRY(const bool goes_on, may_go_on(store, one->first));
        one = goes_on ? std::next(one) : shifts.erase(one);
    }
    if (!session) return base::ok();
    if (session->admitted) {
        return admissions.contains(session->staff) ? base::ok()
                                                   : close_session(LedgerKind::sign_out, "admission_ended");
    }
    KAZASHI_TRY(const bool goes_on,
                session->by_id_card ? id_card_goes_on(store, session->staff) : may_go_on(store, session->staff));
    return goes_on ? base::ok() : close_session(LedgerKind::sign_out, "removed");
}

Result<SignedIn> Desk::unlock_shift(const card::Identity& card, std::vector<card::Proof> answers) {
    auto& store = parts_->store;
    KAZASHI_TRY(const auto slot, slot_for(store, card));
    KAZASHI_TRY(auto store_key, parts_->open_shift(slot, card, answers, parts_->clock.read()));
    KAZASHI_TRY(auto keys, open_key_ring(store, std::move(store_key)));
    KAZASHI_TRY(auto who, parts_->introduce(slot.staff, keys.facility));
    KAZASHI_CHECK(lock());
    wire::LedgerBody body;
    body.staff = slot.staff;
    KAZASHI_CHECK(parts_->write(LedgerKind::unlocked, body));
    parts_->begin_session(slot.staff, std::move(keys), false);
    return who;
}

std::vector<Colleague> Desk::shifts() const {
    const auto now = parts_->clock.read().now;
    std::vector<Colleague> list;
    for (const auto& [staff, shift] : parts_->shifts) {
        if (now < shift.until) list.push_back({staff, shift.name, true, false, shift.until});
    }
    return list;
}

Status Desk::lock() { return parts_->close_session(LedgerKind::locked, ""); }

Status Desk::sign_out() {
    if (!signed_in()) return base::ok();
    parts_->shifts.erase(parts_->staff());
    parts_->admissions.erase(parts_->staff());
    return parts_->close_session(LedgerKind::sign_out, "");
}

}  // namespace kazashi::desk
