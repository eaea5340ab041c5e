#include "terminal/view/controls.h"
#include "terminal/view/screens.h"
#include "terminal/view/summary_parts.h"

namespace kazashi::view {
namespace {

constexpr float person_width = 340;

float not_understood(const Page& page, Box box) {
    const int count = page.state.summary->not_understood;
    if (count == 0) return 0;
    const std::string words = page.words.say("summary.not_understood", {{"count", std::to_string(count)}});
    return page.canvas.text({box.x, box.y, box.width, 200}, Face::body, page.theme().quiet, words) + 16;
}

void next(const Page& page) {
    if (const auto closing = closing_in(page.state))
        return next_sentence(page, page.words.say("summary.closing", {{"seconds", std::to_string(closing->count())}}),
                             page.theme().caution);
    next_sentence(page, page.words.say(page.state.summary_with_card ? "summary.next_with_card" : "summary.next"));
}

}  // namespace

void draw_summary(const Page& page, Box body) {
    if (!page.state.summary) return;
    Box box = body.inset(margin, 12);
    draw_person_column(page, box.take_left(person_width, gutter));
    page.canvas.scroll("summary", box, {page.theme().primary.ground, page.theme().page.ground}, [&](Box cards) {
        float y = 0;
        for (const auto& card : {draw_medicines, draw_problems, draw_labs, not_understood})
            y += card(page, {cards.x, y, cards.width, 0});
        return y;
    });
    if (back_button(page, "summary.close", page.words.say("summary.close"))) page.want(state::CloseSummary{});
    next(page);
}

}  // namespace kazashi::view
