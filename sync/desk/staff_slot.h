// A staff card and its slot on this terminal.
#pragma once

#include "sync/desk/desk.h"

namespace kazashi::desk {

// Nobody is signed in yet, so the card's index cannot be computed: the staff number on the card finds the slot.
// not_found: no slot here. denied: card revoked, or no longer staff.
Result<vault::Slot> slot_for(store::Store& store, const card::Identity& card);
Result<std::optional<vault::Slot>> slot_of(store::Store& store, const model::StaffId& staff);

// Until when a slot takes no PIN; none when it does.
std::optional<model::UtcTime> lock_at(const store::SlotFailures& failures, model::UtcTime now);

// A try that failed, for who does not say how many are left: wrong_key, or denied "locked".
base::Error no_pin(const WrongPin& wrong);

// False once the feed has said so; somebody the feed has not named yet is staff by their slot.
Result<bool> still_staff(store::Store& store, const model::StaffId& staff);
// denied: not an active member of this facility, as far as the feed knows.
Result<store::StaffRow> member_of(store::Store& store, const model::FacilityId& facility, const model::StaffId& staff);

// The feed brings names sealed to the facility key; before the first one arrives there is none to show.
Result<std::string> name_of(const std::optional<store::StaffRow>& member, const vault::SealingPair& facility_key);

}  // namespace kazashi::desk
