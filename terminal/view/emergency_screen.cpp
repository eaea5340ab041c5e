// The summary in an emergency: who, allergies, what they take, what they have. No scrolling for what matters.
// There are no chips for anticoagulants, insulin, pacemakers …: the record's codes do not say these safely (a class
// number holds other drugs, a combination hides one, a device is not read), and a wrong "no" would harm. The screen
// says so.
#include <algorithm>

#include "terminal/view/looks.h"
#include "terminal/view/people.h"
#include "terminal/view/summary_parts.h"

namespace kazashi::view {
namespace {

constexpr float tall = 4000;
constexpr float allergy_width = 440;
constexpr float padding = 20;

// ---- who, and of when

struct Told {
    std::string words;
    Pair colours;
    Icon icon;
};
Told freshness(const Page& page) {
    const base::UtcTime as_of = page.state.summary->as_of;
    const bool old = page.words.old(as_of);
    const std::string words = page.words.say(old ? "emergency.as_of_old" : "emergency.as_of",
                                             {{"date", page.words.day(as_of)}, {"time", page.words.clock(as_of)}});
    return {words, old ? page.theme().caution : Pair{page.theme().panel.ink, page.theme().page.ground},
            old ? Icon::warning : Icon::info};
}

float head_signs(const Page& page, Box box) {
    float y = box.y + 18;
    const auto sign = [&](const std::string& words, Pair colours, Face face, Icon icon) {
        chip(page, box.right() - chip_width(page, words, face, icon), y, words, colours, face, icon);
        y += 42;
    };
    const Told told = freshness(page);
    sign(told.words, told.colours, Face::body, told.icon);
    if (page.state.summary_emergency)
        sign(page.words.say("emergency.badge"), page.theme().key_stop, Face::strong, Icon::warning);
    return y - 18 - box.y;
}

float head_names(const Page& page, Box box) {
    const model::Person& person = page.state.summary->person;
    const float top = box.y;
    box.take_top(page.canvas.text(box, Face::body, page.theme().soft, person.kana));
    box.take_top(page.canvas.text(box, Face::title, page.theme().panel.ink, person.kanji));
    return box.y - top;
}

float head_facts(const Page& page, Box box) {
    const model::Person& person = page.state.summary->person;
    const Theme& theme = page.theme();
    const float top = box.y;
    const std::string age = page.words.age(person.born);
    const auto line = [&](Face face, Colour ink, const std::string& words) {
        box.take_top(page.canvas.text(box, face, ink, words));
    };
    line(Face::heading, theme.panel.ink,
         (age.empty() ? "" : age + page.words.say("summary.dot")) + page.words.say(sex_key(person.sex)));
    line(Face::body, theme.panel.ink, page.words.born(person.born));
    if (!person.blood.empty()) line(Face::body, theme.soft, page.words.say("summary.blood", {{"blood", person.blood}}));
    return box.y - top;
}

float draw_head(const Page& page, Box box) {
    return page.canvas.on_ground(
        [&] {
            Box inner = box.inset(padding, 10);
            inner.height = tall;
            const Box right = inner.take_right(340, 16);
            const Box names = inner.take_left(allergy_width - padding, 24);
            return std::max({head_names(page, names), head_facts(page, inner), head_signs(page, right)}) + 20;
        },
        [&](float height) {
            panel(page, {box.x, box.y, box.width, height});
        });
}

// ---- what they take and what they have, in few lines

float card(const Page& page, Box box, const std::string& title, const std::function<float(Box)>& content) {
    return page.canvas.on_ground(
               [&] {
                   Box inner = box.inset(padding, 12);
                   inner.height = tall;
                   inner.take_top(page.canvas.text(inner, Face::heading, page.theme().panel.ink, title), 4);
                   inner.take_top(content(inner));
                   return inner.y + 12 - box.y;
               },
               [&](float height) {
                   panel(page, {box.x, box.y, box.width, height});
               }) +
           12;
}

float medicine_line(const Page& page, Box box, const model::Medicine& medicine) {
    const Theme& theme = page.theme();
    const Box usage = box.take_right(box.width * 0.42F, 16);
    const std::string words =
        medicine.usage.empty() && medicine.as_needed ? page.words.say("summary.as_needed") : medicine.usage;
    return std::max(page.canvas.text(box, Face::strong, theme.panel.ink, medicine.name),
                    page.canvas.text(usage, Face::body, theme.panel.ink, words));
}

float medicines_card(const Page& page, Box box) {
    const model::Summary& summary = *page.state.summary;
    if (!summary.sections.has(model::Section::medication)) return 0;
    const auto current = std::ranges::count(summary.medicines, true, &model::Medicine::current);
    const std::string title = page.words.say("emergency.medicines", {{"count", std::to_string(current)}});
    return card(page, box, title, [&](Box inner) {
        const float top = inner.y;
        if (current == 0)
            inner.take_top(
                page.canvas.text(inner, Face::body, page.theme().soft, page.words.say("summary.no_medicines")));
        for (const auto& medicine : summary.medicines) {
            if (!medicine.current) continue;
            page.canvas.line(inner.x, inner.y, inner.right(), inner.y, page.theme().line);
            inner.take_top(5);
            inner.take_top(medicine_line(page, inner, medicine), 5);
        }
        inner.take_top(page.canvas.text(inner, Face::body, page.theme().soft, page.words.say("emergency.kinds")));
        return inner.y - top;
    });
}

std::string problem_names(const Page& page) {
    std::string names;
    for (const auto& problem : page.state.summary->problems) {
        if (!problem.active) continue;
        names += (names.empty() ? "" : page.words.say("summary.and")) + problem.name;
        if (problem.suspected && problem.name.find(page.words.say("summary.suspected")) == std::string::npos)
            names += page.words.say("emergency.suspected");
    }
    return names.empty() ? page.words.say("summary.no_problems") : names;
}

float problems_card(const Page& page, Box box) {
    const model::Summary& summary = *page.state.summary;
    const bool granted = page.state.summary_granted.has(model::Section::clinical);
    if (!summary.sections.has(model::Section::clinical)) {
        if (granted) return 0;  // draw_missing says that it has not come
        const std::string words =
            page.words.say("emergency.no_section", {{"section", page.words.say("section.clinical")}});
        return page.canvas.text({box.x, box.y, box.width, tall}, Face::body, page.theme().soft, words) + 12;
    }
    const auto active = std::ranges::count(summary.problems, true, &model::Problem::active);
    return card(page, box, page.words.say("emergency.problems", {{"count", std::to_string(active)}}), [&](Box inner) {
        return page.canvas.text(inner, Face::strong, page.theme().panel.ink, problem_names(page));
    });
}

float details_heading(const Page& page, Box box) {
    return 8 +
           page.canvas.text({box.x, box.y + 8, box.width, tall}, Face::heading, page.theme().soft,
                            page.words.say("emergency.details")) +
           8;
}

// What this screen cannot show may be the very thing that matters: said beside the allergies, not at the end.
void draw_not_shown(const Page& page, Box& column) {
    const int count = page.state.summary->not_understood;
    if (count == 0) return;
    const std::string words = page.words.say("emergency.not_understood", {{"count", std::to_string(count)}});
    const float height = page.canvas.text_height(Face::body, words, column.width - 2 * padding - 40) + 20;
    Box box = column.take_bottom(height, 12);
    tinted(page, box, page.theme().caution);
    box = box.inset(padding, 0);
    const Box icon = box.take_left(24, 16);
    draw_icon(page.canvas, Icon::info, icon.middle_x(), icon.middle_y(), 24, page.theme().caution.ink);
    page.canvas.beside(box, Face::body, page.theme().page.ink, words);
}

}  // namespace

void draw_emergency(const Page& page, Box box) {
    box.take_top(draw_head(page, box), 12);
    Box left = box.take_left(allergy_width, gutter);
    draw_not_shown(page, left);
    draw_allergies(page, left);
    page.canvas.scroll("emergency", box, {page.theme().primary.ground, page.theme().page.ground}, [&](Box cards) {
        float y = 0;
        for (const auto& part : {draw_presented, draw_missing, medicines_card, problems_card, details_heading,
                                 draw_medicines, draw_problems, draw_labs})
            y += part(page, {cards.x, y, cards.width, 0});
        return y;
    });
}

}  // namespace kazashi::view
