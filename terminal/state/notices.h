// Which sentence stands for what happened. The sentences are in assets/strings.
#pragma once

#include <string_view>

#include "terminal/state/state.h"

namespace kazashi::state {

// Notice{"notice.<name>", "notice.<name>.now"}
Notice notice(std::string_view name, Notice::Tone tone);

Notice notice_of(card::ForeignCard card);
Notice notice_of_card_fault(base::Fault fault);
// `all_here`: the feed has brought everything, so a card it did not bring is not a member's.
Notice notice_of(DeskFailed::During during, const base::Error& error, bool all_here);

}  // namespace kazashi::state
