// What staff do among themselves. What another terminal or a patient must not see is not here: no names, no records.
#include <algorithm>
#include <vector>

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
std::vector<Entry> entries(const Page& page) {
    std::vector<Entry> all{{"staff.lock", Icon::lock, state::LockNow{}},
                           {"staff.change_pin", Icon::card, state::StartJob{Kind::change_pin}},
                           {"staff.take_over", Icon::people, state::StartJob{Kind::take_over}},
                           {"staff.let_in", Icon::people, state::StartJob{Kind::let_in}},
                           {"staff.add_card", Icon::card, state::StartJob{Kind::add_card}},
                           {"staff.remove", Icon::cross, state::StartJob{Kind::remove}},
                           {"staff.sign_out", Icon::leave, state::SignOut{}},
                           {"staff.doctor", Icon::info, state::ShowDoctor{}},
                           {"staff.lost_card", Icon::card, state::ShowLostCard{}}};
    if (state::may_register_id_card(page.state)) all.push_back({"staff.id_card", Icon::card, state::StartIdCard{}});
    if (state::may_issue(page.state)) all.push_back({"staff.issuing", Icon::card, state::ShowIssuing{}});
    return all;
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
    constexpr std::size_t columns = 2, usual_rows = 5;
    const auto all = entries(page);
    const std::size_t rows = std::max(usual_rows, (all.size() + columns - 1) / columns);
    const float gap = rows > usual_rows ? 8 : 16;
    const float width = (box.width - gap) / columns;
    const float height = (box.height - static_cast<float>(rows - 1) * gap) / static_cast<float>(rows);
    std::size_t place = 0;
    for (const Entry& entry : all) {
        const Box cell{box.x + static_cast<float>(place % columns) * (width + gap),
                       box.y + static_cast<float>(place / columns) * (height + gap), width, height};
        if (entry_button(page, cell, entry)) page.want(entry.intent);
        ++place;
    }
    if (back_button(page, "back", page.words.say("back"))) page.want(state::GoBack{});
    next_sentence(page, page.words.say("staff.next"));
}

}  // namespace kazashi::view
