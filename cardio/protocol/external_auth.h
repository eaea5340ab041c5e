// A terminal proves to a FeliCa Lite-S that it knows the card's key, after the card has proved the same to it: mutual
// authentication. Needed for blocks whose MC bits let nobody else read or write them. The RC of `key` has been written,
// and WCNT read with MAC_A; the card forgets who proved what when it loses the field.
// Source: reference felica.md §2.8, steps 4 and 5.
#pragma once

#include <cstdint>

#include "cardio/protocol/felica_lite_s.h"

namespace kazashi::protocol {

// Write STATE with MAC_A; `wcnt` is the counter before it. The answer is parse_write()'s: 02 B2 is another key or
// another counter, 01 B1 a card whose MC does not take STATE with a MAC.
base::Bytes external_auth_frame(const card::Idm& idm, const SessionKey& key, std::uint32_t wcnt);

base::Bytes state_frame(const card::Idm& idm);  // read STATE, MAC_A
// ok: this card, and nobody between, says that the terminal is let in. Errors: those of parse_read() · malformed: the
// MAC_A is not this key's · denied: it is, and the card has not let it in.
base::Status check_state(base::ByteView frame, const card::Idm& idm, const SessionKey& key);

}  // namespace kazashi::protocol
