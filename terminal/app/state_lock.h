// One program at a time on a terminal's folder: `run` and the verbs that change what a terminal is.
#pragma once

#include <filesystem>

#include "cardio/base/result.h"
#include "terminal/app/descriptor.h"

namespace kazashi::app {

class StateLock {
public:
    // denied: another program holds it. not_found: there is no such folder. It ends with the program, however that
    // ends.
    static base::Result<StateLock> take(const std::filesystem::path& state);

private:
    explicit StateLock(Descriptor file) : file_{std::move(file)} {}
    Descriptor file_;
};

}  // namespace kazashi::app
