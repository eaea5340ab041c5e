// The doctor at work, with nothing found, with much found, and with what was repaired.
#include <algorithm>

#include "tests/terminal/view/scene_parts.h"

namespace kazashi::test {

using state::DoctorGroup;
using state::Finding;
using state::Screen;
using state::State;

namespace {

using Severity = Finding::Severity;
using Repair = Finding::Repair;
using Figures = std::vector<std::pair<std::string, std::string>>;

Finding one(DoctorGroup group, const char* key, Severity severity, Figures figures = {}, Repair repair = Repair::none) {
    return {key, group, severity, repair, std::move(figures)};
}

State visit(State state, std::vector<Finding> findings, bool whole = true) {
    state.screen = Screen::doctor;
    state.doctor.emplace();
    state.doctor->running = false;
    for (const auto group : state::doctor_groups) {
        state::DoctorVisit::Group told{group, {}};
        std::ranges::copy_if(findings, std::back_inserter(told.findings),
                             [&](const Finding& finding) { return finding.group == group; });
        if (whole || !told.findings.empty()) state.doctor->groups.push_back(std::move(told));
    }
    return state;
}

const char* const acr1252 = "ACS ACR1252 Dual Reader [ACR1252 Dual Reader PICC] 00 00";

std::vector<Finding> all_well() {
    return {one(DoctorGroup::service, "service_ok", Severity::ok),
            one(DoctorGroup::devices, "reader_ok", Severity::ok, {{"reader", acr1252}}),
            one(DoctorGroup::card, "card_ok", Severity::ok),
            one(DoctorGroup::card, "reader_speed", Severity::ok,
                {{"reader", acr1252}, {"median", "14"}, {"most", "31"}, {"histogram", "<30 ms 23, <90 ms 1"}}),
            one(DoctorGroup::machine, "machine_ok", Severity::ok, {{"free", "48210"}}),
            one(DoctorGroup::region, "region_ok", Severity::ok, {{"milliseconds", "41"}}),
            one(DoctorGroup::store, "store_ok", Severity::ok, {{"entries", "1204"}}),
            one(DoctorGroup::fonts, "fonts_ok", Severity::ok)};
}

void replace(std::vector<Finding>& findings, DoctorGroup group, std::vector<Finding> with) {
    std::erase_if(findings, [&](const Finding& finding) { return finding.group == group; });
    std::ranges::move(with, std::back_inserter(findings));
}

State well() { return visit(signed_in(), all_well()); }

State at_work() {
    auto findings = all_well();
    findings.resize(2);
    State state = visit(signed_in(), findings, false);
    state.doctor->running = true;
    return state;
}

State stopped() {
    State state = idle();
    state.reader = {card::ReaderState::Service::off, ""};
    auto findings = all_well();
    replace(findings, DoctorGroup::service,
            {one(DoctorGroup::service, "service_stopped", Severity::fault, {}, Repair::possible)});
    replace(findings, DoctorGroup::devices, {});
    replace(findings, DoctorGroup::card, {});
    return visit(std::move(state), std::move(findings));
}

State repairing() {
    State state = stopped();
    state.doctor->groups.clear();
    state.doctor->running = true;
    state.doctor->repairing = "service_stopped";
    return state;
}

State repaired() {
    auto findings = all_well();
    replace(findings, DoctorGroup::service,
            {one(DoctorGroup::service, "service_stopped", Severity::note, {}, Repair::done),
             one(DoctorGroup::service, "service_ok", Severity::ok)});
    replace(findings, DoctorGroup::card, {one(DoctorGroup::card, "card_none", Severity::note)});
    return visit(signed_in(), std::move(findings));
}

State ill() {
    auto findings = all_well();
    replace(findings, DoctorGroup::service, {one(DoctorGroup::service, "hidepid", Severity::note)});
    replace(findings, DoctorGroup::devices,
            {one(DoctorGroup::devices, "reader_kernel_module", Severity::fault,
                 {{"reader", "ACR122U"}, {"module", "pn533_usb"}}, Repair::failed),
             one(DoctorGroup::devices, "reader_no_power", Severity::fault,
                 {{"reader", "ACR1252"}, {"milliamperes", "200"}})});
    replace(findings, DoctorGroup::card,
            {one(DoctorGroup::card, "card_edge", Severity::fault, {{"lost", "7"}, {"of", "24"}}),
             one(DoctorGroup::card, "reader_slow", Severity::fault,
                 {{"reader", acr1252},
                  {"median", "132"},
                  {"most", "1204"},
                  {"histogram", "<90 ms 2, <300 ms 19, <1000 ms 2, ≥1000 ms 1"}})});
    replace(findings, DoctorGroup::machine,
            {one(DoctorGroup::machine, "disk_full", Severity::fault, {{"free", "12"}}, Repair::possible)});
    replace(findings, DoctorGroup::region,
            {one(DoctorGroup::region, "region_certificate_expired", Severity::fault),
             one(DoctorGroup::region, "clock_wrong", Severity::fault, {{"minutes", "1440"}})});
    replace(findings, DoctorGroup::store, {one(DoctorGroup::store, "probe_hung", Severity::fault)});
    replace(findings, DoctorGroup::fonts, {one(DoctorGroup::fonts, "rare_letters_missing", Severity::note)});
    return visit(home_offline(), std::move(findings));
}

State not_begun() {
    State state = visit(signed_in(), {});
    state.doctor->groups.clear();
    state.doctor->failed = true;
    return state;
}

State notice_reader_off() {
    State state = signed_in();
    state.screen = Screen::notice;
    state.reader = {card::ReaderState::Service::off, ""};
    state.notice = state::Notice{"notice.reader_off", "notice.reader_off.now", state::Notice::Tone::caution};
    return state;
}

}  // namespace

std::vector<Scene> doctor_scenes() {
    return {{"doctor-well", well},           {"doctor-at-work", at_work},
            {"doctor-stopped", stopped},     {"doctor-repairing", repairing},
            {"doctor-repaired", repaired},   {"doctor-ill", ill},
            {"doctor-not-begun", not_begun}, {"notice-reader-off", notice_reader_off}};
}

}  // namespace kazashi::test
