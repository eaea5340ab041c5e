#include "sync/server/packing.h"

#include <utility>

#include "sync/server/feed.h"
#include "sync/vault/lock.h"

namespace kazashi::server {

CardLock lock_of(const RegionKeys& keys, const CardRecord& card) {
    const auto ck = protocol::diversify(keys.master, card.id);
    const auto first = protocol::proof_of(ck, card.first, card.s_pad0, card.id, card.chip);
    const auto second = protocol::proof_of(ck, card.second, card.s_pad0, card.id, card.chip);
    return {card.index, vault::card_key(card.idm, card.first, first, card.second, second)};
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

Status wrap_for_emergency(FeedRecords& feed, const Emergency& emergency, const OpenSection& section) {
    const model::Wrap wrap{
        model::WrapFor::emergency, section.id, {}, vault::wrap(emergency.key, section.id, section.key)};
    return publish(feed, wrap, for_emergency());
}

Result<std::vector<CardLock>> locks_of(CardRecords& records, const RegionKeys& keys, const std::string& number) {
    KAZASHI_TRY(const auto cards, records.cards_of(card::CardKind::patient, number));
    std::vector<CardLock> locks;
    for (const auto& card : cards) {
        if (!card.revoked) locks.push_back(lock_of(keys, card));
    }
    return locks;
}

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
    if (openers.emergency && openers.emergency->sections.has(open.id.section)) {
        KAZASHI_CHECK(wrap_for_emergency(records, *openers.emergency, open));
    }
    return publish(records, model::Package{open.id, section.as_of, std::move(sealed)}, for_section(open.id.section));
}

}  // namespace kazashi::server
