// Their record was opened by break-glass: the patient is told before anything else happens.
#include "terminal/view/bilingual.h"
#include "terminal/view/screens.h"

namespace kazashi::view {
namespace {

constexpr float tall = 4000;
constexpr float ok_height = 96;

Said row_of(const Page& page, const desk::EmergencyView& view) {
    return both(page, [&](const Words& words) {
        return words.say("told.row", {{"facility", view.facility}, {"time", words.moment(view.at)}});
    });
}
Said reason_of(const Page& page, const desk::EmergencyView& view) {
    return both(page, [&](const Words& words) {
        return words.say("told.why", {{"reason", words.say_known("reason." + view.reason, "reason.other_urgent")}});
    });
}

float one_view(const Page& page, Box box, const desk::EmergencyView& view) {
    const Theme& theme = page.theme();
    const Box outer = box;
    return page.canvas.on_ground(
        [&] {
            Box inner = outer.inset(24, 16);
            inner.height = tall;
            const Box icon = inner.take_left(36, 20);
            inner.take_top(draw_both(page, inner, row_of(page, view), {Face::heading, Face::body}, theme.page.ink), 4);
            inner.take_top(draw_both(page, inner, reason_of(page, view), {Face::heading, Face::body}, theme.page.ink));
            draw_icon(page.canvas, Icon::warning, icon.middle_x(), outer.y + 36, 34, theme.caution.ink);
            return inner.y + 16 - outer.y;
        },
        [&](float height) {
            tinted(page, {outer.x, outer.y, outer.width, height}, theme.caution);
        });
}

}  // namespace

void draw_told(const Page& page, Box body) {
    Box box = body.inset(margin + 64, 16);
    box.height += bottom_bar - 24;  // the one answer stands where the bottom bar is elsewhere
    const Box answer = box.take_bottom(ok_height, 8);
    page.canvas.centred(box.take_bottom(32, 8), Face::body, page.theme().quiet, page.words.say("told.next"));
    const Said title = both(page, "told.title"), means = both(page, "told.means");
    box.take_top(draw_both(page, box, title, {Face::title, Face::heading}, page.theme().page.ink), 12);
    const float below = both_height(page, means, {Face::heading, Face::body}, box.width);
    draw_both(page, box.take_bottom(below, 12), means, {Face::heading, Face::body}, page.theme().page.ink);
    page.canvas.scroll("told", box, {page.theme().primary.ground, page.theme().page.ground}, [&](Box rows) {
        float y = 0;
        for (const auto& view : page.state.emergency_views) y += one_view(page, {0, y, rows.width, 0}, view) + 12;
        return y;
    });
    if (button_both(page, "told.ok", answer, both(page, "told.ok"), Look::primary, true, {Face::title, Face::body}))
        page.want(state::AcknowledgeViews{});
}

}  // namespace kazashi::view
