// The feed as it is kept: one row per key, the newest version only, each with the number it got when it was appended.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "cardio/base/result.h"
#include "sync/model/facility.h"
#include "sync/model/ids.h"
#include "sync/model/section.h"
#include "sync/wire/cbor.h"

namespace kazashi::server {

// Who an entry is for. One word, so that reading a page is one walk over one index.
struct Audience {
    std::string word;
    bool operator==(const Audience&) const = default;
};
Audience for_all();
Audience for_section(model::Section section);  // every terminal whose facility type is entitled to it
Audience for_facility(const model::FacilityId& facility);
Audience for_terminal(const model::TerminalId& terminal);
Audience for_emergency();  // every terminal whose facility type may break the glass

// The audiences one terminal belongs to.
struct Listener {
    model::TerminalId terminal;
    model::FacilityId facility;
    model::SectionSet sections;  // besides `history`, which every terminal carries for the patients themselves
    bool emergency{};
};

struct FeedRow {
    std::string key;  // "package/<patient>/<section>": a newer entry of the same key replaces this one
    Audience audience;
    bool package{};
    base::Bytes body;
};

struct FeedLimits {
    std::size_t entries{};
    std::size_t bytes{};
};

// `more`: the limits cut it short. Rows and head are of one snapshot.
struct FeedSlice {
    std::vector<wire::EncodedEntry> entries;
    bool more{};
    model::Cursor head;
    std::int64_t packages_total{};
};

class FeedRecords {
public:
    // Takes the next number and drops the older row of this key, if there is one: a terminal that has not read that far
    // finds the new row further on, so nothing is missed.
    virtual base::Status append(const FeedRow& row) = 0;
    virtual base::Status drop(const std::string& key) = 0;
    virtual base::Result<bool> holds(const std::string& key) = 0;
    virtual base::Status drop_below(const std::string& key_prefix) = 0;
    virtual base::Result<FeedSlice> feed_after(model::Cursor after, const Listener& listener, FeedLimits limits) = 0;
    virtual base::Result<model::Cursor> feed_head() = 0;
    // Of these sections and of `history`.
    virtual base::Result<std::int64_t> packages_for(model::SectionSet sections) = 0;

protected:
    ~FeedRecords() = default;
};

}  // namespace kazashi::server
