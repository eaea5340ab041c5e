// What the doctor found: a key of its sentence, not the sentence. No name, no IDm, no key is ever among the figures.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kazashi::state {

// What is looked at, in the order it is shown; each has a file of probes in terminal/doctor.
enum class DoctorGroup { service, devices, card, machine, region, store, fonts };
inline constexpr std::array doctor_groups{DoctorGroup::service, DoctorGroup::devices, DoctorGroup::card,
                                          DoctorGroup::machine, DoctorGroup::region,  DoctorGroup::store,
                                          DoctorGroup::fonts};
std::string_view name(DoctorGroup group);  // "service" …

struct Finding {
    enum class Severity { ok, note, fault };
    enum class Repair { none, possible, done, failed };

    std::string key;  // "doctor." before it: what is so; ".now" after it: what to do
    DoctorGroup group{};
    Severity severity{Severity::fault};
    Repair repair{Repair::none};
    std::vector<std::pair<std::string, std::string>> figures;  // {name} in the sentence

    bool operator==(const Finding&) const = default;
};
std::string_view name(Finding::Severity severity);
std::string_view name(Finding::Repair repair);

}  // namespace kazashi::state
