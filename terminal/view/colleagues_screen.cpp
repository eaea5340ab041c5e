// Choosing a colleague: to let in, to hand over to, to remove.
#include "terminal/view/people.h"
#include "terminal/view/screens.h"

namespace kazashi::view {
namespace {

constexpr float row_gap = 12;
constexpr float padding = 20;

std::string key_of(state::StaffJob::Kind kind) {
    using Kind = state::StaffJob::Kind;
    switch (kind) {
        case Kind::let_in:
            return "colleague.let_in";
        case Kind::take_over:
            return "colleague.take_over";
        case Kind::remove:
        case Kind::change_pin:
        case Kind::add_card:
        case Kind::break_glass:
            break;
    }
    return "colleague.remove";
}

std::string about(const Page& page, const desk::Colleague& colleague) {
    std::string words = page.words.say(colleague.slot ? "colleague.card" : "colleague.no_card");
    if (colleague.shift_until)
        words += page.words.say("summary.dot") +
                 page.words.say("colleague.until", {{"time", page.words.clock(*colleague.shift_until)}});
    return words;
}

float row(const Page& page, Box box, const desk::Colleague& colleague) {
    const Theme& theme = page.theme();
    Box inner = box.inset(padding, 14);
    const Box icon = inner.take_left(36, 20);
    const std::string name = colleague_name(page, colleague), words = about(page, colleague);
    const float height = 28 + page.canvas.text_height(Face::heading, name, inner.width) +
                         page.canvas.text_height(Face::body, words, inner.width);
    box.height = height;
    const ButtonFrame frame = button_frame(page, "colleague." + colleague.staff.str(), box, Look::plain);
    draw_icon(page.canvas, Icon::person, icon.middle_x(), box.middle_y(), 32, theme.primary.ground);
    inner.height = height;
    inner.take_top(page.canvas.text(inner, Face::heading, frame.ink, name));
    page.canvas.text(inner, Face::body, theme.quiet, words);
    if (frame.pressed) page.want(state::ChooseColleague{colleague.staff});
    return height;
}

}  // namespace

void draw_colleagues(const Page& page, Box body) {
    if (!page.state.job) return;
    const std::string key = key_of(page.state.job->kind);
    Box box = body.inset(margin + 160, 16);
    const std::string title = page.words.say(key);
    page.canvas.text(box.take_top(page.canvas.text_height(Face::title, title, box.width), 16), Face::title,
                     page.theme().page.ink, title);
    const auto colleagues = state::choosable(page.state, page.state.job->kind);
    if (colleagues.empty())
        page.canvas.text(box, Face::heading, page.theme().quiet, page.words.say("colleague.none"));
    else
        page.canvas.scroll("colleagues", box, {page.theme().primary.ground, page.theme().page.ground}, [&](Box rows) {
            float y = 0;
            for (const auto* colleague : colleagues) y += row(page, {0, y, rows.width, 0}, *colleague) + row_gap;
            return y;
        });
    if (back_button(page, "back", page.words.say("back"))) page.want(state::GoBack{});
    next_sentence(page, page.words.say(key + ".next"));
}

}  // namespace kazashi::view
