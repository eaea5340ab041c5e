// Break-glass, first half: finding a person without their card. Fields above, the people found on the left, keys a
// thumb wide on the right.
#include "terminal/state/tuning.h"
#include "terminal/view/pads.h"
#include "terminal/view/people.h"
#include "terminal/view/screens.h"

namespace kazashi::view {
namespace {

using Field = state::Search::Field;

constexpr float field_height = 88;
constexpr float erase_height = 80;
constexpr float pad_width = keys(3);
constexpr float row_gap = 12;

// What has been typed, as people read it: 1942 03 is 昭和17年(1942年)3月 as soon as the digits say so.
std::string born_words(const Page& page, const std::string& digits) {
    if (digits.size() < 4) return digits;
    std::string date = digits.substr(0, 4);
    if (digits.size() >= 6) date += "-" + digits.substr(4, 2);
    if (digits.size() >= 8) date += "-" + digits.substr(6, 2);
    desk::Candidate typed;
    typed.born = date;
    const model::RecordDate born = born_of(typed);
    const std::string rest = digits.size() == 5 || digits.size() == 7 ? digits.substr(digits.size() - 1) : "";
    return born.day ? page.words.born(born) + " " + rest : digits;
}

std::string value_of(const Page& page, Field field) {
    const desk::Query& query = page.state.search->query;
    switch (field) {
        case Field::kana:
            return query.kana;
        case Field::born:
            return born_words(page, query.born);
        case Field::phone:
            return query.phone;
        case Field::address:
            return query.address;
    }
    return {};
}

struct Tab {
    Field field;
    const char* name;  // the sentence and the item
};
constexpr std::array tabs{Tab{Field::kana, "search.kana"}, Tab{Field::born, "search.born"},
                          Tab{Field::phone, "search.phone"}, Tab{Field::address, "search.address"}};

void field_tab(const Page& page, Box box, const Tab& tab) {
    const bool chosen = page.state.search->field == tab.field;
    const ButtonFrame frame = button_frame(page, tab.name, box, chosen ? Look::primary : Look::plain);
    const std::string value = value_of(page, tab.field), label = page.words.say(tab.name);
    Box inside = box.inset(12, 4);
    page.canvas.centred(inside.take_top(Canvas::line_height(Face::body)), Face::body, frame.ink, label);
    const std::string shown = value.empty() ? page.words.say("search.unset") : value;
    const bool roomy = page.canvas.text_height(Face::heading, shown, inside.width) <= inside.height;
    roomy ? page.canvas.centred(inside, Face::heading, frame.ink, shown)
          : page.canvas.beside_tight(inside, Face::strong, frame.ink, shown);
    if (frame.pressed) page.want(state::ChooseField{tab.field});
}

void field_tabs(const Page& page, Box box) {
    constexpr float gap = 12;
    // The birth date is the longest: two calendars.
    const float part = (box.width - 3 * gap) / 4.6F;
    for (const Tab& tab : tabs) field_tab(page, box.take_left(tab.field == Field::born ? 1.6F * part : part, gap), tab);
}

bool nothing_asked(const desk::Query& query) {
    return query.kana.empty() && query.born.empty() && query.phone.empty() && query.address.empty();
}

void found_people(const Page& page, Box box) {
    const auto& search = *page.state.search;
    const Theme& theme = page.theme();
    const auto say = [&](const char* key) {
        page.canvas.text(box.inset(0, 16), Face::heading, theme.quiet, page.words.say(key));
    };
    if (nothing_asked(search.query)) return say("search.start");
    if (search.found.empty()) return say(search.waiting ? "search.waiting" : "search.none");
    const bool more = search.found.size() >= state::tuning::people_most;
    page.canvas.text(
        box.take_top(32, 8), Face::strong, theme.soft,
        page.words.say(more ? "search.found_many" : "search.found", {{"count", std::to_string(search.found.size())}}));
    page.canvas.scroll("people", box, {theme.primary.ground, theme.page.ground}, [&](Box rows) {
        float y = 0;
        for (const auto& candidate : search.found) y += person_row(page, {0, y, rows.width, 0}, candidate) + row_gap;
        return y;
    });
}

// ---- the keys of the field that is chosen

void erase_key(const Page& page, Box box) {
    const bool empty = value_of(page, page.state.search->field).empty();
    if (button(page, "search.erase", box, page.words.say("search.erase"), Look::again, !empty, Face::heading))
        page.want(state::EraseKana{});
}

void address_choices(const Page& page, Box box) {
    const auto& places = page.state.search->places;
    const std::string& chosen = page.state.search->query.address;
    if (places.empty() && chosen.empty())
        return page.canvas.centred(box, Face::body, page.theme().quiet, page.words.say("search.no_places"));
    const auto place = [&](const std::string& id, Box at, const std::string& label, const std::string& address) {
        const Look look = chosen == address ? Look::primary : Look::plain;
        if (button(page, id, at, label, look, true, Face::strong)) page.want(state::ChooseAddress{address});
    };
    place("place.all", box.take_top(72, 12), page.words.say("search.everywhere"), {});
    page.canvas.scroll("places", box, {page.theme().primary.ground, page.theme().page.ground}, [&](Box rows) {
        float y = 0;
        for (std::size_t i = 0; i < places.size(); ++i, y += 80)
            place("place." + std::to_string(i), {0, y, rows.width, 72}, places[i], places[i]);
        return y;
    });
}

void field_keys(const Page& page, Box column) {
    const auto& search = *page.state.search;
    if (search.field == Field::address) return address_choices(page, column);
    emergency_badge(page, {column.x, column.y, column.width, 40});
    column.take_top(40);
    erase_key(page, column.take_bottom(erase_height, key_gap));
    const Box pad = column.take_bottom(keys(4), key_gap);
    switch (search.field) {
        case Field::kana:
            return kana_rows(page, pad, search.kana_row);
        case Field::born:
            digit_keys(page, "digit.", pad);
            return page.canvas.centred(column, Face::body, page.theme().quiet, page.words.say("search.born_hint"));
        case Field::phone:
            digit_keys(page, "digit.", pad);
            return page.canvas.centred(column, Face::body, page.theme().quiet, page.words.say("search.phone_hint"));
        case Field::address:
            return;
    }
}

}  // namespace

void draw_search(const Page& page, Box body) {
    if (!page.state.search) return;
    Box box = body.inset(margin, 12);
    const Box column = box.take_right(pad_width, gutter);
    field_tabs(page, box.take_top(field_height, 12));
    found_people(page, box);
    field_keys(page, column);
    if (back_button(page, "back", page.words.say("back"))) page.want(state::GoBack{});
    next_sentence(page, page.words.say("search.next"));
}

}  // namespace kazashi::view
