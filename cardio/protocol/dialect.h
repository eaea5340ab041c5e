// How a PC/SC reader takes a FeliCa frame. Found by probing, never by the reader's name.
#pragma once

namespace kazashi::protocol {

enum class Dialect {
    direct,       // FF 00 00 00 Lc frame → answer 90 00
    transparent,  // the PC/SC v2 transparent session, FF C2
};

}  // namespace kazashi::protocol
