// One slot per staff member: the store key sealed under (staff card answers ‖ Argon2id(PIN)) (design §5). The PIN
// cannot be guessed without the card, the card opens nothing without the PIN.
#pragma once

#include <array>
#include <chrono>
#include <string_view>

#include "cardio/card/card.h"
#include "sync/model/feed.h"
#include "sync/vault/seal.h"
#include "sync/vault/tuning.h"

namespace kazashi::vault {

struct Slot {
    model::StaffId staff;
    model::CardIndex card;
    card::Challenge first;
    card::Challenge second;
    std::array<std::uint8_t, 16> salt{};
    std::uint64_t opslimit{};
    std::uint64_t memlimit{};  // bytes
    Bytes sealed_store_key;
};

// What Argon2id costs: passes, and bytes of memory.
struct PinCost {
    std::uint64_t opslimit{tuning::pin_opslimit};
    std::uint64_t memlimit{tuning::pin_memlimit};
    bool operator==(const PinCost&) const = default;
};
// The cost that takes about `target` of this machine's processor, never below the least of tuning.h. Takes the time of
// the least three times.
PinCost measure_pin_cost(std::chrono::milliseconds target);
// The same, from what the least and twice its passes have taken.
PinCost pin_cost(std::chrono::nanoseconds least, std::chrono::nanoseconds twice, std::chrono::milliseconds target);

// Challenges and salt for a new slot; `seal_slot` fills in the rest after the card has answered.
Slot draft_slot(model::StaffId staff, model::CardIndex card, PinCost cost = {});
// `pin` is 4 to 8 digits; malformed otherwise. Takes the Argon2id time: call it off the main thread.
base::Status seal_slot(Slot& slot, const card::Idm& idm, const card::Proof& first, const card::Proof& second,
                       const base::SecretBytes& pin, const StoreKey& store_key);
// wrong_key: wrong card or wrong PIN; nobody can tell which.
Result<StoreKey> open_slot(const Slot& slot, const card::Idm& idm, const card::Proof& first, const card::Proof& second,
                           const base::SecretBytes& pin);

// The same slot with another PIN; card and store key stay. wrong_key: the old PIN or the card is not it. malformed: the
// new one is no PIN. The slot is as it was unless it succeeds.
base::Status change_pin(Slot& slot, const card::Idm& idm, const card::Proof& first, const card::Proof& second,
                        const base::SecretBytes& old_pin, const base::SecretBytes& new_pin);

// Within a shift the staff card alone opens a locked screen: the store key sealed under the card's two answers, in
// memory only. It goes with the process, with the end of the shift and with signing out.
class ShiftKey {
public:
    ShiftKey(const card::Idm& idm, const card::Proof& first, const card::Proof& second, const StoreKey& store_key);
    Result<StoreKey> open(const card::Idm& idm, const card::Proof& first, const card::Proof& second) const;

private:
    std::array<std::uint8_t, 16> salt_{};
    Bytes sealed_;
};

}  // namespace kazashi::vault
