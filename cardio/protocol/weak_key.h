// Keys no card may get: with them DES undoes itself, or the two halves of a card key are one (felica.md §2.8).
#pragma once

#include "cardio/protocol/felica_lite_s.h"

namespace kazashi::protocol {

// A half that is one of the 4 weak or 12 semi-weak keys of DES, parity bits ignored (the factory's zeros among them),
// or two equal halves, which make 3DES a single DES.
bool is_weak(const CardKey& ck);

}  // namespace kazashi::protocol
