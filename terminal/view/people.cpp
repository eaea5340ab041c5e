#include "terminal/view/people.h"

#include <charconv>

namespace kazashi::view {
namespace {

constexpr float padding = 20;
constexpr float tall = 4000;

std::optional<unsigned> number_at(std::string_view text, std::size_t from, std::size_t length) {
    unsigned value{};
    if (text.size() < from + length) return std::nullopt;
    const char* begin = text.data() + from;
    const auto [end, error] = std::from_chars(begin, begin + length, value);
    if (error != std::errc{} || end != begin + length) return std::nullopt;
    return value;
}

// Under each other: kana, kanji, sex and age, birth date, address. Returns the height.
float person_lines(const Page& page, Box box, const desk::Candidate& candidate, Face name) {
    const Theme& theme = page.theme();
    const model::RecordDate born = born_of(candidate);
    const std::string age = page.words.age(born);
    const float top = box.y;
    box.height = tall;
    const auto line = [&](Face face, Colour colour, const std::string& words) {
        box.take_top(page.canvas.text(box, face, colour, words));
    };
    line(Face::body, theme.soft, candidate.kana);
    line(name, theme.panel.ink, candidate.kanji);
    line(Face::body, theme.panel.ink,
         page.words.born(born) + (age.empty() ? "" : page.words.say("summary.dot") + age) +
             page.words.say("summary.dot") + page.words.say(sex_key(candidate.sex)));
    line(Face::body, theme.panel.ink, candidate.address);
    return box.y - top;
}

}  // namespace

std::string colleague_name(const Page& page, const desk::Colleague& colleague) {
    if (!colleague.name.empty()) return colleague.name;
    return page.words.say("bar.staff_number", {{"number", colleague.staff.str()}});
}

model::RecordDate born_of(const desk::Candidate& candidate) {
    const auto year = number_at(candidate.born, 0, 4), month = number_at(candidate.born, 5, 2),
               day = number_at(candidate.born, 8, 2);
    if (!year) return {candidate.born, std::nullopt};
    const base::Date date{std::chrono::year{static_cast<int>(*year)}, std::chrono::month{month.value_or(1)},
                          std::chrono::day{day.value_or(1)}};
    if (!date.ok()) return {candidate.born, std::nullopt};
    return {candidate.born, date};
}

void emergency_badge(const Page& page, Box line) {
    const std::string words = page.words.say("emergency.badge");
    chip(page, line.right() - chip_width(page, words, Face::strong, Icon::warning), line.middle_y(), words,
         page.theme().key_stop, Face::strong, Icon::warning);
}

const char* sex_key(model::Sex sex) {
    switch (sex) {
        case model::Sex::unknown:
            return "summary.sex_unknown";
        case model::Sex::male:
            return "summary.sex_male";
        case model::Sex::female:
            return "summary.sex_female";
        case model::Sex::other:
            return "summary.sex_other";
    }
    return "summary.sex_unknown";
}

float person_row(const Page& page, Box box, const desk::Candidate& candidate) {
    const Theme& theme = page.theme();
    const Box inner{box.x + padding, box.y + 12, box.width - 2 * padding, tall};
    bool pressed = false, held = false;
    const float height = page.canvas.on_ground(
        [&] {
            float used = person_lines(page, inner, candidate, Face::heading);
            if (!candidate.record) {
                const std::string words = page.words.say("search.no_record");
                chip(page, inner.x, inner.y + used + 22, words, theme.caution, Face::body, Icon::info);
                used += 40;
            }
            return used + 24;
        },
        [&](float used) {
            const Box all{box.x, box.y, box.width, used};
            const auto touch =
                page.canvas.touch("person." + base::to_hex(candidate.patient.view()), all, candidate.record);
            pressed = touch.pressed;
            held = touch.held;
            panel(page, all);
            if (held) page.canvas.outline(all, theme.primary.ground, 12, 3);
        });
    if (pressed) page.want(state::ChooseCandidate{candidate.patient});
    return height;
}

float person_panel(const Page& page, Box box, std::string_view heading, const desk::Candidate& candidate) {
    const Theme& theme = page.theme();
    const auto draw = [&](Box at) {
        Box inner = at.inset(24, 20);
        inner.height = tall;
        inner.take_top(page.canvas.text(inner, Face::body, theme.soft, heading), 4);
        return inner.y + person_lines(page, inner, candidate, Face::title) + 20 - at.y;
    };
    return page.canvas.on_ground([&] { return draw(box); },
                                 [&](float height) {
                                     panel(page, {box.x, box.y, box.width, height});
                                 });
}

}  // namespace kazashi::view
