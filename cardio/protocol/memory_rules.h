// The memory configuration (block MC) on its way from a blank card to one that is issued: what each step makes of the
// block that was just read, and how far a block has come. Every step is the fewest bits changed, none can be undone.
// Source: reference felica.md §2.1, §2.2. A Lite has the octets up to RF_PRM alone: whatever it shows behind them says
// nothing, and is written back as it was.
#pragma once

#include "cardio/card/card.h"

namespace kazashi::protocol {

// With one step made; of a step that is done already, the same block.
// locked: byte 2 = 00; of a Lite-S also byte 5 = 01, so that CK can still be changed with MAC_A.
// restricted: of a Lite-S S_PAD0 read-only, S_PAD1-13 and STATE written with MAC_A only. A Lite cannot ask for a MAC on
// a write, so what is not to be in everybody's hands is in nobody's: all S_PADs and REG read-only.
// frozen: bit 15 cleared, nothing else.
card::Block locked_configuration(const card::Block& now, card::Chip chip);
card::Block restricted_configuration(const card::Block& now, card::Chip chip);
card::Block frozen_configuration(const card::Block& now);

bool is_factory_open(const card::Block& mc);                 // system blocks: nobody has locked them
bool is_locked(const card::Block& mc, card::Chip chip);      // as locked_configuration makes it
bool is_anyhow_locked(const card::Block& mc);                // by whomever
bool is_open(const card::Block& mc, card::Chip chip);        // nobody has restricted anything yet
bool is_restricted(const card::Block& mc, card::Chip chip);  // as restricted_configuration makes it
bool is_frozen(const card::Block& mc);
bool has_usual_radio(const card::Block& mc);          // RF_PRM is the one value there is
bool wants_mac(const card::Block& mc, unsigned pad);  // of a Lite-S: to be written with MAC_A only

}  // namespace kazashi::protocol
