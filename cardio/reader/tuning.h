// Limits of the card station, each with its reason.
#pragma once

#include <chrono>
#include <cstddef>

namespace kazashi::reader::tuning {

using namespace std::chrono_literals;

// ---- one exchange
inline constexpr auto air_margin = 20ms;    // on top of what PMm promises: some old cards promise too little
inline constexpr auto polling_air = 30ms;   // 2.4 ms and four slots of 1.2 ms, and the margin
inline constexpr auto longest_air = 200ms;  // whatever PMm promises
inline constexpr int command_tries = 3;     // of a command that got silence: a card at the edge of the field
inline constexpr int answer_pieces = 4;     // of 61 xx: a FeliCa answer needs one
inline constexpr std::size_t answer = 512;  // a FeliCa answer has 255 bytes, a transparent one 20 more

// ---- one session
inline constexpr auto session = 1s;      // identify, with every retry; after that the person is asked to try again
inline constexpr auto relay = 3s;        // relay() with every retry: up to 64 frames of 20 to 40 ms
inline constexpr int session_tries = 4;  // another program reset the card meanwhile: a probing neighbour does it often
inline constexpr auto busy_retry = 500ms;     // another program has the card for itself: until it is asked for again
inline constexpr auto overdue = 1200ms;       // a call that does not come back: the person is told
inline constexpr auto overdue_long = 6s;      // of a signature, which takes a card seconds, or of many frames
inline constexpr auto last_wait = 2s;         // for such a call, when it is time to stop; then it is left behind
inline constexpr auto transaction_hold = 2s;  // between identify and proofs; Windows resets after about 5 s
inline constexpr std::size_t challenges = 8;  // of one prove(): a tap needs three
inline constexpr std::size_t relayed =
    64;                                    // frames of one relay(): a card has 14 blocks to be written and a dozen more
inline constexpr auto torn_retry = 250ms;  // a torn card that comes back faster than pcscd looks (400 ms)
inline constexpr int torn_retries = 20;    // 5 s; a card that cannot be read for longer is lifted and laid anew

// ---- an ID card
// A look at an HPKI card takes 20, a signature 22; twice that where a card gives 128 octets a READ, or its answers come
// in two pieces. A card that answers for ever is none of ours.
inline constexpr unsigned id_card_exchanges = 100;
inline constexpr std::size_t least_piece = 16;  // of a file or an answer that goes on; no card is that slow in earnest
inline constexpr auto id_card_look = 2s;        // a slow HPKI card, 4 KiB at 106 kbps, takes up to one
inline constexpr auto signature = 5s;           // files, PIN and signature; less than overdue_long

// ---- the monitor
inline constexpr auto status_wait = 1s;        // a cancel that is sent while nobody waits is lost; this is the backstop
inline constexpr auto back_off_first = 500ms;  // until a stopped reader service is asked for again
inline constexpr auto back_off_last = 1s;      // it is back within 2 s of being there again
inline constexpr std::size_t readers = 15;     // pcscd has 16 slots; one place is for the hot-plug pseudo reader
inline constexpr std::size_t mailbox = 64;     // presentations that wait while one card is talked to
inline constexpr auto mailbox_full = 20ms;     // the monitor then waits; it never forgets a presentation

// ---- a libnfc device
inline constexpr auto nfc_look = 100ms;        // between two looks for a card, each of which takes about as long
inline constexpr auto nfc_watch = 250ms;       // between two looks at the card that is there
inline constexpr int nfc_misses = 2;           // looks that find nothing, until the card is gone
inline constexpr auto nfc_line = 100ms;        // to the device and back, on top of the time on air
inline constexpr auto nfc_processor = 2000ms;  // a signature with RSA takes a card up to a second

}  // namespace kazashi::reader::tuning
