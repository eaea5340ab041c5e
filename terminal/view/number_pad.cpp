#include "terminal/view/number_pad.h"

#include "terminal/state/tuning.h"

namespace kazashi::view {

void number_line(const Page& page, Box box, const std::string& number) {
    panel(page, box);
    const float spacing = (box.width - 64) / static_cast<float>(state::tuning::card_number - 1);
    float x = box.x + 32;
    for (std::size_t i = 0; i < state::tuning::card_number; ++i, x += spacing) {
        if (i < number.size()) {
            page.canvas.centred({x - 20, box.y, 40, box.height}, Face::title, page.theme().panel.ink,
                                std::string(1, number[i]));
        } else {
            page.canvas.circle(x, box.middle_y(), 4, page.theme().line);
        }
    }
}

void number_actions(const Page& page, Box column, const std::string& number) {
    if (button(page, "key.erase", column.take_top(2 * key_size + key_gap, key_gap), page.words.say("number.erase"),
               Look::again, !number.empty()))
        page.want(state::EraseDigit{});
    if (button(page, "key.enter", column, page.words.say("number.enter"), Look::enter,
               number.size() == state::tuning::card_number, Face::title))
        page.want(state::GoOn{});
}

}  // namespace kazashi::view
