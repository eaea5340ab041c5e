// Other programs, by their process id: started, asked to end, looked at. Never by name.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "cardio/base/result.h"

namespace kazashi::story {

using base::Result;
using base::Status;
using std::chrono::milliseconds;

using Pid = int;
using Arguments = std::vector<std::string>;

Result<Pid> read_pid(const std::filesystem::path& file);
Status write_pid(const std::filesystem::path& file, Pid pid);

bool alive(Pid pid);                          // a process that has ended but was not waited for is not
Status stop(Pid pid, milliseconds patience);  // SIGTERM, then waits; timeout when it does not go
Result<Arguments> arguments_of(Pid pid);      // as it was started

// Output is appended to `log`.
Result<Pid> start(const Arguments& arguments, const std::filesystem::path& log);

struct Finished {
    int status{};
    std::string out;
};
Result<Finished> run(const Arguments& arguments, const std::filesystem::path& log);

}  // namespace kazashi::story
