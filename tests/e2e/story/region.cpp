#include "tests/e2e/story/region.h"

#include <signal.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <thread>

#include "tests/e2e/story/tuning.h"

namespace kazashi::story {

using base::Error;
using base::Fault;
using json = nlohmann::json;

namespace {

GrantRecord parse_grant(const json& grant) {
    return {grant.value("grant", ""), grant.value("facility", ""), grant.value("state", ""), grant.value("reason", ""),
            grant.value("proof_verified", false)};
}

bool has(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && !found->is_null();
}

ReviewRecord parse_review(const json& view) {
    return {view.at("id").get<std::string>(),
            view.at("facility").get<std::string>(),
            view.at("staff").get<std::string>(),
            view.at("reason").get<std::string>(),
            view.at("refused").get<std::string>(),
            has(view, "patient_told_at"),
            has(view, "reviewed_at")};
}

RegionStatus parse_status(const json& said) {
    RegionStatus status;
    status.patients = said.at("patients").get<std::int64_t>();
    status.pharmacy_packages = said.at("packages").at("pharmacy").get<std::int64_t>();
    status.ledger_entries = said.at("ledger").at("entries").get<std::int64_t>();
    status.receipts = said.at("ledger").at("receipts").get<std::int64_t>();
    status.kinds = said.at("ledger").value("kinds", std::map<std::string, std::int64_t>{});
    for (const auto& grant : said.at("grants")) status.grants.push_back(parse_grant(grant));
    return status;
}

}  // namespace

bool same_hex(const std::string& a, const std::string& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](unsigned char x, unsigned char y) { return std::toupper(x) == std::toupper(y); });
}

std::int64_t RegionStatus::count(const std::string& kind) const {
    const auto found = kinds.find(kind);
    return found == kinds.end() ? 0 : found->second;
}

const GrantRecord* RegionStatus::grant(const std::string& id) const {
    const auto found =
        std::find_if(grants.begin(), grants.end(), [&](const GrantRecord& g) { return same_hex(g.grant, id); });
    return found == grants.end() ? nullptr : &*found;
}

bool RegionServer::running() const {
    const auto pid = read_pid(pid_file_);
    return pid && alive(*pid);
}

bool RegionServer::run_slowly(const std::function<bool()>& enough, milliseconds patience) const {
    const auto pid = read_pid(pid_file_);
    if (!pid) return false;
    const auto end = std::chrono::steady_clock::now() + patience;
    bool held = false;
    while (!held && std::chrono::steady_clock::now() < end) {
        ::kill(*pid, SIGSTOP);
        std::this_thread::sleep_for(tuning::slow_pause);
        held = enough();  // nothing arrives now: what is shown is what has come
        ::kill(*pid, SIGCONT);
        std::this_thread::sleep_for(tuning::slow_burst);
    }
    return held;
}

Status RegionServer::stop() {
    KAZASHI_TRY(const Pid pid, read_pid(pid_file_));
    return story::stop(pid, tuning::stop);
}

Status RegionServer::start() {
    KAZASHI_TRY(const Pid pid, story::start(serve_, logs_ / "region.log"));
    return write_pid(pid_file_, pid);
}

Result<RegionStatus> RegionServer::status() const {
    KAZASHI_TRY(const Finished finished,
                run({program(), "status", "--dir", folder_.string(), "--json"}, logs_ / "region-tools.log"));
    if (finished.status != 0) return Error{Fault::server_fault, "kazashi-region status failed"};
    try {
        return parse_status(json::parse(finished.out));
    } catch (const json::exception&) {
        return Error{Fault::malformed, "kazashi-region status said something else"};
    }
}

Result<std::vector<ReviewRecord>> RegionServer::review() const {
    KAZASHI_TRY(const Finished finished,
                run({program(), "review", "--dir", folder_.string(), "--json"}, logs_ / "region-tools.log"));
    if (finished.status != 0) return Error{Fault::server_fault, "kazashi-region review failed"};
    try {
        std::vector<ReviewRecord> views;
        for (const auto& view : json::parse(finished.out)) views.push_back(parse_review(view));
        return views;
    } catch (const json::exception&) {
        return Error{Fault::malformed, "kazashi-region review said something else"};
    }
}

Result<std::vector<LookRecord>> RegionServer::looks(const std::string& patient) const {
    KAZASHI_TRY(const Finished finished,
                run({program(), "who-looked", "--dir", folder_.string(), "--patient", patient, "--json"},
                    logs_ / "region-tools.log"));
    if (finished.status != 0) return Error{Fault::server_fault, "kazashi-region who-looked failed"};
    try {
        std::vector<LookRecord> looks;
        for (const auto& look : json::parse(finished.out)) {
            looks.push_back({look.at("kind").get<std::string>(), look.at("facility").get<std::string>()});
        }
        return looks;
    } catch (const json::exception&) {
        return Error{Fault::malformed, "kazashi-region who-looked said something else"};
    }
}

Status RegionServer::link_holder(const std::filesystem::path& certificate, const std::string& patient) const {
    KAZASHI_TRY(const Finished finished, run({program(), "link-holder", "--dir", folder_.string(), "--certificate",
                                              certificate.string(), "--patient", patient},
                                             logs_ / "region-tools.log"));
    if (finished.status != 0) return Error{Fault::server_fault, "kazashi-region link-holder refused the certificate"};
    return base::ok();
}

Status RegionServer::link_old_cards() const {
    KAZASHI_TRY(const Finished finished,
                run({program(), "link-old-cards", "--dir", folder_.string()}, logs_ / "region-tools.log"));
    if (finished.status != 0) return Error{Fault::server_fault, "kazashi-region link-old-cards failed"};
    return base::ok();
}

Status RegionServer::set_policy(const std::filesystem::path& file) const {
    KAZASHI_TRY(const Finished finished, run({program(), "policy", "set", "--dir", folder_.string(), file.string()},
                                             logs_ / "region-tools.log"));
    if (finished.status != 0) return Error{Fault::server_fault, "kazashi-region policy set refused the rules"};
    return base::ok();
}

Status RegionServer::import(const std::filesystem::path& bundle) const {
    KAZASHI_TRY(const Finished finished,
                run({program(), "import", "--server", url(), "--dir", folder_.string(), bundle.string()},
                    logs_ / "region-tools.log"));
    if (finished.status != 0) return Error{Fault::server_fault, "kazashi-region import refused the bundle"};
    return base::ok();
}

std::string RegionServer::url() const {
    const auto listen = std::find(serve_.begin(), serve_.end(), "--listen");
    return "https://" + (listen == serve_.end() || listen + 1 == serve_.end() ? std::string{} : *(listen + 1));
}

}  // namespace kazashi::story
