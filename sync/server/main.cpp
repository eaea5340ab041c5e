// kazashi-region: the regional server and its command line. Exit codes: 0 ok, 1 failed, 2 usage.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <functional>
#include <iostream>
#include <memory>

#include "cardio/base/demo_clock.h"
#include "sync/demo/demo_region.h"
#include "sync/server/enrolment_desk.h"
#include "sync/server/http_server.h"
#include "sync/server/lists.h"
#include "sync/server/source_client.h"
#include "sync/server/status_report.h"

namespace {

using namespace kazashi;
using base::Status;
using Path = std::filesystem::path;

// What a verb does once its options are read; the parser fills in the values it refers to.
using Run = std::function<Status()>;

struct Options {
    Path dir;
    Path file;
    Path images;
    std::vector<Path> files;
    std::string facility;
    std::string server;
    std::string listen{"127.0.0.1:8443"};
    Path demo_clock;
    bool json{};
    std::string number;
    server::RegionProfile profile{44, "Kazashi", false, "urn:oid:2.999.392.1"};
    demo::DemoOptions demo;
};

model::UtcTime now() { return base::SystemClock{}.wall(); }

Status init(Options& o) {
    KAZASHI_CHECK(server::make_region(o.dir, o.profile, now()));
    std::cout << "region " << o.profile.code << " is ready\n";
    return base::ok();
}

Status facilities(Options& o) {
    KAZASHI_TRY(const auto region, server::open_region(o.dir));
    KAZASHI_TRY(const int changed, server::take_facilities(*region.repository, o.file));
    std::cout << changed << " facilities new or changed\n";
    return base::ok();
}

Status staff(Options& o) {
    KAZASHI_TRY(const auto region, server::open_region(o.dir));
    KAZASHI_TRY(const int changed, server::take_staff(*region.repository, o.file));
    std::cout << changed << " staff new or changed\n";
    return base::ok();
}

Status cards(Options& o) {
    KAZASHI_TRY(auto region, server::open_region(o.dir));
    KAZASHI_TRY(const int count, server::issue_cards(region, o.file, o.images));
    std::cout << count << " cards\n";
    return base::ok();
}

Status revoke(Options& o) {
    KAZASHI_TRY(const auto region, server::open_region(o.dir));
    return region.repository->write(
        [&](server::Records& records) { return server::revoke_cards(records, card::CardKind::patient, o.number); });
}

std::unique_ptr<base::Clock> clock_of(const Options& o) {
    if (o.demo_clock.empty()) return std::make_unique<base::SystemClock>();
    return std::make_unique<base::DemoClock>(o.demo_clock);
}

Status check_demo_clock(const Options& o, const server::Region& region) {
    if (o.demo_clock.empty() || region.profile.demo) return base::ok();
    return base::Error{base::Fault::denied, "a demo clock is for a demo region only"};
}

Status enrol(Options& o) {
    KAZASHI_TRY(const auto region, server::open_region(o.dir));
    KAZASHI_CHECK(check_demo_clock(o, region));
    const auto clock = clock_of(o);
    return region.repository->write([&](server::Records& records) -> Status {
        KAZASHI_TRY(const auto code, server::make_code(records, model::FacilityId{o.facility}, clock->wall()));
        std::cout << code << '\n';
        return base::ok();
    });
}

Status serve(Options& o) {
    KAZASHI_TRY(auto region, server::open_region(o.dir));
    KAZASHI_CHECK(check_demo_clock(o, region));
    const auto clock = clock_of(o);
    server::Router router{region, *clock};
    KAZASHI_TRY(const auto http, server::HttpServer::listen(router, o.dir, o.listen));
    http->end_on_signals();
    std::cout << "listening on " << http->address() << std::endl;
    http->run();
    return base::ok();
}

Status import(Options& o) {
    KAZASHI_TRY(auto client, server::SourceClient::make(o.server, o.dir));
    KAZASHI_TRY(const int taken, server::import_files(client, o.files, std::cout));
    std::cout << fmt::format("{} of {} files imported\n", taken, o.files.size());
    if (taken == static_cast<int>(o.files.size())) return base::ok();
    return base::Error{base::Fault::denied, "some files were refused"};
}

Status status(Options& o) {
    KAZASHI_TRY(const auto region, server::open_region(o.dir));
    KAZASHI_TRY(const auto report, server::status_json(*region.repository));
    std::cout << report << '\n';
    return base::ok();
}

Status demo_data(Options& o) {
    // The records' days are Japan's.
    const auto local = now() + std::chrono::hours{9};
    o.demo.today = std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(local)};
    KAZASHI_CHECK(demo::write_demo_region(o.demo));
    std::cout << o.demo.patients << " patients written\n";
    return base::ok();
}

class Verbs {
public:
    Verbs(CLI::App& app, Options& options) : app_{app}, o_{options} {
        add_region_verbs();
        add_list_verbs();
        add_server_verbs();
    }
    // Of the verb that was given.
    Run chosen() const {
        for (const auto& [verb, run] : runs_) {
            if (verb->parsed()) return run;
        }
        return [] { return base::ok(); };
    }

private:
    CLI::App& verb(const char* name, const char* what, Status (*run)(Options&)) {
        auto* added = app_.add_subcommand(name, what);
        runs_.emplace_back(added, [this, run] { return run(o_); });
        return *added;
    }
    CLI::App& verb_in_dir(const char* name, const char* what, Status (*run)(Options&)) {
        auto& added = verb(name, what, run);
        added.add_option("--dir", o_.dir, "the region's folder")->required();
        return added;
    }

    void add_region_verbs() {
        auto& make = verb_in_dir("init", "make a region: keys, certificates, database", init);
        make.add_flag("--demo", o_.profile.demo, "a demonstration with invented people");
        make.add_option("--region", o_.profile.code, "region code on the cards")->check(CLI::Range(1, 65535));
        make.add_option("--name", o_.profile.name, "the region's name");
        make.add_option("--identifier-system", o_.profile.identifier_system, "system of the regional patient number");
        auto& report = verb_in_dir("status", "what the region holds, as JSON", status);
        report.add_flag("--json", o_.json, "JSON (the only form there is)");
        auto& make_demo = verb("demo-data", "write an invented country town as files", demo_data);
        make_demo.add_option("--patients", o_.demo.patients, "how many")->check(CLI::Range(1, 100000));
        make_demo.add_option("--seed", o_.demo.seed, "the same seed gives the same people");
        make_demo.add_option("--out", o_.demo.out, "folder to write")->required();
        make_demo.add_option("--tables", o_.demo.tables, "seed tables")->default_val("assets/demo-region");
    }

    void add_list_verbs() {
        auto& places = verb_in_dir("facilities", "take a list of facilities", facilities);
        places.add_option("file", o_.file, "JSON list")->required();
        auto& people = verb_in_dir("staff", "take a list of staff", staff);
        people.add_option("file", o_.file, "JSON list")->required();
        auto& issue = verb_in_dir("cards", "issue demonstration cards", cards);
        issue.add_option("file", o_.file, "JSON list")->required();
        issue.add_option("--images", o_.images, "where to write the cards' images")->required();
        auto& take_back = verb_in_dir("revoke", "revoke a patient's card", revoke);
        take_back.add_option("--number", o_.number, "regional number of the patient")->required();
    }

    void add_server_verbs() {
        auto& code = verb_in_dir("enrol", "print a one-time code for a new terminal", enrol);
        code.add_option("--facility", o_.facility, "where the terminal will stand")->required();
        code.add_option("--demo-clock", o_.demo_clock, "file with clock offsets (demo regions)");
        auto& run = verb_in_dir("serve", "serve terminals and sources", serve);
        run.add_option("--listen", o_.listen, "address and port")->capture_default_str();
        run.add_option("--demo-clock", o_.demo_clock, "file with clock offsets (demo regions)");
        auto& post = verb_in_dir("import", "post Bundles to a running server", import);
        post.add_option("--server", o_.server, "https://host:port")->required();
        post.add_option("files", o_.files, "FHIR Bundles")->required();
    }

    CLI::App& app_;
    Options& o_;
    std::vector<std::pair<CLI::App*, Run>> runs_;
};

}  // namespace

int main(int argc, char** argv) {
    vault::init();
    CLI::App app{"The regional server of Kazashi", "kazashi-region"};
    app.set_version_flag("--version", KAZASHI_VERSION);
    app.require_subcommand(1);
    Options options;
    const Verbs verbs{app, options};
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    if (const auto done = verbs.chosen()(); !done) {
        std::cerr << "kazashi-region: " << done.error().detail << '\n';
        return 1;
    }
    return 0;
}
