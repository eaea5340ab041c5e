// A staff card lies on the reader: the PIN, on a pad laid out like a telephone.
#include <fmt/format.h>

#include "terminal/state/tuning.h"
#include "terminal/view/hero.h"
#include "terminal/view/pads.h"
#include "terminal/view/screens.h"

namespace kazashi::view {
namespace {

using Step = state::SignIn::Step;

constexpr float action_width = 200;
constexpr float pad_height = keys(4);
constexpr float pad_width = keys(3) + 24 + action_width;

bool locked(const Page& page) {
    const auto& until = page.state.sign_in->locked_until;
    return until && *until > page.state.now;
}

// What the screen is about: its sentences, and which of how many steps it is.
struct Subject {
    const char* title;
    const char* next;
    int step{}, all{};
};
Subject subject_of(const Page& page) {
    using Asks = state::SignIn::Asks;
    using Kind = state::StaffJob::Kind;
    if (!page.state.sign_in->pin_needed) return {"sign_in.title_card", "sign_in.next_card"};
    const bool change = page.state.job && page.state.job->kind == Kind::change_pin;
    switch (page.state.sign_in->asks) {
        case Asks::pin:
            if (page.state.job) return {"sign_in.title_second", "sign_in.next_second"};
            return {"sign_in.title", "sign_in.next"};
        case Asks::old_pin:
            return {"sign_in.title_old", "sign_in.next_old", 1, 3};
        case Asks::new_pin:
            return {"sign_in.title_new", "sign_in.next_new", change ? 2 : 1, change ? 3 : 2};
        case Asks::again:
            return {"sign_in.title_again", "sign_in.next_again", change ? 3 : 2, change ? 3 : 2};
    }
    return {"sign_in.title", "sign_in.next"};
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
    if (sign_in.differed) {
        tinted(page, box, page.theme().caution);
        return page.canvas.centred(box.inset(16, 8), Face::heading, page.theme().caution.ink,
                                   page.words.say("sign_in.differed"));
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

// Within a shift nothing is typed: the card is all that is asked for.
void card_alone(const Page& page, Box box) {
    const std::string title = page.words.say("sign_in.title_card");
    const Box words = box.take_bottom(page.canvas.text_height(Face::title, title, box.width) + 24);
    draw_hero(page, box.centred(box.width, 340), Hero::reading);
    page.canvas.centred(words, Face::title, page.theme().page.ink, title);
}

void heading(const Page& page, Box& left, const Subject& subject) {
    if (subject.all > 0) {
        const std::string step = page.words.say(
            "sign_in.step", {{"step", std::to_string(subject.step)}, {"all", std::to_string(subject.all)}});
        chip(page, left.x, left.y + 16, step, {page.theme().page.ink, page.theme().line}, Face::strong);
        left.take_top(40);
    }
    const std::string title = page.words.say(subject.title), keep = page.words.say("sign_in.keep");
    page.canvas.text(left.take_top(page.canvas.text_height(Face::title, title, left.width), 16), Face::title,
                     page.theme().page.ink, title);
    page.canvas.text(left.take_top(page.canvas.text_height(Face::body, keep, left.width), 24), Face::body,
                     page.theme().quiet, keep);
}

}  // namespace

void draw_sign_in(const Page& page, Box body) {
    if (!page.state.sign_in) return;
    const bool enabled = page.state.sign_in->step == Step::typing && !locked(page);
    const Subject subject = subject_of(page);
    Box box = body.inset(margin, 0);
    if (page.state.sign_in->pin_needed) {
        Box pad = box.take_right(pad_width, 2 * gutter).centred(pad_width, pad_height);
        Box left = box.centred(box.width, pad_height);
        heading(page, left, subject);
        dots(page, left.take_top(88, 24));
        message(page, left.take_top(112));
        digit_keys(page, "key.", pad.take_left(keys(3), 24), enabled);
        action_keys(page, pad, enabled);
    } else {
        card_alone(page, box.inset(0, 24));
    }
    if (back_button(page, "back", page.words.say("back"))) page.want(state::GoBack{});
    next_sentence(page, page.words.say(subject.next));
}

}  // namespace kazashi::view
