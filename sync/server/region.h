// A region is a folder: region.toml (what it is), its keys (0600), its certificate authority, region.db.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "cardio/protocol/felica_lite_s.h"
#include "sync/server/certificate_authority.h"
#include "sync/server/repository.h"
#include "sync/vault/keys.h"

namespace kazashi::server {

struct RegionProfile {
    std::uint16_t code{44};  // stands in every card's S_PAD0; 44 is Oita prefecture
    std::string name;
    bool demo{};                    // invented people: demo cards and the demo clock are allowed
    std::string identifier_system;  // of the regional patient number in Patient.identifier
};

// design §5. In production the signing and master keys live in an HSM; this is the one struct that would change.
struct RegionKeys {
    vault::SigningPair signing;  // pages, receipts, time
    vault::SealingPair sealing;  // ledger bodies and the region's own wraps
    protocol::MasterKey master;  // card keys are diversified from it
    vault::IndexKey index;       // IDm → card index
};

struct Region {
    std::filesystem::path folder;
    RegionProfile profile;
    RegionKeys keys;
    CertificateAuthority authority;
    std::unique_ptr<Repository> repository;
};

// Everything a region is, with its default policy already in the feed. denied when there is a region in `folder`.
Status make_region(const std::filesystem::path& folder, const RegionProfile& profile, model::UtcTime now);
// not_found when there is none.
Result<Region> open_region(const std::filesystem::path& folder);

}  // namespace kazashi::server
