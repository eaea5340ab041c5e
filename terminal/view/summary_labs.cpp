// Laboratory: the last value, high or low in word and colour, the reference range, and a line of what came before.
#include <algorithm>

#include "terminal/view/controls.h"
#include "terminal/view/summary_parts.h"

namespace kazashi::view {
namespace {

constexpr float value_column = 190;
constexpr float flag_column = 112;
constexpr float range_column = 168;
constexpr float spark_width = 120;
constexpr float spark_height = 40;
constexpr float tall = 4000;

struct Flag {
    const char* key;
    Pair colours;
};
std::optional<Flag> flag_of(const Theme& theme, model::LabFlag flag) {
    switch (flag) {
        case model::LabFlag::none:
            return std::nullopt;
        case model::LabFlag::low:
            return Flag{"summary.lab_low", theme.offline};
        case model::LabFlag::high:
            return Flag{"summary.lab_high", theme.refused};
        case model::LabFlag::abnormal:
            return Flag{"summary.lab_abnormal", theme.refused};
    }
    return std::nullopt;
}

// Time goes right, values up; the last point is the one written beside it. Drawn only when there is something to see.
void sparkline(const Page& page, Box box, const model::LabValue& lab) {
    if (lab.history.size() < 2) return;
    const auto day = [](const model::LabPoint& point) {
        return static_cast<float>(std::chrono::sys_days{point.day}.time_since_epoch().count());
    };
    const auto [least, most] = std::ranges::minmax(lab.history, {}, &model::LabPoint::value);
    const float first = day(lab.history.front()), days = std::max(1.0F, day(lab.history.back()) - first);
    const double span = most.value > least.value ? most.value - least.value : 1;
    std::vector<Canvas::Point> points;
    for (const auto& point : lab.history) {
        const auto height = static_cast<float>((point.value - least.value) / span);
        points.push_back({box.x + 6 + (box.width - 12) * (day(point) - first) / days,
                          box.bottom() - 6 - (box.height - 12) * height});
    }
    page.canvas.path(points, page.theme().soft, 2);
    for (const auto& point : points) page.canvas.circle(point.x, point.y, 2.5F, page.theme().soft);
    const auto flag = flag_of(page.theme(), lab.flag);
    page.canvas.circle(points.back().x, points.back().y, 5, flag ? flag->colours.ink : page.theme().primary.ground);
}

// Figures end at one line, units after them, smaller.
float value_cell(const Page& page, Box box, const model::LabValue& lab) {
    const auto flag = flag_of(page.theme(), lab.flag);
    const float unit_width = lab.unit.empty() ? 0 : page.canvas.text_width(Face::body, lab.unit);
    const float value_width = page.canvas.text_width(Face::heading, lab.value);
    const Colour ink = flag ? flag->colours.ink : page.theme().panel.ink;
    constexpr float unit_column = 76;
    if (unit_width <= unit_column && value_width + unit_column + 8 <= box.width) {
        const float height = Canvas::line_height(Face::heading);
        page.canvas.text({box.x, box.y, box.width - unit_column - 8, height}, Face::heading, ink, lab.value,
                         Align::right);
        page.canvas.text({box.right() - unit_column, box.y + 5, unit_column, height}, Face::body, page.theme().soft,
                         lab.unit);
        return height;
    }
    float y = page.canvas.text({box.x, box.y, box.width, tall}, Face::heading, ink, lab.value, Align::right);
    y += page.canvas.text({box.x, box.y + y, box.width, tall}, Face::body, page.theme().soft, lab.unit, Align::right);
    return y;
}

float lab_row(const Page& page, Box box, const model::LabValue& lab) {
    const Theme& theme = page.theme();
    const bool old = page.words.old(lab.taken);
    Box left = box;
    const Box spark = left.take_right(spark_width, 8);
    const Box range = left.take_right(range_column, 12);
    const Box flag_box = left.take_right(flag_column, 12);
    const Box value = left.take_right(value_column, 12);
    const float line = Canvas::line_height(Face::heading);
    float y =
        box.y + page.canvas.text({left.x, box.y + 4, left.width, tall}, Face::strong, theme.panel.ink, lab.name) + 4;
    float low = box.y + value_cell(page, {value.x, box.y, value.width, 0}, lab);
    if (const auto flag = flag_of(theme, lab.flag))
        chip(page, flag_box.x, box.y + line / 2, page.words.say(flag->key), flag->colours);
    if (!lab.range.empty())
        low = std::max(low, box.y + 5 +
                                page.canvas.text({range.x, box.y + 5, range.width, tall}, Face::body, theme.soft,
                                                 page.words.say("summary.lab_range", {{"range", lab.range}})));
    sparkline(page, {spark.x, box.y, spark.width, spark_height}, lab);
    y = std::max({y, low, box.y + spark_height});
    const std::string taken = page.words.date(lab.taken) +
                              (lab.facility.empty() || lab.taken.text.empty() ? "" : page.words.say("summary.dot")) +
                              lab.facility;
    Box under{box.x, y, box.width, tall};
    if (old)
        under.take_left(
            chip(page, under.x, y + 16, page.words.say("summary.old"), theme.caution, Face::body, Icon::warning), 12);
    return y +
           std::max(page.canvas.text({under.x, y + 1, under.width, tall}, Face::body, theme.soft, taken),
                    old ? 34.0F : 0.0F) -
           box.y;
}

}  // namespace

float draw_labs(const Page& page, Box box) {
    const model::Summary& summary = *page.state.summary;
    if (!summary.sections.has(model::Section::clinical)) return 0;
    CardHead head{page.words.say("summary.labs", {{"count", std::to_string(summary.labs.size())}}), {}};
    for (const auto& lab : summary.labs) add_source(head.sources, lab.facility);
    return draw_card(page, box, head, [&](Box inner) {
        float y = inner.y;
        if (summary.labs.empty())
            y += page.canvas.text({inner.x, y, inner.width, tall}, Face::body, page.theme().soft,
                                  page.words.say("summary.no_labs"));
        for (const auto& lab : summary.labs) {
            if (&lab != &summary.labs.front()) page.canvas.line(inner.x, y, inner.right(), y, page.theme().line);
            y += 8 + lab_row(page, {inner.x, y + 8, inner.width, 0}, lab) + 8;
        }
        return y - inner.y;
    });
}

}  // namespace kazashi::view
