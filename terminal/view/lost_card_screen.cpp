// A patient's card is lost: whose, and then once more before it is written.
#include "terminal/view/number_pad.h"
#include "terminal/view/screens.h"

namespace kazashi::view {
namespace {

using Step = state::LostVisit::Step;

constexpr float action_width = 160;

bool named(const desk::LiveWindow& window) { return !window.refused && !window.kanji.empty(); }

void person_row(const Page& page, Box box, const desk::LiveWindow& window) {
    const ButtonFrame frame = button_frame(page, "lost." + base::to_hex(window.grant.view()), box, Look::plain);
    Box inside = box.inset(20, 10);
    page.canvas.text(inside.take_top(Canvas::line_height(Face::body)), Face::body, page.theme().quiet, window.kana);
    page.canvas.text(inside, Face::heading, frame.ink, window.kanji);
    if (frame.pressed) page.want(state::ChooseLost{window.grant});
}

void people(const Page& page, Box box) {
    bool anybody = false;
    for (const auto& window : page.state.windows) anybody = anybody || named(window);
    if (!anybody) {
        page.canvas.text(box, Face::body, page.theme().quiet, page.words.say("lost.nobody"));
        return;
    }
    page.canvas.scroll("lost_people", box, {page.theme().primary.ground, page.theme().page.ground}, [&](Box rows) {
        float y = 0;
        for (const auto& window : page.state.windows) {
            if (!named(window)) continue;
            const float height = 24 + Canvas::line_height(Face::body) +
                                 page.canvas.text_height(Face::heading, window.kanji, rows.width - 40);
            person_row(page, {0, y, rows.width, height}, window);
            y += height + 12;
        }
        return y;
    });
}

void draw_choosing(const Page& page, Box body) {
    Box box = body.inset(margin, 8);
    Box pad = box.take_right(keys(3) + 24 + action_width, 2 * gutter);
    const std::string title = page.words.say("lost.title"), what = page.words.say("lost.what");
    page.canvas.text(box.take_top(page.canvas.text_height(Face::title, title, box.width), 8), Face::title,
                     page.theme().page.ink, title);
    page.canvas.text(box.take_top(page.canvas.text_height(Face::body, what, box.width), 16), Face::body,
                     page.theme().quiet, what);
    people(page, box);
    const std::string by_number = page.words.say("lost.by_number");
    page.canvas.text(pad.take_top(page.canvas.text_height(Face::body, by_number, pad.width), 8), Face::body,
                     page.theme().page.ink, by_number);
    number_line(page, pad.take_top(72, 16), page.state.lost->number);
    Box number_keys = pad.take_top(keys(4));
    digit_keys(page, "key.", number_keys.take_left(keys(3), 24));
    number_actions(page, number_keys, page.state.lost->number);
    if (back_button(page, "back", page.words.say("back"))) page.want(state::GoBack{});
    next_sentence(page, page.words.say("lost.next"));
}

void draw_confirming(const Page& page, Box body) {
    const auto& lost = *page.state.lost;
    const std::string whose = lost.window ? page.words.say("lost.confirm", {{"name", lost.window->kanji}})
                                          : page.words.say("lost.confirm_number", {{"number", lost.number}});
    const std::string what = page.words.say("lost.confirm.what");
    constexpr float width = 960;
    const float whose_height = page.canvas.text_height(Face::title, whose, width - 96);
    const float what_height = page.canvas.text_height(Face::heading, what, width - 96);
    Box box = body.centred(width, 96 + 80 + 24 + whose_height + 24 + what_height);
    tinted(page, box, page.theme().caution);
    box = box.inset(48);
    const Box mark = box.take_top(80, 24);
    draw_icon(page.canvas, Icon::warning, mark.middle_x(), mark.middle_y(), 64, page.theme().caution.ink);
    page.canvas.centred(box.take_top(whose_height, 24), Face::title, page.theme().page.ink, whose);
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
