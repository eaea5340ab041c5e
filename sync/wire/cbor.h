// The only wire format: CBOR (RFC 8949), by nlohmann-json, maps with sorted keys and therefore one encoding per value.
// Feed pages, ledger entries, receipts and grants; the same bytes in a file are the courier format (design §7).
// Decoders take any bytes, never throw, and answer malformed or limit. They are strict: another spelling of the same
// value, a field too many, an unknown enum value or text that is not UTF-8 is malformed. So whatever decodes encodes to
// the same bytes again.
#pragma once

#include "cardio/base/bytes.h"
#include "cardio/base/result.h"
#include "sync/model/feed.h"
#include "sync/model/ledger.h"
#include "sync/vault/keys.h"

namespace kazashi::wire {

using base::Bytes;
using base::ByteView;
using base::Result;

Bytes encode(const model::Grant& grant);
Result<model::Grant> decode_grant(ByteView bytes);
Bytes encode(const model::Withdrawal& withdrawal);
Bytes encode(const model::Policy& policy);
Result<model::Policy> decode_policy(ByteView bytes);

// One feed entry's body, as the region stores it and the page carries it. unsupported: well-formed, but of a kind this
// program does not know yet.
Bytes encode_body(const model::FeedBody& body);
Result<model::FeedBody> decode_body(ByteView bytes);

// signature(64) ‖ page: Ed25519 over the page's bytes, label "kazashi/page/1". The packer keeps it within
// tuning::page_bytes: its size is at most envelope_bytes + Σ (body + entry_envelope_bytes).
Bytes encode_signed(const model::FeedPage& page, const vault::SigningPair& region);
// The server's fast path: bodies already encoded.
struct EncodedEntry {
    std::int64_t seq{};
    Bytes body;
};
Bytes encode_signed(const model::FeedPage& page_without_entries, const std::vector<EncodedEntry>& entries,
                    const vault::SigningPair& region);
// bad_signature before anything but the length is looked at. An entry of an unknown kind is left out and counted in
// `skipped`, so that an old terminal survives a newer region; a malformed entry of a known kind refuses the whole page.
// (A program that learns a new kind starts its feed again from 0.)
Result<model::FeedPage> decode_signed_page(ByteView bytes, const model::VerifyKey& region);

// Signed region time, label "kazashi/time/1". The nonce (16 to 32 bytes) is the terminal's own, so an old answer cannot
// be replayed.
struct SignedTime {
    Bytes nonce;
    model::UtcTime at;
};
Bytes encode_signed(const SignedTime& time, const vault::SigningPair& region);
Result<SignedTime> decode_signed_time(ByteView bytes, const model::VerifyKey& region);

}  // namespace kazashi::wire
