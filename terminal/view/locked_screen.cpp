// Nobody is signed in, but the shifts of some go on: who may come back with the card alone, and until when.
#include "terminal/view/controls.h"
#include "terminal/view/hero.h"
#include "terminal/view/people.h"
#include "terminal/view/screens.h"

namespace kazashi::view {
namespace {

constexpr float list_width = 480;
constexpr float tall = 4000;

float row(const Page& page, Box box, const desk::Colleague& colleague) {
    const Theme& theme = page.theme();
    const std::string name = colleague_name(page, colleague);
    return page.canvas.on_ground(
        [&] {
            Box inner = box.inset(20, 16);
            const Box icon = inner.take_left(32, 16);
            inner.height = tall;
            inner.take_top(page.canvas.text(inner, Face::heading, theme.panel.ink, name));
            if (colleague.shift_until)
                inner.take_top(page.canvas.text(
                    inner, Face::body, theme.quiet,
                    page.words.say("locked.until", {{"time", page.words.clock(*colleague.shift_until)}})));
            const float height = inner.y + 16 - box.y;
            draw_icon(page.canvas, Icon::person, icon.middle_x(), box.y + height / 2, 32, theme.quiet);
            return height;
        },
        [&](float height) {
            panel(page, {box.x, box.y, box.width, height});
        });
}

void who_may_return(const Page& page, Box box) {
    page.canvas.text(box.take_top(40, 12), Face::heading, page.theme().page.ink, page.words.say("locked.may_return"));
    page.canvas.scroll("may_return", box, {page.theme().primary.ground, page.theme().page.ground}, [&](Box rows) {
        float y = 0;
        for (const auto& colleague : page.state.locked->may_return)
            y += row(page, {0, y, rows.width, 0}, colleague) + 12;
        return y;
    });
}

}  // namespace

void draw_locked(const Page& page, Box body) {
    const bool reading = page.state.staff_lookup || page.state.tap;
    Box box = body.inset(margin, 24);
    if (page.state.locked && !page.state.locked->may_return.empty())
        who_may_return(page, box.take_right(list_width, 2 * gutter));
    const std::string title = page.words.say("locked.title");
    const std::string hold = page.words.say(reading ? "idle.reading" : "locked.hold");
    page.canvas.centred(box.take_top(40, 8), Face::heading, page.theme().quiet, title);
    const Box words = box.take_bottom(page.canvas.text_height(Face::title, hold, box.width) + 16, 8);
    draw_hero(page, box.centred(box.width, std::min(box.height, 380.0F)), reading ? Hero::reading : Hero::hold);
    page.canvas.centred(words, Face::title, page.theme().page.ink, hold);
    if (may_see_doctor(page.state) && side_action(page, "doctor", page.words.say("doctor.open"), Icon::info))
        page.want(state::ShowDoctor{});
    next_sentence(page, page.words.say("locked.next"));
}

}  // namespace kazashi::view
