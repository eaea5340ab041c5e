#include "terminal/doctor/doctor.h"

#include <algorithm>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "cardio/base/log.h"

namespace kazashi::doctor {

namespace {

using Clock = std::chrono::steady_clock;

// Where the groups put what they found; it outlives whoever gave up waiting.
struct Desk {
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<Examined> done;
};

void send_out(const std::shared_ptr<Desk>& desk, const Ways& ways, DoctorGroup group) {
    std::thread{[desk, ways, group] {
        const auto begun = Clock::now();
        Examined examined{group, probe(ways, group), {}};
        examined.took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun);
        {
            const std::lock_guard lock{desk->mutex};
            desk->done.push_back(std::move(examined));
        }
        desk->changed.notify_one();
    }}.detach();
}

std::optional<Examined> next(Desk& desk, std::size_t taken, Clock::time_point until) {
    std::unique_lock lock{desk.mutex};
    if (!desk.changed.wait_until(lock, until, [&] { return desk.done.size() > taken; })) return std::nullopt;
    return desk.done[taken];
}

base::Status repair_one(const Ways& ways, const Finding& finding) {
    switch (finding.group) {
        case DoctorGroup::service:
            return repair_service(ways.service, finding);
        case DoctorGroup::devices:
            return repair_devices(ways.devices, finding);
        case DoctorGroup::machine:
            return repair_machine(ways.machine, finding);
        case DoctorGroup::card:
        case DoctorGroup::region:
        case DoctorGroup::store:
        case DoctorGroup::fonts:
            break;
    }
    return base::Error{base::Fault::unsupported, finding.key};
}

bool wanted(const Finding& finding, const std::string& only) {
    return finding.repair == Repair::possible && (only.empty() || finding.key == only);
}

struct Tried {
    Finding finding;
    bool went_well{};
};

// `fresh` are those of one group after the repairs; the second look has the last word on whether one helped.
Findings with_repaired(const std::vector<Tried>& tried, DoctorGroup group, Findings fresh) {
    for (auto [finding, went_well] : tried) {
        if (finding.group != group) continue;
        const auto again = std::ranges::find(fresh, finding.key, &Finding::key);
        if (again != fresh.end()) {
            again->repair = Repair::failed;
            continue;
        }
        if (!went_well) continue;  // it has become something else, which is among them
        finding.repair = Repair::done;
        finding.severity = Severity::note;
        fresh.insert(fresh.begin(), std::move(finding));
    }
    return fresh;
}

}  // namespace

Findings probe(const Ways& ways, DoctorGroup group) {
    switch (group) {
        case DoctorGroup::service:
            return probe_service(ways.service);
        case DoctorGroup::devices:
            return probe_devices(ways.devices);
        case DoctorGroup::card:
            return probe_card(ways.card);
        case DoctorGroup::machine:
            return probe_machine(ways.machine);
        case DoctorGroup::region:
            return probe_region(ways.region);
        case DoctorGroup::store:
            return probe_store(ways.store);
        case DoctorGroup::fonts:
            return probe_fonts(ways.fonts);
    }
    return {};
}

Report examine(const Ways& ways, const TellGroup& tell) {
    const auto until = Clock::now() + ways.whole;
    const auto desk = std::make_shared<Desk>();
    for (const auto group : state::doctor_groups) send_out(desk, ways, group);
    std::vector<Examined> all;
    while (all.size() < state::doctor_groups.size()) {
        auto examined = next(*desk, all.size(), until);
        if (!examined) break;
        tell(*examined);
        all.push_back(std::move(*examined));
    }
    Report report;
    for (const auto group : state::doctor_groups) {
        auto ended = std::ranges::find(all, group, &Examined::group);
        if (ended == all.end()) {
            report.gave_up = true;
            ended = all.insert(all.end(), {group, {found(group, "probe_hung")}, ways.whole});
            tell(*ended);
        }
        std::ranges::copy(ended->findings, std::back_inserter(report.findings));
    }
    return report;
}

bool has_faults(const Findings& findings) {
    return std::ranges::any_of(findings, [](const Finding& one) { return one.severity == Severity::fault; });
}

bool can_be_repaired(const Findings& findings, const std::string& only) {
    return std::ranges::any_of(findings, [&](const Finding& one) { return wanted(one, only); });
}

Report repair(const Ways& ways, const Findings& findings, const std::string& only, const TellGroup& tell) {
    std::vector<Tried> tried;
    for (const auto& finding : findings) {
        if (!wanted(finding, only)) continue;
        const auto done = repair_one(ways, finding);
        if (!done) base::log(base::LogLevel::warning, "doctor", done.error().detail);
        tried.push_back({finding, bool{done}});
    }
    Report report;
    report.gave_up =
        examine(ways, [&](const Examined& fresh) {
            const Examined examined{fresh.group, with_repaired(tried, fresh.group, fresh.findings), fresh.took};
            tell(examined);
            std::ranges::copy(examined.findings, std::back_inserter(report.findings));
        }).gave_up;
    std::ranges::stable_sort(report.findings, {}, &Finding::group);
    return report;
}

}  // namespace kazashi::doctor
