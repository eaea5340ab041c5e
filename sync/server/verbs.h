// The verbs of kazashi-region: what each is called, which options it takes, what it does.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "sync/server/region.h"

namespace kazashi::server {

// What the command line may say; each verb reads what it has options for.
struct Options {
    using Path = std::filesystem::path;
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
    RegionProfile profile{44, "Kazashi", false, "urn:oid:2.999.392.1"};
};

// The region's clock: the machine's, or in a demonstration the one of a file. Denied for a file elsewhere.
std::unique_ptr<base::Clock> clock_of(const Options& options);
base::Status check_demo_clock(const Options& options, const Region& region);

class Verbs {
public:
    // What a verb does once its options are read; the parser fills in the values it refers to.
    using Run = std::function<base::Status()>;
    using Verb = base::Status (*)(Options&);

    Verbs(CLI::App& app, Options& options) : app_{app}, o_{options} {}

    // Of the verb that was given.
    Run chosen() const;

    CLI::App& add(const char* name, const char* what, Run run);
    CLI::App& in_dir(const char* name, const char* what, Verb run);
    // A verb of the region's people, at the time of the region's clock; `under` another one or none.
    CLI::App& in_office(const char* name, const char* what, Verb run, CLI::App* under = nullptr);

    void with_number(CLI::App& verb);
    void with_json(CLI::App& verb);
    void with_demo_clock(CLI::App& verb);

    CLI::App& app() { return app_; }
    Options& options() { return o_; }

private:
    CLI::App& add_under(CLI::App& under, const char* name, const char* what, Run run);

    CLI::App& app_;
    Options& o_;
    std::vector<std::pair<CLI::App*, Run>> runs_;
};

void add_region_verbs(Verbs& verbs);    // init, status, and the lists it is fed with
void add_server_verbs(Verbs& verbs);    // enrol, serve, import
void add_patient_verbs(Verbs& verbs);   // withdraw, exclude, who-looked, review, policy
void add_terminal_verbs(Verbs& verbs);  // terminals, lost-terminal, emergency-key

}  // namespace kazashi::server
