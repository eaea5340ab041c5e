#include "terminal/view/controls.h"
#include "terminal/view/summary_parts.h"

namespace kazashi::view {
namespace {

constexpr float right_column = 250;
constexpr float tall = 4000;

// A suspicion is never shown as an established diagnosis; what is over stands back.
float problem_row(const Page& page, Box box, const model::Problem& problem) {
    const Theme& theme = page.theme();
    Box left = box;
    const Box right = left.take_right(right_column, 16);
    float right_y = box.y;
    if (!problem.since.text.empty())
        right_y +=
            page.canvas.text({right.x, right_y, right.width, tall}, Face::body, theme.soft,
                             page.words.say("summary.since", {{"date", page.words.date(problem.since)}}), Align::right);
    const auto mark = [&](const char* key, Pair colours) {
        const std::string words = page.words.say(key);
        const float middle = box.y + Canvas::line_height(Face::strong) / 2;
        left.take_left(chip(page, left.x, middle, words, colours), 10);
    };
    if (problem.suspected) mark("summary.suspected", theme.caution);
    if (!problem.active) mark("summary.inactive", {theme.soft, theme.page.ground});
    float y = box.y;
    y += page.canvas.text({left.x, y, left.width, tall}, Face::strong, problem.active ? theme.panel.ink : theme.soft,
                          problem.name);
    y += page.canvas.text({left.x, y, left.width, tall}, Face::body, theme.soft, problem.facility);
    return std::max(y, right_y) - box.y;
}

}  // namespace

float draw_problems(const Page& page, Box box) {
    const model::Summary& summary = *page.state.summary;
    if (!summary.sections.has(model::Section::clinical)) return 0;
    CardHead head{page.words.say("summary.problems", {{"count", std::to_string(summary.problems.size())}}), {}};
    for (const auto& problem : summary.problems) add_source(head.sources, problem.facility);
    return draw_card(page, box, head, [&](Box inner) {
        float y = inner.y;
        if (summary.problems.empty())
            y += page.canvas.text({inner.x, y, inner.width, tall}, Face::body, page.theme().soft,
                                  page.words.say("summary.no_problems"));
        for (const auto& problem : summary.problems) {
            if (&problem != &summary.problems.front())
                page.canvas.line(inner.x, y, inner.right(), y, page.theme().line);
            y += 8 + problem_row(page, {inner.x, y + 8, inner.width, 0}, problem) + 8;
        }
        return y - inner.y;
    });
}

}  // namespace kazashi::view
