#include "sync/server/packer.h"

#include <algorithm>
#include <set>
#include <utility>

#include "sync/fhir/looks.h"
#include "sync/fhir/tuning.h"
#include "sync/server/capsule_keys.h"
#include "sync/server/feed.h"
#include "sync/server/packing.h"
#include "sync/vault/lock.h"

namespace kazashi::server {

namespace {

Result<Openers> openers_of(Records& records, const RegionKeys& keys, const PatientRecord& patient, model::UtcTime now) {
    Openers openers;
    KAZASHI_TRY(openers.cards, locks_of(records, keys, patient.number));
    KAZASHI_TRY(openers.viewers, entitled_viewers(records, patient.ref, now));
    KAZASHI_TRY(openers.emergency, newest_emergency(records, keys));
    return openers;
}

// One section's Bundle. Of what has no section the ones that are pointed to come along; fhir decides which.
std::string bundle_of(model::Section section, const std::vector<StoredResource>& stored,
                      const fhir::ImportedResource& patient) {
    std::vector<const fhir::ImportedResource*> chosen;
    for (const auto& [role, understood, resource] : stored) {
        // What is withheld goes in from every section: fhir packs neither it nor the documents that point to it.
        const bool fits = !resource.section || resource.section == section || resource.withheld;
        if (role != Role::patient && fits) chosen.push_back(&resource);
    }
    return fhir::section_bundle(patient, chosen);
}

model::Hash content_of(std::string_view bundle) {
    return vault::hash("kazashi/region/section/1", base::as_bytes(bundle));
}

// What was last sealed of one section; nullptr: nothing yet.
const SealedSection* last_of(const std::vector<SealedSection>& sealed, model::Section section) {
    const auto found =
        std::find_if(sealed.begin(), sealed.end(), [&](const SealedSection& one) { return one.id.section == section; });
    return found == sealed.end() ? nullptr : &*found;
}

}  // namespace

Status Packer::pack(Records& records, const model::PatientRef& patient, model::UtcTime now) const {
    return pack_sections(records, patient, {}, now);
}

Status Packer::seal_anew(Records& records, const model::PatientRef& patient, model::SectionSet sections,
                         model::UtcTime now) const {
    return pack_sections(records, patient, sections, now);
}

Status Packer::pack_sections(Records& records, const model::PatientRef& ref, model::SectionSet anew,
                             model::UtcTime now) const {
    KAZASHI_TRY(const auto patient, records.patient(ref));
    if (!patient || patient->number.empty()) return base::ok();
    KAZASHI_TRY(const auto stored, records.resources(ref));
    const auto person =
        std::find_if(stored.begin(), stored.end(), [](const auto& one) { return one.role == Role::patient; });
    if (person == stored.end() || person->resource.withheld) return base::ok();
    KAZASHI_TRY(const auto sealed, records.sealed_sections(ref));
    KAZASHI_TRY(const auto openers, openers_of(records, keys_, *patient, now));

    // Every section, also an empty one: who holds a package must not learn from its absence what a record lacks.
    for (const auto section : model::all_sections) {
        const auto bundle = bundle_of(section, stored, person->resource);
        const auto content = content_of(bundle);
        const auto* last = last_of(sealed, section);
        if (last != nullptr && last->content == content && !anew.has(section)) continue;
        const auto version = last == nullptr ? 1 : last->id.version + 1;
        KAZASHI_CHECK(seal_section(records, keys_, openers, {{ref, section, version}, now, content, {}}, bundle));
    }
    return base::ok();
}

Status Packer::pack_history(Records& records, const model::PatientRef& ref, model::UtcTime now) const {
    KAZASHI_TRY(const auto patient, records.patient(ref));
    if (!patient || patient->number.empty()) return base::ok();
    KAZASHI_TRY(const auto looks, records.looks(ref, std::int64_t{fhir::looks_limit}));
    const auto bundle = fhir::looks_bundle(looks);
    const auto content = content_of(bundle);
    KAZASHI_TRY(const auto sealed, records.sealed_sections(ref));
    const auto* last = last_of(sealed, model::Section::history);
    if (last != nullptr && last->content == content) return base::ok();
    const auto version = last == nullptr ? 1 : last->id.version + 1;
    Openers openers;
    KAZASHI_TRY(openers.cards, locks_of(records, keys_, patient->number));
    return seal_section(records, keys_, openers, {{ref, model::Section::history, version}, now, content, {}}, bundle);
}

Status Packer::admit_card(Records& records, const CardRecord& card, const model::PatientRef& patient) const {
    KAZASHI_CHECK(publish(records, model::Lock{card.index, patient, card.first, card.second}, for_all()));
    KAZASHI_TRY(const auto sections, open_sections(records, keys_, patient));
    const auto lock = lock_of(keys_, card);
    for (const auto& section : sections) KAZASHI_CHECK(wrap_for_card(records, lock, section));
    return base::ok();
}

Status Packer::admit_viewers(Records& records, const model::PatientRef& patient, model::UtcTime now) const {
    KAZASHI_TRY(const auto viewers, entitled_viewers(records, patient, now));
    KAZASHI_TRY(const auto sections, open_sections(records, keys_, patient));
    for (const auto& viewer : viewers) {
        for (const auto& section : sections) {
            if (viewer.sections.has(section.id.section)) KAZASHI_CHECK(wrap_for_viewer(records, viewer, section));
        }
    }
    return base::ok();
}

Status Packer::admit_terminal(Records& records, const TerminalRecord& terminal, model::UtcTime now) const {
    KAZASHI_CHECK(admit_to_emergency(records, keys_, terminal));
    KAZASHI_CHECK(admit_to_capsules(records, keys_, terminal));
    KAZASHI_TRY(const auto grants, records.live_grants_at(terminal.facility.id, now));
    std::set<model::PatientRef> patients;
    for (const auto& grant : grants) patients.insert(grant.grant.patient);
    for (const auto& patient : patients) {
        KAZASHI_TRY(const auto viewers, entitled_viewers(records, patient, now));
        const auto viewer = std::find_if(viewers.begin(), viewers.end(),
                                         [&](const Viewer& one) { return one.terminal == terminal.id; });
        if (viewer == viewers.end()) continue;
        KAZASHI_TRY(const auto sections, open_sections(records, keys_, patient));
        for (const auto& section : sections) {
            if (viewer->sections.has(section.id.section)) KAZASHI_CHECK(wrap_for_viewer(records, *viewer, section));
        }
    }
    return base::ok();
}

}  // namespace kazashi::server
