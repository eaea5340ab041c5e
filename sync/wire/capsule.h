// A capsule's facts as the fixed octets a card has room for: no CBOR here, every octet counts. Version 1, `size`
// octets, numbers big-endian. The version stands in the header around it (sync/vault/capsule.h).
//
//    0–1   date, days since 2020-01-01
//    2     blood: bits 0–2 ABO (0 unknown, 1 A, 2 B, 3 O, 4 AB), bits 3–4 Rh (0 unknown, 1 positive, 2 negative)
//    3     implant, dialysis, anticoagulant, pregnancy: two bits each from bit 0 on (0 unknown, 1 yes, 2 no)
//    4     bits 0–1 what is known of allergies (0 unknown, 1 none and asked for, 2 some), bits 2–7 how many are left
//          out (63: or more)
//    5     bits 0–3 number of conditions, 0–8; bits 4–7 how many are left out (15: or more)
//    6     bits 0–3 digits of the telephone number, 0–15; bit 4 a + before it; bit 5 a preferred hospital
//    7     number of allergies
//    then  the telephone number, two digits an octet, the high half first, an odd one padded with 0
//          the hospital's ten digits, five octets
//          conditions, two octets each: ((letter × 100 + digits 2 and 3) × 11 + 1 + digit 4, or 0 without one)
//          allergies: an octet (bits 0–1 kind, bit 2 contraindicated drug, bit 3 severe, bit 4 unconfirmed), then
//            kind 0, seven digits of YJ: three octets, the number
//            kind 1 and 2, JFAGY food and other: four octets, what follows J9F or J9N: letter × 10^8 + eight digits;
//              without a letter 26 × 10^8 + nine digits
//    rest  zero
#pragma once

#include "cardio/base/bytes.h"
#include "cardio/base/result.h"
#include "sync/model/capsule.h"

namespace kazashi::wire {

// What has room: allergies before conditions, each list from its front. What is no code of its kind, or has no room, is
// dropped and counted; a telephone number or hospital that is none is dropped.
model::Capsule fit(model::Capsule capsule);

// Of a capsule that fits; another ends the program.
base::Bytes pack_capsule(const model::Capsule& capsule);

// malformed: another length, a value that is none, or anything but zeros behind it: one spelling per capsule.
base::Result<model::Capsule> unpack_capsule(base::ByteView bytes);

}  // namespace kazashi::wire
