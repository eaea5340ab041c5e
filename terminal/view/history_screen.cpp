// Who looked at the record, newest first, by day: the patient's own screen.
#include "terminal/view/looks.h"
#include "terminal/view/screens.h"

namespace kazashi::view {
namespace {

constexpr float tall = 4000;
constexpr float time_column = 88;
constexpr float mark_column = 168;
constexpr Faces faces{Face::heading, Face::body};

// What is out of the ordinary says so in a word with an icon, at the right.
float marks(const Page& page, Box box, const desk::Look& look) {
    float y = box.y;
    const auto mark = [&](const char* key, Pair colours, Icon icon) {
        const Said said = both(page, key);
        const float width = chip_width(page, said.first, Face::strong, icon);
        chip(page, box.right() - width, y + 18, said.first, colours, Face::strong, icon);
        y += 38;
        y +=
            page.canvas.text({box.x, y, box.width, tall}, Face::caption, page.theme().quiet, said.second, Align::right);
    };
    if (look.kind == desk::Look::Kind::emergency) mark("history.emergency_mark", page.theme().key_stop, Icon::warning);
    if (!look.sent) mark("history.waiting", page.theme().offline, Icon::waiting);
    return y - box.y;
}

float look_text(const Page& page, Box box, const desk::Look& look) {
    const float top = box.y;
    const Said said = both(page, [&](const Words& words) { return look_sentence(words, look); });
    box.take_top(draw_both(page, box, said, faces, page.theme().panel.ink));
    if (look.kind == desk::Look::Kind::emergency && !look.reason.empty()) {
        const Said why = both(page, [&](const Words& words) {
            return words.say("told.why", {{"reason", words.say_known("reason." + look.reason, "reason.other_urgent")}});
        });
        box.take_top(draw_both(page, box, why, {Face::strong, Face::body}, page.theme().panel.ink));
    }
    return box.y - top;
}

float look_row(const Page& page, Box box, const desk::Look& look) {
    const bool emergency = look.kind == desk::Look::Kind::emergency;
    const bool marked = emergency || !look.sent;
    return page.canvas.on_ground(
        [&] {
            Box inner = box.inset(20, 14);
            inner.height = tall;
            const Box time = inner.take_left(time_column, 8);
            page.canvas.text(time, Face::heading, page.theme().soft, page.words.clock(look.at));
            const float right = marked ? marks(page, inner.take_right(mark_column, 16), look) : 0;
            return std::max(right, look_text(page, inner, look)) + 28;
        },
        [&](float height) {
            const Box all{box.x, box.y, box.width, height};
            emergency ? tinted(page, all, page.theme().refused) : panel(page, all);
        });
}

float day_heading(const Page& page, Box box, base::UtcTime at) {
    const bool today = page.words.day(at) == page.words.day(page.state.now);
    const std::string day =
        today ? page.words.say("history.today", {{"date", page.words.day(at)}}) : page.words.day(at);
    return page.canvas.text(box, Face::strong, page.theme().soft, day) + 6;
}

float all_looks(const Page& page, float width) {
    float y = 0;
    std::string day;
    for (const auto& look : page.state.history) {
        if (const std::string of_look = page.words.day(look.at); of_look != day) {
            if (!day.empty()) y += 12;
            y += day_heading(page, {0, y, width, tall}, look.at);
            day = of_look;
        }
        y += look_row(page, {0, y, width, 0}, look) + 10;
    }
    return y;
}

}  // namespace

void draw_history(const Page& page, Box body) {
    Box box = body.inset(margin, 12);
    const Said title = both(page, "history.title");
    Box head = box.take_top(Canvas::line_height(Face::title), 8);
    page.canvas.beside(head.take_left(page.canvas.text_width(Face::title, title.first) + 1, 20), Face::title,
                       page.theme().page.ink, title.first);
    page.canvas.beside(head, Face::body, page.theme().quiet, title.second);
    if (page.state.history.empty()) {
        const bool asked = page.state.tap && page.state.tap->history_asked;
        draw_both(page, box, both(page, asked ? "history.reading" : "history.none"), faces, page.theme().quiet);
    } else {
        page.canvas.scroll("history", box, {page.theme().primary.ground, page.theme().page.ground},
                           [&](Box rows) { return all_looks(page, rows.width); });
    }
    const bool may = may_withdraw(page.state);
    const BottomRow row = bottom_row(page, may ? 1 : 0, 320);
    if (back_button(page, "back", page.words.say("back"))) page.want(state::GoBack{});
    if (may && button_both(page, "history.withdraw", row.actions.front(), both(page, "history.withdraw"), Look::plain))
        page.want(state::StartWithdrawal{});
    next_sentence(page, row.middle, page.words.say("history.next"));
}

}  // namespace kazashi::view
