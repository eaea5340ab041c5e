// Issuing a FeliCa Lite-S, or the older Lite: what to write next on a card, told from nothing but a look at it. So a
// card that was torn off anywhere is finished by looking again, and what cannot become ours is recognised. Pure: frames
// out, answers in; the one who asks (the region) keeps between two turns only what the last look was.
//
// One turn's frames are a few writes, then a look. The key is written and checked by the look's MACs before anything
// is locked; the first issuance (lock), the rules and the second issuance (freeze) are writes of their own, each the
// configuration just read with the fewest bits changed. Whether a write that found silence was carried out, the look
// says. Source: reference felica.md §2.1 to §2.3; bit 15 and byte order: the pitfalls there.
//
// A Lite is told from a Lite-S by its refusal of a Lite-S's blocks and then by its D_ID. Its S_PAD1-13 stay empty, and
// are fixed with all else: facts that change do not belong on a card that cannot be written by the region alone.
#pragma once

#include <optional>
#include <vector>

#include "cardio/protocol/card_survey.h"
#include "cardio/protocol/memory_rules.h"

namespace kazashi::protocol {

// What shall stand on the card in the end.
struct IssuePlan {
    card::Idm idm;
    card::Block s_pad0;  // a regional record
    card::Block id;      // IDm ‖ DFC ‖ 6 octets: what `ck` was diversified from
    std::uint16_t ckv{};
    CardKey ck;                           // not weak
    std::optional<Pads> pads;             // of a Lite-S; none: whatever stands there stays
    card::Chip chip{card::Chip::lite_s};  // as what it is looked at first
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

struct Turn {
    std::optional<CardStage> stage;         // none: the card was not looked at yet
    std::vector<base::SecretBytes> frames;  // to the card, in order; empty: nothing is left to do
    std::size_t writes{};                   // so many of them come before the look
    card::Chip chip{};                      // as what the card is looked at
    std::optional<CardSurvey> seen;         // what the stage was told from
    std::optional<card::Block> mc_next;     // the memory configuration as these frames write it
};

// Looks, and writes nothing but RC.
Turn first_turn(const IssuePlan& plan, const card::Challenge& rc);

// What the turn before was: `writes` and `chip` of it, and the challenge of its look.
struct Asked {
    std::size_t writes{};
    card::Challenge rc;
    card::Chip chip{card::Chip::lite_s};
};
// The answers to a turn, and what follows. `rc` is a fresh random challenge, for this turn. Errors: card_left, fewer
// answers than frames, so look again with first_turn() · card_refused, malformed: as parse_survey(); this is neither
// Lite-S nor Lite, or no answer of the card.
base::Result<Turn> next_turn(const IssuePlan& plan, const Asked& asked, std::span<const base::Bytes> answers,
                             const card::Challenge& rc);

// Undoes what can be undone, for demonstrations: a card that is not locked becomes blank; of a locked one with our key
// S_PAD1-13 are cleared and the key is replaced by `nobodys`, so that it proves itself to nobody. Empty for a card that
// is not ours, and for a Lite that is locked: nothing on it can be changed any more.
Turn erase_turn(const IssuePlan& plan, const CardSurvey& survey, const card::Challenge& rc, const CardKey& nobodys);

}  // namespace kazashi::protocol
