// Issuing a FeliCa Lite-S: what to write next on a card, told from nothing but a look at it. So a card that was torn
// off anywhere is finished by looking again, and what cannot become ours is recognised. Pure: frames out, answers in;
// the one who asks (the region) keeps between two turns only which challenge the last look used.
//
// One turn's frames are a few writes, then a look. The key is written and checked by the look's MAC_A before anything
// is locked; the first issuance (lock), the rules and the second issuance (freeze) are writes of their own, each the
// configuration just read with the fewest bits changed. Whether a write that found silence was carried out, the look
// says. Source: reference felica.md §2.2, §2.3; bit 15 and byte order: the pitfalls there.
#pragma once

#include <optional>
#include <vector>

#include "cardio/protocol/card_survey.h"

namespace kazashi::protocol {

// What shall stand on the card in the end.
struct IssuePlan {
    card::Idm idm;
    card::Block s_pad0;  // a regional record
    card::Block id;      // IDm ‖ DFC ‖ 6 octets: what `ck` was diversified from
    std::uint16_t ckv{};
    CardKey ck;                // not weak
    std::optional<Pads> pads;  // none: whatever stands there stays
};

enum class CardStage {
    blank,       // as it left the factory
    begun,       // some of the content of a card of this region, nothing locked
    written,     // all of the content, and the card answers with its key: it may be locked
    locked,      // first issuance done
    restricted,  // the rules for S_PADs and STATE are in force
    complete,    // second issuance done: frozen as planned
    foreign,     // not locked, but somebody wrote on it: not ours to overwrite
    scrap,       // locked with another key, other content or other rules: it can never become the planned card
};
CardStage stage_of(const IssuePlan& plan, const CardSurvey& survey);

// The memory configuration (block MC) with one step made; of a step that is done already, the same block.
// locked: byte 2 = 00, and byte 5 = 01, so that CK can still be changed with MAC_A.
// restricted: S_PAD0 read-only; S_PAD1-13 and STATE written with MAC_A only. frozen: bit 15 cleared, nothing else.
card::Block locked_configuration(const card::Block& now);
card::Block restricted_configuration(const card::Block& now);
card::Block frozen_configuration(const card::Block& now);

struct Turn {
    std::optional<CardStage> stage;         // none: the card was not looked at yet
    std::vector<base::SecretBytes> frames;  // to the card, in order; empty: nothing is left to do
    std::size_t writes{};                   // so many of them come before the look
    std::optional<CardSurvey> seen;         // what the stage was told from
    std::optional<card::Block> mc_next;     // the memory configuration as these frames write it
};

// Looks, and writes nothing but RC.
Turn first_turn(const IssuePlan& plan, const card::Challenge& rc);

// What the turn before was: `writes` of it, and the challenge of its look.
struct Asked {
    std::size_t writes{};
    card::Challenge rc;
};
// The answers to a turn, and what follows. `rc` is a fresh random challenge, for this turn. Errors: card_left, fewer
// answers than frames, so look again with first_turn() · card_refused, malformed: as parse_survey(); this is no Lite-S,
// or no answer of the card.
base::Result<Turn> next_turn(const IssuePlan& plan, const Asked& asked, std::span<const base::Bytes> answers,
                             const card::Challenge& rc);

// One status flag per write of the turn before, for whoever wonders why nothing moves: true where the card did it.
std::vector<bool> writes_done(const IssuePlan& plan, const Asked& asked, std::span<const base::Bytes> answers);

// Undoes what can be undone, for demonstrations: a card that is not locked becomes blank; of a locked one with our key
// S_PAD1-13 are cleared and the key is replaced by `nobodys`, so that it proves itself to nobody. Empty for a card that
// is not ours.
Turn erase_turn(const IssuePlan& plan, const CardSurvey& survey, const card::Challenge& rc, const CardKey& nobodys);

}  // namespace kazashi::protocol
