// The region's numbered list of changes for terminals (design §7): putting entries in, and taking pages out.
#pragma once

#include "sync/model/feed.h"
#include "sync/server/feed_records.h"
#include "sync/server/registry_records.h"
#include "sync/vault/keys.h"

namespace kazashi::server {

using base::Bytes;
using base::Result;
using base::Status;

// Appends it for its audience; an older entry about the same thing goes.
Status publish(FeedRecords& feed, const model::FeedBody& body, const Audience& audience);
// A card that may no longer open anything: its lock and wraps leave the feed, and everybody hears of it.
Status publish_revocation(FeedRecords& feed, const model::CardIndex& card);

// The signed page after a cursor: at most wire::tuning::page_bytes, entries in order, made from one snapshot.
// out_of_order when the cursor is ahead of the feed: it is not one we gave.
struct PageRequest {
    TerminalRecord terminal;
    model::SectionSet sections;
    model::Cursor after;
    model::UtcTime now;
};
Result<Bytes> signed_page(FeedRecords& feed, const PageRequest& request, const vault::SigningPair& region);

}  // namespace kazashi::server
