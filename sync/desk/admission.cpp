// Two colleagues with their cards let a third in whose card or PIN is not at hand, for one shift, on the record.
#include "sync/desk/parts.h"
#include "sync/desk/staff_slot.h"

namespace kazashi::desk {

using base::Error;
using base::Fault;
using model::LedgerKind;

bool Desk::Parts::is_admitted(const model::StaffId& staff, model::UtcTime now) const {
    const auto admission = admissions.find(staff);
    return admission != admissions.end() && now < admission->second.until;
}

Result<model::StaffId> Desk::Parts::verify_colleague(const card::Identity& card, std::vector<card::Proof> answers,
                                                     std::optional<base::SecretBytes> pin) {
    KAZASHI_TRY(const auto slot, slot_for(store, card));
    const auto now = clock.read();
    if (!pin) {
        KAZASHI_TRY([[maybe_unused]] const auto opened, open_shift(slot, card, answers, now));
        return slot.staff;
    }
    KAZASHI_TRY(const auto tried, try_pin(slot, card, answers, *pin, now));
    if (const auto* wrong = std::get_if<WrongPin>(&tried)) return no_pin(*wrong);
    return slot.staff;
}

Result<SignedIn> Desk::admit(const model::StaffId& third, const card::Identity& second,
                             std::vector<card::Proof> answers, std::optional<base::SecretBytes> pin) {
    if (!signed_in()) return Error{Fault::denied, "nobody is signed in"};
    auto& store = parts_->store;
    auto& session = *parts_->session;
    // Two cards must have been here; whoever was let in has shown none.
    if (session.admitted) return Error{Fault::denied, "was let in without a card"};
    if (third == session.staff) return Error{Fault::denied, "is signed in"};
    KAZASHI_TRY([[maybe_unused]] const auto member, member_of(store, parts_->facility.id, third));
    const model::StaffId colleague{second.record.number};
    if (colleague == session.staff || colleague == third) return Error{Fault::denied, "same_staff"};
    KAZASHI_TRY([[maybe_unused]] const auto verified,
                parts_->verify_colleague(second, std::move(answers), std::move(pin)));
    KAZASHI_TRY(const auto policy, store.policy());
    KAZASHI_TRY(auto who, parts_->introduce(third, session.keys.facility));

    const auto now = parts_->clock.read();
    wire::LedgerBody locked;
    locked.staff = session.staff;
    wire::LedgerBody admitted;
    admitted.staff = session.staff;
    admitted.second_staff = colleague;
    admitted.other_staff = third;
    wire::LedgerBody signed_in;
    signed_in.staff = third;
    signed_in.note = "admitted";
    KAZASHI_TRY([[maybe_unused]] const auto seq,
                store.append_all({parts_->entry(LedgerKind::locked, now, locked),
                                  parts_->entry(LedgerKind::admitted, now, admitted),
                                  parts_->entry(LedgerKind::sign_in, now, signed_in)}));
    parts_->admissions.insert_or_assign(third, Admission{now.now + policy.shift, who.name});
    auto keys = std::move(session.keys);
    parts_->begin_session(third, std::move(keys), true);
    return who;
}

Result<SignedIn> Desk::switch_to(const model::StaffId& admitted) {
    if (!signed_in()) return Error{Fault::denied, "nobody is signed in"};
    auto& session = *parts_->session;
    const auto now = parts_->clock.read();
    if (!parts_->is_admitted(admitted, now.now)) return Error{Fault::denied, "not let in"};
    KAZASHI_TRY([[maybe_unused]] const auto member, member_of(parts_->store, parts_->facility.id, admitted));
    KAZASHI_TRY(auto who, parts_->introduce(admitted, session.keys.facility));
    wire::LedgerBody locked;
    locked.staff = session.staff;
    wire::LedgerBody unlocked;
    unlocked.staff = admitted;
    unlocked.note = "admitted";
    KAZASHI_TRY([[maybe_unused]] const auto seq,
                parts_->store.append_all({parts_->entry(LedgerKind::locked, now, locked),
                                          parts_->entry(LedgerKind::unlocked, now, unlocked)}));
    auto keys = std::move(session.keys);
    parts_->begin_session(admitted, std::move(keys), true);
    return who;
}

}  // namespace kazashi::desk
