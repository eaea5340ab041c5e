// kazashi-region: the regional server and its command line. Exit codes: 0 ok, 1 failed, 2 usage.
#include <iostream>

#include "sync/demo/demo_region.h"
#include "sync/server/verbs.h"

namespace {

using namespace kazashi;

base::Status write_demo_data(demo::DemoOptions& options) {
    // The records' days are Japan's.
    const auto local = base::SystemClock{}.wall() + std::chrono::hours{9};
    options.today = std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(local)};
    KAZASHI_CHECK(demo::write_demo_region(options));
    std::cout << options.patients << " patients written\n";
    return base::ok();
}

// Here and not with the others: the server knows nothing of invented towns.
void add_demo_verb(server::Verbs& verbs, demo::DemoOptions& options) {
    auto& make = verbs.add("demo-data", "write an invented country town as files",
                           [&options] { return write_demo_data(options); });
    make.add_option("--patients", options.patients, "how many")->check(CLI::Range(1, 100000));
    make.add_option("--seed", options.seed, "the same seed gives the same people");
    make.add_option("--out", options.out, "folder to write")->required();
    make.add_option("--tables", options.tables, "seed tables")->default_val("assets/demo-region");
}

}  // namespace

int main(int argc, char** argv) {
    vault::init();
    CLI::App app{"The regional server of Kazashi", "kazashi-region"};
    app.set_version_flag("--version", KAZASHI_VERSION);
    app.require_subcommand(1);
    app.footer("Exit codes: 0 done, 1 it could not be done (the reason stands on stderr), 2 wrong usage.");
    server::Options options;
    demo::DemoOptions demo;
    server::Verbs verbs{app, options};
    add_region_verbs(verbs);
    add_demo_verb(verbs, demo);
    add_server_verbs(verbs);
    add_patient_verbs(verbs);
    add_terminal_verbs(verbs);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        // CLI11 would say that a verb is missing.
        if (app.get_subcommands().empty() && argc > 1 && *argv[1] != '-') {
            std::cerr << "kazashi-region has no such verb; kazashi-region --help lists them\n";
            return 2;
        }
        return app.exit(error) == 0 ? 0 : 2;
    }
    if (const auto done = verbs.chosen()(); !done) {
        std::cerr << "kazashi-region: " << done.error().detail << '\n';
        return 1;
    }
    return 0;
}
