// What must not be given, as the card says it. "None" is said only where the whole list is empty: what is left out for
// want of a code or of room is no less dangerous than what is named.
#include "terminal/view/capsule_parts.h"

namespace kazashi::view {
namespace {

using model::AllergyKnowledge;

// Nothing at all: neither named nor left out, neither an allergy nor a drug.
bool nothing_said(const model::Capsule& capsule) {
    return capsule.allergies.empty() && capsule.allergies_left_out == 0 &&
           capsule.allergy_knowledge != AllergyKnowledge::listed;
}

struct AllergyLook {
    Pair colours;
    Icon icon;
};
AllergyLook look_of(const Page& page, const model::Capsule& capsule) {
    const Theme& theme = page.theme();
    if (!nothing_said(capsule)) return {theme.refused, Icon::warning};
    if (capsule.allergy_knowledge == AllergyKnowledge::none_confirmed) return {theme.received, Icon::check};
    return {theme.caution, Icon::info};
}

// Where no entry has a name.
std::string sentence_of(const Page& page, const model::Capsule& capsule) {
    const int unnamed = capsule.allergies_left_out;
    if (unnamed > 0)
        return page.words.say("capsule.allergies_unnamed",
                              {{"count", count_of(page, unnamed, unnamed >= model::capsule_allergies_left_out)}});
    if (capsule.allergy_knowledge == AllergyKnowledge::listed) return page.words.say("capsule.allergies_uncoded");
    return page.words.say(capsule.allergy_knowledge == AllergyKnowledge::none_confirmed ? "capsule.allergies_none"
                                                                                        : "capsule.allergies_unknown");
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
    return draw_name(page, box, words, Face::heading, marks_of(page, allergy)) + 12;
}

// Of all that is known of, on the card or not.
std::string whole_count(const Page& page, const model::Capsule& capsule) {
    const int listed = static_cast<int>(capsule.allergies.size());
    const int left_out = capsule.allergies_left_out;
    return listed == 0 ? "" : count_of(page, listed + left_out, left_out >= model::capsule_allergies_left_out);
}

// What it is a list of, and how long: more of it may be below the edge.
void draw_head(const Page& page, Box& box, const AllergyLook& look) {
    const std::string title = page.words.say("capsule.allergies");
    const std::string count = whole_count(page, facts(page));
    const float line = Canvas::line_height(Face::heading), icon_width = 30, gap = 10;
    const float count_width = page.canvas.text_width(Face::heading, count) + 2;
    const bool one_line =
        icon_width + gap + page.canvas.text_width(Face::heading, title) + gap + count_width <= box.width;
    Box head = box.take_top(one_line || count.empty() ? line : 2 * line, 8);
    const Box icon = head.take_left(icon_width, gap);
    draw_icon(page.canvas, look.icon, icon.middle_x(), icon.y + line / 2, 28, look.colours.ink);
    Box upper = head.take_top(line);
    if (one_line) page.canvas.beside(upper.take_right(count_width, gap), Face::heading, look.colours.ink, count);
    page.canvas.beside(upper, Face::heading, look.colours.ink, title);
    if (!one_line) page.canvas.beside(head, Face::heading, look.colours.ink, count);
}

float draw_list(const Page& page, Box list) {
    const model::Capsule& capsule = facts(page);
    const auto below = [&](float y) { return Box{list.x, list.y + y, list.width, tall}; };
    const auto say = [&](float y, const std::string& sentence) {
        return page.canvas.text(below(y), Face::heading, page.theme().page.ink, sentence);
    };
    float y = 0;
    for (const auto& allergy : capsule.allergies) y += allergy_line(page, below(y), allergy);
    if (capsule.allergies.empty()) {
        y += say(y, sentence_of(page, capsule));
    } else {
        y += draw_left_out(page, below(y), "capsule.allergies_left_out", capsule.allergies_left_out,
                           model::capsule_allergies_left_out);
    }
    // Drugs that must not be given say nothing of allergies.
    if (!nothing_said(capsule) && capsule.allergy_knowledge == AllergyKnowledge::unknown)
        y += 12 + say(y + 12, page.words.say("capsule.allergies_besides_unknown"));
    return y;
}

}  // namespace

void draw_allergy_box(const Page& page, Box box) {
    const AllergyLook look = look_of(page, facts(page));
    tinted(page, box, look.colours);
    box = box.inset(capsule_padding, 12);
    draw_head(page, box, look);
    page.canvas.scroll("capsule.allergies", box, {look.colours.ink, look.colours.ground},
                       [&](Box list) { return draw_list(page, list); });
}

}  // namespace kazashi::view
