// The patient's screen: who, until when, what; yes or not now.
#include <array>

#include "terminal/view/bilingual.h"
#include "terminal/view/screens.h"

namespace kazashi::view {
namespace {

constexpr float answer_height = 100;

std::string section_key(model::Section section) { return "section." + std::string{name(section)}; }

std::string sentence(const Page& page, const Words& words) {
    return words.say("consent.sentence",
                     {{"facility", page.state.facility.name}, {"until", words.last_day(page.state.tap->start->until)}});
}

constexpr Faces question_faces{Face::title, Face::body};
constexpr float link_height = 64;

constexpr float section_row = 40;

float sections_height(const Page& page) {
    float height = 2 * 20 + 38;
    for (const model::Section section : model::all_sections)
        height += page.state.tap->start->sections.has(section) ? section_row : 0;
    return height;
}

// What they will see: a row per section, ticked, in words a patient uses.
void draw_sections(const Page& page, Box box) {
    panel(page, box);
    box = box.inset(28, 20);
    const Words other = other_language(page);
    page.canvas.text(box.take_top(30, 8), Face::body, page.theme().quiet, page.words.say("consent.what"));
    for (const model::Section section : model::all_sections) {
        if (!page.state.tap->start->sections.has(section)) continue;
        Box row = box.take_top(section_row);
        const Box icon = row.take_left(28, 14);
        draw_icon(page.canvas, Icon::check, icon.middle_x(), icon.middle_y(), 24, page.theme().primary.ground);
        const std::string words = page.words.say(section_key(section));
        page.canvas.beside(row.take_left(page.canvas.text_width(Face::heading, words) + 1, 20), Face::heading,
                           page.theme().panel.ink, words);
        page.canvas.beside(row, Face::body, page.theme().quiet, other.say(section_key(section)));
    }
}

void answer(const Page& page, std::string_view id, Box box, const char* key, Look look, bool enabled,
            state::Intent intent) {
    if (button_both(page, id, box, both(page, key), look, enabled, {Face::title, Face::body}))
        page.want(std::move(intent));
}

void answers(const Page& page, Box box) {
    const bool asked = page.state.tap->step == state::Tap::Step::consent;
    const float half = (box.width - gutter) / 2;
    answer(page, "consent.no", box.take_left(half, gutter), "consent.no", Look::plain, asked, state::DeclineConsent{});
    answer(page, "consent.yes", box, "consent.yes", Look::primary, asked, state::AgreeConsent{});
}

// A way to look first: quiet, but large enough to be hit.
void history_link(const Page& page, Box box) {
    const bool asked = page.state.tap->step == state::Tap::Step::consent;
    if (button_both(page, "consent.history", box, both(page, "consent.history"), Look::plain, asked))
        page.want(state::ShowHistory{});
}

std::string next(const Page& page) {
    if (page.state.tap->step != state::Tap::Step::consent) return page.words.say("consent.opening");
    if (const auto closing = closing_in(page.state))
        return page.words.say("consent.closing", {{"seconds", std::to_string(closing->left.count())}});
    return page.words.say("consent.next");
}

}  // namespace

void draw_consent(const Page& page, Box body) {
    if (!page.state.tap || !page.state.tap->start) return;
    Box box = body.inset(margin + 64, 16);
    box.height += bottom_bar - 8;  // the two answers stand where the bottom bar is elsewhere
    const Box buttons = box.take_bottom(answer_height, 12);
    page.canvas.centred(box.take_bottom(32, 8), Face::body, page.theme().quiet, next(page));
    if (may_see_history(page.state)) history_link(page, box.take_bottom(link_height, 12).centred(400, link_height));
    const Said question = both(page, [&](const Words& words) { return sentence(page, words); });
    const float height = both_height(page, question, question_faces, box.width), sections = sections_height(page);
    Box group = box.centred(box.width, height + 20 + sections);
    draw_both(page, group.take_top(height, 20), question, question_faces, page.theme().page.ink);
    draw_sections(page, group);
    answers(page, buttons);
}

}  // namespace kazashi::view
