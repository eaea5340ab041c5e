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
#include "sync/server/office.h"
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
    std::string terminal;
    std::string staff;
    std::string id;
    std::string by;
    bool all{};
    bool undo{};
    bool list{};
    bool new_epoch{};
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

// One verb of the region's people, at the time of the region's clock.
template <class Verb>
Status in_office(const Options& o, const Verb& verb) {
    KAZASHI_TRY(const auto region, server::open_region(o.dir));
    KAZASHI_CHECK(check_demo_clock(o, region));
    server::Office office{region, clock_of(o)->wall(), o.json ? server::ReportForm::json : server::ReportForm::text,
                          std::cout};
    return verb(office);
}

Status staff(Options& o) {
    if (o.list) return in_office(o, [](auto& office) { return office.staff(); });
    if (!o.staff.empty()) return in_office(o, [&](auto& office) { return office.remove_staff(o.staff); });
    KAZASHI_TRY(const auto region, server::open_region(o.dir));
    KAZASHI_TRY(const int changed, server::take_staff(*region.repository, o.file));
    std::cout << changed << " staff new or changed\n";
    return base::ok();
}

Status withdraw(Options& o) {
    return in_office(o, [&](auto& office) { return office.withdraw(o.number, o.facility); });
}

Status exclude(Options& o) {
    return in_office(o, [&](auto& office) {
        return office.exclude({o.number, model::FacilityId{o.facility}, o.undo});
    });
}

Status policy_show(Options& o) {
    return in_office(o, [](auto& office) { return office.show_policy(); });
}

Status policy_set(Options& o) {
    return in_office(o, [&](auto& office) { return office.set_policy(o.file); });
}

Status review(Options& o) {
    return in_office(
        o, [&](auto& office) { return o.id.empty() ? office.review(o.all) : office.review_done(o.id, o.by); });
}

Status who_looked(Options& o) {
    return in_office(o, [&](auto& office) { return office.who_looked(o.number); });
}

Status terminals(Options& o) {
    return in_office(o, [](auto& office) { return office.terminals(); });
}

Status lost_terminal(Options& o) {
    return in_office(o, [&](auto& office) { return office.lost_terminal(o.terminal); });
}

Status emergency_key(Options& o) {
    return in_office(
        o, [&](auto& office) { return o.new_epoch ? office.new_emergency_epoch() : office.emergency_epoch(); });
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
        add_patient_verbs();
        add_terminal_verbs();
    }
    // Of the verb that was given.
    Run chosen() const {
        for (const auto& [verb, run] : runs_) {
            // A verb of verbs ("policy") has none of its own to run.
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
        auto& people = verb_in_dir("staff", "take a list of staff, remove somebody, or list them", staff);
        auto& what = *people.add_option_group("what");
        what.add_option("file", o_.file, "JSON list of {id, facility, name}; active: false removes");
        what.add_option("--remove", o_.staff, "number of who works nowhere any more: no terminal lets them in again");
        what.add_flag("--list", o_.list, "who there is: number, facility, active");
        what.require_option(1);
        with_json(people);
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

    void add_patient_verbs() {
        auto& take = verb_in_office("withdraw", "a patient takes back who may look, on paper", withdraw);
        with_number(take);
        take.add_option("--facility", o_.facility, "whose windows end; without it everybody's");
        take.footer(
            "Windows close with the facilities' next page, and it stands in the patient's history.\n"
            "Tapping the card opens a new window; to prevent that see exclude.");
        auto& keep_out = verb_in_office("exclude", "a facility may see nothing of a patient, card or not", exclude);
        with_number(keep_out);
        keep_out.add_option("--facility", o_.facility, "which facility")->required();
        keep_out.add_flag("--undo", o_.undo, "it may again");
        auto& looks = verb_in_office("who-looked", "everybody who looked at a patient's record", who_looked);
        with_number(looks);
        with_json(looks);
        looks.footer(
            "One line each, newest first, tabs between: time, kind, facility, sections, reason, grant, whether\n"
            "the patient has yet to be told.");
        auto& glass = verb_in_office("review", "break-glass views nobody has reviewed yet", review);
        glass.add_flag("--all", o_.all, "those that were reviewed too");
        auto& done = *glass.add_option("--done", o_.id, "this one is reviewed: its id, first in the list");
        glass.add_option("--by", o_.by, "who reviewed it")->needs(&done);
        with_json(glass);
        glass.footer(
            "One line each, tabs between: id, broken at, ends at, facility, terminal, staff, second staff,\n"
            "patient's number, reason, sections, why the region refused it, told, reviewed, by whom.");
        auto& rules = *app_.add_subcommand("policy", "the region's rules: windows, break-glass, idle times");
        rules.require_subcommand(1);
        office_verb(rules, "show", "the policy in force, as JSON", policy_show);
        auto& set = office_verb(rules, "set", "put a changed policy in force", policy_set);
        set.add_option("file", o_.file, "TOML, or JSON with the names `policy show` writes")->required();
        set.footer(
            "What the file does not name stays as it is. It reaches every terminal with its next page. A version in\n"
            "the file must be the one in force. If who may break the glass changes, a new emergency epoch begins.");
    }

    void add_terminal_verbs() {
        auto& list = verb_in_office("terminals", "the terminals there are, and what became of them", terminals);
        with_json(list);
        auto& lost = verb_in_office("lost-terminal", "a terminal is lost or stolen", lost_terminal);
        lost.add_option("terminal", o_.terminal, "its id, such as F0012-T1")->required();
        with_json(lost);
        lost.footer(
            "Its certificate is refused at once. What the live windows of its facility open is sealed anew for the\n"
            "cards and the other terminals; if it held the emergency key, a new epoch begins. Prints what it could\n"
            "have opened, and whose windows were alive.");
        auto& key = verb_in_office("emergency-key", "the epoch of the emergency key", emergency_key);
        key.add_flag("--new-epoch", o_.new_epoch,
                     "make a new key: every emergency wrap and the name index are made again");
    }

    CLI::App& office_verb(CLI::App& under, const char* name, const char* what, Status (*run)(Options&)) {
        auto* added = under.add_subcommand(name, what);
        runs_.emplace_back(added, [this, run] { return run(o_); });
        added->add_option("--dir", o_.dir, "the region's folder")->required();
        added->add_option("--demo-clock", o_.demo_clock, "file with clock offsets (demo regions)");
        return *added;
    }
    CLI::App& verb_in_office(const char* name, const char* what, Status (*run)(Options&)) {
        return office_verb(app_, name, what, run);
    }
    void with_number(CLI::App& verb) {
        verb.add_option("--patient", o_.number, "regional number of the patient, ten digits")->required();
    }
    void with_json(CLI::App& verb) { verb.add_flag("--json", o_.json, "as JSON"); }

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
    app.footer("Exit codes: 0 done, 1 it could not be done (the reason stands on stderr), 2 wrong usage.");
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
