#include "terminal/view/bars.h"

#include <algorithm>
#include <span>
#include <vector>

#include "terminal/view/controls.h"

namespace kazashi::view {
namespace {

using Line = engine::SyncStatus::Line;
using Service = card::ReaderState::Service;

struct Sign {
    std::string words;
    Pair colours;
    Icon icon;
};

Sign line_sign(const Page& page) {
    const auto& sync = page.state.sync;
    const Theme& theme = page.theme();
    const Pair plain{theme.quiet, theme.page.ground};
    const auto say = [&](const char* key) { return page.words.say(key, {{"time", page.words.moment(sync.since)}}); };
    switch (sync.line) {
        case Line::unknown:
            return {page.words.say("bar.line_unknown"), plain, Icon::waiting};
        case Line::online:
            return {say("bar.line_online"), plain, Icon::check};
        case Line::offline:
            return {say("bar.line_offline"), theme.offline, Icon::offline};
        case Line::server_fault:
            return {say("bar.line_server_fault"), theme.caution, Icon::warning};
    }
    return {};
}

// Green means receipt (design §1): nothing waits, and there was something to be received.
Sign ledger_sign(const Page& page) {
    const auto& ledger = page.state.sync.ledger;
    const Theme& theme = page.theme();
    const auto count = [](std::int64_t n) { return std::to_string(n); };
    if (ledger.pending > 0)
        return {page.words.say("bar.pending", {{"count", count(ledger.pending)}}), theme.offline, Icon::waiting};
    if (ledger.entries > 0) return {page.words.say("bar.sent"), theme.received, Icon::check};
    return {page.words.say("bar.pending", {{"count", count(0)}}), {theme.quiet, theme.page.ground}, Icon::none};
}

Sign reader_sign(const Page& page) {
    const Theme& theme = page.theme();
    switch (page.state.reader.service) {
        case Service::ready:
            return {page.words.say("bar.reader_ready"), {theme.quiet, theme.page.ground}, Icon::reader};
        case Service::no_reader:
            return {page.words.say("bar.reader_none"), theme.caution, Icon::warning};
        case Service::off:
            return {page.words.say("bar.reader_off"), theme.caution, Icon::warning};
    }
    return {};
}

std::vector<Sign> signs(const Page& page) {
    std::vector<Sign> all{line_sign(page), ledger_sign(page), reader_sign(page)};
    if (page.state.sync.ledger.refused > 0)
        all.push_back({page.words.say("bar.refused", {{"count", std::to_string(page.state.sync.ledger.refused)}}),
                       page.theme().refused, Icon::cross});
    if (!page.state.faults.empty()) all.push_back({page.words.say("bar.fault"), page.theme().refused, Icon::warning});
    return all;
}

bool bar_button(const Page& page, std::string_view id, Box& bar, std::string_view label) {
    const Box box = bar.take_right(page.canvas.text_width(Face::body, label) + 24, 8);
    const auto touch = page.canvas.touch(id, box);
    const Box drawn = box.inset(0, 8);
    if (touch.held) page.canvas.fill(drawn, page.theme().line, 8);
    page.canvas.outline(drawn, page.theme().line, 8, 1.5F);
    page.canvas.beside(drawn, Face::body, page.theme().page.ink, label, Align::centre);
    return touch.pressed;
}

// The feed may not have brought the name yet: then the staff number says who it is.
std::string who_is_here(const Page& page) {
    if (!page.state.staff) return {};
    if (!page.state.staff->name.empty()) return page.state.staff->name;
    return page.words.say("bar.staff_number", {{"number", page.state.staff->staff.str()}});
}

// One line each when they are short; else the small face over as many lines as the bar holds. Never cut.
void whose_terminal(const Page& page, Box box) {
    const std::string& facility = page.state.facility.name;
    const std::string who = who_is_here(page);
    const Theme& theme = page.theme();
    const float name = page.canvas.text_width(Face::strong, facility), person = page.canvas.text_width(Face::body, who);
    constexpr float gap = 20;
    if (name + gap + person <= box.width) {
        page.canvas.beside(box.take_left(name + 1, gap), Face::strong, theme.page.ink, facility);
        return page.canvas.beside(box, Face::body, theme.quiet, who);
    }
    const float room = box.width - gap;
    const auto lines = [&](const std::string& words, float width) {
        return page.canvas.text_height(Face::caption, words, width) / Canvas::line_height(Face::caption);
    };
    // The share of the facility that needs the fewest lines.
    float best = room * name / (name + person), fewest = 100;
    for (float share = 0.3F; share < 0.9F && !who.empty(); share += 0.02F) {
        const float most = std::max(lines(facility, room * share), lines(who, room * (1 - share)));
        if (most >= fewest) continue;
        fewest = most;
        best = room * share;
    }
    page.canvas.beside_tight(box.take_left(who.empty() ? box.width : best, gap), Face::caption, theme.page.ink,
                             facility);
    if (!who.empty()) page.canvas.beside_tight(box, Face::caption, theme.quiet, who);
}

// How much of the bar the two names want, in the large face.
float names_width(const Page& page) {
    const float who = page.state.staff ? page.canvas.text_width(Face::body, who_is_here(page)) + 20 : 0;
    return page.canvas.text_width(Face::strong, page.state.facility.name) + who + 24;
}

float signs_width(const Page& page, std::span<const Sign> some) {
    float width = 0;
    for (const Sign& sign : some) width += chip_width(page, sign.words, Face::caption, sign.icon) + 4;
    return width;
}

void draw_signs(const Page& page, Box row, std::span<const Sign> some) {
    for (const Sign& sign : some) {
        const Box box = row.take_right(chip_width(page, sign.words, Face::caption, sign.icon), 4);
        chip(page, box.x, row.middle_y(), sign.words, sign.colours, Face::caption, sign.icon);
    }
}

// How many go into the first of two rows, so that both together are as narrow as can be.
std::size_t narrowest_split(const Page& page, std::span<const Sign> some) {
    std::size_t best = some.size();
    float least = signs_width(page, some);
    for (std::size_t first = 1; first < some.size(); ++first) {
        const float width = std::max(signs_width(page, some.first(first)), signs_width(page, some.subspan(first)));
        if (width >= least) continue;
        least = width;
        best = first;
    }
    return best;
}

// In one row, or in two when many things are to be said and a name is long.
void signs_and_names(const Page& page, Box bar) {
    std::vector<Sign> all = signs(page);
    const std::string demo = page.state.demo ? page.words.say("bar.demo") : std::string{};
    const float demo_width = demo.empty() ? 0 : chip_width(page, demo, Face::caption) + 12;
    const bool one_row = signs_width(page, all) + names_width(page) + demo_width <= bar.width;
    // A reader that is ready can be told from the card that it reads: the first to make room for names.
    if (!one_row && page.state.reader.service == Service::ready) all.erase(all.begin() + 2);
    const bool two_rows = signs_width(page, all) + names_width(page) + demo_width > bar.width;
    if (two_rows && !demo.empty()) {
        all.push_back({demo, page.theme().caution, Icon::none});
    } else if (!demo.empty()) {
        chip(page, bar.x, bar.middle_y(), demo, page.theme().caution, Face::caption);
        bar.take_left(demo_width - 12, 12);
    }
    const std::span<const Sign> some{all};
    if (!two_rows) {
        draw_signs(page, bar.take_right(signs_width(page, some), 8), some);
    } else {
        const std::size_t first = narrowest_split(page, some);
        const float width = std::max(signs_width(page, some.first(first)), signs_width(page, some.subspan(first)));
        Box rows = bar.take_right(width, 8).inset(0, 1);
        draw_signs(page, rows.take_top(rows.height / 2), some.first(first));
        draw_signs(page, rows, some.subspan(first));
    }
    whose_terminal(page, bar);
}

}  // namespace

Box body_of(const Canvas& canvas) {
    const Box whole = canvas.whole();
    return {0, top_bar, whole.width, whole.height - top_bar - bottom_bar};
}

void draw_top_bar(const Page& page) {
    const Theme& theme = page.theme();
    Box bar{0, 0, page.canvas.whole().width, top_bar};
    page.canvas.fill(bar, theme.panel.ground);
    page.canvas.line(0, top_bar, bar.width, top_bar, theme.line);
    bar = bar.inset(margin / 2, 0);
    const std::string clock = page.words.clock(page.state.now);
    page.canvas.beside(bar.take_right(page.canvas.text_width(Face::strong, clock), 16), Face::strong, theme.page.ink,
                       clock, Align::right);
    const bool japanese = page.state.language == state::Language::japanese;
    if (bar_button(page, "bar.language", bar, page.words.say("bar.other_language")))
        page.want(state::SetLanguage{japanese ? state::Language::english : state::Language::japanese});
    if (page.state.staff && bar_button(page, "bar.sign_out", bar, page.words.say("bar.sign_out")))
        page.want(state::SignOut{});
    if (page.state.staff && bar_button(page, "bar.lock", bar, page.words.say("bar.lock"))) page.want(state::LockNow{});
    bar.take_right(8);
    signs_and_names(page, bar);
}

}  // namespace kazashi::view
