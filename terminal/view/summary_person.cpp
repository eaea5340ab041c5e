// The left column: who, what they must not be given, how long we may look. It never scrolls away.
#include <algorithm>

#include "terminal/view/people.h"
#include "terminal/view/summary_parts.h"

namespace kazashi::view {
namespace {

constexpr float padding = 16;
constexpr float gap = 12;
constexpr float ring_height = 96;
constexpr float line_height = 56;      // the window in one line, where allergies need the room
constexpr float allergy_room = 280;    // below this the rest of the column makes itself small
constexpr float allergy_least = 160;   // heading, a first entry, and the sign that there is more
constexpr std::size_t large_rows = 3;  // more allergies than these are set smaller

float draw_identity(const Page& page, Box box) {
    const model::Person& person = page.state.summary->person;
    const Theme& theme = page.theme();
    return page.canvas.on_ground(
        [&] {
            const Box inner{box.x + padding, box.y + gap, box.width - 2 * padding, box.height};
            float y = inner.y;
            const auto line = [&](Face face, Colour colour, const std::string& words) {
                y += page.canvas.text({inner.x, y, inner.width, box.bottom() - y}, face, colour, words);
            };
            line(Face::body, theme.soft, person.kana);
            const bool short_name =
                page.canvas.text_height(Face::title, person.kanji, inner.width) <= 2 * Canvas::line_height(Face::title);
            line(short_name ? Face::title : Face::heading, theme.panel.ink, person.kanji);
            const std::string age = page.words.age(person.born);
            line(Face::heading, theme.panel.ink,
                 (age.empty() ? "" : age + page.words.say("summary.dot")) + page.words.say(sex_key(person.sex)));
            line(Face::body, theme.panel.ink, page.words.born(person.born));
            if (!person.blood.empty())
                line(Face::body, theme.soft, page.words.say("summary.blood", {{"blood", person.blood}}));
            return y + gap - box.y;
        },
        [&](float height) {
            panel(page, {box.x, box.y, box.width, height});
        });
}

// ---- allergies: listed, none (confirmed), unknown. Three faces that cannot be mistaken for one another.

struct Face3 {
    Pair colours;
    Icon icon;
    std::string words;
};

std::string allergy_line(const Page& page, const model::Allergy& allergy) {
    std::string words;
    const auto add = [&](const std::string& part) {
        if (!part.empty()) words += (words.empty() ? "" : page.words.say("summary.dot") + "\u200B") + part;
    };
    if (allergy.unconfirmed) add(page.words.say("summary.allergy_unconfirmed"));
    add(allergy.reaction);
    add(page.words.date(allergy.recorded));
    add(allergy.facility);
    return words;
}

float allergy_row(const Page& page, Box box, const model::Allergy& allergy, Face face) {
    const Theme& theme = page.theme();
    float y = box.y;
    if (allergy.severe) {
        chip(page, box.x, y + 18, page.words.say("summary.allergy_severe"), theme.key_stop, Face::strong);
        y += 38;
    }
    y += page.canvas.text({box.x, y, box.width, 2000}, face, theme.refused.ink, allergy.what);
    y += page.canvas.text({box.x, y, box.width, 2000}, Face::body, theme.page.ink, allergy_line(page, allergy));
    return y - box.y + 8;
}

Face3 face_of(const Page& page) {
    const model::Summary& summary = *page.state.summary;
    const Theme& theme = page.theme();
    const std::string checked = page.words.date(summary.allergies_checked);
    switch (summary.allergy_knowledge) {
        case model::AllergyKnowledge::listed:
            return {theme.refused, Icon::warning, {}};
        case model::AllergyKnowledge::none_confirmed:
            return {{theme.primary.ground, theme.panel.ground},
                    Icon::check,  // not green: green means receipt

                    checked.empty() ? page.words.say("summary.allergy_none")
                                    : page.words.say("summary.allergy_none_checked", {{"date", checked}})};
        case model::AllergyKnowledge::unknown:
            return {
                theme.caution, Icon::info,
                page.words.say(emergency_first(page.state) ? "emergency.allergy_unknown" : "summary.allergy_unknown")};
    }
    return {theme.caution, Icon::info, {}};
}

void allergy_heading(const Page& page, Box& box, const Face3& face, const std::string& words) {
    Box head = box.take_top(Canvas::line_height(Face::heading), 4);
    const Box icon = head.take_left(28, 12);
    draw_icon(page.canvas, face.icon, icon.middle_x(), icon.middle_y(), 26, face.colours.ink);
    page.canvas.beside(head, Face::heading, face.colours.ink, words);
}

void allergy_list(const Page& page, Box box) {
    const auto& allergies = page.state.summary->allergies;
    const Face size = allergies.size() > large_rows ? Face::strong : Face::heading;
    page.canvas.scroll("allergies", box, page.theme().refused, [&](Box rows) {
        float y = 0;
        for (const bool severe : {true, false})  // what kills stands where nobody has to scroll
            for (const auto& allergy : allergies)
                if (allergy.severe == severe) y += allergy_row(page, {rows.x, y, rows.width, 0}, allergy, size);
        return y;
    });
}

void allergy_ground(const Page& page, Box box, const Face3& face) {
    tinted(page, box, face.colours);
    page.canvas.outline(box, face.colours.ink, 12, 2);
}

}  // namespace

void draw_allergies(const Page& page, Box box) {
    const model::Summary& summary = *page.state.summary;
    const Face3 face = face_of(page);
    if (summary.allergy_knowledge == model::AllergyKnowledge::listed) {
        allergy_ground(page, box, face);
        box = box.inset(padding, gap);
        allergy_heading(
            page, box, face,
            page.words.say("summary.allergies_count", {{"count", std::to_string(summary.allergies.size())}}));
        return allergy_list(page, box);
    }
    page.canvas.on_ground(
        [&] {
            Box inner = box.inset(padding, gap);
            allergy_heading(page, inner, face, page.words.say("summary.allergies"));
            inner.take_top(page.canvas.text(inner, Face::heading, page.theme().page.ink, face.words));
            return inner.y + gap - box.y;
        },
        [&](float height) {
            allergy_ground(page, {box.x, box.y, box.width, height}, face);
        });
}

// ---- the window

namespace {

struct WindowLeft {
    int days_left{}, days_whole{};
    base::UtcTime until;
};

std::optional<WindowLeft> window_left(const state::State& state) {
    if (state.summary_self) return std::nullopt;  // nobody's window
    if (state.summary_with_card && state.tap && state.tap->start)
        return WindowLeft{state.tap->start->window_days, state.tap->start->window_days, state.tap->start->until};
    if (!state.shown_grant) return std::nullopt;
    const auto found = std::ranges::find(state.windows, *state.shown_grant, &desk::LiveWindow::grant);
    if (found == state.windows.end()) return std::nullopt;
    const auto whole = std::chrono::floor<std::chrono::days>(found->until - found->granted_at).count();
    return WindowLeft{found->days_left, static_cast<int>(whole), found->until};
}

void draw_window(const Page& page, Box box, const WindowLeft& left) {
    panel(page, box);
    box = box.inset(padding, 8);
    const Box ring = box.take_left(72, 16);
    days_ring(page, ring.middle_x(), ring.middle_y(), 36, left.days_left, left.days_whole);
    const std::string days = page.words.say("windows.days", {{"days", std::to_string(left.days_left)}});
    const std::string until = page.words.say("summary.window_until", {{"date", page.words.last_day(left.until)}});
    Box words = box.centred(box.width,
                            Canvas::line_height(Face::heading) + page.canvas.text_height(Face::body, until, box.width));
    words.take_top(page.canvas.text(words, Face::heading, page.theme().panel.ink, days));
    page.canvas.text(words, Face::body, page.theme().soft, until);
}

void draw_window_line(const Page& page, Box box, const WindowLeft& left) {
    panel(page, box);
    box = box.inset(padding, 4);
    const std::string days = page.words.say("windows.days", {{"days", std::to_string(left.days_left)}});
    page.canvas.beside(box.take_left(page.canvas.text_width(Face::strong, days) + 1, 12), Face::strong,
                       page.theme().panel.ink, days);
    page.canvas.beside(box, Face::body, page.theme().soft,
                       page.words.say("summary.window_until", {{"date", page.words.last_day(left.until)}}));
}

}  // namespace

void draw_person_column(const Page& page, Box column) {
    column.take_top(draw_identity(page, column), gap);
    if (const auto left = window_left(page.state)) {
        const bool roomy = column.height - ring_height - gap >= allergy_room;
        const Box box = column.take_bottom(roomy ? ring_height : line_height, gap);
        roomy ? draw_window(page, box, *left) : draw_window_line(page, box, *left);
    }
    if (column.height < allergy_least) page.canvas.did_not_fit();
    draw_allergies(page, column);
}

}  // namespace kazashi::view
