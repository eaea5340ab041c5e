#include "sync/desk/staff_slot.h"

#include <algorithm>

namespace kazashi::desk {

using base::Error;
using base::Fault;

Result<std::optional<vault::Slot>> slot_of(store::Store& store, const model::StaffId& staff) {
    KAZASHI_TRY(const auto slots, store.slots());
    const auto slot =
        std::find_if(slots.begin(), slots.end(), [&](const vault::Slot& one) { return one.staff == staff; });
    return slot == slots.end() ? std::nullopt : std::optional{*slot};
}

Result<vault::Slot> slot_for(store::Store& store, const card::Identity& card) {
    if (card.record.kind != card::CardKind::staff) return Error{Fault::not_found, "not a staff card"};
    // First: the feed takes the slot of somebody who has left, and that is no reason to call them a stranger.
    const model::StaffId number{card.record.number};
    KAZASHI_TRY(const bool staff, still_staff(store, number));
    if (!staff) return Error{Fault::denied, "no longer staff"};
    KAZASHI_TRY(const auto slot, slot_of(store, number));
    if (!slot) return Error{Fault::not_found, "no slot for this staff card"};
    KAZASHI_TRY(const bool revoked, store.revoked(slot->card));
    if (revoked) return Error{Fault::denied, "staff card is revoked"};
    return *slot;
}

std::optional<model::UtcTime> lock_at(const store::SlotFailures& failures, model::UtcTime now) {
    return failures.locked_until && now < *failures.locked_until ? failures.locked_until : std::nullopt;
}

base::Error no_pin(const WrongPin& wrong) {
    if (wrong.locked_until) return {Fault::denied, "locked"};
    return {Fault::wrong_key, "the slot did not open"};
}

Result<bool> still_staff(store::Store& store, const model::StaffId& staff) {
    KAZASHI_TRY(const auto member, store.staff(staff));
    return !member || member->active;
}

Result<store::StaffRow> member_of(store::Store& store, const model::FacilityId& facility, const model::StaffId& staff) {
    KAZASHI_TRY(const auto member, store.staff(staff));
    if (!member || !member->active || member->facility != facility) {
        return Error{Fault::denied, "not of this facility's staff"};
    }
    return *member;
}

Result<std::string> name_of(const std::optional<store::StaffRow>& member, const vault::SealingPair& facility_key) {
    if (!member || member->sealed_name.empty()) return std::string{};
    KAZASHI_TRY(const auto name, vault::open_with(facility_key, member->sealed_name));
    return std::string{base::as_text(name.view())};
}

}  // namespace kazashi::desk
