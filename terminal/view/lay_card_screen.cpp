// A staff card is waited for: whose, and what for.
#include "terminal/view/hero.h"
#include "terminal/view/people.h"
#include "terminal/view/screens.h"

namespace kazashi::view {
namespace {

std::string key_of(state::StaffJob::Kind kind) {
    using Kind = state::StaffJob::Kind;
    switch (kind) {
        case Kind::change_pin:
            return "lay.change_pin";
        case Kind::add_card:
            return "lay.add_card";
        case Kind::break_glass:
            return "lay.break_glass";
        case Kind::let_in:
        case Kind::remove:
        case Kind::take_over:
            break;
    }
    return "lay.let_in";
}

// Who it is for, beside the drawing: the colleague, or the person whose record will open.
void whom(const Page& page, Box box) {
    if (page.state.search && page.state.search->chosen) {
        person_panel(page, box, page.words.say("lay.for_patient"), *page.state.search->chosen);
        return;
    }
    if (!page.state.job->colleague) return;
    const auto& colleague = *page.state.job->colleague;
    const std::string name = colleague_name(page, colleague);
    box = box.centred(box.width, 48 + 32 + page.canvas.text_height(Face::title, name, box.width - 48));
    panel(page, box);
    box = box.inset(24, 24);
    page.canvas.text(box.take_top(32), Face::body, page.theme().quiet, page.words.say("lay.for_whom"));
    page.canvas.text(box, Face::title, page.theme().panel.ink, name);
}

// The card that was laid on is not the one that is asked for.
void wrong_card(const Page& page, Box box) {
    using Kind = state::StaffJob::Kind;
    const bool own = page.state.job->kind == Kind::change_pin;
    tinted(page, box, page.theme().caution);
    page.canvas.centred(box.inset(16, 8), Face::heading, page.theme().caution.ink,
                        page.words.say(own ? "lay.wrong_card" : "lay.wrong_card_second"));
}

bool about_somebody(const state::State& state) {
    return (state.search && state.search->chosen) || state.job->colleague;
}

}  // namespace

void draw_lay_card(const Page& page, Box body) {
    if (!page.state.job) return;
    const std::string key = key_of(page.state.job->kind);
    const bool reading = page.state.staff_lookup || page.state.job->asked;
    Box box = body.inset(margin, 24);
    if (about_somebody(page.state)) whom(page, box.take_right(440, 2 * gutter));
    if (page.state.job->wrong_card && !reading) wrong_card(page, box.take_top(96, 16));
    const std::string hold = page.words.say(reading ? "lay.working" : key);
    const Box words = box.take_bottom(page.canvas.text_height(Face::title, hold, box.width) + 16, 8);
    draw_hero(page, box.centred(box.width, std::min(box.height, 380.0F)), reading ? Hero::reading : Hero::hold);
    page.canvas.centred(words, Face::title, page.theme().page.ink, hold);
    if (back_button(page, "back", page.words.say("back"))) page.want(state::GoBack{});
    next_sentence(page, page.words.say(key + ".next"));
}

}  // namespace kazashi::view
