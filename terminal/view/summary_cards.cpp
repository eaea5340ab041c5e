#include <algorithm>

#include "terminal/view/controls.h"
#include "terminal/view/summary_parts.h"

namespace kazashi::view {
namespace {

constexpr float padding = 20;
constexpr float card_gap = 16;

std::string joined(const Words& words, const std::vector<std::string>& parts) {
    std::string all;
    for (const auto& part : parts) all += (all.empty() ? "" : words.say("summary.and") + "\u200B") + part;
    return all;
}

// Title left, time right; under both, who wrote it.
float draw_head(const Page& page, Box box, const CardHead& head, bool old) {
    const model::Summary& summary = *page.state.summary;
    const std::string as_of =
        page.words.say(old ? "summary.as_of_old" : "summary.as_of",
                       {{"date", page.words.day(summary.as_of)}, {"time", page.words.clock(summary.as_of)}});
    const float as_of_width =
        old ? chip_width(page, as_of, Face::body, Icon::warning) : page.canvas.text_width(Face::body, as_of);
    Box row{box.x, box.y, box.width, Canvas::line_height(Face::heading)};
    const Box right = row.take_right(as_of_width, 16);
    if (old)
        chip(page, right.x, right.middle_y(), as_of, page.theme().caution, Face::body, Icon::warning);
    else
        page.canvas.beside(right, Face::body, page.theme().soft, as_of, Align::right);
    const float title =
        page.canvas.text({row.x, row.y, row.width, 200}, Face::heading, page.theme().panel.ink, head.title);
    float y = box.y + title + 2;
    if (!head.sources.empty()) {
        const std::string from = page.words.say("summary.source", {{"facilities", joined(page.words, head.sources)}});
        y += page.canvas.text({box.x, y, box.width, 400}, Face::body, page.theme().soft, from);
    }
    return y - box.y + 10;
}

}  // namespace

void add_source(std::vector<std::string>& sources, const std::string& facility) {
    if (!facility.empty() && std::ranges::find(sources, facility) == sources.end()) sources.push_back(facility);
}

float draw_card(const Page& page, Box box, const CardHead& head, const std::function<float(Box)>& content) {
    const bool old = page.words.old(page.state.summary->as_of);
    const float height = page.canvas.on_ground(
        [&] {
            Box inner{box.x + padding, box.y + padding - 4, box.width - 2 * padding, 0};
            const float head_height = draw_head(page, inner, head, old);
            page.canvas.line(inner.x, inner.y + head_height, inner.right(), inner.y + head_height, page.theme().line);
            inner.y += head_height + 8;
            return inner.y + content(inner) + padding - 4 - box.y;
        },
        [&](float used) {
            const Box all{box.x, box.y, box.width, used};
            old ? tinted(page, all,
                         {page.theme().caution.ink, mixed(page.theme().panel.ground, page.theme().caution.ground, 55)})
                : panel(page, all);
        });
    return height + card_gap;
}

}  // namespace kazashi::view
