#include "sync/vault/slot.h"

#include <sodium.h>
#include <time.h>

#include <algorithm>
#include <utility>

#include "sync/vault/hasher.h"
#include "sync/vault/tuning.h"

namespace kazashi::vault {

namespace {

static_assert(tuning::pin_opslimit == crypto_pwhash_OPSLIMIT_INTERACTIVE);
static_assert(tuning::pin_memlimit == crypto_pwhash_MEMLIMIT_INTERACTIVE);
static_assert(decltype(Slot::salt){}.size() == crypto_pwhash_SALTBYTES);

bool is_pin(ByteView pin) {
    return pin.size() >= tuning::least_pin_digits && pin.size() <= tuning::most_pin_digits &&
           std::all_of(pin.begin(), pin.end(), [](auto digit) { return digit >= '0' && digit <= '9'; });
}

bool costs_are_sane(const Slot& slot) {
    return slot.opslimit >= tuning::pin_opslimit && slot.opslimit <= tuning::most_pin_opslimit &&
           slot.memlimit >= tuning::pin_memlimit && slot.memlimit <= tuning::most_pin_memlimit;
}

Result<base::Secret<32>> stretch(const Slot& slot, ByteView pin) {
    base::Secret<32> stretched;
    if (crypto_pwhash(stretched.data(), 32, base::as_text(pin).data(), pin.size(), slot.salt.data(), slot.opslimit,
                      slot.memlimit, crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return base::Error{base::Fault::limit, "not enough memory for Argon2id"};
    }
    return stretched;
}

Result<SlotKey> slot_key(const Slot& slot, const card::Idm& idm, const card::Proof& first, const card::Proof& second,
                         ByteView pin) {
    KAZASHI_TRY(const auto stretched, stretch(slot, pin));
    SlotKey key;
    Hasher{"kazashi/slot/1", 32}
        .add(idm.view())
        .add(slot.first.view())
        .add(first.view())
        .add(slot.second.view())
        .add(second.view())
        .add(stretched.view())
        .finish(key.bytes.data());
    return key;
}

// Of this thread: what else the machine does at that moment says nothing about a thief's.
std::chrono::nanoseconds processor_time() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec};
}

// Without the memory for it: for ever. It is asked for at every sign-in, and then the least is what will be tried.
std::chrono::nanoseconds time_of(PinCost cost) {
    const auto slot = draft_slot({}, {}, cost);
    const auto before = processor_time();
    return stretch(slot, base::as_bytes("0000")) ? processor_time() - before : std::chrono::hours{24};
}

// Ties the sealed key to its owner: slots cannot change places in the store.
Bytes slot_header(const Slot& slot) {
    static constexpr std::string_view label = "kazashi/store-key/1";
    Bytes about{label.begin(), label.end()};
    about.push_back(0);
    base::append(about, slot.card.view());
    base::append(about, base::as_bytes(slot.staff.str()));
    return about;
}

Result<StoreKey> to_store_key(ByteView plain) {
    if (plain.size() != 32) return base::Error{base::Fault::corrupt, "slot does not hold a store key"};
    return StoreKey{base::Secret<32>{plain.first<32>()}};
}

constexpr std::string_view shift_label = "kazashi/shift/1";

SlotKey shift_slot_key(ByteView salt, const card::Idm& idm, const card::Proof& first, const card::Proof& second) {
    SlotKey key;
    Hasher{shift_label, 32}.add(salt).add(idm.view()).add(first.view()).add(second.view()).finish(key.bytes.data());
    return key;
}

}  // namespace

PinCost pin_cost(std::chrono::nanoseconds least, std::chrono::nanoseconds twice, std::chrono::milliseconds target) {
    // Getting the memory costs as well, so a pass is what the further ones have taken.
    const auto pass = std::max(std::chrono::nanoseconds{1}, (twice - least) / int{tuning::pin_opslimit});
    const auto further = std::max(std::chrono::nanoseconds{0}, target - least + pass / 2) / pass;
    const auto passes = tuning::pin_opslimit + static_cast<std::uint64_t>(further);
    return {std::min(passes, tuning::most_pin_opslimit), tuning::pin_memlimit};
}

PinCost measure_pin_cost(std::chrono::milliseconds target) {
    const auto least = time_of({});
    return pin_cost(least, time_of({2 * tuning::pin_opslimit, tuning::pin_memlimit}), target);
}

Slot draft_slot(model::StaffId staff, model::CardIndex card, PinCost cost) {
    Slot slot;
    slot.staff = std::move(staff);
    slot.card = card;
    random_bytes(slot.first.bytes.data(), slot.first.bytes.size());
    random_bytes(slot.second.bytes.data(), slot.second.bytes.size());
    random_bytes(slot.salt.data(), slot.salt.size());
    slot.opslimit = cost.opslimit;
    slot.memlimit = cost.memlimit;
    return slot;
}

base::Status seal_slot(Slot& slot, const card::Idm& idm, const card::Proof& first, const card::Proof& second,
                       const base::SecretBytes& pin, const StoreKey& store_key) {
    if (!is_pin(pin.view())) return base::Error{base::Fault::malformed, "a PIN is 4 to 8 digits"};
    KAZASHI_TRY(const auto key, slot_key(slot, idm, first, second, pin.view()));
    slot.sealed_store_key = seal(key.bytes, slot_header(slot), store_key.bytes.view());
    return base::ok();
}

Result<StoreKey> open_slot(const Slot& slot, const card::Idm& idm, const card::Proof& first, const card::Proof& second,
                           const base::SecretBytes& pin) {
    if (!costs_are_sane(slot)) return base::Error{base::Fault::corrupt, "slot costs out of range"};
    if (!is_pin(pin.view())) return base::Error{base::Fault::wrong_key, "slot does not open"};
    KAZASHI_TRY(const auto key, slot_key(slot, idm, first, second, pin.view()));
    KAZASHI_TRY(const auto plain, open(key.bytes, slot_header(slot), slot.sealed_store_key));
    return to_store_key(plain.view());
}

base::Status change_pin(Slot& slot, const card::Idm& idm, const card::Proof& first, const card::Proof& second,
                        const base::SecretBytes& old_pin, const base::SecretBytes& new_pin) {
    KAZASHI_TRY(const auto store_key, open_slot(slot, idm, first, second, old_pin));
    auto changed = slot;
    random_bytes(changed.salt.data(), changed.salt.size());
    KAZASHI_CHECK(seal_slot(changed, idm, first, second, new_pin, store_key));
    slot = std::move(changed);
    return base::ok();
}

ShiftKey::ShiftKey(const card::Idm& idm, const card::Proof& first, const card::Proof& second,
                   const StoreKey& store_key) {
    random_bytes(salt_.data(), salt_.size());
    const auto key = shift_slot_key(salt_, idm, first, second);
    sealed_ = seal(key.bytes, base::as_bytes(shift_label), store_key.bytes.view());
}

Result<StoreKey> ShiftKey::open(const card::Idm& idm, const card::Proof& first, const card::Proof& second) const {
    const auto key = shift_slot_key(salt_, idm, first, second);
    KAZASHI_TRY(const auto plain, vault::open(key.bytes, base::as_bytes(shift_label), sealed_));
    return to_store_key(plain.view());
}

}  // namespace kazashi::vault
