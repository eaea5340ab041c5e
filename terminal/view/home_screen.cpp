// Signed in: the patient's card is what is waited for. Who came today stands in a quiet list beside it.
#include "terminal/state/search.h"
#include "terminal/view/controls.h"
#include "terminal/view/hero.h"
#include "terminal/view/screens.h"
#include "terminal/view/window_rows.h"

namespace kazashi::view {
namespace {

using Service = card::ReaderState::Service;

constexpr float list_width = 440;

// The reader's trouble, as a key; empty: it is ready.
std::string reader_trouble(const Page& page) {
    switch (page.state.reader.service) {
        case Service::ready:
            return {};
        case Service::no_reader:
            return "idle.no_reader";
        case Service::off:
            return "idle.reader_off";
    }
    return {};
}

void hold_card(const Page& page, Box box) {
    const std::string trouble = reader_trouble(page);
    const bool reading = page.state.tap || page.state.staff_lookup;
    const std::string words = page.words.say(!trouble.empty() ? trouble : reading ? "home.reading" : "home.hold");
    const float sentence = page.canvas.text_height(Face::title, words, box.width);
    const float hero_height = std::min(box.height - sentence - 24, trouble.empty() ? 340.0F : 120.0F);
    Box group = box.centred(box.width, hero_height + 24 + sentence);
    const Box hero = group.take_top(hero_height, 24);
    if (trouble.empty())
        draw_hero(page, hero, reading ? Hero::reading : Hero::hold);
    else
        draw_icon(page.canvas, Icon::warning, hero.middle_x(), hero.middle_y(), 80, page.theme().caution.ink);
    page.canvas.centred(group, Face::title, trouble.empty() ? page.theme().page.ink : page.theme().caution.ink, words);
}

// First sync: how much of the region is here. A bar and two figures, no percentage that lies.
void sync_progress(const Page& page, Box& box) {
    const auto& sync = page.state.sync;
    if (sync.packages >= sync.packages_total || sync.packages_total == 0) return;
    Box strip = box.take_bottom(88, 16);
    tinted(page, strip, page.theme().offline);
    strip = strip.inset(20, 12);
    const std::string figures = page.words.say(
        "home.progress", {{"have", std::to_string(sync.packages)}, {"all", std::to_string(sync.packages_total)}});
    Box words = strip.take_top(36, 8);
    page.canvas.beside(words.take_right(page.canvas.text_width(Face::strong, figures), 16), Face::strong,
                       page.theme().offline.ink, figures, Align::right);
    page.canvas.beside(words, Face::body, page.theme().offline.ink, page.words.say("home.receiving"));
    const float share = static_cast<float>(sync.packages) / static_cast<float>(sync.packages_total);
    strip.height = 12;
    page.canvas.fill(strip, mixed(page.theme().offline.ground, page.theme().offline.ink, 20), 6);
    page.canvas.fill({strip.x, strip.y, strip.width * share, strip.height}, page.theme().offline.ink, 6);
}

void line_trouble(const Page& page, Box& box) {
    using Line = engine::SyncStatus::Line;
    const auto& sync = page.state.sync;
    const bool fault = sync.line == Line::server_fault;
    if (!fault && sync.line != Line::offline) return;
    const Pair colours = fault ? page.theme().caution : page.theme().offline;
    const std::string words =
        fault ? page.words.say_known("problem." + sync.problem, "problem.general") : page.words.say("home.offline");
    const float height = page.canvas.text_height(Face::body, words, box.width - 72) + 24;
    Box strip = box.take_bottom(height, 16);
    tinted(page, strip, colours);
    strip = strip.inset(16, 0);
    const Box icon = strip.take_left(24, 16);
    draw_icon(page.canvas, fault ? Icon::warning : Icon::offline, icon.middle_x(), icon.middle_y(), 24, colours.ink);
    page.canvas.beside(strip, Face::body, colours.ink, words);
}

void todays_list(const Page& page, Box box) {
    page.canvas.text(box.take_top(38, 12), Face::heading, page.theme().page.ink, page.words.say("home.today"));
    const auto windows = state::todays_windows(page.state);
    if (windows.empty()) {
        const std::string none = page.words.say("home.none_today");
        page.canvas.text(box, Face::body, page.theme().quiet, none);
        return;
    }
    page.canvas.scroll("today", box, {page.theme().primary.ground, page.theme().page.ground}, [&](Box list) {
        float y = 0;
        for (const auto* window : windows) {
            const float height = window_row_height(page, *window, list.width);
            window_row(page, {0, y, list.width, height}, *window);
            y += height + 12;
        }
        return y;
    });
}

// Without the patient's card, by staff who may: tinted, so that nobody takes it for the usual way.
void emergency_button(const Page& page, Box& box) {
    if (!may_break_glass(page.state)) return;
    const Box at = box.take_bottom(80, 16);
    if (button(page, "home.emergency", at.centred(std::min(at.width, 560.0F), at.height),
               page.words.say("home.emergency"), Look::emergency, !page.state.tap, Face::heading, Icon::warning))
        page.want(state::StartSearch{});
}

}  // namespace

void draw_home(const Page& page, Box body) {
    Box box = body.inset(margin, 24);
    Box list = box.take_right(list_width, gutter);
    page.canvas.line(list.x - gutter / 2, body.y + 24, list.x - gutter / 2, body.bottom() - 24, page.theme().line);
    list.take_left(gutter / 2);
    box.width -= gutter / 2;
    line_trouble(page, box);
    sync_progress(page, box);
    emergency_button(page, box);
    hold_card(page, box);
    todays_list(page, list);
    if (page.state.staff &&
        side_action(page, "home.staff", page.words.say("home.staff"), Icon::people, !page.state.tap))
        page.want(state::ShowStaffMenu{});
    if (main_button(page, "home.windows", page.words.say("home.windows"), !page.state.tap))
        page.want(state::ShowWindows{});
    const std::string trouble = reader_trouble(page);
    next_sentence(page, page.words.say(trouble.empty() ? "home.next" : trouble + ".now"));
}

}  // namespace kazashi::view
