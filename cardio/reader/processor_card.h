// An ISO 14443-4 card: an ID card of ours, a payment card, or some other processor. Asked, never told by its ATR alone.
#pragma once

#include <variant>

#include "cardio/reader/id_card.h"

namespace kazashi::reader {

using ProcessorCard = std::variant<IdCard, card::ForeignCard>;
base::Result<ProcessorCard> look_at_processor_card(ApduLink& link);  // errors: those of the link

}  // namespace kazashi::reader
