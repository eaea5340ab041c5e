#include "terminal/app/faults.h"

namespace kazashi::app {

std::string fault_of_store(base::Fault fault) {
    switch (fault) {
        case base::Fault::corrupt:
        case base::Fault::not_found:
            return "fault.store_moved_aside";
        case base::Fault::unsupported:
            return "fault.store_newer";
        case base::Fault::disk_full:
            return "fault.disk_full";
        default:
            return "fault.store_unusable";
    }
}

}  // namespace kazashi::app
