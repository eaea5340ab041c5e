// Limits of the wire format, each with its reason.
#pragma once

#include <cstddef>
#include <cstdint>

namespace kazashi::wire::tuning {

inline constexpr std::size_t page_bytes = 1024 * 1024;  // design §7: pages are at most 1 MiB, signature included
inline constexpr std::size_t page_entries = 4096;       // a page of locks only stays decodable in a few ms
inline constexpr std::size_t entry_bytes = 768 * 1024;  // one sealed package with room for its envelope
inline constexpr std::size_t push_entries = 256;        // one answer, with its receipts, in well under a second
inline constexpr std::size_t push_bytes = 1024 * 1024;
inline constexpr std::size_t ledger_body_bytes = 4096;  // a grant with its proof is about 400 bytes

// What a page or push weighs around its entries: size ≤ envelope + Σ (entry + entry_envelope). For packers.
inline constexpr std::size_t envelope_bytes = 512;
inline constexpr std::size_t entry_envelope_bytes = 16;    // array head, sequence number, length of the body
inline constexpr std::size_t ledger_envelope_bytes = 320;  // everything of a ledger entry but its body

inline constexpr std::size_t ledger_file_bytes = 256 * 1024 * 1024;  // years of a busy counter
inline constexpr std::size_t names_a_page = 4096;                    // the region fills a page to a quarter: towns grow
inline constexpr std::size_t names_bytes = 4 * 1024 * 1024;          // a person is about 200 bytes
inline constexpr std::size_t small_bytes = 16 * 1024;    // grant, receipt, time: all well below 2 KiB
inline constexpr std::size_t id_card_roots = 4;          // of each kind: an authority, its successor, and room
inline constexpr std::size_t certificate_bytes = 4096;   // an authority's certificate in DER has about 1.5 KiB
inline constexpr std::size_t policy_bytes = 48 * 1024;   // with all of these
inline constexpr std::size_t answer_bytes = 256 * 1024;  // 256 receipts of about 300 bytes, doubled and rounded
inline constexpr std::size_t enrol_bytes = 64 * 1024;    // a certificate chain in PEM and a policy
inline constexpr std::size_t glossary_names = 20'000;    // YJ has 4,000 ingredients, ICD-10 12,000 codes of 3 and 4
inline constexpr std::size_t code_name_bytes = 240;      // eighty kanji: longer than any of the official tables
inline constexpr std::size_t glossary_bytes = 4 * 1024 * 1024;      // a name and its code are about 60 bytes
inline constexpr std::size_t glossary_sealed_bytes = 640 * 1024;    // packed, 20,000 of them; one feed entry
inline constexpr std::size_t enrol_answer_bytes = enrol_bytes + glossary_sealed_bytes;
inline constexpr std::size_t capsule_keys = 64;  // an epoch begins when a terminal is stolen: one a year is many
inline constexpr std::size_t pem_bytes = 16 * 1024;
inline constexpr std::size_t id_bytes = 64;     // facility, terminal and staff ids, keys of sentences
inline constexpr std::size_t name_bytes = 512;  // a facility's or a person's name in UTF-8
inline constexpr std::size_t most_nonce_bytes = 32;
inline constexpr std::size_t least_nonce_bytes = 16;  // 128 random bits: an answer never fits twice
inline constexpr std::size_t card_frames = 64;  // a turn: 13 pads, ID, CKV, CK, record, RC, and a look at all of it
inline constexpr std::size_t card_frame_bytes = 255;        // a FeliCa frame's length is one octet
inline constexpr std::size_t card_order_bytes = 24 * 1024;  // 64 frames of the longest kind, and the rest
inline constexpr std::size_t depth = 6;  // ours nest four deep; every level more is somebody's attack
inline constexpr std::int64_t most_time_ms = 253'402'300'799'999;  // the year 9999: sums with it stay far from overflow

}  // namespace kazashi::wire::tuning
