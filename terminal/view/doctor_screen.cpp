// What is wrong, group by group: one sentence each, what to do, and a button where the terminal can do it itself.
#include <algorithm>

#include "terminal/view/controls.h"
#include "terminal/view/doctor_words.h"
#include "terminal/view/screens.h"

namespace kazashi::view {
namespace {

using state::Finding;
using Group = state::DoctorVisit::Group;
using Severity = Finding::Severity;

constexpr float padding = 20;
constexpr float row_gap = 8;
constexpr float name_width = 240;
constexpr float repair_width = 200;
constexpr float tall = 4000;  // a row in a scrolled list is as high as it needs

const Group* answered(const state::DoctorVisit& visit, state::DoctorGroup group) {
    const auto found = std::ranges::find(visit.groups, group, &Group::group);
    return found == visit.groups.end() ? nullptr : &*found;
}

Severity worst(const Group& group) {
    Severity severity = Severity::ok;
    for (const auto& finding : group.findings) severity = std::max(severity, finding.severity);
    return severity;
}

struct Looks {
    Pair colours;
    Icon icon;
};
Looks looks_of(const Theme& theme, const Group* group) {
    if (group == nullptr) return {{theme.quiet, theme.panel.ground}, Icon::waiting};
    if (group->findings.empty()) return {{theme.quiet, theme.panel.ground}, Icon::none};
    switch (worst(*group)) {
        case Severity::ok:
            return {{theme.received.ink, theme.panel.ground}, Icon::check};
        case Severity::note:
            return {{theme.soft, theme.panel.ground}, Icon::info};
        case Severity::fault:
            return {theme.caution, Icon::warning};
    }
    return {theme.caution, Icon::warning};
}

std::string sentence(const Page& page, const Finding& finding) {
    const std::string said = page.words.say_figures("doctor." + finding.key, finding.figures);
    if (finding.repair == Finding::Repair::done) return page.words.say("doctor.repaired") + said;
    if (finding.repair == Finding::Repair::failed) return page.words.say("doctor.not_repaired") + said;
    return said;
}

// What to do is said of what is still so.
std::string what_to_do(const Page& page, const Finding& finding) {
    if (finding.repair == Finding::Repair::failed) return page.words.say("doctor.not_repaired.now");
    const std::string key = doctor_now(page.words, finding);
    if (finding.severity == Severity::ok || finding.repair == Finding::Repair::done || !page.words.has(key)) return {};
    return page.words.say_figures(key, finding.figures);
}

// What is well stands small; returns the height.
float finding_lines(const Page& page, Box box, const Finding& finding) {
    const Theme& theme = page.theme();
    const std::string said = sentence(page, finding), now = what_to_do(page, finding);
    const Face face = finding.severity == Severity::fault  ? Face::strong
                      : finding.severity == Severity::note ? Face::body
                                                           : Face::caption;
    const float top = box.y;
    box.take_top(page.canvas.text(box, face, finding.severity == Severity::ok ? theme.quiet : theme.panel.ink, said));
    if (!now.empty()) box.take_top(page.canvas.text(box, Face::body, theme.panel.ink, now));
    return box.y - top;
}

float one_finding(const Page& page, Box box, const Finding& finding) {
    const bool repairable = finding.repair == Finding::Repair::possible;
    Box button_box;
    if (repairable) button_box = box.take_right(repair_width, 16);
    const float height = finding_lines(page, box, finding);
    if (!repairable) return height;
    button_box.height = target;
    const bool idle = !page.state.doctor->running;
    if (button(page, "repair." + finding.key, button_box, page.words.say("doctor.repair"), Look::primary, idle))
        page.want(state::RepairFinding{finding.key});
    return std::max(height, target);
}

float group_lines(const Page& page, Box box, const Group* group) {
    if (group == nullptr)
        return page.canvas.text(box, Face::body, page.theme().quiet, page.words.say("doctor.waiting"));
    if (group->findings.empty())
        return page.canvas.text(box, Face::caption, page.theme().quiet, page.words.say("doctor.nothing"));
    float height = 0;
    for (const auto& finding : group->findings) {
        if (height > 0) height += row_gap;
        Box lines = box;
        lines.y += height;
        height += one_finding(page, lines, finding);
    }
    return height;
}

float group_row(const Page& page, Box box, state::DoctorGroup which) {
    const Group* group = answered(*page.state.doctor, which);
    const Looks looks = looks_of(page.theme(), group);
    return page.canvas.on_ground(
        [&] {
            Box inner = box.inset(padding, 10);
            const Box icon = inner.take_left(28, 16);
            Box name = inner.take_left(name_width, 16);
            const std::string words = page.words.say("doctor.group." + std::string{state::name(which)});
            const float name_height = page.canvas.text(name, Face::strong, looks.colours.ink, words);
            draw_icon(page.canvas, looks.icon, icon.middle_x(), icon.y + 14, 24, looks.colours.ink);
            return std::max(name_height, group_lines(page, inner, group)) + 20;
        },
        [&](float height) {
            const Box ground{box.x, box.y, box.width, height};
            if (group != nullptr && worst(*group) == Severity::fault)
                tinted(page, ground, looks.colours);
            else
                panel(page, ground);
        });
}

bool can_repair(const state::DoctorVisit& visit) {
    return std::ranges::any_of(visit.groups, [](const Group& group) {
        return std::ranges::any_of(group.findings,
                                   [](const Finding& one) { return one.repair == Finding::Repair::possible; });
    });
}

std::string summary(const Page& page) {
    const auto& visit = *page.state.doctor;
    if (visit.failed) return page.words.say("doctor.failed");
    if (visit.running) return page.words.say(visit.repairing.empty() ? "doctor.waiting" : "doctor.repairing");
    std::size_t faults = 0;
    for (const auto& group : visit.groups)
        for (const auto& finding : group.findings) faults += finding.severity == Severity::fault ? 1U : 0U;
    if (faults == 0) return page.words.say("doctor.all_well");
    return page.words.say("doctor.faults", {{"count", std::to_string(faults)}});
}

}  // namespace

void draw_doctor(const Page& page, Box body) {
    if (!page.state.doctor) return;
    const auto& visit = *page.state.doctor;
    Box box = body.inset(margin + 32, 12);
    Box head = box.take_top(56, 4);
    const std::string title = page.words.say("doctor.title");
    page.canvas.beside(head.take_left(page.canvas.text_width(Face::title, title) + 1, gutter), Face::title,
                       page.theme().page.ink, title);
    page.canvas.beside(head, Face::heading, page.theme().quiet, summary(page));
    if (visit.failed)
        page.canvas.text(box, Face::heading, page.theme().page.ink, page.words.say("doctor.failed.now"));
    else
        page.canvas.scroll("doctor", box, {page.theme().primary.ground, page.theme().page.ground}, [&](Box rows) {
            float y = 0;
            for (const auto group : state::doctor_groups)
                y += group_row(page, {0, y, rows.width, tall}, group) + row_gap;
            return y;
        });
    if (back_button(page, "back", page.words.say("back"))) page.want(state::GoBack{});
    if (main_button(page, "doctor.again", page.words.say("doctor.again"), !visit.running))
        page.want(state::CheckAgain{});
    next_sentence(page, page.words.say(visit.running       ? "doctor.next_running"
                                       : can_repair(visit) ? "doctor.next"
                                                           : "doctor.next_look"));
}

}  // namespace kazashi::view
