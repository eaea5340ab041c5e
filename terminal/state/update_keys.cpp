// Keys that mean something else on every screen: back, and the letters and digits of the two searches.
#include "terminal/state/steps.h"
#include "terminal/state/tuning.h"

namespace kazashi::state {
namespace {

void drop_last_letter(std::string& text) {
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xc0U) == 0x80U) text.pop_back();
    if (!text.empty()) text.pop_back();
}

void add(std::string& text, const std::string& more, std::size_t most) {
    if (text.size() + more.size() <= most) text += more;
}

// What is typed into now; nullptr where an address is chosen.
std::string* field(Search& search) {
    switch (search.field) {
        case Search::Field::kana:
            return &search.query.kana;
        case Search::Field::born:
            return &search.query.born;
        case Search::Field::phone:
            return &search.query.phone;
        case Search::Field::address:
            return nullptr;
    }
    return nullptr;
}

}  // namespace

void type_digit(State& state, int digit, Effects& effects) {
    Search& search = *state.search;
    const std::string key(1, static_cast<char>('0' + digit));
    const bool born = search.field == Search::Field::born;
    if (!born && search.field != Search::Field::phone) return;
    born ? add(search.query.born, key, tuning::born_most) : add(search.query.phone, key, tuning::phone_most);
    ask(state, effects);
}

void take(State& state, TypeKana press, Effects& effects) {
    if (state.screen == Screen::windows) return add(state.kana_search, press.kana, tuning::search_most);
    if (std::string* typed = lost_kana(state)) {
        add(*typed, press.kana, tuning::search_most);
        return state.lost->kana_row.clear();  // the next kana is mostly of another row
    }
    if (state.screen != Screen::search || state.search->field != Search::Field::kana) return;
    add(state.search->query.kana, press.kana, tuning::search_most);
    state.search->kana_row.clear();
    ask(state, effects);
}

void take(State& state, EraseKana, Effects& effects) {
    if (state.screen == Screen::windows) return drop_last_letter(state.kana_search);
    if (std::string* typed = lost_kana(state)) return drop_last_letter(*typed);
    if (state.screen != Screen::search) return;
    if (std::string* typed = field(*state.search)) drop_last_letter(*typed);
    ask(state, effects);
}

void take(State& state, GoBack, Effects& effects) {
    switch (state.screen) {
        case Screen::summary:
            return take(state, CloseSummary{}, effects);
        case Screen::windows:
            return go_home(state);
        case Screen::sign_in:
            return take(state, PressCancel{}, effects);
        case Screen::notice:
        case Screen::fault:
            return take(state, DismissNotice{}, effects);
        case Screen::history:
        case Screen::withdraw:
            return patient_back(state);
        case Screen::capsule:
            return capsule_back(state);
        case Screen::staff_menu:
        case Screen::colleagues:
        case Screen::lay_card:
        case Screen::confirm_removal:
            return staff_back(state, effects);
        case Screen::search:
        case Screen::reason:
            return search_back(state, effects);
        case Screen::id_card:
            return id_card_back(state);
        case Screen::doctor:
            return doctor_back(state, effects);
        case Screen::issuing:
            return issuing_back(state, effects);
        case Screen::lost_card:
            return lost_back(state, effects);
        case Screen::idle:
        case Screen::locked:
        case Screen::home:
        case Screen::told:     // it is acknowledged, or the card is taken away
        case Screen::consent:  // has its own yes and not now
            return;
    }
}

}  // namespace kazashi::state
