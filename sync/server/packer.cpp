#include "sync/server/packer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "sync/server/feed.h"
#include "sync/vault/lock.h"

namespace kazashi::server {

namespace {

struct CardLock {
    model::CardIndex index;
    vault::CardKey key;
};

// What a terminal gets out of the card's two answers, computed here from the region's own knowledge of the card.
CardLock lock_of(const RegionKeys& keys, const CardRecord& card) {
    const auto ck = protocol::diversify(keys.master, card.id);
    const auto first = protocol::proof_of(ck, card.first, card.s_pad0, card.id);
    const auto second = protocol::proof_of(ck, card.second, card.s_pad0, card.id);
    return {card.index, vault::card_key(card.idm, card.first, first, card.second, second)};
}

struct OpenSection {
    model::PackageId id;
    vault::DataKey key;
};

Status wrap_for_card(FeedRecords& feed, const CardLock& lock, const OpenSection& section) {
    const model::Wrap wrap{model::WrapFor::card, section.id, lock.index,
                           vault::wrap(lock.key, section.id, section.key)};
    return publish(feed, wrap, for_section(section.id.section));
}

Status wrap_for_viewer(FeedRecords& feed, const Viewer& viewer, const OpenSection& section) {
    const model::Wrap wrap{
        model::WrapFor::facility, section.id, {}, vault::wrap_for_terminal(viewer.seal, section.id, section.key)};
    return publish(feed, wrap, for_terminal(viewer.terminal));
}

// Who can open what is sealed now. Gathered once per patient.
struct Openers {
    std::vector<CardLock> cards;
    std::vector<Viewer> viewers;  // their sections cut down to what the policy allows today
};

Result<std::vector<Viewer>> entitled_viewers(Records& records, const model::PatientRef& patient, model::UtcTime now) {
    KAZASHI_TRY(auto viewers, records.viewers(patient, now));
    if (viewers.empty()) return viewers;
    KAZASHI_TRY(const auto policy, records.policy());
    for (auto& viewer : viewers) {
        const auto allowed = policy.of(viewer.type).sections.bits();
        viewer.sections = model::SectionSet{static_cast<std::uint8_t>(viewer.sections.bits() & allowed)};
    }
    return viewers;
}

Result<Openers> openers_of(Records& records, const RegionKeys& keys, const PatientRecord& patient, model::UtcTime now) {
    Openers openers;
    KAZASHI_TRY(const auto cards, records.cards_of(card::CardKind::patient, patient.number));
    for (const auto& card : cards) {
        if (!card.revoked) openers.cards.push_back(lock_of(keys, card));
    }
    KAZASHI_TRY(openers.viewers, entitled_viewers(records, patient.ref, now));
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

Status seal_section(Records& records, const RegionKeys& keys, const Openers& openers, SealedSection section,
                    std::string_view bundle) {
    const OpenSection open{section.id, vault::random_key<vault::DataKey>()};
    auto sealed = vault::seal_package(open.key, open.id, fhir::compress(bundle));
    section.region_wrap = vault::wrap_for_terminal(keys.sealing.seal, open.id, open.key);
    KAZASHI_CHECK(records.put_sealed_section(section));
    // The package comes last: a line that is cut between them leaves a terminal with the older version, which opens.
    for (const auto& card : openers.cards) KAZASHI_CHECK(wrap_for_card(records, card, open));
    for (const auto& viewer : openers.viewers) {
        if (viewer.sections.has(open.id.section)) KAZASHI_CHECK(wrap_for_viewer(records, viewer, open));
    }
    return publish(records, model::Package{open.id, section.as_of, std::move(sealed)}, for_section(open.id.section));
}

Result<std::vector<OpenSection>> open_sections(PatientRecords& records, const RegionKeys& keys,
                                               const model::PatientRef& patient) {
    KAZASHI_TRY(const auto sealed, records.sealed_sections(patient));
    std::vector<OpenSection> open;
    for (const auto& section : sealed) {
        KAZASHI_TRY(auto key, vault::unwrap_facility(keys.sealing, section.id, section.region_wrap));
        open.push_back({section.id, std::move(key)});
    }
    return open;
}

}  // namespace

Status Packer::pack(Records& records, const model::PatientRef& ref, model::UtcTime now) const {
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
        const auto content = vault::hash("kazashi/region/section/1", base::as_bytes(bundle));
        const auto last = std::find_if(sealed.begin(), sealed.end(),
                                       [&](const SealedSection& one) { return one.id.section == section; });
        if (last != sealed.end() && last->content == content) continue;
        const auto version = last == sealed.end() ? 1 : last->id.version + 1;
        KAZASHI_CHECK(seal_section(records, keys_, openers, {{ref, section, version}, now, content, {}}, bundle));
    }
    return base::ok();
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

}  // namespace kazashi::server
