// Limits of the regional server, each with its reason.
#pragma once

#include <chrono>
#include <cstddef>

#include "sync/wire/tuning.h"

namespace kazashi::server::tuning {

using namespace std::chrono_literals;

// ---- HTTP
inline constexpr std::size_t header_bytes = 8 * 1024;                // ours are under 300 bytes
inline constexpr std::size_t push_bytes = wire::tuning::push_bytes;  // POST /v1/ledger
inline constexpr std::size_t enrol_bytes = 16 * 1024;                // a CSR is about 500 bytes
inline constexpr std::size_t fhir_bytes = 16 * 1024 * 1024;          // up to here the refusal can name the element
inline constexpr std::size_t drain_bytes = 1024 * 1024;  // read after a refusal, so that the refusal arrives
inline constexpr int connections = 256;                  // 99 facilities, two terminals each, and sources
inline constexpr int workers = 2;                        // SQLite has one writer; more would only wait
inline constexpr auto handshake_time = 10s;
inline constexpr auto header_time = 10s;  // a client that drips its header holds a connection no longer
inline constexpr auto body_time = 60s;    // 1 MiB over a 256 kbit/s line, with room
inline constexpr auto write_time = 60s;
inline constexpr auto idle_time = 75s;  // a terminal asks once a minute at most (its longest back-off)
inline constexpr auto drain_time = 2s;

// ---- feed
// Well under what a page may weigh: on a 128 kbit/s line one takes four seconds, so that progress moves and a torn line
// costs little; a terminal's disk takes hundreds of them a second.
inline constexpr std::size_t page_bytes = 64 * 1024;

// ---- emergency
// A region of 130 000 people has a thousand on a page; a page of a thousand is 40 KB sealed and made in 10 ms.
inline constexpr int name_pages = 128;

// ---- database
inline constexpr auto busy_time = 10s;  // a command-line verb beside a running server waits its turn
inline constexpr std::size_t list_bytes = 16 * 1024 * 1024;  // facility, staff and card lists
inline constexpr std::size_t policy_bytes = 64 * 1024;       // a policy file people write

// ---- rules
inline constexpr auto code_life = 24h;    // a one-time code is used on the day it is printed
inline constexpr int code_letters = 12;   // 60 bits: not guessed over a network within a day
inline constexpr auto clock_ahead = 24h;  // a terminal's clock may be this far ahead before its grants are refused

inline constexpr auto clocks_apart = 2min;  // terminals in service; a withdrawal ends what was granted just before it
inline constexpr auto self_service_time = 10min;  // a patient's look at the own record, at most

// ---- capsules
// A card is written once a year at least, so that the date on it does not grow old while nothing changes: thirteen of
// 16.7 million writes.
inline constexpr auto capsule_life = 365 * 24h;

// ---- issuing cards
inline constexpr auto card_order_time = 10min;  // a card that was put aside is finished by a new order
inline constexpr int card_doubts = 3;           // looks that lead nowhere before a card is given up
inline constexpr int card_torn = 8;             // turns in a row that a card left: hands are not that clumsy

// ---- certificates
inline constexpr int ca_days = 3650;
inline constexpr int leaf_days = 825;   // what browsers and appliances accept at most
inline constexpr auto backdated = 24h;  // a terminal whose clock is a little slow can still connect

// ---- import client
inline constexpr auto import_time = 120s;
inline constexpr std::size_t import_answer_bytes = 4 * 1024 * 1024;

}  // namespace kazashi::server::tuning
