// A PN532 behind a PC/SC reader (ACR122U): its commands travel inside FF 00 00 00, its answers carry a status byte of
// their own. Old firmware is T=0 and says 61 xx instead of answering. Source: reference felica.md §3.6.
#pragma once

#include "cardio/base/bytes.h"
#include "cardio/base/result.h"

namespace kazashi::protocol {

// D4 32 05 00 00 00: otherwise the chip looks for a card that is not there for seconds.
base::Bytes pn532_no_retries();
// D4 4A: `polling` is a Polling frame; at 212 kbps, one target.
base::Bytes pn532_list_target(base::ByteView polling);
// D4 40: to the listed target.
base::Bytes pn532_exchange(base::ByteView frame);
// D4 42: to whoever hears it.
base::Bytes pn532_through(base::ByteView frame);

// The answer without its status word. Errors: timeout (nobody answered) · limit (longer than the chip's buffer) ·
// unsupported (not a PN532, or not this command) · malformed.
base::Status parse_pn532_no_retries(base::ByteView answer);
base::Result<base::Bytes> parse_pn532_listed(base::ByteView answer);    // the polling answer as a frame
base::Result<base::Bytes> parse_pn532_exchange(base::ByteView answer);  // of D4 40
base::Result<base::Bytes> parse_pn532_through(base::ByteView answer);   // of D4 42

}  // namespace kazashi::protocol
