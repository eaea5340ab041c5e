// `kazashi doctor`: what is wrong, in sentences or as JSON, and the repairs it may make by itself.
#pragma once

#include <functional>
#include <string_view>

#include "terminal/app/options.h"

namespace kazashi::app {

struct DoctorOutcome {
    bool faults{false};   // some are left
    bool gave_up{false};  // a probe hangs: end the program without waiting for it
};
// `say` gets the lines to print. not_found: no assets.
base::Result<DoctorOutcome> call_doctor(const DoctorOptions& options, const std::function<void(std::string_view)>& say);

}  // namespace kazashi::app
