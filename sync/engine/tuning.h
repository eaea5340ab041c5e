// Limits of a sync round, each with its reason.
#pragma once

#include <chrono>

namespace kazashi::engine::tuning {

using std::chrono::milliseconds;
using std::chrono::seconds;

inline constexpr milliseconds cancel_check{50};  // a stop is seen within 100 ms (region_client.h)
inline constexpr seconds connect_timeout{5};     // a clinic's line answers in well under one, or is down
inline constexpr seconds transfer_timeout{300};  // a page of 1 MiB over 64 kbit/s takes 130 s
inline constexpr long stalled_bytes_per_second = 64;
inline constexpr seconds stalled_for{15};   // slower than that for so long: the line is down, not thin
inline constexpr int batches_a_round = 64;  // 16 384 ledger entries; then the feed has its turn
inline constexpr int pages_a_round = 4096;  // 4 GiB of feed; then the ledger has its turn

}  // namespace kazashi::engine::tuning
