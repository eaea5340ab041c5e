#include "terminal/state/finding.h"

namespace kazashi::state {

std::string_view name(DoctorGroup group) {
    switch (group) {
        case DoctorGroup::service:
            return "service";
        case DoctorGroup::devices:
            return "devices";
        case DoctorGroup::card:
            return "card";
        case DoctorGroup::machine:
            return "machine";
        case DoctorGroup::region:
            return "region";
        case DoctorGroup::store:
            return "store";
        case DoctorGroup::fonts:
            return "fonts";
    }
    return "";
}

std::string_view name(Finding::Severity severity) {
    switch (severity) {
        case Finding::Severity::ok:
            return "ok";
        case Finding::Severity::note:
            return "note";
        case Finding::Severity::fault:
            return "fault";
    }
    return "";
}

std::string_view name(Finding::Repair repair) {
    switch (repair) {
        case Finding::Repair::none:
            return "none";
        case Finding::Repair::possible:
            return "possible";
        case Finding::Repair::done:
            return "done";
        case Finding::Repair::failed:
            return "failed";
    }
    return "";
}

}  // namespace kazashi::state
