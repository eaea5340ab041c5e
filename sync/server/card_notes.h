// How an order for a card ended, or where it stands. Each is the key of a sentence at the terminal.
#pragma once

namespace kazashi::server::card_note {

// done
inline constexpr const char* issued = "card_issued";
inline constexpr const char* issued_lite = "card_issued_lite";  // a Lite: no emergency facts on it
inline constexpr const char* complete = "card_complete";        // it was whole already
inline constexpr const char* genuine = "card_genuine";
inline constexpr const char* capsule_written = "capsule_written";
inline constexpr const char* scrapped = "card_scrapped";
inline constexpr const char* fixed = "card_fixed";  // scrap: nobody believes it any more; nothing on it can be changed
inline constexpr const char* dry_run = "dry_run";

// running
inline constexpr const char* away = "card_away";  // not everything was answered: put it back

// refused
inline constexpr const char* has_card = "has_card";             // issue: this number has a live card; reissue it
inline constexpr const char* number_wrong = "number_wrong";     // not ten digits, or nobody's
inline constexpr const char* in_use = "card_in_use";            // this card is somebody's already
inline constexpr const char* revoked = "card_revoked";          // it was a card of the region once
inline constexpr const char* unfinished = "card_unfinished";    // locked for another number: finish that
inline constexpr const char* unknown = "card_unknown";          // neither issued nor begun by this region
inline constexpr const char* foreign = "card_foreign";          // somebody else has written on it
inline constexpr const char* unreadable = "card_unreadable";    // neither Lite-S nor Lite, or at the edge of the field
inline constexpr const char* stuck = "card_stuck";              // it answers, and does not take what is written
inline constexpr const char* not_genuine = "card_not_genuine";  // it does not know its key
inline constexpr const char* no_capsule = "no_capsule";         // there is nothing to write for this patient
inline constexpr const char* over = "order_over";               // timed out, or another order has taken its place

// scrap
inline constexpr const char* scrap = "card_scrap";

}  // namespace kazashi::server::card_note
