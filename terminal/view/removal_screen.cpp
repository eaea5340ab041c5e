// A colleague's access to this terminal is to go: asked once more.
#include "terminal/view/people.h"
#include "terminal/view/screens.h"

namespace kazashi::view {

void draw_confirm_removal(const Page& page, Box body) {
    if (!page.state.job || !page.state.job->colleague) return;
    const auto& colleague = *page.state.job->colleague;
    const std::string name = colleague_name(page, colleague);
    const std::string title = page.words.say("removal.title", {{"name", name}}), what = page.words.say("removal.what");
    constexpr float width = 920;
    const float title_height = page.canvas.text_height(Face::title, title, width - 96);
    const float what_height = page.canvas.text_height(Face::heading, what, width - 96);
    Box box = body.centred(width, 96 + 80 + 24 + title_height + 24 + what_height);
    tinted(page, box, page.theme().caution);
    box = box.inset(48);
    const Box icon = box.take_top(80, 24);
    draw_icon(page.canvas, Icon::warning, icon.middle_x(), icon.middle_y(), 64, page.theme().caution.ink);
    page.canvas.centred(box.take_top(title_height, 24), Face::title, page.theme().page.ink, title);
    page.canvas.centred(box, Face::heading, page.theme().page.ink, what);
    if (back_button(page, "back", page.words.say("back"))) page.want(state::GoBack{});
    if (main_button(page, "removal.yes", page.words.say("removal.yes"), !page.state.job->asked))
        page.want(state::ConfirmRemoval{});
    next_sentence(page, page.words.say("removal.next"));
}

}  // namespace kazashi::view
