// Stands between this program and libpcsclite. Calls go through, unless a test has them answered with another code:
// what no service of this machine can be brought to say.
#pragma once

#include <winscard.h>

#include <optional>

namespace kazashi::fakes {

class WinscardDoor {
public:
    WinscardDoor() = default;
    WinscardDoor(const WinscardDoor&) = delete;
    WinscardDoor& operator=(const WinscardDoor&) = delete;
    ~WinscardDoor();  // everything goes through again

    void establish_says(LONG code);
    void connect_says(LONG code);
    void states_say(DWORD flags);  // in every reader, with success
};

}  // namespace kazashi::fakes
