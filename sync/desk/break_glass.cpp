// Break-glass: what an emergency needs of a patient who cannot hold up their card (design §2).
#include <algorithm>

#include "sync/desk/emergency_keys.h"
#include "sync/desk/parts.h"

namespace kazashi::desk {

using base::Error;
using base::Fault;
using model::LedgerKind;

namespace {

bool is_reason(const std::string& reason) {
    return std::find(break_glass_reasons.begin(), break_glass_reasons.end(), reason) != break_glass_reasons.end();
}

Result<vault::DataKey> unwrap_by_any(const std::vector<EpochKey>& keys, const model::Wrap& wrap) {
    for (const auto& key : keys) {
        if (auto opened = vault::unwrap(key.key, wrap.package, wrap.sealed)) return opened;
    }
    return Error{Fault::wrong_key, "a wrap of another epoch"};
}

}  // namespace

Result<model::TypePolicy> Desk::Parts::emergency_rules() {
    if (!session) return Error{Fault::denied, "nobody is signed in"};
    KAZASHI_TRY(auto own_rules, rules());
    if (own_rules.break_glass == model::BreakGlass::never) return Error{Fault::denied, "not_entitled"};
    return own_rules;
}

Result<model::BreakGlass> Desk::break_glass_rule() {
    KAZASHI_TRY(const auto rules, parts_->rules());
    return rules.break_glass;
}

// The colleague the policy wants beside whoever is signed in; nobody where one is enough.
Result<model::StaffId> Desk::Parts::second_of(model::BreakGlass rule, std::optional<SecondStaff> second) {
    if (rule != model::BreakGlass::two_staff) return model::StaffId{};
    if (!second) return Error{Fault::denied, "second_staff_needed"};
    if (second->card.record.number == staff().str()) return Error{Fault::denied, "same_staff"};
    return verify_colleague(second->card, std::move(second->answers), std::move(second->pin));
}

Result<std::optional<store::WindowRow>> Desk::Parts::live_window_of(const model::PatientRef& patient) {
    KAZASHI_TRY(auto window, store.window_of(patient));
    if (window && clock.read().now >= window->grant.expires_at) window.reset();
    return window;
}

Result<OpenedWindow> Desk::break_glass(const model::PatientRef& patient, const std::string& reason,
                                       std::optional<SecondStaff> second) {
    KAZASHI_TRY(const auto rules, parts_->emergency_rules());
    if (!is_reason(reason)) return Error{Fault::malformed, "no such reason"};
    auto& store = parts_->store;
    KAZASHI_TRY(const bool excluded, store.excluded(patient));
    if (excluded) return Error{Fault::denied, "excluded"};
    KAZASHI_TRY(const auto live, parts_->live_window_of(patient));
    const auto now = parts_->clock.read();
    if (live && now.quality != model::ClockQuality::unsure) {
        auto opened = reopen(live->grant.id);
        if (opened) return OpenedWindow{live->grant.id, std::move(*opened)};
        if (opened.fault() != Fault::not_found) return opened.error();
    }
    KAZASHI_TRY(const auto keys, open_emergency_keys(store, parts_->session->keys.facility));
    KAZASHI_TRY(const auto agreed, parts_->second_of(rules.break_glass, std::move(second)));
    KAZASHI_TRY(const auto policy, store.policy());

    const auto grant = parts_->new_grant(patient, model::purpose::emergency, rules.emergency_sections, now.now,
                                         now.now + std::chrono::hours{rules.emergency_hours});
    const auto window_key = vault::random_key<vault::WindowKey>();
    const auto unwrap = [&](const model::Wrap& wrap) { return unwrap_by_any(keys, wrap); };
    KAZASHI_TRY(const auto opened, parts_->open_without_card(grant, now, unwrap, window_key));

    wire::LedgerBody broken;
    broken.staff = grant.staff;
    broken.second_staff = agreed;
    broken.patient = patient;
    broken.grant = grant;
    broken.note = reason;
    const store::WindowRow window{grant, model::GrantState::confirmed, false, reason,
                                  seal_window_key(parts_->session->keys.store, grant.id, window_key)};
    KAZASHI_TRY([[maybe_unused]] const auto seq,
                store.append_tap(parts_->entry(LedgerKind::break_glass, now, broken),
                                 parts_->entry(LedgerKind::view, now, parts_->view_of(grant, opened.sections)), window,
                                 opened.window_wraps));
    KAZASHI_TRY(auto summary, open_sections(opened.sections, policy.time_zone.date_at(now.now)));
    return OpenedWindow{grant.id, std::move(summary)};
}

Result<Unwrapped> Desk::Parts::open_without_card(const model::Grant& grant, const model::TrustedTime& now,
                                                 const Unwrap& unwrap, const vault::WindowKey& window_key) {
    KAZASHI_TRY(const auto snapshot, store.snapshot());
    KAZASHI_TRY(const auto wraps, store.wraps(grant.patient, model::WrapFor::emergency));
    return unwrap_sections(store, grant, now, wraps, unwrap, window_key);
}

}  // namespace kazashi::desk
