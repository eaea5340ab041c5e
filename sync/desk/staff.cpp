// Signing in with card and PIN, and who is here.
#include <algorithm>

#include "sync/desk/parts.h"
#include "sync/desk/staff_slot.h"

namespace kazashi::desk {

using base::Error;
using base::Fault;
using model::LedgerKind;

Result<Desk::Parts::PinTry> Desk::Parts::try_pin(const vault::Slot& slot, const card::Identity& card,
                                                 const std::vector<card::Proof>& answers, const base::SecretBytes& pin,
                                                 const model::TrustedTime& now) {
    if (answers.size() != 2) return Error{Fault::malformed, "a slot wants two answers"};
    KAZASHI_TRY(const auto policy, store.policy());
    KAZASHI_TRY(auto failures, store.failures(slot.staff));
    if (const auto locked = lock_at(failures, now.now)) return PinTry{WrongPin{0, locked}};

    auto store_key = vault::open_slot(slot, card.idm, answers[0], answers[1], pin);
    if (store_key) return PinTry{std::move(*store_key)};
    if (store_key.fault() != Fault::wrong_key) return store_key.error();
    ++failures.count;
    failures.locked_until.reset();
    if (failures.count >= policy.pin_tries) failures.locked_until = now.now + policy.pin_lock;
    wire::LedgerBody body;
    body.staff = slot.staff;
    body.note = "wrong_pin";
    const auto failed = entry(LedgerKind::sign_in_failed, now, body);
    KAZASHI_TRY([[maybe_unused]] const auto seq, store.append_sign_in(failed, slot.staff, failures));
    return PinTry{WrongPin{std::max(0, policy.pin_tries - failures.count), failures.locked_until}};
}

Result<SignedIn> Desk::Parts::introduce(const model::StaffId& staff, const vault::SealingPair& facility_key) {
    KAZASHI_TRY(const auto member, store.staff(staff));
    KAZASHI_TRY(auto name, name_of(member, facility_key));
    KAZASHI_TRY(const auto policy, store.policy());
    KAZASHI_TRY(const auto type, facility_type());
    KAZASHI_TRY(const auto emergency_keys, store.emergency_keys());
    const bool may_search = policy.of(type).break_glass != model::BreakGlass::never && !emergency_keys.empty();
    return SignedIn{staff, std::move(name), may_search};
}

void Desk::Parts::begin_session(const model::StaffId& staff, KeyRing keys, bool admitted) {
    tap.reset();
    slot_draft.reset();
    id_draft.reset();
    holder_asked.reset();
    session.emplace(Session{staff, std::move(keys), admitted, false, {}, {}});
}

Result<StaffChallenge> Desk::staff_card(const card::Identity& card) {
    KAZASHI_TRY(const auto slot, slot_for(parts_->store, card));
    KAZASHI_TRY(const auto failures, parts_->store.failures(slot.staff));
    const auto now = parts_->clock.read().now;
    return StaffChallenge{slot.staff, slot.first, slot.second, lock_at(failures, now),
                          !parts_->in_shift(slot.staff, now)};
}

Result<SignInAnswer> Desk::sign_in(const card::Identity& card, std::vector<card::Proof> answers,
                                   base::SecretBytes pin) {
    auto& store = parts_->store;
    KAZASHI_TRY(const auto slot, slot_for(store, card));
    const auto now = parts_->clock.read();
    KAZASHI_TRY(auto tried, parts_->try_pin(slot, card, answers, pin, now));
    if (auto* wrong = std::get_if<WrongPin>(&tried)) return SignInAnswer{std::move(*wrong)};
    auto& store_key = std::get<vault::StoreKey>(tried);

    KAZASHI_TRY(const auto policy, store.policy());
    vault::ShiftKey shift_key{card.idm, answers[0], answers[1], store_key};
    KAZASHI_TRY(auto keys, open_key_ring(store, std::move(store_key)));
    KAZASHI_TRY(auto who, parts_->introduce(slot.staff, keys.facility));
    KAZASHI_TRY(const auto type, parts_->facility_type());
    KAZASHI_CHECK(keep_kiosk_index_key(store, keys.index, policy.of(type).self_service));
    KAZASHI_CHECK(lock());  // whoever was here before: their shift goes on
    wire::LedgerBody body;
    body.staff = slot.staff;
    KAZASHI_TRY([[maybe_unused]] const auto seq,
                store.append_sign_in(parts_->entry(LedgerKind::sign_in, now, body), slot.staff, {}));
    parts_->begin_session(slot.staff, std::move(keys), false);
    parts_->shifts.insert_or_assign(slot.staff, Shift{std::move(shift_key), now.now + policy.shift, who.name});
    return SignInAnswer{std::move(who)};
}

Result<SignedIn> Desk::who() {
    if (!signed_in()) return Error{Fault::denied, "nobody is signed in"};
    return parts_->introduce(parts_->staff(), parts_->session->keys.facility);
}

bool Desk::signed_in() const { return parts_->session.has_value(); }

}  // namespace kazashi::desk
