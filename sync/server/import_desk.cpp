#include "sync/server/import_desk.h"

#include <algorithm>
#include <set>
#include <utility>

#include "sync/fhir/resource.h"
#include "sync/server/name_index.h"

namespace kazashi::server {

namespace {

bool understood(const fhir::ImportedResource& resource) {
    const auto json = fhir::Json::parse(resource.json);
    return json && fhir::is_understood((*json)->root());
}

// The same number at the same office is not yet the same person: families share insurance numbers.
bool same_person(const PatientRecord& known, const fhir::ImportedPatient& patient) {
    return !known.birth_date.empty() && known.birth_date == patient.birth_date &&
           (known.kana.empty() || patient.kana.empty() || known.kana == patient.kana);
}

// "system|value": without a system a value says nothing.
bool names_a_system(const std::string& identifier) { return !identifier.empty() && identifier.front() != '|'; }

Result<std::vector<PatientRecord>> people_with(Records& records, const fhir::ImportedPatient& patient) {
    std::vector<PatientRecord> people;
    std::set<model::PatientRef> seen;
    for (const auto& identifier : patient.identifiers) {
        if (!names_a_system(identifier)) continue;
        KAZASHI_TRY(auto found, records.patients_identified(identifier));
        for (auto& person : found) {
            if (same_person(person, patient) && seen.insert(person.ref).second) people.push_back(std::move(person));
        }
    }
    return people;
}

fhir::Refusal several_people() {
    return {409,
            {{fhir::Issue::Severity::error, "duplicate", "Bundle.entry.resource.ofType(Patient).identifier",
              "these identifiers belong to different patients of the region"}}};
}

}  // namespace

std::string ImportDesk::regional_number(const fhir::ImportedPatient& patient) const {
    const auto prefix = profile_.identifier_system + "|";
    for (const auto& identifier : patient.identifiers) {
        if (!identifier.starts_with(prefix)) continue;
        auto number = identifier.substr(prefix.size());
        const bool digits = std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (number.size() == 10 && digits) return number;
    }
    return {};
}

Result<ImportDesk::Owner> ImportDesk::owner_of(Records& records, const fhir::ImportedPatient& patient) const {
    Owner owner;
    const auto number = regional_number(patient);
    if (!number.empty()) {
        // Member or not is decided by the number alone: a card opens exactly what came under its number.
        KAZASHI_TRY(auto known, records.patient_numbered(number));
        if (known) owner.patient = std::move(*known);
    } else {
        KAZASHI_TRY(auto people, people_with(records, patient));
        owner.conflict = people.size() > 1;
        if (people.size() == 1) owner.patient = std::move(people.front());
    }
    if (owner.patient.ref == model::PatientRef{}) {
        vault::random_bytes(owner.patient.ref.bytes.data(), model::PatientRef::size);
        owner.patient.number = number;
    }
    if (!patient.kana.empty()) owner.patient.kana = patient.kana;
    if (!patient.birth_date.empty()) owner.patient.birth_date = patient.birth_date;
    return owner;
}

Result<int> ImportDesk::store_patient(Records& records, const PatientRecord& owner,
                                      const fhir::ImportedPatient& patient,
                                      const std::vector<fhir::ImportedResource>& shared) const {
    KAZASHI_CHECK(records.put_patient(owner, patient.identifiers));
    int changed = 0;
    const auto put = [&](Role role, const fhir::ImportedResource& resource) -> Status {
        const StoredResource stored{role, role == Role::shared || understood(resource), resource};
        KAZASHI_TRY(const bool fresh, records.put_resource(owner.ref, stored));
        changed += fresh ? 1 : 0;
        return base::ok();
    };
    KAZASHI_CHECK(put(Role::patient, patient.patient));
    for (const auto& resource : patient.resources) KAZASHI_CHECK(put(Role::own, resource));
    for (const auto& resource : shared) KAZASHI_CHECK(put(Role::shared, resource));
    return changed;
}

// Who is no member has no package that a search could lead to; who must not know stays out as from the packages.
Status ImportDesk::index(Records& records, const PatientRecord& owner, const fhir::ImportedPatient& patient) const {
    if (owner.number.empty() || patient.patient.withheld) return forget_name(records, owner.ref);
    return index_name(records, name_entry(owner.ref, patient.patient.json));
}

Result<std::variant<Imported, fhir::Refusal>> ImportDesk::store(Repository& repository, const fhir::Import& import,
                                                                model::UtcTime now) const {
    Imported done{import.entries, import.understood, 0, 0, static_cast<int>(import.patients.size())};
    bool conflict = false;
    const auto stored = repository.write([&](Records& records) -> Status {
        for (const auto& patient : import.patients) {
            KAZASHI_TRY(const auto owner, owner_of(records, patient));
            conflict = owner.conflict;
            if (conflict) return base::Error{base::Fault::denied, "identifiers of different patients"};
            KAZASHI_TRY(const int changed, store_patient(records, owner.patient, patient, import.shared));
            if (changed > 0) KAZASHI_CHECK(packer_.pack(records, owner.patient.ref, now));
            if (changed > 0) KAZASHI_CHECK(index(records, owner.patient, patient));
            done.changed += changed;
            done.members += owner.patient.number.empty() ? 0 : 1;
        }
        return base::ok();
    });
    if (conflict) return std::variant<Imported, fhir::Refusal>{several_people()};
    if (!stored) return stored.error();
    return std::variant<Imported, fhir::Refusal>{done};
}

}  // namespace kazashi::server
