// Everybody with a live window, found by the first kana of a name.
#include <algorithm>

#include "terminal/state/search.h"
#include "terminal/view/pads.h"
#include "terminal/view/screens.h"
#include "terminal/view/window_rows.h"

namespace kazashi::view {
namespace {

constexpr float list_width = 440;

void search_line(const Page& page, Box box) {
    const Box erase = box.take_right(168, 16);
    panel(page, box);
    const bool empty = page.state.kana_search.empty();
    const std::string words = empty ? page.words.say("windows.search") : page.state.kana_search;
    page.canvas.beside(box.inset(20, 0), empty ? Face::body : Face::title,
                       empty ? page.theme().quiet : page.theme().page.ink, words);
    if (button(page, "kana.erase", erase, page.words.say("windows.erase"), Look::again, !empty, Face::strong))
        page.want(state::EraseKana{});
}

void list(const Page& page, Box box) {
    const auto windows = state::found_windows(page.state);
    if (windows.empty()) {
        const bool none = page.state.windows.empty();
        page.canvas.text(box.inset(0, 16), Face::body, page.theme().quiet,
                         page.words.say(none ? "windows.none" : "windows.none_found"));
        return;
    }
    page.canvas.scroll("windows", box, {page.theme().primary.ground, page.theme().page.ground}, [&](Box rows) {
        float y = 0;
        for (const auto* window : windows) {
            const float height = window_row_height(page, *window, rows.width);
            window_row(page, {0, y, rows.width, height}, *window);
            y += height + 12;
        }
        return y;
    });
}

}  // namespace

void draw_windows(const Page& page, Box body) {
    Box box = body.inset(margin, 16);
    const std::string title = page.words.say("windows.title", {{"count", std::to_string(page.state.windows.size())}});
    const float room = box.width - list_width - gutter;
    Box pad = box.take_right(std::min(room, keys(10)), gutter);
    page.canvas.text(box.take_top(52, 8), Face::title, page.theme().page.ink, title);
    list(page, box);
    search_line(page, pad.take_top(80, 16));
    kana_keys(page, pad);
    if (back_button(page, "back", page.words.say("back"))) page.want(state::GoBack{});
    next_sentence(page, page.words.say("windows.next"));
}

}  // namespace kazashi::view
