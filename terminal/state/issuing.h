// What the screen of issuing has to know of how an order ended.
#pragma once

#include "terminal/state/parts.h"

namespace kazashi::state {

// The card was refused, not the number: another one may be laid on for it.
bool another_card_helps(const IssueVisit& issue);

}  // namespace kazashi::state
