// The capsule keys of all epochs, and what was last made for each card.
#pragma once

#include <optional>
#include <vector>

#include "sync/model/feed.h"
#include "sync/vault/capsule.h"

namespace kazashi::server {

struct CapsuleRecord {
    model::CardIndex card;
    vault::CapsuleHeader header;
    model::Hash facts;  // of what is in it, the date left out: the same facts are not made again
    model::UtcTime made_at;
    vault::CapsulePads pads{};
};

class CapsuleRecords {
public:
    virtual base::Result<std::vector<model::CapsuleKeyWrap>> capsule_keys() = 0;  // newest first; sealed to the region
    virtual base::Status put_capsule_key(const model::CapsuleKeyWrap& key, model::UtcTime made_at) = 0;

    virtual base::Result<std::optional<CapsuleRecord>> capsule_of(const model::CardIndex& card) = 0;
    virtual base::Status put_capsule(const CapsuleRecord& capsule) = 0;

protected:
    ~CapsuleRecords() = default;
};

}  // namespace kazashi::server
