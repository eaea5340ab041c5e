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

Result<OpenIndex::Source> source_of(store::Store& store, const std::vector<model::NamePage>& pages) {
    OpenIndex::Source source;
    for (const auto& page : pages) source.pages.push_back({page.page, page.epoch, page.version});
    KAZASHI_TRY(const auto wraps, store.emergency_keys());
    for (const auto& wrap : wraps) source.epochs.push_back(wrap.epoch);
    return source;
}

Result<OpenIndex> read_index(store::Store& store, const vault::SealingPair& facility) {
    KAZASHI_TRY(const auto snapshot, store.snapshot());
    KAZASHI_TRY(const auto keys, open_emergency_keys(store, facility));
    KAZASHI_TRY(const auto cursor, store.cursor());
    KAZASHI_TRY(const auto pages, store.name_pages());
    KAZASHI_TRY(auto source, source_of(store, pages));
    return OpenIndex{read_pages(keys, pages), std::move(source), cursor};
}

}  // namespace

Result<const NameIndex*> Desk::Parts::name_index() {
    if (session->index) return &session->index->names;
    KAZASHI_TRY([[maybe_unused]] const auto keys, open_emergency_keys(store, session->keys.facility));
    wire::LedgerBody body;
    body.staff = staff();
    KAZASHI_CHECK(write(LedgerKind::name_search, body));
    KAZASHI_TRY(session->index, read_index(store, session->keys.facility));
    return &session->index->names;
}

// The old one goes before the new one is read: never are there two of them in memory.
Status Desk::Parts::tend_names() {
    if (!session || !session->index) return base::ok();
    KAZASHI_TRY(const auto cursor, store.cursor());
    if (cursor == session->index->read_at) return base::ok();
    KAZASHI_TRY(const auto pages, store.name_pages());
    KAZASHI_TRY(const auto source, source_of(store, pages));
    if (source == session->index->source) {
        session->index->read_at = cursor;
        return base::ok();
    }
    session->index.reset();
    auto read = read_index(store, session->keys.facility);
    if (!read && read.fault() == Fault::denied) return base::ok();  // the next search says so
    KAZASHI_TRY(session->index, std::move(read));
    return base::ok();
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
