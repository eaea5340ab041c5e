// The beginning of a patient's tap: whose card it is, and whether it is the card itself. granting.cpp goes on.
#include <algorithm>

#include "sync/desk/parts.h"
#include "sync/desk/tuning.h"

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

bool fits_one(const vault::CardKey& key, const std::vector<model::Wrap>& wraps) {
    return std::any_of(wraps.begin(), wraps.end(), [&](const model::Wrap& wrap) {
        return static_cast<bool>(vault::unwrap(key, wrap.package, wrap.sealed));
    });
}

}  // namespace

Result<model::TypePolicy> Desk::Parts::rules() {
    KAZASHI_TRY(const auto policy, store.policy());
    KAZASHI_TRY(const auto type, facility_type());
    return policy.of(type);
}

// With nobody signed in only a kiosk knows how to find a card's lock.
Result<vault::IndexKey> Desk::Parts::index_key() {
    if (session) return session->keys.index.clone();
    KAZASHI_TRY(const auto own_rules, rules());
    KAZASHI_TRY(const auto bytes, store.value(store::value_name::kiosk_index_key));
    if (!own_rules.self_service || !bytes || bytes->empty()) return Error{Fault::denied, "nobody is signed in"};
    if (bytes->size() != 32) return Error{Fault::corrupt, "the kiosk's index key"};
    return vault::IndexKey{base::Secret<32>{base::ByteView{*bytes}.first<32>()}};
}

// A card that has been reported lost opens nothing, wherever it turns up.
Status Desk::Parts::refuse_revoked(const card::Idm& idm) {
    wire::LedgerBody body;
    body.staff = staff();
    body.idm = idm;
    body.note = "card_revoked";
    KAZASHI_CHECK(write(LedgerKind::card_refused, body));
    return Error{Fault::denied, "card is revoked"};
}

// A card of the region has its lock. An old one has none that it could open; whose it is, its number says.
Result<model::Lock> Desk::Parts::lock_of(const card::Identity& card) {
    KAZASHI_TRY(const auto key, index_key());
    const auto index = vault::card_index(key, card.idm);
    KAZASHI_TRY(const bool revoked, store.revoked(index));
    if (revoked) KAZASHI_CHECK(refuse_revoked(card.idm));
    if (card.chip == card::Chip::standard) {
        KAZASHI_TRY(const auto patient, store.holder(vault::number_index(key, card.record.number)));
        if (!patient) return Error{Fault::denied, "presented_only"};
        return model::Lock{index, *patient, {}, {}};
    }
    KAZASHI_TRY(const auto lock, store.lock(index));
    if (!lock) return Error{Fault::not_found, "no lock for this card"};
    return *lock;
}

Result<TapStart> Desk::tap(const card::Identity& card) {
    forget_tap();
    auto& store = parts_->store;
    KAZASHI_TRY(const auto lock, parts_->lock_of(card));
    KAZASHI_TRY(const bool excluded, store.excluded(lock.patient));
    if (excluded) return Error{Fault::denied, "excluded"};

    KAZASHI_TRY(const auto policy, store.policy());
    KAZASHI_TRY(const auto rules, parts_->rules());
    if (rules.sections.empty()) return Error{Fault::denied, "this facility may see nothing"};

    const auto now = parts_->clock.read().now;
    KAZASHI_TRY(const auto window, store.window_of(lock.patient));
    const bool live = window && now < window->grant.expires_at;
    PatientTap begun{card.idm, lock.card, lock, !signed_in(), rules.sections, rules.window_days};
    parts_->tap.emplace(std::move(begun));
    if (parts_->tap->self) {
        return TapStart{lock.first, lock.second, true, false, now + tuning::self_view, 0, rules.sections};
    }
    return TapStart{lock.first,
                    lock.second,
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
    KAZASHI_TRY(const auto wraps, parts_->wraps_of_card());
    if (wraps.empty()) return Error{Fault::not_found, "nothing the card could open"};

    auto key = vault::card_key(tap->idm, tap->lock.first, answers[0], tap->lock.second, answers[1]);
    if (!fits_one(key, wraps)) {
        wire::LedgerBody body;
        body.staff = parts_->staff();
        body.patient = tap->lock.patient;
        body.idm = tap->idm;
        body.note = "lock_not_opened";
        forget_tap();
        KAZASHI_CHECK(parts_->write(LedgerKind::card_refused, body));
        return Error{Fault::wrong_key, "the card did not open its lock"};
    }
    tap->key = std::move(key);
    const bool something = std::any_of(
        wraps.begin(), wraps.end(), [&](const model::Wrap& wrap) { return tap->sections.has(wrap.package.section); });
    KAZASHI_TRY(auto notices, parts_->take_notices());
    return Unlocked{std::move(notices), something};
}

Result<std::vector<model::Wrap>> Desk::Parts::wraps_of_card() {
    KAZASHI_TRY(auto wraps, store.wraps(tap->lock.patient, model::WrapFor::card));
    std::erase_if(wraps, [&](const model::Wrap& wrap) { return wrap.card != tap->card; });
    return wraps;
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
