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
Result<bool> has_link(FeedRecords& feed, const model::HolderIndex& holder);  // active or ended
// A card that may no longer open anything: its lock and wraps leave the feed, and everybody hears of it.
Status publish_revocation(FeedRecords& feed, const model::CardIndex& card);

// A terminal of a patient's facility may not follow this patient any more: its wraps leave the feed.
Status drop_wraps(FeedRecords& feed, const model::TerminalId& terminal, const model::PatientRef& patient);
// A terminal that is no more: everything that was for it alone.
Status drop_terminal(FeedRecords& feed, const model::TerminalId& terminal);
Status drop_window(FeedRecords& feed, const model::GrantId& grant);

// What a terminal hears by its facility's type.
Listener listener_of(const TerminalRecord& terminal, const model::Policy& policy);

// The signed page after a cursor: at most wire::tuning::page_bytes, entries in order, made from one snapshot.
// out_of_order when the cursor is ahead of the feed: it is not one we gave.
struct PageRequest {
    Listener listener;
    model::Cursor after;
    model::UtcTime now;
};
struct SignedPage {
    Bytes bytes;
    bool last{};  // it reaches the head
};
Result<SignedPage> signed_page(FeedRecords& feed, const PageRequest& request, const vault::SigningPair& region);

}  // namespace kazashi::server
