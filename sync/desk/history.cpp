// "Who looked": the patient's own history, and what they have to be told of it.
#include <algorithm>

#include "cardio/base/log.h"
#include "sync/desk/parts.h"
#include "sync/fhir/import.h"

namespace kazashi::desk {

using base::Error;
using base::Fault;
using model::LedgerKind;
using model::Section;

namespace {

constexpr auto history_only = model::SectionSet{}.with(Section::history);

Look::Kind kind_of(fhir::Look::Kind kind) {
    switch (kind) {
        case fhir::Look::Kind::grant:
            return Look::Kind::grant;
        case fhir::Look::Kind::view:
            return Look::Kind::view;
        case fhir::Look::Kind::emergency:
            return Look::Kind::emergency;
        case fhir::Look::Kind::withdrawal:
            return Look::Kind::withdrawal;
        case fhir::Look::Kind::self:
            return Look::Kind::self;
    }
    return Look::Kind::view;
}

// A window here that the region's history does not know yet.
Look local_look(const store::WindowRow& window, const std::string& facility) {
    const bool emergency = window.grant.purpose == model::purpose::emergency;
    return {window.grant.granted_at,
            facility,
            emergency ? Look::Kind::emergency : Look::Kind::grant,
            window.grant.sections,
            emergency ? window.reason : "",
            window.receipted};
}

}  // namespace

Result<std::vector<fhir::Look>> Desk::Parts::read_history() {
    KAZASHI_TRY(const auto snapshot, store.snapshot());
    KAZASHI_TRY(const auto wraps, wraps_of_card());
    const auto now = clock.read();
    KAZASHI_TRY(const auto permit,
                model::permit(own_look(history_only, now.now), Section::history, now, model::OpenedBy::act));
    KAZASHI_TRY(const auto package, store.package(permit));
    if (!package) return std::vector<fhir::Look>{};
    const auto wrap =
        std::find_if(wraps.begin(), wraps.end(), [&](const model::Wrap& one) { return one.package == package->id; });
    if (wrap == wraps.end()) return std::vector<fhir::Look>{};  // the next page brings it
    KAZASHI_TRY(const auto key, vault::unwrap(*tap->key, wrap->package, wrap->sealed));
    KAZASHI_TRY(const auto compressed, vault::open_package(key, *package));
    KAZASHI_TRY(const auto text, fhir::decompress(compressed.view()));
    return fhir::read_looks(base::as_text(text.view()));
}

Result<std::vector<EmergencyView>> Desk::Parts::take_notices() {
    const auto looks = read_history();
    if (!looks) {
        // Care does not wait for a history that cannot be read.
        base::log(base::LogLevel::warning, "desk", "a patient's history does not open");
        return std::vector<EmergencyView>{};
    }
    std::vector<EmergencyView> notices;
    for (const auto& look : *looks) {
        if (!look.notice_pending) continue;
        KAZASHI_TRY(const bool shown, store.notice_shown(look.view));
        if (!shown) notices.push_back({look.view, look.facility, look.reason, look.at});
    }
    if (notices.empty()) return notices;
    wire::LedgerBody body;
    body.staff = staff();
    body.patient = tap->lock.patient;
    body.sections = history_only;
    body.note = "notices";
    KAZASHI_CHECK(write(LedgerKind::history_shown, body));
    for (const auto& notice : notices) tap->notices.push_back(notice.view);
    return notices;
}

Result<std::vector<Look>> Desk::history() {
    auto& tap = parts_->tap;
    if (!tap || !tap->key) return Error{Fault::out_of_order, "the lock is not open"};
    auto& store = parts_->store;
    wire::LedgerBody body;
    body.staff = parts_->staff();
    body.patient = tap->lock.patient;
    body.sections = history_only;
    KAZASHI_CHECK(parts_->write(LedgerKind::history_shown, body));

    KAZASHI_TRY(const auto told, parts_->read_history());
    std::vector<Look> looks;
    for (const auto& look : told) {
        looks.push_back({look.at, look.facility, kind_of(look.kind), look.sections, look.reason, true});
    }
    KAZASHI_TRY(const auto known, store.facility(parts_->facility.id));
    KAZASHI_TRY(const auto windows, store.windows());
    for (const auto& window : windows) {
        if (window.grant.patient != tap->lock.patient) continue;
        const bool known_to_region =
            std::any_of(told.begin(), told.end(), [&](const fhir::Look& look) { return look.view == window.grant.id; });
        if (!known_to_region) looks.push_back(local_look(window, known ? known->name : parts_->facility.name));
    }
    std::stable_sort(looks.begin(), looks.end(), [](const Look& a, const Look& b) { return a.at > b.at; });
    return looks;
}

Status Desk::notices_read(const std::vector<model::GrantId>& views) {
    auto& tap = parts_->tap;
    if (!tap || !tap->key) return Error{Fault::out_of_order, "the lock is not open"};
    for (const auto& view : views) {
        if (std::erase(tap->notices, view) == 0) continue;  // not one this patient was told of
        wire::LedgerBody body;
        body.staff = parts_->staff();
        body.patient = tap->lock.patient;
        body.grant_id = view;
        const auto entry = parts_->entry(LedgerKind::notice_shown, parts_->clock.read(), body);
        KAZASHI_TRY([[maybe_unused]] const auto seq, parts_->store.append_notice_shown(entry, {view}));
    }
    return base::ok();
}

}  // namespace kazashi::desk
