#include "sync/desk/desk.h"

#include <algorithm>

#include "sync/desk/parts.h"

namespace kazashi::desk {

using base::Error;
using base::Fault;
using model::LedgerKind;

Desk::Parts::Parts(store::Store opened, const store::Enrolment& enrolment, model::TrustedClock& trusted)
    : store{std::move(opened)},
      terminal{enrolment.terminal},
      facility{enrolment.facility},
      region_seal{enrolment.region_seal},
      signing{enrolment.signing.secret.clone(), enrolment.signing.verify},
      clock{trusted} {
    store.set_signer(terminal, [this](model::LedgerEntry& made) { wire::sign_entry(made, signing); });
}

store::Store::NewEntry Desk::Parts::entry(LedgerKind kind, const model::TrustedTime& at,
                                          const wire::LedgerBody& body) const {
    return {kind, at.now, at.quality, vault::seal_to(region_seal, wire::encode(body))};
}

Status Desk::Parts::write(LedgerKind kind, const wire::LedgerBody& body) {
    const auto written = store.append(entry(kind, clock.read(), body));
    return written ? base::ok() : Status{written.error()};
}

Result<model::FacilityType> Desk::Parts::facility_type() {
    KAZASHI_TRY(const auto known, store.facility(facility.id));
    return known ? known->type : facility.type;
}

Desk::Desk(store::Store store, const store::Enrolment& enrolment, model::TrustedClock& clock)
    : parts_{std::make_unique<Parts>(std::move(store), enrolment, clock)} {}
Desk::~Desk() = default;

namespace {

// Nobody is signed in yet, so the card's index cannot be computed: the staff number on the card finds the slot.
Result<vault::Slot> slot_for(store::Store& store, const card::Identity& card) {
    if (card.record.kind != card::CardKind::staff) return Error{Fault::not_found, "not a staff card"};
    KAZASHI_TRY(const auto slots, store.slots());
    const auto slot = std::find_if(slots.begin(), slots.end(),
                                   [&](const vault::Slot& one) { return one.staff.str() == card.record.number; });
    if (slot == slots.end()) return Error{Fault::not_found, "no slot for this staff card"};
    KAZASHI_TRY(const bool revoked, store.revoked(slot->card));
    if (revoked) return Error{Fault::denied, "staff card is revoked"};
    KAZASHI_TRY(const auto member, store.staff(slot->staff));
    if (member && !member->active) return Error{Fault::denied, "no longer staff"};
    return *slot;
}

std::optional<model::UtcTime> lock_at(const store::SlotFailures& failures, model::UtcTime now) {
    return failures.locked_until && now < *failures.locked_until ? failures.locked_until : std::nullopt;
}

// The feed brings names sealed to the facility key; before the first one arrives there is none to show.
Result<std::string> staff_name(store::Store& store, const model::StaffId& staff, const vault::SealingPair& facility) {
    KAZASHI_TRY(const auto member, store.staff(staff));
    if (!member || member->sealed_name.empty()) return std::string{};
    KAZASHI_TRY(const auto name, vault::open_with(facility, member->sealed_name));
    return std::string{base::as_text(name.view())};
}

}  // namespace

Result<StaffChallenge> Desk::staff_card(const card::Identity& card) {
    KAZASHI_TRY(const auto slot, slot_for(parts_->store, card));
    KAZASHI_TRY(const auto failures, parts_->store.failures(slot.staff));
    return StaffChallenge{slot.staff, slot.first, slot.second, lock_at(failures, parts_->clock.read().now)};
}

Result<SignInAnswer> Desk::sign_in(const card::Identity& card, std::vector<card::Proof> answers,
                                   base::SecretBytes pin) {
    if (answers.size() != 2) return Error{Fault::malformed, "a slot wants two answers"};
    KAZASHI_TRY(const auto slot, slot_for(parts_->store, card));
    KAZASHI_TRY(const auto policy, parts_->store.policy());
    KAZASHI_TRY(auto failures, parts_->store.failures(slot.staff));
    const auto now = parts_->clock.read();
    if (const auto locked = lock_at(failures, now.now)) return SignInAnswer{WrongPin{0, locked}};

    auto store_key = vault::open_slot(slot, card.idm, answers[0], answers[1], pin);
    if (!store_key) {
        if (store_key.fault() != Fault::wrong_key) return store_key.error();
        ++failures.count;
        failures.locked_until.reset();
        if (failures.count >= policy.pin_tries) failures.locked_until = now.now + policy.pin_lock;
        wire::LedgerBody body;
        body.staff = slot.staff;
        body.note = "wrong_pin";
        const auto failed = parts_->entry(LedgerKind::sign_in_failed, now, body);
        KAZASHI_TRY([[maybe_unused]] const auto seq, parts_->store.append_sign_in(failed, slot.staff, failures));
        return SignInAnswer{WrongPin{std::max(0, policy.pin_tries - failures.count), failures.locked_until}};
    }

    KAZASHI_TRY(auto keys, open_key_ring(parts_->store, std::move(*store_key)));
    KAZASHI_TRY(auto name, staff_name(parts_->store, slot.staff, keys.facility));
    if (signed_in()) KAZASHI_CHECK(sign_out());
    wire::LedgerBody body;
    body.staff = slot.staff;
    KAZASHI_TRY([[maybe_unused]] const auto seq,
                parts_->store.append_sign_in(parts_->entry(LedgerKind::sign_in, now, body), slot.staff, {}));
    parts_->session.emplace(Session{slot.staff, std::move(keys), {}});
    return SignInAnswer{SignedIn{slot.staff, std::move(name)}};
}

Status Desk::sign_out() {
    if (!signed_in()) return base::ok();
    wire::LedgerBody body;
    body.staff = parts_->staff();
    // The keys go first: a full disk must not keep somebody signed in.
    forget_tap();
    parts_->session.reset();
    return parts_->write(LedgerKind::sign_out, body);
}

Result<SignedIn> Desk::who() {
    if (!signed_in()) return Error{Fault::denied, "nobody is signed in"};
    KAZASHI_TRY(auto name, staff_name(parts_->store, parts_->staff(), parts_->session->keys.facility));
    return SignedIn{parts_->staff(), std::move(name)};
}

bool Desk::signed_in() const { return parts_->session.has_value(); }

Result<store::LedgerCounts> Desk::ledger_counts() { return parts_->store.ledger_counts(); }

}  // namespace kazashi::desk
