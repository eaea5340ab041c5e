// Break-glass, second half: who is about to be opened, and why. One touch.
#include "terminal/view/looks.h"
#include "terminal/view/people.h"
#include "terminal/view/screens.h"

namespace kazashi::view {
namespace {

constexpr float person_width = 440;

void who_and_what(const Page& page, Box box) {
    const auto& policy = page.state.policy.of(page.state.facility.type);
    const std::string opens =
        page.words.say("ask.opens", {{"sections", parts_of(page.words, policy.emergency_sections)}});
    box.take_top(person_panel(page, box, page.words.say("ask.who"), *page.state.search->chosen), 16);
    page.canvas.text(box, Face::body, page.theme().soft, opens);
}

void reasons(const Page& page, Box box) {
    constexpr float gap = 16;
    const bool asked = page.state.search->step != state::Search::Step::reason;
    const float height = std::min((box.height - 3 * gap) / 4, 136.0F);
    for (const std::string reason : state::emergency_reasons) {
        const std::string id = "reason." + reason;
        const bool chosen = asked && page.state.search->reason == reason;
        if (button(page, id, box.take_top(height, gap), page.words.say(id), chosen ? Look::primary : Look::plain,
                   !asked, Face::title))
            page.want(state::ChooseReason{reason});
    }
}

}  // namespace

void draw_reason(const Page& page, Box body) {
    if (!page.state.search || !page.state.search->chosen) return;
    Box box = body.inset(margin, 16);
    Box head = box.take_top(52, 16);
    emergency_badge(page, head);
    page.canvas.text(head, Face::title, page.theme().page.ink, page.words.say("ask.title"));
    who_and_what(page, box.take_left(person_width, 2 * gutter));
    reasons(page, box);
    if (back_button(page, "back", page.words.say("back"))) page.want(state::GoBack{});
    const bool opening = page.state.search->step == state::Search::Step::opening;
    next_sentence(page, page.words.say(opening                                  ? "ask.opening"
                                       : state::second_staff_needed(page.state) ? "ask.next_two"
                                                                                : "ask.next_one"));
}

}  // namespace kazashi::view
