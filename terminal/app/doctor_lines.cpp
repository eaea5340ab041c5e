#include "terminal/app/doctor_lines.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>

namespace kazashi::app {

namespace {

using Json = nlohmann::ordered_json;
using base::Error;
using base::Fault;
using doctor::Finding;

Json json_of(const Finding& finding) {
    Json figures = Json::object();
    for (const auto& [name, value] : finding.figures) figures[name] = value;
    return {{"key", finding.key},
            {"severity", name(finding.severity)},
            {"repair", name(finding.repair)},
            {"figures", figures}};
}

struct ToJson {
    Json operator()(const doctor::Examined& examined) const {
        Json findings = Json::array();
        for (const auto& finding : examined.findings) findings.push_back(json_of(finding));
        return {{"group", name(examined.group)}, {"ms", examined.took.count()}, {"findings", findings}};
    }
    Json operator()(const DoctorEnd& end) const {
        return {{"done", true}, {"faults", end.faults}, {"notes", end.notes}, {"ms", end.took.count()}};
    }
};

// The value of `all` that is called this; nullopt: a word of another version.
template <class Values>
auto named(const Values& all, const std::string& word) -> std::optional<typename Values::value_type> {
    const auto found = std::ranges::find_if(all, [&](auto value) { return name(value) == word; });
    return found == all.end() ? std::nullopt : std::optional{*found};
}

constexpr std::array severities{Finding::Severity::ok, Finding::Severity::note, Finding::Severity::fault};
constexpr std::array repairs{Finding::Repair::none, Finding::Repair::possible, Finding::Repair::done,
                             Finding::Repair::failed};

std::optional<Finding> finding_of(const Json& json, doctor::DoctorGroup group) {
    const auto severity = named(severities, json.value("severity", ""));
    const auto repair = named(repairs, json.value("repair", ""));
    if (!severity || !repair) return std::nullopt;
    Finding finding{json.value("key", ""), group, *severity, *repair, {}};
    for (const auto& [name, value] : json.at("figures").items())
        finding.figures.emplace_back(name, value.template get<std::string>());
    return finding;
}

base::Result<DoctorLine> line_of(const Json& json) {
    if (json.value("done", false))
        return DoctorLine{DoctorEnd{json.value("faults", std::size_t{0}), json.value("notes", std::size_t{0}),
                                    std::chrono::milliseconds{json.value("ms", std::int64_t{0})}}};
    const auto group = named(state::doctor_groups, json.value("group", ""));
    if (!group) return Error{Fault::malformed, "a group the screen does not know"};
    doctor::Examined examined{*group, {}, std::chrono::milliseconds{json.value("ms", std::int64_t{0})}};
    for (const auto& one : json.at("findings")) {
        auto finding = finding_of(one, *group);
        if (!finding) return Error{Fault::malformed, "a finding"};
        examined.findings.push_back(std::move(*finding));
    }
    return DoctorLine{std::move(examined)};
}

}  // namespace

std::string doctor_line(const DoctorLine& line) {
    return std::visit(ToJson{}, line).dump(-1, ' ', false, Json::error_handler_t::replace);
}

base::Result<DoctorLine> parse_doctor_line(const std::string& text) {
    try {
        return line_of(Json::parse(text));
    } catch (const Json::exception&) {
        return Error{Fault::malformed, "not a line of the doctor"};
    }
}

}  // namespace kazashi::app
