// POST /fhir, after reading: a Bundle's patients are found or made, their resources stored, their packages sealed. One
// transaction: everything of the Bundle or nothing.
#pragma once

#include <variant>

#include "sync/fhir/import.h"
#include "sync/server/packer.h"
#include "sync/server/region.h"

namespace kazashi::server {

struct Imported {
    int entries{};
    int understood{};
    int changed{};  // resources that were new or different: 0 when the same Bundle comes again
    int members{};  // patients with a regional number
    int patients{};
};

class ImportDesk {
public:
    ImportDesk(const RegionProfile& profile, const Packer& packer) : profile_{profile}, packer_{packer} {}

    // Error: the records failed and nothing is stored. Refusal: the Bundle contradicts what is known, nothing is
    // stored.
    Result<std::variant<Imported, fhir::Refusal>> store(Repository& repository, const fhir::Import& import,
                                                        model::UtcTime now) const;

private:
    struct Owner {
        PatientRecord patient;
        bool conflict{};
    };
    Result<Owner> owner_of(Records& records, const fhir::ImportedPatient& patient) const;
    Result<int> store_patient(Records& records, const PatientRecord& owner, const fhir::ImportedPatient& patient,
                              const std::vector<fhir::ImportedResource>& shared) const;
    Status index(Records& records, const PatientRecord& owner, const fhir::ImportedPatient& patient) const;
    std::string regional_number(const fhir::ImportedPatient& patient) const;

    const RegionProfile& profile_;
    const Packer& packer_;
};

}  // namespace kazashi::server
