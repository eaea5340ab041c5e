// What the reader service says, for a diagnosis: each of its refusals by itself, where the station knows one word for
// all of them. May block for as long as the service does not answer: call it where waiting can be given up.
#pragma once

#include <string>
#include <vector>

namespace kazashi::reader {

enum class ServiceAnswer {
    answers,
    absent,         // nobody listens at its socket
    denied,         // it is there, and does not serve us (polkit)
    other_version,  // its library here is of another version
    broken,         // anything else; the code says what
};

struct ReaderSight {
    std::string name;
    bool card{false};
    bool mute{false};       // a card that does not answer the reader
    bool in_use{false};     // some program talks to the card
    bool exclusive{false};  // one program has it for itself
};

struct ServiceLook {
    ServiceAnswer answer{};
    std::string code;  // winscard's, eight hexadecimal digits
    std::vector<ReaderSight> readers;
};

ServiceLook look_at_service();

}  // namespace kazashi::reader
