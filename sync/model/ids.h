// Ids of the region's world. None of them is a name; none of them is derived from one.
#pragma once

#include <cstdint>

#include "cardio/base/clock.h"
#include "cardio/base/strong_id.h"

namespace kazashi::model {

using base::UtcTime;

using FacilityId = base::StrongId<struct FacilityIdTag>;    // "F0012"
using TerminalId = base::StrongId<struct TerminalIdTag>;    // "F0012-T1"
using StaffId = base::StrongId<struct StaffIdTag>;          // staff number, ten digits
using PatientRef = base::ByteId<struct PatientRefTag, 16>;  // random handle, given by the region; not the 地域共通ID
using GrantId = base::ByteId<struct GrantIdTag, 16>;        // random
using CardIndex = base::ByteId<struct CardIndexTag, 16>;    // BLAKE2b-128 of the IDm under the region's index key
using HolderIndex = base::ByteId<struct HolderIndexTag, 16>;  // BLAKE2b-128 of an ID card's key under the index key
using Hash = base::ByteId<struct HashTag, 32>;              // BLAKE2b-256
using Signature = base::ByteId<struct SignatureTag, 64>;    // Ed25519
using VerifyKey = base::ByteId<struct VerifyKeyTag, 32>;    // Ed25519 public
using SealKey = base::ByteId<struct SealKeyTag, 32>;        // X25519 public

// Position in the feed: the number of the last entry applied. 0: nothing yet.
struct Cursor {
    std::int64_t seq{};
    auto operator<=>(const Cursor&) const = default;
};
// Position in one terminal's ledger. The first entry is 1.
struct LedgerSeq {
    std::int64_t value{};
    auto operator<=>(const LedgerSeq&) const = default;
};

}  // namespace kazashi::model
