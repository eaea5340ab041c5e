// A staff card lies on the reader: the PIN, on a pad laid out like a telephone.
#include <fmt/format.h>

#include "terminal/state/tuning.h"
#include "terminal/view/controls.h"
#include "terminal/view/screens.h"

namespace kazashi::view {
namespace {

using Step = state::SignIn::Step;

constexpr float key_size = 106;  // 20 mm: more brings nothing, less costs errors (Colle and Hiszem 2004)
constexpr float key_gap = 8;
constexpr float action_width = 200;
constexpr float pad_height = 4 * key_size + 3 * key_gap;
constexpr float pad_width = 3 * key_size + 2 * key_gap + 24 + action_width;

bool locked(const Page& page) {
    const auto& until = page.state.sign_in->locked_until;
    return until && *until > page.state.now;
}

void digit_key(const Page& page, Box box, int digit, bool enabled) {
    const std::string label = std::to_string(digit);
    if (button(page, "key." + label, box, label, Look::plain, enabled, Face::title))
        page.want(state::PressDigit{digit});
    // The raised dot of a telephone, for fingers that know the pad by heart.
    if (digit == 5) page.canvas.circle(box.middle_x(), box.bottom() - 18, 4, page.theme().page.ink);
}

void digit_keys(const Page& page, Box pad, bool enabled) {
    for (int digit = 1; digit <= 9; ++digit) {
        const auto column = static_cast<float>((digit - 1) % 3), row = static_cast<float>((digit - 1) / 3);
        digit_key(page, {pad.x + column * (key_size + key_gap), pad.y + row * (key_size + key_gap), key_size, key_size},
                  digit, enabled);
    }
    digit_key(page, {pad.x + key_size + key_gap, pad.y + 3 * (key_size + key_gap), key_size, key_size}, 0, enabled);
}

void action_keys(const Page& page, Box column, bool enabled) {
    const auto& pin = page.state.sign_in->pin;
    if (button(page, "key.cancel", column.take_top(key_size, key_gap), page.words.say("sign_in.cancel"), Look::stop))
        page.want(state::PressCancel{});
    if (button(page, "key.clear", column.take_top(key_size, key_gap), page.words.say("sign_in.clear"), Look::again,
               enabled))
        page.want(state::PressClear{});
    const bool long_enough = pin.size() >= state::tuning::pin_least;
    if (button(page, "key.enter", column, page.words.say("sign_in.enter"), Look::enter, enabled && long_enough,
               Face::title))
        page.want(state::PressEnter{});
}

void dots(const Page& page, Box box) {
    const bool tried = page.state.sign_in->step != Step::typing;
    const std::size_t count = page.state.sign_in->pin.size();
    panel(page, box);
    constexpr float spacing = 44;
    const auto shown = static_cast<float>(state::tuning::pin_most);
    float x = box.middle_x() - spacing * (shown - 1) / 2;
    for (std::size_t i = 0; i < state::tuning::pin_most; ++i, x += spacing) {
        if (i < count && !tried)
            page.canvas.circle(x, box.middle_y(), 11, page.theme().page.ink);
        else
            page.canvas.circle(x, box.middle_y(), 4, page.theme().line);
    }
}

// What went wrong, or what is happening: one box, always at the same place.
void message(const Page& page, Box box) {
    const auto& sign_in = *page.state.sign_in;
    if (sign_in.step != Step::typing) {
        tinted(page, box, page.theme().offline);
        return page.canvas.centred(box.inset(16, 8), Face::heading, page.theme().offline.ink,
                                   page.words.say("sign_in.trying"));
    }
    if (locked(page)) {
        const auto left = std::chrono::ceil<std::chrono::seconds>(*sign_in.locked_until - page.state.now);
        tinted(page, box, page.theme().refused);
        return page.canvas.centred(box.inset(16, 8), Face::heading, page.theme().refused.ink,
                                   page.words.say("sign_in.locked", {{"seconds", std::to_string(left.count())}}));
    }
    if (sign_in.tries_left && *sign_in.tries_left > 0) {
        tinted(page, box, page.theme().caution);
        page.canvas.centred(box.inset(16, 8), Face::heading, page.theme().caution.ink,
                            page.words.say("sign_in.wrong", {{"count", std::to_string(*sign_in.tries_left)}}));
    }
}

}  // namespace

void draw_sign_in(const Page& page, Box body) {
    const bool enabled = page.state.sign_in->step == Step::typing && !locked(page);
    Box box = body.inset(margin, 0);
    Box pad = box.take_right(pad_width, 2 * gutter).centred(pad_width, pad_height);
    Box left = box.centred(box.width, pad_height);
    const std::string title = page.words.say("sign_in.title"), keep = page.words.say("sign_in.keep");
    page.canvas.text(left.take_top(page.canvas.text_height(Face::title, title, left.width), 16), Face::title,
                     page.theme().page.ink, title);
    page.canvas.text(left.take_top(page.canvas.text_height(Face::body, keep, left.width), 32), Face::body,
                     page.theme().quiet, keep);
    dots(page, left.take_top(88, 24));
    message(page, left.take_top(120));
    digit_keys(page, pad.take_left(3 * key_size + 2 * key_gap, 24), enabled);
    action_keys(page, pad, enabled);
    if (back_button(page, "back", page.words.say("back"))) page.want(state::GoBack{});
    next_sentence(page, page.words.say("sign_in.next"));
}

}  // namespace kazashi::view
