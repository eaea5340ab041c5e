// One FeliCa frame to the card, one back, whatever the reader's dialect (felica.md §3.10). Frames carry their LEN byte.
#pragma once

#include <chrono>
#include <memory>

#include "cardio/base/bytes.h"
#include "cardio/base/result.h"
#include "cardio/protocol/dialect.h"
#include "cardio/reader/apdu_link.h"
#include "cardio/reader/traits.h"

namespace kazashi::reader {

class Transport {
public:
    virtual ~Transport() = default;
    // `air` is how long the reader should wait for the card, where the dialect can say so. Errors: card_left · timeout
    // (no card answered) · unsupported (not this reader's dialect, or nothing it can do) · limit (more than the
    // reader's buffer holds) · reader_busy · malformed.
    virtual base::Result<base::Bytes> exchange(base::ByteView frame, std::chrono::microseconds air) = 0;
    // Whether a Polling reaches the cards of the system it names. Where not, the reader has chosen by itself.
    virtual bool chooses_system() const { return true; }
    // Whether a Polling for one system is one, which another card may answer, and not asked of the card there was.
    virtual bool polls_to_find() const { return true; }
    // Whether any Polling goes out to every card there is. Where not, no second one is ever heard of.
    virtual bool polls() const { return true; }
};

// Link and traits must outlive the transport, which corrects the traits by what it finds. A transparent session is
// opened with the first exchange and closed at the end.
std::unique_ptr<Transport> make_transport(protocol::Dialect dialect, ApduLink& link, ReaderTraits& traits);
// For a look that remembers nothing.
std::unique_ptr<Transport> make_transport(protocol::Dialect dialect, ApduLink& link);

}  // namespace kazashi::reader
