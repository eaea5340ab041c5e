// The region of the story: its server, stopped and started by process id, and what it says about itself.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "tests/e2e/story/process.h"

namespace kazashi::story {

// A grant in the region's own record.
struct GrantRecord {
    std::string grant;  // hexadecimal
    std::string facility;
    std::string state;  // "confirmed", "refused"
    std::string reason;
    bool proof_verified{};
};

// A view by break-glass in the region's list for review.
struct ReviewRecord {
    std::string grant;  // hexadecimal
    std::string facility;
    std::string staff;
    std::string reason;
    std::string refused;  // why the region does not accept it; empty when it does
    bool told{};          // to the patient
    bool reviewed{};
};

// A line of "who looked" as the region has it.
struct LookRecord {
    std::string kind;      // "view", "emergency", "self" …
    std::string facility;  // its name
};

struct RegionStatus {
    std::int64_t patients{};
    std::int64_t pharmacy_packages{};
    std::int64_t ledger_entries{};
    std::int64_t receipts{};
    std::map<std::string, std::int64_t> kinds;  // accepted ledger entries: "admitted" → 1
    std::vector<GrantRecord> grants;

    std::int64_t count(const std::string& kind) const;
    const GrantRecord* grant(const std::string& id) const;  // nullptr: the region does not know it
};

bool same_hex(const std::string& a, const std::string& b);

class RegionServer {
public:
    // `serve` is the whole command line of the server, so that it comes back at the same address; its folder and
    // program are used to ask the region about itself. `pid_file` says which process it is, `logs` takes what the
    // programs print.
    RegionServer(Arguments serve, std::filesystem::path folder, std::filesystem::path pid_file,
                 std::filesystem::path logs)
        : serve_{std::move(serve)},
          folder_{std::move(folder)},
          pid_file_{std::move(pid_file)},
          logs_{std::move(logs)} {}

    Status stop();
    Status start();
    bool running() const;
    // As behind a thin line: answers in short bursts until `enough` holds, at most for `patience`. False: it never
    // held.
    bool run_slowly(const std::function<bool()>& enough, milliseconds patience) const;

    Result<RegionStatus> status() const;
    Result<std::vector<ReviewRecord>> review() const;
    Result<std::vector<LookRecord>> looks(const std::string& patient) const;  // regional number
    // Of a My Number card, by its certificate.
    Status link_holder(const std::filesystem::path& certificate, const std::string& patient) const;
    Status link_old_cards() const;
    Status set_policy(const std::filesystem::path& file) const;  // TOML
    Status import(const std::filesystem::path& bundle) const;

private:
    std::string url() const;
    const std::string& program() const { return serve_.front(); }
    Arguments serve_;
    std::filesystem::path folder_;
    std::filesystem::path pid_file_;
    std::filesystem::path logs_;
};

}  // namespace kazashi::story
