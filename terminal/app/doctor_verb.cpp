#include "terminal/app/doctor_verb.h"

#include <fmt/format.h>

#include <algorithm>

#include "sync/vault/keys.h"
#include "terminal/app/card_profiles.h"
#include "terminal/app/doctor_lines.h"
#include "terminal/view/doctor_words.h"

namespace kazashi::app {

namespace {

using doctor::Finding;
using Severity = Finding::Severity;
using Say = std::function<void(std::string_view)>;

std::size_t count(const doctor::Findings& findings, Severity severity) {
    return static_cast<std::size_t>(std::ranges::count(findings, severity, &Finding::severity));
}

const char* mark(Severity severity) {
    switch (severity) {
        case Severity::ok:
            return "ok";
        case Severity::note:
            return "--";
        case Severity::fault:
            return "!!";
    }
    return "";
}

// "!!  Card reader        The reader service is stopped." and under it what to do.
void say_finding(const view::Words& words, const Finding& finding, const Say& say) {
    const auto group = words.say("doctor.group." + std::string{name(finding.group)});
    std::string sentence = words.say_figures("doctor." + finding.key, finding.figures);
    if (finding.repair == Finding::Repair::done) sentence = words.say("doctor.repaired") + sentence;
    if (finding.repair == Finding::Repair::failed) sentence = words.say("doctor.not_repaired") + sentence;
    say(fmt::format("{:<3} {:<20} {}", mark(finding.severity), group, sentence));
    const bool failed = finding.repair == Finding::Repair::failed;
    const auto now = failed ? std::string{"doctor.not_repaired.now"} : view::doctor_now(words, finding);
    const bool settled = finding.severity == Severity::ok || finding.repair == Finding::Repair::done;
    if (settled || !words.has(now)) return;
    const auto possible = finding.repair == Finding::Repair::possible ? " " + words.say("doctor.possible") : "";
    say(fmt::format("{:<3} {:<20} {}{}", "", "", words.say_figures(now, finding.figures), possible));
}

void say_report(const view::Strings& strings, const DoctorOptions& options, const doctor::Report& report,
                const Say& say) {
    const view::Words words{strings, options.language, {}, {}};
    for (const auto& finding : report.findings) say_finding(words, finding, say);
    const auto faults = count(report.findings, Severity::fault);
    say(faults == 0 ? words.say("doctor.all_well") : words.say("doctor.faults", {{"count", std::to_string(faults)}}));
}

}  // namespace

base::Result<DoctorOutcome> call_doctor(const DoctorOptions& options, const Say& say) {
    vault::init();
    static const base::SystemClock clock;  // what was given up may still look at it
    const auto begun = clock.boot();
    auto assets = options.assets.empty() ? find_assets() : base::Result<std::filesystem::path>{options.assets};
    KAZASHI_TRY(auto profiles, read_profiles(options.profiles));
    const auto ways =
        doctor::ways_of({options.state, assets ? *assets : "", options.reader, std::move(profiles)}, clock);
    const auto tell = [&](const doctor::Examined& examined) {
        if (options.json) say(doctor_line(examined));
    };
    auto report = doctor::examine(ways, tell);
    if (options.repair && doctor::can_be_repaired(report.findings, options.only))
        report = doctor::repair(ways, report.findings, options.only, tell);
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(clock.boot() - begun);
    if (options.json) {
        say(doctor_line(
            DoctorEnd{count(report.findings, Severity::fault), count(report.findings, Severity::note), took}));
    } else {
        KAZASHI_TRY(const auto folder, std::move(assets));
        KAZASHI_TRY(const auto strings, view::Strings::load(folder));
        say_report(strings, options, report, say);
    }
    return DoctorOutcome{doctor::has_faults(report.findings), report.gave_up};
}

}  // namespace kazashi::app
