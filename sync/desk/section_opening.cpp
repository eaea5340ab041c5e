#include "sync/desk/section_opening.h"

#include <algorithm>

#include "sync/fhir/import.h"
#include "sync/fhir/summary_reader.h"

namespace kazashi::desk {

using base::Error;
using base::Fault;

Result<std::vector<SealedSection>> find_sections(store::Store& store, const model::Grant& grant,
                                                 const model::TrustedTime& now, model::OpenedBy by,
                                                 std::vector<SectionKey> keys) {
    std::vector<SealedSection> found;
    for (const auto section : model::all_sections) {
        if (!grant.sections.has(section)) continue;
        KAZASHI_TRY(const auto permit, model::permit(grant, section, now, by));
        KAZASHI_TRY(auto package, store.package(permit));
        if (!package) continue;
        const auto key = std::find_if(keys.begin(), keys.end(),
                                      [&](const SectionKey& candidate) { return candidate.package == package->id; });
        if (key != keys.end()) found.push_back({std::move(*package), std::move(key->key)});
    }
    if (found.empty()) return Error{Fault::not_found, "no package this could open"};
    return found;
}

Result<Unwrapped> unwrap_sections(store::Store& store, const model::Grant& grant, const model::TrustedTime& now,
                                  const std::vector<model::Wrap>& wraps, const Unwrap& unwrap,
                                  const vault::WindowKey& window_key) {
    Unwrapped opened;
    std::vector<SectionKey> keys;
    for (const auto& wrap : wraps) {
        if (!grant.sections.has(wrap.package.section)) continue;
        auto key = unwrap(wrap);
        if (!key) continue;
        opened.window_wraps.push_back({wrap.package, vault::wrap(window_key, wrap.package, *key)});
        keys.push_back({wrap.package, std::move(*key)});
    }
    KAZASHI_TRY(opened.sections, find_sections(store, grant, now, model::OpenedBy::act, std::move(keys)));
    return opened;
}

model::SectionSet sections_of(const std::vector<SealedSection>& sections) {
    model::SectionSet set;
    for (const auto& section : sections) set = set.with(section.package.id.section);
    return set;
}

Result<std::unique_ptr<model::Summary>> open_sections(const std::vector<SealedSection>& sections, base::Date today) {
    std::vector<base::SecretBytes> texts;  // the bundles point into these
    std::vector<fhir::SectionBundle> bundles;
    texts.reserve(sections.size());
    for (const auto& [package, key] : sections) {
        KAZASHI_TRY(const auto compressed, vault::open_package(key, package));
        KAZASHI_TRY(auto text, fhir::decompress(compressed.view()));
        texts.push_back(std::move(text));
        bundles.push_back({package.id.section, base::as_text(texts.back().view())});
    }
    KAZASHI_TRY(auto summary, fhir::read_summary(bundles, today));
    summary->patient = sections.front().package.id.patient;
    summary->sections = sections_of(sections);
    summary->as_of = std::min_element(sections.begin(), sections.end(), [](const auto& a, const auto& b) {
                         return a.package.as_of < b.package.as_of;
                     })->package.as_of;
    return summary;
}

}  // namespace kazashi::desk
