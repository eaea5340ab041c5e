// Serving terminals and sources.
#include <fmt/format.h>

#include <iostream>

#include "sync/server/enrolment_desk.h"
#include "sync/server/http_server.h"
#include "sync/server/source_client.h"
#include "sync/server/verbs.h"

namespace kazashi::server {

namespace {

using base::Status;

Status enrol(Options& o) {
    KAZASHI_TRY(const auto region, open_region(o.dir));
    KAZASHI_CHECK(check_demo_clock(o, region));
    const auto clock = clock_of(o);
    return region.repository->write([&](Records& records) -> Status {
        KAZASHI_TRY(const auto code, make_code(records, model::FacilityId{o.facility}, clock->wall()));
        std::cout << code << '\n';
        return base::ok();
    });
}

Status serve(Options& o) {
    KAZASHI_TRY(auto region, open_region(o.dir));
    KAZASHI_CHECK(check_demo_clock(o, region));
    const auto clock = clock_of(o);
    Router router{region, *clock};
    KAZASHI_TRY(const auto http, HttpServer::listen(router, o.dir, o.listen));
    http->end_on_signals();
    std::cout << "listening on " << http->address() << std::endl;
    http->run();
    return base::ok();
}

Status import(Options& o) {
    KAZASHI_TRY(auto client, SourceClient::make(o.server, o.dir));
    KAZASHI_TRY(const int taken, import_files(client, o.files, std::cout));
    std::cout << fmt::format("{} of {} files imported\n", taken, o.files.size());
    if (taken == static_cast<int>(o.files.size())) return base::ok();
    return base::Error{base::Fault::denied, "some files were refused"};
}

}  // namespace

void add_server_verbs(Verbs& verbs) {
    auto& o = verbs.options();
    auto& code = verbs.in_dir("enrol", "print a one-time code for a new terminal", enrol);
    code.add_option("--facility", o.facility, "where the terminal will stand")->required();
    verbs.with_demo_clock(code);

    auto& run = verbs.in_dir("serve", "serve terminals and sources", serve);
    run.add_option("--listen", o.listen, "address and port")->capture_default_str();
    verbs.with_demo_clock(run);

    auto& post = verbs.in_dir("import", "post Bundles to a running server", import);
    post.add_option("--server", o.server, "https://host:port")->required();
    post.add_option("files", o.files, "FHIR Bundles")->required();
}

}  // namespace kazashi::server
