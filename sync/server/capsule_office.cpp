#include "sync/server/capsule_office.h"

#include <algorithm>

#include "sync/fhir/capsule_facts.h"
#include "sync/server/tuning.h"
#include "sync/wire/capsule.h"

namespace kazashi::server {

namespace {

// Nothing known but the date: a card may be issued before the first record arrives.
model::Capsule empty_capsule(base::Date today) {
    model::Capsule capsule;
    capsule.date = today;
    return capsule;
}

Result<model::Capsule> facts_of(Records& records, const std::string& number, base::Date today) {
    KAZASHI_TRY(const auto patient, records.patient_numbered(number));
    if (!patient) return empty_capsule(today);
    KAZASHI_TRY(const auto stored, records.resources(patient->ref));
    const auto person =
        std::find_if(stored.begin(), stored.end(), [](const auto& one) { return one.role == Role::patient; });
    if (person == stored.end() || person->resource.withheld) return empty_capsule(today);
    std::vector<const fhir::ImportedResource*> all;
    for (const auto& one : stored) {
        if (one.role != Role::patient) all.push_back(&one.resource);
    }
    return fhir::read_capsule_facts(fhir::section_bundle(person->resource, all), today);
}

model::Hash hash_of(model::Capsule capsule) {
    capsule.date = base::Date{std::chrono::sys_days{}};
    return vault::hash("kazashi/region/capsule/1", wire::pack_capsule(wire::fit(std::move(capsule))));
}

}  // namespace

Result<std::optional<vault::CapsulePads>> capsule_pads(Records& records, const RegionKeys& keys, const CardRecord& card,
                                                       model::UtcTime now) {
    if (card.record.kind != card::CardKind::patient) return std::optional<vault::CapsulePads>{};
    KAZASHI_TRY(const auto policy, records.policy());
    KAZASHI_TRY(const auto facts, facts_of(records, card.record.number, policy.time_zone.date_at(now)));
    KAZASHI_TRY(const auto epochs, open_capsule_keys(records, keys));
    if (epochs.empty()) return base::Error{base::Fault::corrupt, "no capsule key"};
    KAZASHI_TRY(const auto before, records.capsule_of(card.index));
    const auto hash = hash_of(facts);
    const auto& key = epochs.front();
    const bool fresh = before && now < before->made_at + tuning::capsule_life;
    if (fresh && before->facts == hash && before->header.epoch == key.epoch) return std::optional{before->pads};

    const auto serial = before ? before->header.serial + 1 : 1;
    if (serial > vault::most_capsule_serials) return base::Error{base::Fault::limit, "no more serials for this card"};
    const auto packed = wire::pack_capsule(wire::fit(facts));
    const auto pads = vault::seal_capsule(key, serial, card.idm, packed, keys.signing);
    KAZASHI_CHECK(records.put_capsule({card.index, {key.epoch, serial}, hash, now, pads}));
    return std::optional{pads};
}

Result<CapsuleStanding> capsule_standing(Records& records, const RegionKeys& keys, const CardRecord& card,
                                         const vault::CapsulePads& on_card) {
    const auto header = vault::verify_capsule(keys.signing.verify, card.idm, on_card);
    if (!header) return header.fault() == base::Fault::not_found ? CapsuleStanding::none : CapsuleStanding::damaged;
    KAZASHI_TRY(const auto newest, records.capsule_of(card.index));
    return newest && newest->pads == on_card ? CapsuleStanding::newest : CapsuleStanding::older;
}

}  // namespace kazashi::server
