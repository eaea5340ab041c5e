#include "cardio/base/result.h"

namespace kazashi::base {

std::string_view name(Fault fault) {
    switch (fault) {
        case Fault::cancelled: return "cancelled";
        case Fault::timeout: return "timeout";
        case Fault::limit: return "limit";
        case Fault::malformed: return "malformed";
        case Fault::unsupported: return "unsupported";
        case Fault::not_found: return "not_found";
        case Fault::denied: return "denied";
        case Fault::wrong_key: return "wrong_key";
        case Fault::bad_signature: return "bad_signature";
        case Fault::out_of_order: return "out_of_order";
        case Fault::card_left: return "card_left";
        case Fault::card_refused: return "card_refused";
        case Fault::reader_off: return "reader_off";
        case Fault::reader_busy: return "reader_busy";
        case Fault::offline: return "offline";
        case Fault::server_fault: return "server_fault";
        case Fault::io: return "io";
        case Fault::disk_full: return "disk_full";
        case Fault::corrupt: return "corrupt";
    }
    return "unknown";
}

}  // namespace kazashi::base
