// What staff do among themselves. What another terminal or a patient must not see is not here: no names, no records.
#include <array>

#include "terminal/view/controls.h"
#include "terminal/view/screens.h"

namespace kazashi::view {
namespace {

using Kind = state::StaffJob::Kind;

struct Entry {
    const char* name;  // "staff.lock": the sentence, "staff.lock.what" under it, and the item
    Icon icon;
    state::Intent intent;
};

// What is done most stands first.
std::array<Entry, 8> entries() {
    return {{{"staff.lock", Icon::lock, state::LockNow{}},
             {"staff.change_pin", Icon::card, state::StartJob{Kind::change_pin}},
             {"staff.take_over", Icon::people, state::StartJob{Kind::take_over}},
             {"staff.let_in", Icon::people, state::StartJob{Kind::let_in}},
             {"staff.add_card", Icon::card, state::StartJob{Kind::add_card}},
             {"staff.remove", Icon::cross, state::StartJob{Kind::remove}},
             {"staff.sign_out", Icon::leave, state::SignOut{}},
             {"staff.doctor", Icon::info, state::ShowDoctor{}}}};
}

bool entry_button(const Page& page, Box box, const Entry& entry) {
    const ButtonFrame frame = button_frame(page, entry.name, box, Look::plain);
    Box inside = box.inset(24, 8);
    const Box icon = inside.take_left(36, 20);
    draw_icon(page.canvas, entry.icon, icon.middle_x(), icon.middle_y(), 32, page.theme().primary.ground);
    const std::string title = page.words.say(entry.name), what = page.words.say(std::string{entry.name} + ".what");
    inside = inside.centred(inside.width, page.canvas.text_height(Face::heading, title, inside.width) +
                                              page.canvas.text_height(Face::body, what, inside.width));
    inside.take_top(page.canvas.text(inside, Face::heading, frame.ink, title));
    page.canvas.text(inside, Face::body, page.theme().quiet, what);
    return frame.pressed;
}

}  // namespace

void draw_staff_menu(const Page& page, Box body) {
    Box box = body.inset(margin, 16);
    page.canvas.text(box.take_top(52, 12), Face::title, page.theme().page.ink, page.words.say("staff.title"));
    constexpr float gap = 16;
    const float width = (box.width - gap) / 2, height = (box.height - 3 * gap) / 4;
    std::size_t place = 0;
    for (const Entry& entry : entries()) {
        const Box cell{box.x + static_cast<float>(place % 2) * (width + gap),
                       box.y + static_cast<float>(place / 2) * (height + gap), width, height};
        if (entry_button(page, cell, entry)) page.want(entry.intent);
        ++place;
    }
    if (back_button(page, "back", page.words.say("back"))) page.want(state::GoBack{});
    next_sentence(page, page.words.say("staff.next"));
}

}  // namespace kazashi::view
