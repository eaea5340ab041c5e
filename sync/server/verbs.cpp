#include "sync/server/verbs.h"

#include "cardio/base/demo_clock.h"

namespace kazashi::server {

std::unique_ptr<base::Clock> clock_of(const Options& options) {
    if (options.demo_clock.empty()) return std::make_unique<base::SystemClock>();
    return std::make_unique<base::DemoClock>(options.demo_clock);
}

base::Status check_demo_clock(const Options& options, const Region& region) {
    if (options.demo_clock.empty() || region.profile.demo) return base::ok();
    return base::Error{base::Fault::denied, "a demo clock is for a demo region only"};
}

Verbs::Run Verbs::chosen() const {
    for (const auto& [verb, run] : runs_) {
        // A verb of verbs ("policy") has none of its own to run.
        if (verb->parsed()) return run;
    }
    return [] { return base::ok(); };
}

CLI::App& Verbs::add_under(CLI::App& under, const char* name, const char* what, Run run) {
    auto* added = under.add_subcommand(name, what);
    runs_.emplace_back(added, std::move(run));
    return *added;
}

CLI::App& Verbs::add(const char* name, const char* what, Run run) {
    return add_under(app_, name, what, std::move(run));
}

CLI::App& Verbs::in_dir(const char* name, const char* what, Verb run) {
    auto& added = add(name, what, [this, run] { return run(o_); });
    added.add_option("--dir", o_.dir, "the region's folder")->required();
    return added;
}

CLI::App& Verbs::in_office(const char* name, const char* what, Verb run, CLI::App* under) {
    auto& added = add_under(under ? *under : app_, name, what, [this, run] { return run(o_); });
    added.add_option("--dir", o_.dir, "the region's folder")->required();
    with_demo_clock(added);
    return added;
}

void Verbs::with_number(CLI::App& verb) {
    verb.add_option("--patient", o_.number, "regional number of the patient, ten digits")->required();
}

void Verbs::with_json(CLI::App& verb) { verb.add_flag("--json", o_.json, "as JSON"); }

void Verbs::with_demo_clock(CLI::App& verb) {
    verb.add_option("--demo-clock", o_.demo_clock, "file with clock offsets (demo regions)");
}

}  // namespace kazashi::server
