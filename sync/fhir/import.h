// POST /fhir: one Bundle (transaction, batch, collection, document) → resources to store, each as the raw text it came
// in (FHIR decimals keep their written precision), all of one patient's or none (fhir.md §1.9).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "cardio/base/bytes.h"
#include "cardio/base/result.h"
#include "cardio/base/secret.h"
#include "sync/model/section.h"

namespace kazashi::fhir {

// Why something was refused or not understood: becomes an OperationOutcome issue.
struct Issue {
    enum class Severity { error, warning, information } severity{};
    std::string code;        // FHIR issue-type: "structure", "required", "not-supported", "too-long" …
    std::string expression;  // FHIRPath of the element: "Bundle.entry[3].resource"
    std::string what;        // a sentence for an engineer; never patient text
};

struct ImportedResource {
    std::string type;  // "MedicationRequest"
    std::string id;    // logical id; of its fullUrl, or made from the content, where the source gave none
    std::string full_url;
    std::string json;                       // raw text, references to the patient untouched
    std::optional<model::Section> section;  // nullopt: kept, but no section shows it (Organization is copied to users)
    bool withheld{};  // UNINFORMED, or a document that points to what is: kept by the region, never packed
};

struct ImportedPatient {
    std::string regional_number;  // ten digits from Patient.identifier of the region's system; empty if not a member
    std::vector<std::string> identifiers;  // "system|value", sorted
    std::string kana;                      // for the name index
    std::string birth_date;
    ImportedResource patient;
    std::vector<ImportedResource> resources;
};

struct Import {
    std::vector<ImportedPatient> patients;  // usually one
    // Organization, Practitioner, Location …: of no one patient. Sources number them as they like ("Organization/1"),
    // so they are told apart by type and fullUrl, and by type and id only where there is no fullUrl.
    std::vector<ImportedResource> shared;
    std::vector<Issue> issues;  // warnings and information only
    int entries{};
    int understood{};  // entries a screen can show; the others are kept all the same
};

// What a refusal carries: at least one error issue.
struct Refusal {
    int http_status{400};
    std::vector<Issue> issues;
};

// Refused whole: not JSON · not a Bundle of these types · no Patient · a resource whose patient is not in the Bundle
// (nothing may land in another person's record) · a fullUrl, an id or a member name twice · anything too long.
std::variant<Import, Refusal> import_bundle(std::string_view body);

// JSON of an OperationOutcome.
std::string operation_outcome(const std::vector<Issue>& issues);

// A section's Bundle (type collection) from stored raw resources: Patient first, then what the section shows, then the
// Organizations, Practitioners and Medications they point to. `resources`: those of the section, and as many without a
// section as may be pointed to; of these only the ones that are end up in the Bundle. What is withheld never does; give it
// all the same, from every section, so that documents pointing to it stay out as well.
// This is the one place that writes JSON around raw texts: parsing and writing them would lose their decimals.
std::string section_bundle(const ImportedResource& patient, const std::vector<const ImportedResource*>& resources);

// Body of a sealed package: zstd of the Bundle (design §7).
base::Bytes compress(std::string_view json);
// limit when the frame says it is larger than tuning.h allows; malformed when it is not zstd.
base::Result<base::SecretBytes> decompress(base::ByteView bytes);

}  // namespace kazashi::fhir
