// What every group of probes answers with.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "terminal/state/finding.h"

namespace kazashi::doctor {

using state::DoctorGroup;
using state::Finding;
using Findings = std::vector<Finding>;
using Figures = std::vector<std::pair<std::string, std::string>>;
using Severity = Finding::Severity;
using Repair = Finding::Repair;

inline Finding found(DoctorGroup group, std::string key, Figures figures = {}) {
    return {std::move(key), group, Severity::fault, Repair::none, std::move(figures)};
}
inline Finding repairable(DoctorGroup group, std::string key, Figures figures = {}) {
    return {std::move(key), group, Severity::fault, Repair::possible, std::move(figures)};
}
inline Finding noted(DoctorGroup group, std::string key, Figures figures = {}) {
    return {std::move(key), group, Severity::note, Repair::none, std::move(figures)};
}
inline Finding well(DoctorGroup group, std::string key, Figures figures = {}) {
    return {std::move(key), group, Severity::ok, Repair::none, std::move(figures)};
}

}  // namespace kazashi::doctor
