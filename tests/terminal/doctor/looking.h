// What the doctor's tests ask of findings, and the virtual readers they unplug.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "cardio/reader/service_look.h"
#include "terminal/doctor/findings.h"
#include "tests/cardio/reader/virtual_stack.h"
#include "tests/catch.h"

namespace kazashi::test {

inline const state::Finding* find(const doctor::Findings& findings, std::string_view key) {
    const auto found = std::ranges::find(findings, key, &state::Finding::key);
    return found == findings.end() ? nullptr : &*found;
}

// It must be there; everything about it is then checked by the caller.
inline const state::Finding& get(const doctor::Findings& findings, std::string_view key) {
    std::string all;
    for (const auto& one : findings) all += one.key + ' ';
    const auto* finding = find(findings, key);
    INFO("wanted " << key << " among: " << all);
    REQUIRE(finding != nullptr);
    return *finding;
}
inline bool is_fault(const doctor::Findings& findings, std::string_view key) {
    return get(findings, key).severity == state::Finding::Severity::fault;
}
inline bool is_note(const doctor::Findings& findings, std::string_view key) {
    return get(findings, key).severity == state::Finding::Severity::note;
}
inline bool is_ok(const doctor::Findings& findings, std::string_view key) {
    return get(findings, key).severity == state::Finding::Severity::ok;
}
inline std::string figure(const state::Finding& finding, std::string_view name) {
    for (const auto& [known, value] : finding.figures)
        if (known == name) return value;
    return {};
}

// The folder of every VirtualStack of this process.
inline std::filesystem::path stack_folder() {
    return std::filesystem::path{std::getenv("PCSCLITE_CSOCK_NAME")}.parent_path();
}
inline ::pid_t service_process() {
    ::pid_t pid = 0;
    std::ifstream{stack_folder() / "pcscd.pid"} >> pid;
    REQUIRE(pid > 1);
    return pid;
}

template <class Condition>
bool eventually(Condition condition) {
    for (int i = 0; i < 1000; ++i) {
        if (condition()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
    return false;
}
inline bool service_answers() { return reader::look_at_service().answer == reader::ServiceAnswer::answers; }

// The service starts anew with other readers than before: none at all, or one of this name.
inline void replug(const VirtualStack& stack, const std::string& name) {
    stack.stop_service();
    REQUIRE(eventually([] { return !service_answers(); }));
    const auto file = stack_folder() / "conf" / "vpcd";
    std::string kept;
    std::ifstream in{file};
    for (std::string line; std::getline(in, line);)
        if (!line.starts_with("FRIENDLYNAME")) kept += line + '\n';
    in.close();
    if (name.empty())
        std::filesystem::remove(file);
    else
        std::ofstream{file} << "FRIENDLYNAME \"" << name << "\"\n" << kept;
    stack.start_service();
    REQUIRE(eventually(service_answers));
}

}  // namespace kazashi::test
