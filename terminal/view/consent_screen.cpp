// The patient's screen: who, until when, what; yes or not now.
#include <array>

#include "terminal/view/controls.h"
#include "terminal/view/screens.h"

namespace kazashi::view {
namespace {

constexpr float answer_height = 112;

std::string section_key(model::Section section) { return "section." + std::string{name(section)}; }

Words other_language(const Page& page) {
    const bool japanese = page.state.language == state::Language::japanese;
    return page.words.in(japanese ? state::Language::english : state::Language::japanese);
}

std::string sentence(const Page& page, const Words& words) {
    return words.say("consent.sentence",
                     {{"facility", page.state.facility.name}, {"until", words.last_day(page.state.tap->start->until)}});
}

// The sentence in the language of the screen, and under it the other one, quieter.
struct Question {
    std::string first, second;
    float first_height, second_height;
    float height() const { return first_height + 4 + second_height; }
};
Question question_in(const Page& page, float width) {
    Question question{sentence(page, page.words), sentence(page, other_language(page)), 0, 0};
    question.first_height = page.canvas.text_height(Face::title, question.first, width);
    question.second_height = page.canvas.text_height(Face::body, question.second, width);
    return question;
}
void draw_question(const Page& page, Box box, const Question& question) {
    page.canvas.text(box.take_top(question.first_height, 4), Face::title, page.theme().page.ink, question.first);
    page.canvas.text(box, Face::body, page.theme().quiet, question.second);
}

constexpr float section_row = 44;

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
    if (button(page, id, box, page.words.say(key), look, enabled, Face::title)) page.want(std::move(intent));
}

void answers(const Page& page, Box box) {
    const bool asked = page.state.tap->step == state::Tap::Step::consent;
    const float half = (box.width - gutter) / 2;
    answer(page, "consent.no", box.take_left(half, gutter), "consent.no", Look::plain, asked, state::DeclineConsent{});
    answer(page, "consent.yes", box, "consent.yes", Look::primary, asked, state::AgreeConsent{});
}

}  // namespace

void draw_consent(const Page& page, Box body) {
    if (!page.state.tap || !page.state.tap->start) return;
    Box box = body.inset(margin + 64, 32);
    box.height += bottom_bar - 32;  // the two answers stand where the bottom bar is elsewhere
    const Box buttons = box.take_bottom(answer_height, 12);
    const auto closing = closing_in(page.state);
    const bool asked = page.state.tap->step == state::Tap::Step::consent;
    const std::string next = !asked ? page.words.say("consent.opening")
                             : closing
                                 ? page.words.say("consent.closing", {{"seconds", std::to_string(closing->count())}})
                                 : page.words.say("consent.next");
    page.canvas.centred(box.take_bottom(32, 12), Face::body, page.theme().quiet, next);
    const Question question = question_in(page, box.width);
    const float sections = sections_height(page);
    Box group = box.centred(box.width, question.height() + 24 + sections);
    draw_question(page, group.take_top(question.height(), 24), question);
    draw_sections(page, group);
    answers(page, buttons);
}

}  // namespace kazashi::view
