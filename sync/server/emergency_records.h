// The emergency key of each epoch, and the name index it seals.
#pragma once

#include <optional>
#include <vector>

#include "sync/model/feed.h"
#include "sync/wire/names.h"

namespace kazashi::server {

struct WaitingPage {
    std::int64_t page{};
    std::int64_t version{};  // of what was last sealed
};

class EmergencyRecords {
public:
    virtual base::Result<std::optional<model::EmergencyKeyWrap>> emergency_key() = 0;  // newest; sealed to the region
    virtual base::Status put_emergency_key(const model::EmergencyKeyWrap& key, model::UtcTime made_at) = 0;

    virtual base::Result<bool> put_name(const wire::NameEntry& name, std::int64_t page) = 0;  // true: new or changed
    virtual base::Result<bool> drop_name(const model::PatientRef& patient) = 0;               // true: it was there
    virtual base::Result<std::vector<wire::NameEntry>> names_on(std::int64_t page) = 0;
    // A page whose people changed waits for being sealed again.
    virtual base::Status name_page_waits(std::int64_t page) = 0;
    virtual base::Status all_name_pages_wait() = 0;
    virtual base::Result<std::vector<WaitingPage>> waiting_name_pages() = 0;
    virtual base::Status name_page_sealed(std::int64_t page, std::int64_t version) = 0;

protected:
    ~EmergencyRecords() = default;
};

}  // namespace kazashi::server
