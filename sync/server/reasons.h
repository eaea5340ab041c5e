// What a refused receipt says, and why the region closes a window. Each is the key of a sentence at the terminal.
#pragma once

namespace kazashi::server::reason {

inline constexpr const char* incomplete = "grant_incomplete";  // no proof, or no card
inline constexpr const char* unreadable = "body_unreadable";
inline constexpr const char* repeated = "grant_repeated";    // this id stands for something else
inline constexpr const char* not_yours = "not_entitled";     // another terminal's, or more than its type may
inline constexpr const char* card_unknown = "card_unknown";  // not a card of this region's patients
inline constexpr const char* card_revoked = "card_revoked";
inline constexpr const char* wrong_patient = "wrong_patient";  // the card is another patient's, or nobody's
inline constexpr const char* proof_wrong = "proof_wrong";      // the card did not answer this
inline constexpr const char* too_long = "window_too_long";     // it ends later than the policy allows
inline constexpr const char* excluded = "excluded";            // the patient wants nothing seen there
inline constexpr const char* withdrawn = "withdrawn_by_patient";
inline constexpr const char* ended = "terminal_ended";  // written after the terminal's last entry

// Break-glass.
inline constexpr const char* no_reason = "reason_missing";
inline constexpr const char* staff_unknown = "staff_unknown";  // nobody who works there now
inline constexpr const char* second_staff = "second_staff_needed";
inline constexpr const char* same_staff = "same_staff";

}  // namespace kazashi::server::reason
