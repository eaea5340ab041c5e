// Private to this folder: sealing one section, and wrapping its data key for whoever may open it.
#pragma once

#include <string_view>
#include <vector>

#include "sync/server/emergency.h"
#include "sync/server/region.h"

namespace kazashi::server {

struct CardLock {
    model::CardIndex index;
    vault::CardKey key;
};
// What a terminal gets out of the card's two answers, computed here from the region's own knowledge of the card.
CardLock lock_of(const RegionKeys& keys, const CardRecord& card);

struct OpenSection {
    model::PackageId id;
    vault::DataKey key;
};
Result<std::vector<OpenSection>> open_sections(PatientRecords& records, const RegionKeys& keys,
                                               const model::PatientRef& patient);

Status wrap_for_card(FeedRecords& feed, const CardLock& lock, const OpenSection& section);
Status wrap_for_viewer(FeedRecords& feed, const Viewer& viewer, const OpenSection& section);
Status wrap_for_emergency(FeedRecords& feed, const Emergency& emergency, const OpenSection& section);

// Who can open what is sealed now. Gathered once per patient.
struct Openers {
    std::vector<CardLock> cards;
    std::vector<Viewer> viewers;  // their sections cut down to what the policy allows today
    std::optional<Emergency> emergency;
};
Result<std::vector<CardLock>> locks_of(CardRecords& records, const RegionKeys& keys, const std::string& number);
Result<std::vector<Viewer>> entitled_viewers(Records& records, const model::PatientRef& patient, model::UtcTime now);

// A new version under a new data key. `section.region_wrap` is made here.
Status seal_section(Records& records, const RegionKeys& keys, const Openers& openers, SealedSection section,
                    std::string_view bundle);

}  // namespace kazashi::server
