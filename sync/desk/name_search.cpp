// Finding somebody without their card: the name index, opened into memory while entitled staff search it.
#include <algorithm>

#include "cardio/base/log.h"
#include "sync/desk/emergency_keys.h"
#include "sync/desk/parts.h"
#include "sync/desk/tuning.h"
#include "sync/fhir/import.h"

namespace kazashi::desk {

using base::Error;
using base::Fault;
using model::LedgerKind;

namespace {

Result<std::vector<wire::NameEntry>> open_page(const std::vector<EpochKey>& keys, const model::NamePage& page) {
    const auto key =
        std::find_if(keys.begin(), keys.end(), [&](const EpochKey& one) { return one.epoch == page.epoch; });
    if (key == keys.end()) return Error{Fault::wrong_key, "a page of another epoch"};
    KAZASHI_TRY(const auto compressed, vault::open_names(key->key, page));
    KAZASHI_TRY(const auto bytes, fhir::decompress(compressed.view()));
    return wire::decode_names(bytes.view());
}

// Whoever is on a page that does not open cannot be found; everybody else can.
NameIndex read_pages(const std::vector<EpochKey>& keys, const std::vector<model::NamePage>& pages) {
    NameIndex index;
    for (const auto& page : pages) {
        const auto names = open_page(keys, page);
        if (names) {
            index.add(*names);
        } else {
            base::log(base::LogLevel::warning, "desk", "a page of the name index does not open");
        }
    }
    index.sort();
    return index;
}

}  // namespace

Result<const NameIndex*> Desk::Parts::name_index() {
    if (session->index) return &*session->index;
    KAZASHI_TRY(const auto keys, open_emergency_keys(store, session->keys.facility));
    wire::LedgerBody body;
    body.staff = staff();
    KAZASHI_CHECK(write(LedgerKind::name_search, body));
    KAZASHI_TRY(const auto pages, store.name_pages());
    session->index = read_pages(keys, pages);
    return &*session->index;
}

Result<std::vector<Candidate>> Desk::search(const Query& query, std::size_t most) {
    KAZASHI_TRY(const auto rules, parts_->emergency_rules());
    KAZASHI_TRY(const auto* const index, parts_->name_index());
    auto found = index->find(query, most);
    for (auto& candidate : found) {
        KAZASHI_TRY(const bool excluded, parts_->store.excluded(candidate.patient));
        KAZASHI_TRY(const auto wraps, parts_->store.wraps(candidate.patient, model::WrapFor::emergency));
        candidate.record = !excluded && std::any_of(wraps.begin(), wraps.end(), [&](const model::Wrap& wrap) {
            return rules.emergency_sections.has(wrap.package.section);
        });
    }
    return found;
}

Result<std::vector<std::string>> Desk::places() {
    KAZASHI_TRY([[maybe_unused]] const auto rules, parts_->emergency_rules());
    KAZASHI_TRY(const auto* const index, parts_->name_index());
    return index->places(tuning::most_places);
}

}  // namespace kazashi::desk
