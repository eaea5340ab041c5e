// What the card itself says: a few facts of whoever it belongs to. The card has codes, the screen says words and shows
// the code small beside them. Allergies first. What is unknown is said as unknown, and that nobody has checked whose
// card this is stands above all of it.
#include <array>
#include <functional>

#include "terminal/view/bilingual.h"
#include "terminal/view/code_words.h"
#include "terminal/view/controls.h"
#include "terminal/view/screens.h"

namespace kazashi::view {
namespace {

constexpr float tall = 4000;
constexpr float allergy_width = 460;
constexpr float padding = 20;

const model::Capsule& facts(const Page& page) { return page.state.capsule->facts; }

CodeWords words_for(const Page& page, model::CodeSystem system, const std::string& code) {
    return words_of(page.words, page.state.capsule->names, system, code);
}

// Two texts at the ends of one line; false when there is no room for both, and nothing is drawn.
bool draw_ends(const Page& page, Box& box, Face left_face, Colour left_ink, const std::string& left, Colour right_ink,
               const std::string& right) {
    constexpr float gap = 12;
    const float right_width = page.canvas.text_width(Face::caption, right) + 2;
    if (page.canvas.text_width(left_face, left) + gap + right_width > box.width) return false;
    Box line = box.take_top(Canvas::line_height(left_face));
    page.canvas.beside(line.take_right(right_width, gap), Face::caption, right_ink, right, Align::right);
    page.canvas.beside(line, left_face, left_ink, left);
    return true;
}

// The name large, what marks it under it, the code small: at the end of a line where there is room, else below. Without
// a name the code is all there is besides the class, and larger. Returns the height.
float draw_name(const Page& page, Box box, const CodeWords& words, Face face, const std::string& marks = {}) {
    const Theme& theme = page.theme();
    const float top = box.y;
    bool code_drawn =
        words.named && marks.empty() && draw_ends(page, box, face, theme.page.ink, words.name, theme.quiet, words.code);
    if (!code_drawn) box.take_top(page.canvas.text(box, face, theme.page.ink, words.name));
    if (!marks.empty()) {
        code_drawn =
            words.named && draw_ends(page, box, Face::strong, theme.refused.ink, marks, theme.quiet, words.code);
        if (!code_drawn) box.take_top(page.canvas.text(box, Face::strong, theme.refused.ink, marks));
    }
    if (!code_drawn && !words.code.empty())
        box.take_top(page.canvas.text(box, words.named ? Face::caption : Face::body,
                                      words.named ? theme.quiet : theme.soft, words.code));
    return box.y - top;
}

std::string date_of(const Page& page, base::Date date) {
    const auto number = [](auto part) {
        const auto text = std::to_string(part);
        return text.size() < 2 ? "0" + text : text;
    };
    const std::string text = number(static_cast<int>(date.year())) + "-" + number(static_cast<unsigned>(date.month())) +
                             "-" + number(static_cast<unsigned>(date.day()));
    return page.words.date({text, date});
}

// ---- allergies

struct AllergyLook {
    Pair colours;
    Icon icon;
    const char* sentence;  // key; where there is no list
};
AllergyLook look_of(const Page& page, const model::Capsule& capsule) {
    const Theme& theme = page.theme();
    if (!capsule.allergies.empty() || capsule.allergy_knowledge == model::AllergyKnowledge::listed)
        return {theme.refused, Icon::warning, "capsule.allergies_uncoded"};
    if (capsule.allergy_knowledge == model::AllergyKnowledge::none_confirmed)
        return {theme.received, Icon::check, "capsule.allergies_none"};
    return {theme.caution, Icon::info, "capsule.allergies_unknown"};
}

std::string marks_of(const Page& page, const model::CapsuleAllergy& allergy) {
    std::string marks;
    const auto add = [&](bool wanted, const char* key) {
        if (wanted) marks += (marks.empty() ? "" : page.words.say("summary.dot")) + page.words.say(key);
    };
    add(allergy.contraindicated, "capsule.contraindicated");
    add(allergy.severe, "capsule.severe");
    add(allergy.unconfirmed, "capsule.unconfirmed");
    return marks;
}

float allergy_line(const Page& page, Box box, const model::CapsuleAllergy& allergy) {
    const auto words = words_for(page, model::system_of_allergy(allergy.code), allergy.code);
    return draw_name(page, box, words, Face::heading, marks_of(page, allergy)) + 14;
}

float left_out(const Page& page, Box box, const char* key, int count) {
    if (count == 0) return 0;
    return 6 + page.canvas.text({box.x, box.y + 6, box.width, tall}, Face::strong, page.theme().page.ink,
                                page.words.say(key, {{"count", std::to_string(count)}}));
}

void draw_allergy_box(const Page& page, Box box) {
    const model::Capsule& capsule = facts(page);
    const AllergyLook look = look_of(page, capsule);
    tinted(page, box, look.colours);
    box = box.inset(padding, 14);
    Box head = box.take_top(Canvas::line_height(Face::title), 10);
    const Box icon = head.take_left(36, 12);
    draw_icon(page.canvas, look.icon, icon.middle_x(), icon.middle_y(), 34, look.colours.ink);
    page.canvas.beside(head, Face::title, look.colours.ink, page.words.say("capsule.allergies"));
    page.canvas.scroll("capsule.allergies", box, {look.colours.ink, look.colours.ground}, [&](Box list) {
        float y = 0;
        for (const auto& allergy : capsule.allergies)
            y += allergy_line(page, {list.x, list.y + y, list.width, tall}, allergy);
        if (capsule.allergies.empty())
            y += page.canvas.text({list.x, list.y, list.width, tall}, Face::heading, page.theme().page.ink,
                                  page.words.say(look.sentence));
        return y + left_out(page, {list.x, list.y + y, list.width, tall}, "capsule.allergies_left_out",
                            capsule.allergies_left_out);
    });
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
    box = box.inset(14, 4);
    const Box icon = box.take_left(28, 12);
    draw_icon(page.canvas, answer.icon, icon.middle_x(), icon.middle_y(), 26, answer.colours.ink);
    const std::string word = page.words.say(answer.word);
    const Box right = box.take_right(page.canvas.text_width(Face::heading, word) + 2, 8);
    page.canvas.beside(right, Face::heading, answer.colours.ink, word, Align::right);
    page.canvas.beside(box, Face::strong, answer.colours.ink, page.words.say(key));
}

void draw_questions(const Page& page, Box box) {
    const model::Capsule& capsule = facts(page);
    Box upper = box.take_top((box.height - 12) / 2, 12);
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

float card(const Page& page, Box box, const char* title, const std::function<float(Box)>& content) {
    return page.canvas.on_ground(
               [&] {
                   Box inner = box.inset(padding, 10);
                   inner.height = tall;
                   inner.take_top(page.canvas.text(inner, Face::strong, page.theme().soft, page.words.say(title)), 2);
                   inner.take_top(content(inner));
                   return inner.y + 10 - box.y;
               },
               [&](float height) {
                   panel(page, {box.x, box.y, box.width, height});
               }) +
           12;
}

float conditions_card(const Page& page, Box box) {
    const model::Capsule& capsule = facts(page);
    return card(page, box, "capsule.conditions", [&](Box inner) {
        float height = 0;
        for (const auto& code : capsule.conditions) {
            const auto words = words_for(page, model::CodeSystem::icd10, code);
            height += draw_name(page, {inner.x, inner.y + height, inner.width, tall}, words, Face::heading);
        }
        if (capsule.conditions.empty())
            height +=
                page.canvas.text(inner, Face::heading, page.theme().panel.ink, page.words.say("capsule.no_conditions"));
        return height + left_out(page, {inner.x, inner.y + height, inner.width, tall}, "capsule.conditions_left_out",
                                 capsule.conditions_left_out);
    });
}

float contact_card(const Page& page, Box box) {
    const model::Capsule& capsule = facts(page);
    return card(page, box, "capsule.contact", [&](Box inner) {
        const bool known = !capsule.emergency_phone.empty();
        return page.canvas.text(inner, known ? Face::hero : Face::heading, page.theme().panel.ink,
                                known ? capsule.emergency_phone : page.words.say("capsule.unknown"));
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
    return card(page, box, "capsule.rest", [&](Box inner) {
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
    box = box.inset(padding, 4);
    const Box icon = box.take_left(28, 14);
    draw_icon(page.canvas, Icon::warning, icon.middle_x(), icon.middle_y(), 26, page.theme().caution.ink);
    page.canvas.beside(box, Face::strong, page.theme().caution.ink, page.words.say("capsule.unchecked"));
}

void draw_facts(const Page& page, Box box) {
    draw_head(page, box.take_top(48, 8));
    draw_unchecked(page, box.take_top(60, 12));
    draw_allergy_box(page, box.take_left(allergy_width, gutter));
    draw_questions(page, box.take_top(152, 12));
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
