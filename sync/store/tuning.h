// Limits of the terminal's store, each with its reason.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace kazashi::store::tuning {

// The other thread's longest write is one feed page, well under a second even on a slow disk.
inline constexpr std::chrono::milliseconds busy_timeout{5000};
// Emptying the WAL waits for readers; a tap must not wait for that, so it is tried again later instead.
inline constexpr std::chrono::milliseconds empty_wal_timeout{50};
// 16 KiB pages: 64 MiB of WAL, so that a first sync writes each page of the file a few times and not for every feed
// page.
inline constexpr int checkpoint_pages = 4096;
// Negative: KiB. Holds the inner pages of a million packages' index.
inline constexpr int cache_size = -8192;
// A file up to this size is checked whole at opening (about 30 ms); of a larger one the tables no feed can bring again.
inline constexpr std::uintmax_t whole_check_bytes = 32U * 1024U * 1024U;
// Entries dropped in one transaction, a few milliseconds: a tap may be waiting.
inline constexpr int pruned_at_once = 2000;
// Entries read at once to be verified: under a MiB.
inline constexpr std::size_t verified_at_once = 1000;
// terminal.toml is under 1 KiB, a certificate under 4.
inline constexpr std::uintmax_t enrolment_file_bytes = 64U * 1024U;

}  // namespace kazashi::store::tuning
