// What the card itself says: a few facts of whoever it belongs to. The card has codes, the screen says words and shows
// the code small beside them. Allergies first. What is unknown is said as unknown, and that nobody has checked whose
// card this is stands above all of it.
#include <array>
#include <functional>

#include "terminal/view/capsule_parts.h"
#include "terminal/view/screens.h"

namespace kazashi::view {
namespace {

constexpr float allergy_width = 460;

std::string date_of(const Page& page, base::Date date) {
    const auto number = [](auto part) {
        const auto text = std::to_string(part);
        return text.size() < 2 ? "0" + text : text;
    };
    const std::string text = number(static_cast<int>(date.year())) + "-" + number(static_cast<unsigned>(date.month())) +
                             "-" + number(static_cast<unsigned>(date.day()));
    return page.words.date({text, date});
}

// ---- the four questions

struct Answer {
    const char* word;  // key
    Pair colours;
    Icon icon;
};
Answer answer_of(const Page& page, model::Known known) {
    const Theme& theme = page.theme();
    switch (known) {
        case model::Known::yes:
            return {"capsule.yes", theme.refused, Icon::warning};
        case model::Known::no:
            return {"capsule.no", theme.received, Icon::check};
        case model::Known::unknown:
            break;
    }
    return {"capsule.unknown", {theme.panel.ink, theme.line}, Icon::info};
}

void draw_question(const Page& page, Box box, const char* key, model::Known known) {
    const Answer answer = answer_of(page, known);
    tinted(page, box, answer.colours);
    box = box.inset(14, 2);
    const Box icon = box.take_left(28, 12);
    draw_icon(page.canvas, answer.icon, icon.middle_x(), icon.middle_y(), 26, answer.colours.ink);
    const std::string word = page.words.say(answer.word);
    const Box right = box.take_right(page.canvas.text_width(Face::heading, word) + 2, 8);
    page.canvas.beside(right, Face::heading, answer.colours.ink, word, Align::right);
    page.canvas.beside(box, Face::strong, answer.colours.ink, page.words.say(key));
}

void draw_questions(const Page& page, Box box) {
    const model::Capsule& capsule = facts(page);
    Box upper = box.take_top((box.height - 8) / 2, 8);
    const float half = (box.width - 12) / 2;
    draw_question(page, upper.take_left(half, 12), "capsule.anticoagulant", capsule.anticoagulant);
    draw_question(page, upper, "capsule.implant", capsule.implant);
    draw_question(page, box.take_left(half, 12), "capsule.dialysis", capsule.dialysis);
    draw_question(page, box, "capsule.pregnancy", capsule.pregnancy);
}

// ---- conditions, blood, whom to call

std::string blood_of(const Page& page, const model::Capsule& capsule) {
    constexpr std::array abo{"", "A", "B", "O", "AB"};
    constexpr std::array rh{"", "Rh+", "Rh-"};
    std::string blood = abo.at(static_cast<std::size_t>(capsule.abo));
    const std::string factor = rh.at(static_cast<std::size_t>(capsule.rh));
    if (!blood.empty() && !factor.empty()) blood += " ";
    blood += factor;
    return blood.empty() ? page.words.say("capsule.unknown") : blood;
}

float card(const Page& page, Box box, const std::function<float(Box)>& content) {
    return page.canvas.on_ground(
               [&] {
                   Box inner = box.inset(capsule_padding, 8);
                   inner.height = tall;
                   inner.take_top(content(inner));
                   return inner.y + 8 - box.y;
               },
               [&](float height) {
                   panel(page, {box.x, box.y, box.width, height});
               }) +
           8;
}

float conditions_card(const Page& page, Box box) {
    const model::Capsule& capsule = facts(page);
    return card(page, box, [&](Box inner) {
        float height = page.canvas.text(inner, Face::strong, page.theme().soft, page.words.say("capsule.conditions"));
        for (const auto& code : capsule.conditions) {
            const auto words = words_for(page, model::CodeSystem::icd10, code);
            height += draw_name(page, {inner.x, inner.y + height, inner.width, tall}, words, Face::heading);
        }
        if (capsule.conditions.empty())
            height += page.canvas.text({inner.x, inner.y + height, inner.width, tall}, Face::heading,
                                       page.theme().panel.ink, page.words.say("capsule.no_conditions"));
        return height + draw_left_out(page, {inner.x, inner.y + height, inner.width, tall},
                                      "capsule.conditions_left_out", capsule.conditions_left_out,
                                      model::capsule_conditions_left_out);
    });
}

// The number large, its label at the end of the line where there is room, else above.
float contact_card(const Page& page, Box box) {
    const model::Capsule& capsule = facts(page);
    const bool known = !capsule.emergency_phone.empty();
    const std::string number = known ? capsule.emergency_phone : page.words.say("capsule.unknown");
    const std::string label = page.words.say("capsule.contact");
    const Face face = known ? Face::hero : Face::heading;
    return card(page, box, [&](Box inner) {
        const float label_width = page.canvas.text_width(Face::strong, label) + 2;
        const bool one_line = label_width + 16 + page.canvas.text_width(face, number) < inner.width;
        Box line = inner.take_top(Canvas::line_height(one_line ? face : Face::strong));
        page.canvas.beside(line.take_left(label_width, 16), Face::strong, page.theme().soft, label);
        if (!one_line) return line.height + page.canvas.text(inner, face, page.theme().panel.ink, number);
        page.canvas.beside(line, face, page.theme().panel.ink, number, Align::right);
        return line.height;
    });
}

CodeWords hospital_of(const Page& page, const std::string& number) {
    auto words = number.empty() ? CodeWords{page.words.say("capsule.unknown"), {}, true}
                                : words_for(page, model::CodeSystem::institution, number);
    words.name = page.words.say("capsule.hospital", {{"hospital", words.name}});
    return words;
}

float rest_card(const Page& page, Box box) {
    const model::Capsule& capsule = facts(page);
    return card(page, box, [&](Box inner) {
        float y = page.canvas.text(inner, Face::strong, page.theme().panel.ink,
                                   page.words.say("capsule.blood", {{"blood", blood_of(page, capsule)}}));
        inner.y += y;
        return y + draw_name(page, inner, hospital_of(page, capsule.preferred_hospital), Face::strong);
    });
}

// ---- the whole

void draw_head(const Page& page, Box box) {
    const std::string date = page.words.say("capsule.date", {{"date", date_of(page, facts(page).date)}});
    page.canvas.beside(box.take_right(page.canvas.text_width(Face::strong, date) + 2, 16), Face::strong,
                       page.theme().panel.ink, date, Align::right);
    page.canvas.beside(box, Face::heading, page.theme().page.ink, page.words.say("capsule.title"));
}

void draw_unchecked(const Page& page, Box box) {
    tinted(page, box, page.theme().caution);
    box = box.inset(capsule_padding, 4);
    const Box icon = box.take_left(28, 14);
    draw_icon(page.canvas, Icon::warning, icon.middle_x(), icon.middle_y(), 26, page.theme().caution.ink);
    page.canvas.beside(box, Face::strong, page.theme().caution.ink, page.words.say("capsule.unchecked"));
}

void draw_facts(const Page& page, Box box) {
    draw_head(page, box.take_top(40, 8));
    draw_unchecked(page, box.take_top(48, 12));
    draw_allergy_box(page, box.take_left(allergy_width, gutter));
    draw_questions(page, box.take_top(136, 12));
    page.canvas.scroll("capsule", box, {page.theme().primary.ground, page.theme().page.ground}, [&](Box cards) {
        float y = 0;
        for (const auto& part : {conditions_card, contact_card, rest_card})
            y += part(page, {cards.x, cards.y + y, cards.width, 0});
        return y;
    });
}

void draw_words(const Page& page, Box box, const std::string& what, const std::string& now, Pair colours, Icon sign) {
    constexpr float width = 920;
    const float what_height = page.canvas.text_height(Face::title, what, width - 96);
    const float now_height = page.canvas.text_height(Face::heading, now, width - 96);
    box = box.centred(width, 96 + 88 + 24 + what_height + 24 + now_height);
    tinted(page, box, colours);
    box = box.inset(48);
    const Box icon = box.take_top(88, 24);
    draw_icon(page.canvas, sign, icon.middle_x(), icon.middle_y(), 72, colours.ink);
    page.canvas.centred(box.take_top(what_height, 24), Face::title, colours.ink, what);
    page.canvas.centred(box, Face::heading, page.theme().page.ink, now);
}

}  // namespace

void draw_capsule(const Page& page, Box body) {
    if (!page.state.capsule_look) return;
    const Theme& theme = page.theme();
    const Box box = body.inset(margin, 12);
    if (page.state.capsule) {
        draw_facts(page, box);
    } else if (const auto& problem = page.state.capsule_look->problem) {
        const bool refused = problem->tone == state::Notice::Tone::refused;
        draw_words(page, box, page.words.say(problem->what), page.words.say(problem->now),
                   refused ? theme.refused : theme.caution, refused ? Icon::cross : Icon::warning);
    } else {
        draw_words(page, box, page.words.say("capsule.reading"), page.words.say("capsule.keep"),
                   {theme.primary.ground, theme.panel.ground}, Icon::card);
    }
    if (back_button(page, "back", page.words.say("back"))) page.want(state::GoBack{});
    next_sentence(page, page.words.say("capsule.next"));
}

}  // namespace kazashi::view
