// What the region knows of its patients: who they are, the FHIR resources of each as they came, and which sections are
// sealed at which version.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sync/fhir/import.h"
#include "sync/model/feed.h"

namespace kazashi::server {

using base::Bytes;
using base::ByteView;
using base::Result;
using base::Status;

struct PatientRecord {
    model::PatientRef ref;
    std::string number;  // 地域共通ID, ten digits; empty: not a member of the network, never sealed for terminals
    std::string kana;
    std::string birth_date;
};

// The Patient resource itself; what belongs to the patient; what came along and belongs to nobody (Organization …).
// The last is kept with each patient it came with: two sources may both call a doctor "Practitioner/1".
enum class Role : std::uint8_t { patient = 0, own = 1, shared = 2 };
struct StoredResource {
    Role role{};
    bool understood{};  // a screen can show it, or rightly leaves it out
    fhir::ImportedResource resource;
};

// The newest sealed version of one section. The data key is sealed to the region itself: the region, too, keeps data
// keys in wraps only (design §5).
struct SealedSection {
    model::PackageId id;
    model::UtcTime as_of;
    model::Hash content;  // of the section's Bundle: an unchanged section is not sealed again
    Bytes region_wrap;
};

class PatientRecords {
public:
    virtual Result<std::optional<PatientRecord>> patient(const model::PatientRef& ref) = 0;
    virtual Result<std::optional<PatientRecord>> patient_numbered(const std::string& number) = 0;
    virtual Result<std::vector<PatientRecord>> patients_identified(const std::string& identifier) = 0;
    virtual Result<std::vector<PatientRecord>> members() = 0;  // all with a regional number
    virtual Status put_patient(const PatientRecord& patient, const std::vector<std::string>& identifiers) = 0;

    // True when it is new or differs from what was there.
    virtual Result<bool> put_resource(const model::PatientRef& ref, const StoredResource& resource) = 0;
    virtual Result<std::vector<StoredResource>> resources(const model::PatientRef& ref) = 0;

    virtual Result<std::vector<SealedSection>> sealed_sections(const model::PatientRef& ref) = 0;
    virtual Status put_sealed_section(const SealedSection& section) = 0;

protected:
    ~PatientRecords() = default;
};

}  // namespace kazashi::server
