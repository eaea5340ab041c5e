#include "terminal/view/bilingual.h"
#include "terminal/view/looks.h"
#include "terminal/view/patient_actions.h"
#include "terminal/view/screens.h"
#include "terminal/view/summary_parts.h"

namespace kazashi::view {
namespace {

constexpr float person_width = 340;

float not_understood(const Page& page, Box box) {
    const int count = page.state.summary->not_understood;
    if (count == 0) return 0;
    const std::string words = page.words.say("summary.not_understood", {{"count", std::to_string(count)}});
    return page.canvas.text({box.x, box.y, box.width, 200}, Face::body, page.theme().quiet, words) + 16;
}

float strip(const Page& page, Box box, Pair ink, Icon sign, const std::string& words) {
    const float height = page.canvas.text_height(Face::body, words, box.width - 72) + 24;
    box.height = height;
    tinted(page, box, ink);
    box = box.inset(16, 0);
    const Box icon = box.take_left(24, 16);
    draw_icon(page.canvas, sign, icon.middle_x(), icon.middle_y(), 24, ink.ink);
    page.canvas.beside(box, Face::body, ink.ink, words);
    return height + 12;
}

std::string next(const Page& page) {
    const auto& policy = page.state.policy.of(page.state.facility.type);
    if (page.state.summary_emergency)
        return page.words.say("emergency.next", {{"hours", std::to_string(policy.emergency_hours)}});
    if (page.state.summary_self) return page.words.say("summary.next_self");
    return page.words.say(page.state.summary_with_card ? "summary.next_with_card" : "summary.next");
}

void bottom(const Page& page) {
    const Box middle = patient_actions(page);
    const char* close = page.state.summary_self ? "summary.end" : "summary.close";
    if (back_button(page, "summary.close", page.words.say(close))) page.want(state::CloseSummary{});
    next_sentence(page, middle, next(page));
}

void draw_usual(const Page& page, Box box) {
    draw_person_column(page, box.take_left(person_width, gutter));
    page.canvas.scroll("summary", box, {page.theme().primary.ground, page.theme().page.ground}, [&](Box cards) {
        float y = 0;
        for (const auto& card :
             {draw_presented, draw_missing, draw_medicines, draw_problems, draw_labs, not_understood})
            y += card(page, {cards.x, y, cards.width, 0});
        return y;
    });
}

}  // namespace

float draw_missing(const Page& page, Box box) {
    const model::SectionSet missing = missing_sections(page.state);
    if (missing.empty()) return 0;
    const auto words = page.words.say("summary.missing", {{"sections", parts_of(page.words, missing)}});
    return strip(page, box, page.theme().offline, Icon::waiting, words);
}

float draw_presented(const Page& page, Box box) {
    if (!by_presented_card(page.state)) return 0;
    const auto words =
        page.words.say("summary.presented", {{"sections", parts_of(page.words, page.state.summary_granted)}});
    return strip(page, box, page.theme().caution, Icon::warning, words);
}

void draw_summary(const Page& page, Box body) {
    if (!page.state.summary) return;
    const Box box = body.inset(margin, 12);
    emergency_first(page.state) ? draw_emergency(page, box) : draw_usual(page, box);
    bottom(page);
}

}  // namespace kazashi::view
