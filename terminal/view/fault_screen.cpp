// Something is wrong with this terminal: what happened, what it means for the patient in front of you, what to do now.
#include "terminal/view/controls.h"
#include "terminal/view/screens.h"

namespace kazashi::view {
namespace {

float paragraph(const Page& page, Box box, const char* heading, const std::string& words) {
    const float top = page.canvas.text(box, Face::body, page.theme().quiet, page.words.say(heading));
    box.take_top(top);
    return top + page.canvas.text(box, Face::heading, page.theme().page.ink, words);
}

}  // namespace

void draw_fault(const Page& page, Box body) {
    const std::string code = page.state.faults.empty() ? "fault.general" : page.state.faults.front();
    const std::string known = page.words.has(code) ? code : "fault.general";
    constexpr float padding = 48;
    const Box outer = body.inset(160, 48);
    page.canvas.on_ground(
        [&] {
            Box box = outer.inset(padding, 40);
            Box head = box.take_top(page.canvas.text_height(Face::title, page.words.say(known), box.width - 72), 24);
            const Box icon = head.take_left(48, 24);
            draw_icon(page.canvas, Icon::warning, icon.middle_x(), icon.middle_y(), 48, page.theme().refused.ink);
            page.canvas.beside(head, Face::title, page.theme().refused.ink, page.words.say(known));
            box.take_top(paragraph(page, box, "fault.means", page.words.say(known + ".means")), 24);
            box.take_top(paragraph(page, box, "fault.now", page.words.say(known + ".now")), 24);
            const std::string support = page.words.say("fault.code", {{"code", code}});
            box.take_top(page.canvas.text(box, Face::caption, page.theme().quiet, support));
            return box.y + 40 - outer.y;
        },
        [&](float height) {
            tinted(page, {outer.x, outer.y, outer.width, height}, page.theme().refused);
        });
    if (may_see_doctor(page.state) && side_action(page, "doctor", page.words.say("doctor.open"), Icon::info))
        page.want(state::ShowDoctor{});
    if (main_button(page, "notice.ok", page.words.say("fault.ok"))) page.want(state::DismissNotice{});
    next_sentence(page, page.words.say("fault.next"));
}

}  // namespace kazashi::view
