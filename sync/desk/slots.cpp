// Staff slots after enrolment: another PIN, a colleague's slot made or taken away.
#include "sync/desk/parts.h"
#include "sync/desk/staff_slot.h"
#include "sync/vault/tuning.h"

namespace kazashi::desk {

using base::Error;
using base::Fault;
using model::LedgerKind;

Status Desk::change_pin(const card::Identity& card, std::vector<card::Proof> answers, base::SecretBytes old_pin,
                        base::SecretBytes new_pin) {
    auto& store = parts_->store;
    KAZASHI_TRY(auto slot, slot_for(store, card));
    const auto now = parts_->clock.read();
    KAZASHI_TRY(const auto tried, parts_->try_pin(slot, card, answers, old_pin, now));
    if (const auto* wrong = std::get_if<WrongPin>(&tried)) return no_pin(*wrong);
    KAZASHI_CHECK(vault::change_pin(slot, card.idm, answers[0], answers[1], old_pin, new_pin));
    wire::LedgerBody body;
    body.staff = slot.staff;
    return store.put_slot(slot, parts_->entry(LedgerKind::pin_changed, now, body));
}

Result<std::vector<Colleague>> Desk::colleagues() {
    if (!signed_in()) return Error{Fault::denied, "nobody is signed in"};
    auto& store = parts_->store;
    KAZASHI_TRY(const auto members, store.staff_of(parts_->facility.id));
    const auto now = parts_->clock.read().now;
    std::vector<Colleague> list;
    for (const auto& member : members) {
        if (member.id == parts_->staff()) continue;
        KAZASHI_TRY(auto name, name_of(member, parts_->session->keys.facility));
        KAZASHI_TRY(const auto slot, slot_of(store, member.id));
        Colleague colleague{member.id, std::move(name), slot.has_value(), parts_->is_admitted(member.id, now), {}};
        if (parts_->in_shift(member.id, now)) colleague.shift_until = parts_->shifts.at(member.id).until;
        if (colleague.admitted) colleague.shift_until = parts_->admissions.at(member.id).until;
        list.push_back(std::move(colleague));
    }
    return list;
}

Result<StaffChallenge> Desk::draft_slot(const card::Identity& card) {
    parts_->slot_draft.reset();
    if (!signed_in()) return Error{Fault::denied, "nobody is signed in"};
    if (card.record.kind != card::CardKind::staff) return Error{Fault::not_found, "not a staff card"};
    auto& store = parts_->store;
    const model::StaffId staff{card.record.number};
    KAZASHI_TRY([[maybe_unused]] const auto member, member_of(store, parts_->facility.id, staff));
    // Another card or PIN for somebody who has a slot: it is taken away first, which is an entry of its own.
    KAZASHI_TRY(const auto there, slot_of(store, staff));
    if (there) return Error{Fault::denied, "has a slot here already"};
    const auto index = vault::card_index(parts_->session->keys.index, card.idm);
    KAZASHI_TRY(const bool revoked, store.revoked(index));
    if (revoked) return Error{Fault::denied, "staff card is revoked"};

    auto& draft = parts_->slot_draft.emplace();
    draft.slot = vault::draft_slot(staff, index, vault::measure_pin_cost(vault::tuning::pin_time));
    draft.idm = card.idm;
    return StaffChallenge{staff, draft.slot.first, draft.slot.second, {}, true};
}

Status Desk::add_slot(const card::Identity& card, std::vector<card::Proof> answers, base::SecretBytes pin) {
    auto& draft = parts_->slot_draft;
    if (!signed_in() || !draft || draft->idm != card.idm || draft->slot.staff.str() != card.record.number) {
        return Error{Fault::out_of_order, "no slot was drafted for this card"};
    }
    if (answers.size() != 2) return Error{Fault::malformed, "a slot wants two answers"};
    KAZASHI_CHECK(vault::seal_slot(draft->slot, card.idm, answers[0], answers[1], pin, parts_->session->keys.store));
    wire::LedgerBody body;
    body.staff = parts_->staff();
    body.other_staff = draft->slot.staff;
    body.idm = card.idm;  // the region knows whose it is: a card that only says so is found out
    KAZASHI_CHECK(
        parts_->store.put_slot(draft->slot, parts_->entry(LedgerKind::slot_added, parts_->clock.read(), body)));
    parts_->shifts.erase(draft->slot.staff);
    draft.reset();
    return base::ok();
}

Status Desk::remove_slot(const model::StaffId& staff) {
    if (!signed_in()) return Error{Fault::denied, "nobody is signed in"};
    wire::LedgerBody body;
    body.staff = parts_->staff();
    body.other_staff = staff;
    KAZASHI_CHECK(
        parts_->store.remove_slot(staff, parts_->entry(LedgerKind::slot_removed, parts_->clock.read(), body)));
    parts_->shifts.erase(staff);
    return staff == parts_->staff() ? sign_out() : base::ok();
}

}  // namespace kazashi::desk
