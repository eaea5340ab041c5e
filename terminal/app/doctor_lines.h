// What `kazashi doctor --json` prints and the screen reads: one line of JSON for each group as it ends, then one that
// says it is the last.
//   {"group":"service","ms":12,"findings":[{"key":…,"severity":…,"repair":…,"figures":{…}}]}
//   {"done":true,"faults":1,"notes":2,"ms":840}
#pragma once

#include <variant>

#include "terminal/doctor/doctor.h"

namespace kazashi::app {

struct DoctorEnd {
    std::size_t faults{};
    std::size_t notes{};
    std::chrono::milliseconds took{};
};
using DoctorLine = std::variant<doctor::Examined, DoctorEnd>;

std::string doctor_line(const DoctorLine& line);  // without the end of line
base::Result<DoctorLine> parse_doctor_line(const std::string& text);

}  // namespace kazashi::app
