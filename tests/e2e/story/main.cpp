// kazashi-story: plays the demonstration's story on running programs and judges it. Started by packaging/demo.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>

#include "sync/vault/keys.h"
#include "tests/e2e/story/steps.h"

namespace {

using namespace kazashi::story;
using Now = std::chrono::steady_clock;

double ms_since(Now::time_point began) { return std::chrono::duration<double, std::milli>(Now::now() - began).count(); }

StepReport play(const Step& step, std::size_t number, Stage& stage, Remembered& memory) {
    StepReport report{step.name, 0, fmt::format("{:02}-{}.png", number, step.name), {}};
    Play scene{stage, memory, report, stage.options.out / report.screenshot};
    fmt::print("story: {:>2} {} …\n", number, step.name);
    std::fflush(stdout);
    const auto began = Now::now();
    step.play(scene);
    report.ms = ms_since(began);
    if (!scene.pictured()) scene.keep_picture();
    return report;
}

bool wanted(const std::vector<std::string>& only, const std::string& name) {
    return only.empty() || std::find(only.begin(), only.end(), name) != only.end();
}

Report play_all(Stage& stage, const std::vector<std::string>& only) {
    Report report;
    report.patients = stage.options.patients;
    Remembered memory;
    for (const auto& step : steps(report.taps)) {
        if (!wanted(only, step.name)) continue;
        report.steps.push_back(play(step, report.steps.size() + 1, stage, memory));
        if (!report.steps.back().ok()) fmt::print("story:    {} FAILED\n", step.name);
    }
    return report;
}

void add_staff(CLI::App& app, const std::string& name, StaffCard& staff) {
    app.add_option_function<std::string>(
           name,
           [&staff](const std::string& text) {
               const auto colon = text.find(':');
               if (colon == std::string::npos) throw CLI::ValidationError("NUMBER:PIN is wanted");
               staff = {"staff-" + text.substr(0, colon), text.substr(0, colon), text.substr(colon + 1)};
           },
           "staff number and PIN")
        ->required()
        ->type_name("NUMBER:PIN");
}

}  // namespace

int main(int argc, char** argv) {
    StageOptions options;
    CLI::App app{"Plays the demonstration's story on running programs and judges it."};
    app.add_option("--run", options.run, "folder of the running demonstration")->required();
    app.add_option("--assets", options.assets, "the terminal's assets")->required();
    app.add_option("--out", options.out, "pictures and report.json go here")->required();
    app.add_option("--patients", options.patients, "how many the region has")->required();
    std::vector<std::string> only;
    app.add_option("--only", only, "play these steps and no others, while working on one")->delimiter(',');
    add_staff(app, "--first", options.first);
    add_staff(app, "--second", options.second);
    add_staff(app, "--medic", options.medic);
    add_staff(app, "--clerk", options.clerk);
    app.add_option("--third", options.third, "staff number of somebody without a card here")->required();
    app.add_option("serve", options.serve, "the server's whole command line, after --")->required()->expected(-1);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }

    kazashi::vault::init();
    auto stage = set_stage(options);
    if (!stage) {
        fmt::print(stderr, "kazashi-story: {}\n", stage.error().detail);
        return 1;
    }
    const Report report = play_all(*stage, only);
    if (auto written = write_report(report, options.out / "report.json"); !written) {
        fmt::print(stderr, "kazashi-story: {}\n", written.error().detail);
        return 1;
    }
    fmt::print("{}", report.table());
    return report.ok() ? 0 : 1;
}
