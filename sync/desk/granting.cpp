// From an open lock to a summary: the grant, the card's word for it, and what it opens.
#include "sync/desk/parts.h"
#include "sync/desk/section_opening.h"
#include "sync/desk/tuning.h"

namespace kazashi::desk {

using base::Error;
using base::Fault;
using model::LedgerKind;

model::Grant Desk::Parts::new_grant(const model::PatientRef& patient, const char* purpose, model::SectionSet sections,
                                    model::UtcTime from, model::UtcTime until) const {
    model::Grant grant;
    vault::random_bytes(grant.id.bytes.data(), grant.id.bytes.size());
    grant.patient = patient;
    grant.facility = facility.id;
    grant.terminal = terminal;
    grant.staff = staff();
    grant.purpose = purpose;
    grant.sections = sections;
    grant.granted_at = from;
    grant.expires_at = until;
    return grant;
}

model::Grant Desk::Parts::own_look(model::SectionSet sections, model::UtcTime now) const {
    return new_grant(tap->lock.patient, model::purpose::self, sections, now, now + tuning::self_view);
}

Result<card::Challenge> Desk::draft_grant() {
    auto& tap = parts_->tap;
    if (!tap || !tap->key) return Error{Fault::out_of_order, "the lock is not open"};
    KAZASHI_TRY(const auto policy, parts_->store.policy());
    const auto now = parts_->clock.read().now;
    tap->grant = tap->self ? parts_->own_look(tap->sections.with(model::Section::history), now)
                           : parts_->new_grant(tap->lock.patient, model::purpose::treatment, tap->sections, now,
                                               model::window_end(now, tap->window_days, policy.time_zone));
    return vault::grant_challenge(wire::encode(*tap->grant));
}

Result<std::unique_ptr<model::Summary>> Desk::open(card::Proof proof) {
    auto& tap = parts_->tap;
    if (!tap || !tap->key || !tap->grant) return Error{Fault::out_of_order, "no grant was drafted"};
    auto& store = parts_->store;
    const auto& grant = *tap->grant;
    const auto now = parts_->clock.read();
    KAZASHI_TRY(const auto policy, store.policy());
    const auto window_key = vault::random_key<vault::WindowKey>();
    KAZASHI_TRY(const auto opened, parts_->open_with_card(window_key, now));

    wire::LedgerBody granted;
    granted.staff = grant.staff;
    granted.grant = grant;
    granted.proof.assign(proof.view().begin(), proof.view().end());
    granted.idm = tap->idm;
    const auto grant_entry = parts_->entry(LedgerKind::grant, now, granted);
    const auto view_entry = parts_->entry(LedgerKind::view, now, parts_->view_of(grant, opened.sections));
    // Nothing is opened before this is on the disk (design §1.4).
    if (tap->self) {
        KAZASHI_TRY([[maybe_unused]] const auto seq, store.append_all({grant_entry, view_entry}));
    } else {
        const store::WindowRow window{grant, model::GrantState::confirmed, false, "",
                                      seal_window_key(parts_->session->keys.store, grant.id, window_key)};
        KAZASHI_TRY([[maybe_unused]] const auto seq,
                    store.append_tap(grant_entry, view_entry, window, opened.window_wraps));
    }
    tap->grant.reset();
    return open_sections(opened.sections, policy.time_zone.date_at(now.now));
}

Result<Unwrapped> Desk::Parts::open_with_card(const vault::WindowKey& window_key, const model::TrustedTime& now) {
    KAZASHI_TRY(const auto snapshot, store.snapshot());
    KAZASHI_TRY(const auto wraps, wraps_of_card());
    const auto unwrap = [this](const model::Wrap& wrap) { return vault::unwrap(*tap->key, wrap.package, wrap.sealed); };
    return unwrap_sections(store, *tap->grant, now, wraps, unwrap, window_key);
}

wire::LedgerBody Desk::Parts::view_of(const model::Grant& grant, const std::vector<SealedSection>& sections) const {
    wire::LedgerBody viewed;
    viewed.staff = staff();
    viewed.patient = grant.patient;
    viewed.grant_id = grant.id;
    viewed.sections = sections_of(sections);
    return viewed;
}

}  // namespace kazashi::desk
