// Frames of somebody else, the region, to the card, and the card's answers back, as they are.
#pragma once

#include <span>

#include "cardio/base/secret.h"
#include "cardio/reader/conversation.h"

namespace kazashi::reader {

// As Conversation::relay.
base::Result<Relay> relay_frames(const PinnedCard& card, const Patience& patience,
                                 std::span<const base::SecretBytes> frames);

}  // namespace kazashi::reader
