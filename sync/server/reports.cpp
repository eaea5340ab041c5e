#include "sync/server/reports.h"

#include <fmt/format.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "sync/server/withdrawal_desk.h"

namespace kazashi::server {

namespace {

using nlohmann::ordered_json;

std::string instant(model::UtcTime time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(time - day)};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count());
}

ordered_json maybe(const std::optional<model::UtcTime>& time) {
    return time ? ordered_json(instant(*time)) : ordered_json(nullptr);
}

ordered_json names_of(model::SectionSet sections) {
    auto names = ordered_json::array();
    for (const auto section : model::all_sections) {
        if (sections.has(section)) names.push_back(std::string{model::name(section)});
    }
    if (sections.has(model::Section::history)) names.push_back(std::string{model::name(model::Section::history)});
    return names;
}

const char* name(fhir::Look::Kind kind) {
    switch (kind) {
        case fhir::Look::Kind::grant:
            return "grant";
        case fhir::Look::Kind::view:
            return "view";
        case fhir::Look::Kind::emergency:
            return "emergency";
        case fhir::Look::Kind::withdrawal:
            return "withdrawal";
        case fhir::Look::Kind::self:
            return "self";
    }
    return "unknown";
}

const char* state_of(const TerminalRecord& terminal) {
    if (terminal.lost_at) return "lost";
    if (terminal.forked_at) return "forked";
    return terminal.ended_at ? "ended" : "in service";
}

std::string word(const ordered_json& value) {
    if (value.is_null()) return "-";
    if (value.is_string()) return value.get<std::string>().empty() ? "-" : value.get<std::string>();
    if (!value.is_array()) return value.dump();
    std::string joined;
    for (const auto& part : value) joined += (joined.empty() ? "" : ",") + word(part);
    return joined.empty() ? "-" : joined;
}

// JSON: the list as it is. Text: one line each, its values with a tab between, so that cut and grep work on it.
std::string written(const ordered_json& list, ReportForm form) {
    if (form == ReportForm::json) return list.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
    std::string lines;
    for (const auto& row : list) {
        std::string line;
        for (const auto& value : row) line += (line.empty() ? "" : "\t") + word(value);
        lines += line + "\n";
    }
    return lines;
}

Result<ordered_json> review_row(Records& records, const EmergencyView& view) {
    KAZASHI_TRY(const auto patient, records.patient(view.grant.patient));
    return ordered_json{{"id", base::to_hex(view.grant.id.view())},
                        {"at", instant(view.grant.granted_at)},
                        {"until", instant(view.grant.expires_at)},
                        {"facility", view.facility.str()},
                        {"terminal", view.grant.terminal.str()},
                        {"staff", view.grant.staff.str()},
                        {"second_staff", view.second_staff.str()},
                        {"patient", patient ? patient->number : std::string{}},
                        {"reason", view.reason},
                        {"sections", names_of(view.grant.sections)},
                        {"refused", view.refused},
                        {"patient_told_at", maybe(view.told_at)},
                        {"reviewed_at", maybe(view.reviewed_at)},
                        {"reviewed_by", view.reviewed_by}};
}

}  // namespace

Result<std::string> who_looked(Records& records, const std::string& number, ReportForm form) {
    KAZASHI_TRY(const auto patient, patient_with(records, number));
    KAZASHI_TRY(const auto looks, records.looks(patient.ref, std::numeric_limits<std::int64_t>::max()));
    auto list = ordered_json::array();
    for (const auto& look : looks) {
        list.push_back({{"at", instant(look.at)},
                        {"kind", name(look.kind)},
                        {"facility", look.facility},
                        {"sections", names_of(look.sections)},
                        {"reason", look.reason},
                        {"grant", base::to_hex(look.view.view())},
                        {"notice_pending", look.notice_pending}});
    }
    return written(list, form);
}

Result<std::string> to_review(Records& records, bool all, ReportForm form) {
    KAZASHI_TRY(const auto views, records.emergency_views(all));
    auto list = ordered_json::array();
    for (const auto& view : views) {
        KAZASHI_TRY(auto row, review_row(records, view));
        list.push_back(std::move(row));
    }
    return written(list, form);
}

Result<std::string> terminal_list(Records& records, ReportForm form) {
    KAZASHI_TRY(const auto terminals, records.terminals());
    auto list = ordered_json::array();
    for (const auto& terminal : terminals) {
        list.push_back({{"terminal", terminal.id.str()},
                        {"facility", terminal.facility.id.str()},
                        {"type", std::string{model::name(terminal.facility.type)}},
                        {"state", state_of(terminal)},
                        {"ended_at", maybe(terminal.ended_at)},
                        {"lost_at", maybe(terminal.lost_at)},
                        {"forked_at", maybe(terminal.forked_at)}});
    }
    return written(list, form);
}

Result<std::string> staff_list(Records& records, ReportForm form) {
    KAZASHI_TRY(const auto staff, records.staff_list());
    auto list = ordered_json::array();
    for (const auto& member : staff) {
        list.push_back({{"id", member.id.str()}, {"facility", member.facility.str()}, {"active", member.active}});
    }
    return written(list, form);
}

Result<std::string> code_name_list(Records& records, ReportForm form) {
    KAZASHI_TRY(const auto names, records.code_names());
    auto list = ordered_json::array();
    for (const auto& name : names) {
        list.push_back({{"system", std::string{model::name(name.system)}},
                        {"code", name.code},
                        {"japanese", name.japanese},
                        {"english", name.english}});
    }
    return written(list, form);
}

std::string lost_report(const LostReport& report, ReportForm form) {
    auto windows = ordered_json::array();
    for (const auto& window : report.windows) {
        windows.push_back({{"grant", base::to_hex(window.grant.view())},
                           {"patient", window.patient_number},
                           {"until", instant(window.until)}});
    }
    if (form == ReportForm::json) {
        const ordered_json all{{"terminal", report.terminal.str()},
                               {"facility", report.facility.str()},
                               {"opens_without_a_card", "nothing"},
                               {"windows", std::move(windows)},
                               {"sections_sealed_anew", report.sections_sealed_anew},
                               {"emergency_epoch", report.emergency_epoch ? ordered_json(*report.emergency_epoch)
                                                                          : ordered_json(nullptr)}};
        return all.dump(2) + "\n";
    }
    std::string text = fmt::format(
        "{} is lost: its certificate is refused from now on.\n"
        "What it could have opened without a card: nothing.\n"
        "With a staff card and its PIN: {} windows of facility {} were alive; {} sections are sealed anew.\n",
        report.terminal.str(), report.windows.size(), report.facility.str(), report.sections_sealed_anew);
    if (report.emergency_epoch) {
        text += fmt::format("It held the emergency key: epoch {} has begun.\n", *report.emergency_epoch);
    }
    return text + written(windows, form);
}

}  // namespace kazashi::server
