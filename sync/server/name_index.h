// The region's name index: who lives here, by name, birthday, telephone and address, for staff who have nobody to ask
// and no card to hold up. It reaches emergency terminals in pages sealed under the emergency key. Somebody's page is
// chosen by their handle, so that one change makes one page again.
#pragma once

#include <string_view>

#include "sync/server/region.h"

namespace kazashi::server {

// From a Patient resource, as it was sent.
wire::NameEntry name_entry(const model::PatientRef& patient, std::string_view patient_json);

// Puts a member in, or takes one out. Their page waits until it is sealed.
Status index_name(Records& records, const wire::NameEntry& name);
Status forget_name(Records& records, const model::PatientRef& patient);

// Seals the pages that wait: not at each import, for a source sends its patients one by one, but when an emergency
// terminal has read up to the head and would otherwise go without.
Result<bool> names_wait(Records& records);
Status seal_names(Records& records, const RegionKeys& keys);

}  // namespace kazashi::server
