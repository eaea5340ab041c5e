// One prescription, statement or dispensing of one drug, read and judged.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sync/fhir/record.h"
#include "sync/model/summary.h"

namespace kazashi::fhir {

struct Course {
    std::vector<std::string> keys;  // the same drug under several code systems; empty: text only
    std::string code;
    std::string name;
    std::string usage;
    int days{};
    bool as_needed{};
    enum class Said { nothing, running, over } said{Said::nothing};
    std::optional<base::Date> start;
    std::optional<base::Date> end;  // a period's end, where the record gives one
    std::string prescribed_at;
    std::string dispensed_at;
    std::optional<base::Date> dispensed_on;

    std::optional<base::Date> first_day() const;  // handed over, where that is known
    std::optional<base::Date> last_day() const;   // of the supply
    bool current(base::Date today) const;
};

// All of a record, dispensings joined to the prescription they carry out.
std::vector<Course> read_courses(const Record& record);

}  // namespace kazashi::fhir
