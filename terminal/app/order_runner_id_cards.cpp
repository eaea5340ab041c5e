// Orders about ID cards: what one is to sign, and what its signature opens.
#include <utility>

#include "terminal/app/order_runner.h"

namespace kazashi::app {

using For = state::IdCard::For;

void OrderRunner::operator()(state::AskIdCard& order) {
    const auto digest = [&]() -> base::Result<card::Digest> {
        switch (order.purpose) {
            case For::holder:
                return desk_.draft_holder();
            case For::sign_in:
                return desk_.staff_id_challenge();
            case For::registering:
                break;
        }
        return desk_.draft_id_slot();
    };
    answer(order.session, During::id_card, digest(), [&](const card::Digest& asked) {
        return state::IdCardAsked{order.session, asked};
    });
}

void OrderRunner::operator()(state::NoteWrongIdPin& order) {
    const bool blocked = order.tries_left == 0;
    answer(order.session, During::id_card, desk_.id_card_pin_refused(blocked), [&](base::Done) {
        return state::WrongIdPinNoted{order.session, order.tries_left};
    });
    tell_counts();
}

void OrderRunner::operator()(state::OpenWithIdCard& order) {
    switch (order.purpose) {
        case For::holder:
            answer(order.session, During::id_card, desk_.open_holder(order.answer), [&](desk::HolderOpened opened) {
                return state::HolderOpened{order.session, std::move(opened)};
            });
            break;
        case For::sign_in:
            answer(order.session, During::id_card, desk_.sign_in_by_id_card(order.answer), [&](desk::SignedIn who) {
                return state::IdCardSignedIn{order.session, std::move(who)};
            });
            break;
        case For::registering:
            answer(order.session, During::id_card, desk_.add_id_slot(order.answer),
                   [&](base::Done) { return state::IdSlotAdded{order.session}; });
            break;
    }
    base::wipe(order.answer.signature.data(), order.answer.signature.size());  // it opens the slot
    tell_counts();
}

}  // namespace kazashi::app
