// Runs a program of the system for a repair: without a shell, without input, without output.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "cardio/base/result.h"

namespace kazashi::doctor {

using CommandLine = std::vector<std::string>;  // empty: there is no such way on this machine

// ok when it ended with 0 in time; one that does not end is ended. denied: it ended with another status.
base::Status run_command(const CommandLine& command, std::chrono::milliseconds most);

// Looked for in the usual folders of system programs; empty when there is none.
std::filesystem::path find_program(const std::string& name);

}  // namespace kazashi::doctor
