// One APDU to the reader and its whole answer: readers of T=0 firmware say 61 xx first and want to be asked for the
// rest.
#pragma once

#include "cardio/protocol/apdu.h"
#include "cardio/reader/apdu_link.h"

namespace kazashi::reader {

// Errors: those of the link · card_left (an answer without a status word).
base::Result<protocol::ResponseApdu> ask(ApduLink& link, base::ByteView apdu);
// As above, and a status word other than success is an error too (protocol::reader_fault).
base::Result<base::Bytes> ask_reader(ApduLink& link, base::ByteView apdu);

}  // namespace kazashi::reader
