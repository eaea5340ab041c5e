// One tap of a patient's card, in order: tap, unlock, draft_grant, open.
#include <algorithm>

#include "sync/desk/parts.h"
#include "sync/desk/section_opening.h"

namespace kazashi::desk {

using base::Error;
using base::Fault;
using model::LedgerKind;

namespace {

bool must_confirm(model::Confirm rule, bool has_live_window) {
    switch (rule) {
        case model::Confirm::always:
            return true;
        case model::Confirm::first:
            return !has_live_window;
        case model::Confirm::never:
            return false;
    }
    return true;
}

// The card's wraps of what this facility may see.
Result<std::vector<model::Wrap>> wraps_for(store::Store& store, const PatientTap& tap) {
    KAZASHI_TRY(auto wraps, store.wraps(tap.lock.patient, model::WrapFor::card));
    std::erase_if(wraps, [&](const model::Wrap& wrap) {
        return wrap.card != tap.card || !tap.sections.has(wrap.package.section);
    });
    return wraps;
}

// What one card opens: every data key that its wraps hold, and the packages they fit.
struct Opened {
    std::vector<store::WindowWrap> window_wraps;
    std::vector<SealedSection> sections;
};
Result<Opened> open_wraps(store::Store& store, const PatientTap& tap, const vault::WindowKey& window_key,
                          model::UtcTime now) {
    KAZASHI_TRY(const auto snapshot, store.snapshot());
    KAZASHI_TRY(const auto wraps, wraps_for(store, tap));
    Opened opened;
    std::vector<SectionKey> keys;
    for (const auto& wrap : wraps) {
        KAZASHI_TRY(auto key, vault::unwrap(*tap.key, wrap.package, wrap.sealed));
        opened.window_wraps.push_back({wrap.package, vault::wrap(window_key, wrap.package, key)});
        keys.push_back({wrap.package, std::move(key)});
    }
    KAZASHI_TRY(opened.sections, find_sections(store, *tap.grant, now, std::move(keys)));
    return opened;
}

}  // namespace

Result<TapStart> Desk::tap(const card::Identity& card) {
    forget_tap();
    if (!signed_in()) return Error{Fault::denied, "nobody is signed in"};
    auto& store = parts_->store;
    const auto index = vault::card_index(parts_->session->keys.index, card.idm);
    KAZASHI_TRY(const bool revoked, store.revoked(index));
    if (revoked) {
        wire::LedgerBody body;
        body.staff = parts_->staff();
        body.idm = card.idm;
        body.note = "card_revoked";
        KAZASHI_CHECK(parts_->write(LedgerKind::card_refused, body));
        return Error{Fault::denied, "card is revoked"};
    }
    KAZASHI_TRY(const auto lock, store.lock(index));
    if (!lock) return Error{Fault::not_found, "no lock for this card"};

    KAZASHI_TRY(const auto policy, store.policy());
    KAZASHI_TRY(const auto type, parts_->facility_type());
    const auto& rules = policy.of(type);
    if (rules.sections.empty()) return Error{Fault::denied, "this facility may see nothing"};

    const auto now = parts_->clock.read().now;
    KAZASHI_TRY(const auto window, store.window_of(lock->patient));
    const bool live = window && now < window->grant.expires_at;
    PatientTap begun{card.idm, index, *lock, rules.sections, rules.window_days, {}, {}};
    parts_->tap.emplace(std::move(begun));
    return TapStart{lock->first,
                    lock->second,
                    false,
                    must_confirm(rules.confirm, live),
                    model::window_end(now, rules.window_days, policy.time_zone),
                    rules.window_days,
                    rules.sections};
}

Result<Unlocked> Desk::unlock(std::vector<card::Proof> answers) {
    auto& tap = parts_->tap;
    if (!tap) return Error{Fault::out_of_order, "no tap"};
    if (answers.size() != 2) return Error{Fault::malformed, "a lock wants two answers"};
    KAZASHI_TRY(const auto wraps, wraps_for(parts_->store, *tap));
    if (wraps.empty()) return Error{Fault::not_found, "nothing the card could open"};

    auto key = vault::card_key(tap->idm, tap->lock.first, answers[0], tap->lock.second, answers[1]);
    const bool opens = std::any_of(wraps.begin(), wraps.end(), [&](const model::Wrap& wrap) {
        return static_cast<bool>(vault::unwrap(key, wrap.package, wrap.sealed));
    });
    if (opens) {
        tap->key = std::move(key);
        return Unlocked{};
    }
    wire::LedgerBody body;
    body.staff = parts_->staff();
    body.patient = tap->lock.patient;
    body.idm = tap->idm;
    body.note = "lock_not_opened";
    forget_tap();
    KAZASHI_CHECK(parts_->write(LedgerKind::card_refused, body));
    return Error{Fault::wrong_key, "the card did not open its lock"};
}

Result<card::Challenge> Desk::draft_grant() {
    auto& tap = parts_->tap;
    if (!tap || !tap->key) return Error{Fault::out_of_order, "the lock is not open"};
    KAZASHI_TRY(const auto policy, parts_->store.policy());
    const auto now = parts_->clock.read().now;
    model::Grant grant;
    vault::random_bytes(grant.id.bytes.data(), grant.id.bytes.size());
    grant.patient = tap->lock.patient;
    grant.facility = parts_->facility.id;
    grant.terminal = parts_->terminal;
    grant.staff = parts_->staff();
    grant.purpose = "treatment";
    grant.sections = tap->sections;
    grant.granted_at = now;
    grant.expires_at = model::window_end(now, tap->window_days, policy.time_zone);
    tap->grant = std::move(grant);
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
    KAZASHI_TRY(const auto opened, open_wraps(store, *tap, window_key, now.now));

    wire::LedgerBody granted;
    granted.staff = grant.staff;
    granted.grant = grant;
    granted.proof.assign(proof.view().begin(), proof.view().end());
    granted.idm = tap->idm;
    wire::LedgerBody viewed;
    viewed.staff = grant.staff;
    viewed.patient = grant.patient;
    viewed.grant_id = grant.id;
    viewed.sections = sections_of(opened.sections);
    const store::WindowRow window{grant, model::GrantState::confirmed, false, "",
                                  seal_window_key(parts_->session->keys.store, grant.id, window_key)};
    // Nothing is opened before this is on the disk (design §1.4).
    KAZASHI_TRY([[maybe_unused]] const auto seq,
                store.append_tap(parts_->entry(LedgerKind::grant, now, granted),
                                 parts_->entry(LedgerKind::view, now, viewed), window, opened.window_wraps));
    forget_tap();
    return open_sections(opened.sections, policy.time_zone.date_at(now.now));
}

Status Desk::decline() {
    auto& tap = parts_->tap;
    if (!tap) return base::ok();
    wire::LedgerBody body;
    body.staff = parts_->staff();
    body.patient = tap->lock.patient;
    body.note = "not_now";
    forget_tap();
    return parts_->write(LedgerKind::declined, body);
}

void Desk::forget_tap() { parts_->tap.reset(); }

}  // namespace kazashi::desk
