// A patient's card is lost: whose, and then once more before it is written.
#include "terminal/state/search.h"
#include "terminal/view/number_pad.h"
#include "terminal/view/screens.h"

namespace kazashi::view {
namespace {

using Step = state::LostVisit::Step;

using By = state::LostVisit::By;

constexpr float action_width = 160;
constexpr float line_height = 72;

// People of one name are told apart by their reading, their birth date and by when their card was last here.
std::string which(const Page& page, const desk::LiveWindow& window) {
    const auto time = page.words.moment(window.granted_at);
    const auto born = page.words.born(window.born);
    if (born.empty()) return page.words.say("lost.which", {{"kana", window.kana}, {"time", time}});
    return page.words.say("lost.which_born", {{"kana", window.kana}, {"born", born}, {"time", time}});
}

void person_row(const Page& page, Box box, const desk::LiveWindow& window) {
    const ButtonFrame frame = button_frame(page, "owner." + base::to_hex(window.grant.view()), box, Look::plain);
    Box inside = box.inset(20, 10);
    const std::string who = which(page, window);
    const float height = page.canvas.text_height(Face::body, who, inside.width);
    page.canvas.text(inside.take_top(height), Face::body, page.theme().quiet, who);
    page.canvas.text(inside, Face::heading, frame.ink, window.kanji);
    if (frame.pressed) page.want(state::ChooseLost{window.grant});
}

void people(const Page& page, Box box) {
    const auto owners = state::owners_to_choose(page.state);
    const bool searched = !page.state.lost->kana.empty();
    const auto say = [&](Box at, const std::string& words) {
        page.canvas.text(at, Face::body, page.theme().quiet, words);
    };
    if (owners.empty()) return say(box, page.words.say(searched ? "lost.none_found" : "lost.nobody"));
    if (searched) say(box.take_top(32, 8), page.words.say("search.found", {{"count", std::to_string(owners.size())}}));
    page.canvas.scroll("lost_people", box, {page.theme().primary.ground, page.theme().page.ground}, [&](Box rows) {
        float y = 0;
        for (const auto* window : owners) {
            const float height = 24 + page.canvas.text_height(Face::body, which(page, *window), rows.width - 40) +
                                 page.canvas.text_height(Face::heading, window->kanji, rows.width - 40);
            person_row(page, {0, y, rows.width, height}, *window);
            y += height + 12;
        }
        return y;
    });
}

void tab(const Page& page, Box box, const char* name, By by) {
    const Look look = page.state.lost->by == by ? Look::primary : Look::plain;
    if (button(page, name, box, page.words.say(name), look, true, Face::strong)) page.want(state::ChooseLostBy{by});
}

void number_keys(const Page& page, Box column) {
    number_line(page, column.take_top(line_height, 16), page.state.lost->number);
    Box pad = column.take_top(keys(4));
    digit_keys(page, "key.", pad.take_left(keys(3), 24));
    number_actions(page, pad, page.state.lost->number);
}

void name_keys(const Page& page, Box column) {
    const std::string& kana = page.state.lost->kana;
    const Box line = column.take_top(line_height, 16);
    panel(page, line);
    const std::string words = kana.empty() ? page.words.say("windows.search") : kana;
    page.canvas.beside(line.inset(20, 0), kana.empty() ? Face::body : Face::title,
                       kana.empty() ? page.theme().quiet : page.theme().panel.ink, words);
    Box pad = column.take_top(keys(4));
    kana_rows(page, pad.take_left(keys(3), 24), page.state.lost->kana_row);
    if (button(page, "kana.erase", pad.take_top(2 * key_size + key_gap), page.words.say("windows.erase"), Look::again,
               !kana.empty()))
        page.want(state::EraseKana{});
}

void draw_choosing(const Page& page, Box body) {
    Box box = body.inset(margin, 8);
    Box column = box.take_right(keys(3) + 24 + action_width, 2 * gutter);
    const std::string title = page.words.say("lost.title"), what = page.words.say("lost.what");
    page.canvas.text(box.take_top(page.canvas.text_height(Face::title, title, box.width), 8), Face::title,
                     page.theme().page.ink, title);
    page.canvas.text(box.take_top(page.canvas.text_height(Face::body, what, box.width), 16), Face::body,
                     page.theme().quiet, what);
    people(page, box);
    Box tabs = column.take_top(64, 12);
    tab(page, tabs.take_left((tabs.width - 12) / 2, 12), "lost.by_number", By::number);
    tab(page, tabs, "lost.by_name", By::name);
    page.state.lost->by == By::number ? number_keys(page, column) : name_keys(page, column);
    if (back_button(page, "back", page.words.say("back"))) page.want(state::GoBack{});
    next_sentence(page, page.words.say("lost.next"));
}

void draw_confirming(const Page& page, Box body) {
    const auto& lost = *page.state.lost;
    const std::string whose = lost.window ? page.words.say("lost.confirm", {{"name", lost.window->kanji}})
                                          : page.words.say("lost.confirm_number", {{"number", lost.number}});
    const std::string owner = lost.window ? which(page, *lost.window) : std::string{};
    const std::string what = page.words.say("lost.confirm.what");
    constexpr float width = 960;
    const float owner_height = owner.empty() ? 0 : page.canvas.text_height(Face::heading, owner, width - 96) + 24;
    const float whose_height = page.canvas.text_height(Face::title, whose, width - 96);
    const float what_height = page.canvas.text_height(Face::heading, what, width - 96);
    Box box = body.centred(width, 96 + 80 + 24 + whose_height + 24 + owner_height + what_height);
    tinted(page, box, page.theme().caution);
    box = box.inset(48);
    const Box mark = box.take_top(80, 24);
    draw_icon(page.canvas, Icon::warning, mark.middle_x(), mark.middle_y(), 64, page.theme().caution.ink);
    page.canvas.centred(box.take_top(whose_height, 24), Face::title, page.theme().page.ink, whose);
    if (!owner.empty())
        page.canvas.centred(box.take_top(owner_height - 24, 24), Face::heading, page.theme().quiet, owner);
    page.canvas.centred(box, Face::heading, page.theme().page.ink, what);
    if (back_button(page, "back", page.words.say("back"))) page.want(state::GoBack{});
    if (main_button(page, "lost.yes", page.words.say("lost.yes"), lost.step == Step::confirming))
        page.want(state::ReportLost{});
    next_sentence(page, page.words.say("lost.next_confirm"));
}

}  // namespace

void draw_lost_card(const Page& page, Box body) {
    if (!page.state.lost) return;
    page.state.lost->step == Step::choosing ? draw_choosing(page, body) : draw_confirming(page, body);
}

}  // namespace kazashi::view
