// Reading an ID card's files, and the one way its commands go out. Source: ISO/IEC 7816-4; felica.md §7.
#pragma once

#include "cardio/base/result.h"
#include "cardio/protocol/apdu.h"
#include "cardio/protocol/hpki.h"
#include "cardio/reader/apdu_link.h"

namespace kazashi::reader {

// A command without secrets, to its last octet: fetched piece by piece where the card says 61 xx, asked again with the
// length it wants where it says 6C xx. limit: an answer of more than protocol::most_file.
base::Result<protocol::ResponseApdu> transact(ApduLink& link, base::Bytes command);
// The same, and the card's refusal is an error (protocol::card_fault).
base::Result<base::Bytes> ask(ApduLink& link, base::Bytes command);

// A certificate: as long as its first octets say. malformed: these say nothing, or the file is shorter.
base::Result<base::Bytes> read_certificate_file(ApduLink& link, const protocol::hpki::FileRef& file);
// A directory file, to its end.
base::Result<base::Bytes> read_directory_file(ApduLink& link, const protocol::hpki::FileRef& file);

}  // namespace kazashi::reader
