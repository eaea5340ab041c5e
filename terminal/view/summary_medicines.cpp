// Medicines now taken, grouped by who prescribed them; the stopped ones folded below.
#include <algorithm>

#include "terminal/view/controls.h"
#include "terminal/view/summary_parts.h"

namespace kazashi::view {
namespace {

constexpr float right_column = 250;  // 「2026年10月14日から」 in body
constexpr float tall = 4000;         // inside a scrolling card nothing is too high

using Medicines = std::vector<const model::Medicine*>;

Medicines chosen(const model::Summary& summary, bool current) {
    Medicines medicines;
    for (const auto& medicine : summary.medicines)
        if (medicine.current == current) medicines.push_back(&medicine);
    return medicines;
}

// Those of one prescriber stay together, in the order the prescribers first appear.
Medicines grouped(Medicines medicines) {
    Medicines order;
    for (const auto* first : medicines) {
        if (std::ranges::find(order, first) != order.end()) continue;
        std::ranges::copy_if(medicines, std::back_inserter(order),
                             [&](const auto* other) { return other->prescribed_at == first->prescribed_at; });
    }
    return order;
}

std::string usage_words(const Page& page, const model::Medicine& medicine) {
    std::string words = medicine.usage;
    if (medicine.as_needed)
        words += (words.empty() ? "" : page.words.say("summary.dot")) + page.words.say("summary.as_needed");
    return words;
}

std::string since_words(const Page& page, const model::Medicine& medicine) {
    const model::RecordDate& date = medicine.current              ? medicine.since
                                    : medicine.until.text.empty() ? medicine.since
                                                                  : medicine.until;
    if (date.text.empty()) return {};
    const bool ended = !medicine.current && !medicine.until.text.empty();
    return page.words.say(ended ? "summary.until" : "summary.since", {{"date", page.words.date(date)}});
}

float medicine_row(const Page& page, Box box, const model::Medicine& medicine) {
    const Theme& theme = page.theme();
    const Colour ink = medicine.current ? theme.panel.ink : theme.soft;
    Box left = box;
    const Box right = left.take_right(right_column, 16);
    float y = box.y;
    y += page.canvas.text({left.x, y, left.width, tall}, Face::strong, ink, medicine.name);
    y += page.canvas.text({left.x, y, left.width, tall}, Face::body, ink, usage_words(page, medicine));
    if (!medicine.dispensed_at.empty())
        y += page.canvas.text({left.x, y, left.width, tall}, Face::body, theme.soft,
                              page.words.say("summary.dispensed", {{"facility", medicine.dispensed_at}}));
    float right_y = box.y;
    if (medicine.days > 0)
        right_y +=
            page.canvas.text({right.x, right_y, right.width, tall}, Face::strong, ink,
                             page.words.say("summary.days", {{"days", std::to_string(medicine.days)}}), Align::right);
    right_y += page.canvas.text({right.x, right_y, right.width, tall}, Face::body, theme.soft,
                                since_words(page, medicine), Align::right);
    return std::max(y, right_y) - box.y;
}

float group_heading(const Page& page, Box box, const std::string& facility) {
    const std::string words = facility.empty() ? page.words.say("summary.prescriber_unknown")
                                               : page.words.say("summary.prescribed", {{"facility", facility}});
    const float height = page.canvas.text_height(Face::body, words, box.width - 24) + 8;
    page.canvas.fill({box.x, box.y, box.width, height}, page.theme().page.ground, 8);
    page.canvas.beside({box.x + 12, box.y, box.width - 24, height}, Face::body, page.theme().soft, words);
    return height;
}

float rows(const Page& page, Box box, const Medicines& medicines) {
    float y = box.y;
    const std::string* group = nullptr;
    for (const auto* medicine : medicines) {
        if (!group || *group != medicine->prescribed_at) {
            y += (group ? 8.0F : 0.0F) +
                 group_heading(page, {box.x, y + (group ? 8.0F : 0.0F), box.width, 0}, medicine->prescribed_at) + 8;
            group = &medicine->prescribed_at;
        } else {
            page.canvas.line(box.x, y, box.right(), y, page.theme().line);
            y += 8;
        }
        y += medicine_row(page, {box.x + 12, y, box.width - 24, 0}, *medicine) + 8;
    }
    return y - box.y;
}

float stopped_fold(const Page& page, Box box, const Medicines& stopped) {
    const bool shown = page.state.stopped_medicines_shown;
    const std::string words = page.words.say(shown ? "summary.stopped_hide" : "summary.stopped_show",
                                             {{"count", std::to_string(stopped.size())}});
    if (button(page, "summary.stopped", {box.x, box.y + 8, box.width, target}, words, Look::plain, true, Face::body))
        page.want(state::ToggleStoppedMedicines{});
    const float height = 8 + target + 8;
    return shown ? height + rows(page, {box.x, box.y + height, box.width, 0}, stopped) : height;
}

}  // namespace

float draw_medicines(const Page& page, Box box) {
    const model::Summary& summary = *page.state.summary;
    if (!summary.sections.has(model::Section::medication)) return 0;
    const Medicines current = grouped(chosen(summary, true)), stopped = grouped(chosen(summary, false));
    CardHead head{page.words.say("summary.medicines", {{"count", std::to_string(current.size())}}), {}};
    for (const auto* medicine : current) add_source(head.sources, medicine->dispensed_at);
    return draw_card(page, box, head, [&](Box inner) {
        float y = inner.y;
        if (current.empty())
            y += page.canvas.text({inner.x, y, inner.width, tall}, Face::body, page.theme().soft,
                                  page.words.say("summary.no_medicines"));
        y += rows(page, {inner.x, y, inner.width, 0}, current);
        if (!stopped.empty()) y += stopped_fold(page, {inner.x, y, inner.width, 0}, stopped);
        return y - inner.y;
    });
}

}  // namespace kazashi::view
