// An ID card on the reader and its PIN.
#include "tests/terminal/view/scene_parts.h"

namespace kazashi::test {

using state::Screen;
using state::State;

namespace {

using Card = state::IdCard;

State id_card(Card::For purpose, Card::Step step, std::optional<int> tries = 3, std::size_t digits = 0) {
    State state = purpose == Card::For::sign_in ? plain(Screen::id_card) : signed_in();
    state.screen = Screen::id_card;
    state.policy.id_card_roots = {{{1}}, {{2}}};
    state.id_card.emplace();
    state.id_card->purpose = purpose;
    state.id_card->step = step;
    state.id_card->tries_left = tries;
    state.id_card->pin = base::SecretBytes{digits};
    return state;
}

State wrong(Card::For purpose, std::optional<int> tries) {
    State state = id_card(purpose, Card::Step::typing, tries);
    state.id_card->wrong = true;
    return state;
}

State letters(Card::For purpose, Card::Keys keys) {
    State state = id_card(purpose, Card::Step::typing, 15, 16);
    state.id_card->keys = keys;
    return state;
}

State wrong_card() {
    State state = id_card(Card::For::registering, Card::Step::laying);
    state.id_card->wrong_card = true;
    return state;
}

}  // namespace

std::vector<Scene> id_card_scenes() {
    using For = Card::For;
    using Step = Card::Step;
    return {
        {"id_card_holder", [] { return id_card(For::holder, Step::typing, 3, 2); }},
        {"id_card_holder_wrong", [] { return wrong(For::holder, 2); }},
        {"id_card_holder_one", [] { return wrong(For::holder, 1); }},
        {"id_card_holder_last", [] { return id_card(For::holder, Step::last_try, 1); }},
        {"id_card_working", [] { return id_card(For::holder, Step::signing); }},
        {"id_card_sign_in", [] { return id_card(For::sign_in, Step::typing, std::nullopt, 16); }},
        {"id_card_staff_last", [] { return id_card(For::sign_in, Step::last_try, 1); }},
        {"id_card_sign_in_wrong", [] { return wrong(For::sign_in, std::nullopt); }},
        {"id_card_register", [] { return id_card(For::registering, Step::typing, 15, 6); }},
        {"id_card_letters", [] { return letters(For::registering, Card::Keys::capitals); }},
        {"id_card_letters_small", [] { return letters(For::sign_in, Card::Keys::small); }},
        {"id_card_lay", [] { return id_card(For::registering, Step::laying); }},
        {"id_card_lay_wrong", wrong_card},
    };
}

}  // namespace kazashi::test
