// The patient takes the permission back: whose, what happens then, and whether they are sure.
#include "terminal/view/bilingual.h"
#include "terminal/view/screens.h"

namespace kazashi::view {
namespace {

constexpr Faces large{Face::title, Face::body};

Said with_facility(const Page& page, const char* key) {
    return both(page, key, {{"facility", page.state.facility.name}});
}

bool choice(const Page& page, const char* id, Box box, const Said& what, const Said& then) {
    const ButtonFrame frame = button_frame(page, id, box, Look::plain);
    Box inside = box.inset(32, 12);
    const Box icon = inside.take_left(48, 24);
    draw_icon(page.canvas, Icon::cross, icon.middle_x(), icon.middle_y(), 40, page.theme().refused.ink);
    inside = inside.centred(inside.width, both_height(page, what, large, inside.width) + 8 +
                                              both_height(page, then, {Face::heading, Face::body}, inside.width));
    inside.take_top(draw_both(page, inside, what, large, frame.ink), 8);
    draw_both(page, inside, then, {Face::heading, Face::body}, page.theme().soft);
    return frame.pressed;
}

void choices(const Page& page, Box box) {
    const bool here = page.state.withdrawing->here;
    const float height = std::min((box.height - gutter) / 2, 240.0F);
    if (here && choice(page, "withdraw.here", box.take_top(height, gutter), with_facility(page, "withdraw.here"),
                       both(page, "withdraw.here.what")))
        page.want(state::ChooseWithdrawal{false});
    if (choice(page, "withdraw.everybody", box.take_top(height), both(page, "withdraw.everybody"),
               both(page, "withdraw.everybody.what")))
        page.want(state::ChooseWithdrawal{true});
}

void sure(const Page& page, Box box, bool everybody) {
    const Said question = everybody ? both(page, "withdraw.sure_everybody") : with_facility(page, "withdraw.sure_here");
    const Said after = both(page, everybody ? "withdraw.after_everybody" : "withdraw.after");
    constexpr Faces second{Face::heading, Face::body};
    const float width = box.width - 96;
    box = box.centred(box.width, 80 + both_height(page, question, {Face::title, Face::heading}, width) + 32 +
                                     both_height(page, after, second, width));
    tinted(page, box, page.theme().caution);
    box = box.inset(48, 40);
    box.take_top(draw_both(page, box, question, {Face::title, Face::heading}, page.theme().page.ink), 32);
    draw_both(page, box, after, second, page.theme().page.ink);
}

bool working(const Page& page) {
    using Step = state::Tap::Step;
    if (!page.state.tap) return false;
    const Step step = page.state.tap->step;
    return step == Step::withdrawing || step == Step::signing_withdrawal || step == Step::writing_withdrawal;
}

}  // namespace

void draw_withdraw(const Page& page, Box body) {
    if (!page.state.withdrawing) return;
    const auto& withdrawing = *page.state.withdrawing;
    Box box = body.inset(margin + 64, 16);
    box.take_top(draw_both(page, box, both(page, "withdraw.title"), {Face::title, Face::body}, page.theme().page.ink),
                 20);
    const bool asked = withdrawing.everybody.has_value();
    asked ? sure(page, box, *withdrawing.everybody) : choices(page, box);
    const BottomRow row = bottom_row(page, asked ? 1 : 0, 320);
    if (back_button(page, "back", page.words.say("back"))) page.want(state::GoBack{});
    if (asked &&
        button_both(page, "withdraw.yes", row.actions.front(), both(page, "withdraw.yes"), Look::stop, !working(page)))
        page.want(state::ConfirmWithdrawal{});
    next_sentence(page, row.middle,
                  page.words.say(working(page)      ? "withdraw.working"
                                 : asked            ? "withdraw.confirm_next"
                                 : withdrawing.here ? "withdraw.next"
                                                    : "withdraw.next_one"));
}

}  // namespace kazashi::view
