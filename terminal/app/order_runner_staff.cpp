// Orders about staff. Whoever answers with a PIN has laid their card on before: it is the one looked up last.
#include <utility>

#include "terminal/app/order_runner.h"

namespace kazashi::app {

void OrderRunner::operator()(state::DraftSlot& order) {
    card_ = order.identity;
    answer(order.session, During::staff_card, desk_.draft_slot(order.identity), [&](desk::StaffChallenge found) {
        return state::StaffCardKnown{order.session, std::move(found)};
    });
}

void OrderRunner::operator()(state::TrySignIn& order) {
    const auto* staff_card = card(order.session, During::sign_in);
    if (staff_card == nullptr) return;
    answer(order.session, During::sign_in, desk_.sign_in(*staff_card, std::move(order.answers), std::move(order.pin)),
           [&](desk::SignInAnswer answered) {
               return state::SignInDone{order.session, std::move(answered)};
           });
    tell_counts();
}

void OrderRunner::operator()(state::TryShift& order) {
    const auto* staff_card = card(order.session, During::sign_in);
    if (staff_card == nullptr) return;
    answer(order.session, During::sign_in, desk_.unlock_shift(*staff_card, std::move(order.answers)),
           [&](desk::SignedIn who) {
               return state::SignInDone{order.session, std::move(who)};
           });
    tell_counts();
}

// The card looked up last may be the next person's, who is at the PIN pad already: it stays.
void OrderRunner::operator()(state::LockDesk&) {
    if (desk_.signed_in()) settle(desk_.lock());
    post(state::ShiftsListed{desk_.shifts()});
    tell_counts();
}

void OrderRunner::operator()(state::SignOutDesk&) {
    settle(desk_.sign_out());
    tell_counts();
}

void OrderRunner::operator()(state::ListColleagues&) {
    answer(0, During::other, desk_.colleagues(),
           [](std::vector<desk::Colleague> colleagues) { return state::ColleaguesListed{std::move(colleagues)}; });
}

void OrderRunner::operator()(state::ChangePin& order) {
    const auto* own = card(order.session, During::change_pin);
    if (own == nullptr) return;
    const auto changed =
        desk_.change_pin(*own, std::move(order.answers), std::move(order.old_pin), std::move(order.new_pin));
    answer(order.session, During::change_pin, changed, [&](base::Done) { return state::PinChanged{order.session}; });
    tell_counts();
}

void OrderRunner::operator()(state::AddSlot& order) {
    const auto* theirs = card(order.session, During::add_slot);
    if (theirs == nullptr) return;
    const auto added = desk_.add_slot(*theirs, std::move(order.answers), std::move(order.pin));
    answer(order.session, During::add_slot, added, [&](base::Done) { return state::SlotAdded{order.session}; });
    tell_counts();
}

void OrderRunner::operator()(state::RemoveSlot& order) {
    answer(0, During::remove_slot, desk_.remove_slot(order.staff),
           [&](base::Done) { return state::SlotRemoved{order.staff}; });
    tell_counts();
}

void OrderRunner::operator()(state::LetInColleague& order) {
    const auto* second = card(order.session, During::let_in);
    if (second == nullptr) return;
    answer(order.session, During::let_in,
           desk_.admit(order.third, *second, std::move(order.answers), std::move(order.pin)),
           [](desk::SignedIn who) { return state::LetIn{std::move(who)}; });
    tell_counts();
}

void OrderRunner::operator()(state::TakeOver& order) {
    answer(0, During::take_over, desk_.switch_to(order.admitted),
           [](desk::SignedIn who) { return state::LetIn{std::move(who)}; });
    tell_counts();
}

}  // namespace kazashi::app
