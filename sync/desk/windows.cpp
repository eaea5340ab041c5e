// The list of windows, and opening one of them without the card.
#include <algorithm>

#include "sync/desk/parts.h"
#include "sync/desk/section_opening.h"

namespace kazashi::desk {

using base::Error;
using base::Fault;
using model::LedgerKind;

namespace {

// The sections of a live window, or of the first of them only (a name is in every section's bundle).
Result<std::vector<SealedSection>> find_in_window(store::Store& store, const vault::StoreKey& store_key,
                                                  const store::WindowRow& window, const model::Grant& asked_for,
                                                  const model::TrustedTime& now) {
    if (window.sealed_window_key.empty()) return Error{Fault::not_found, "a shared window, not adopted yet"};
    KAZASHI_TRY(const auto window_key, open_window_key(store_key, window));
    KAZASHI_TRY(const auto snapshot, store.snapshot());
    KAZASHI_TRY(const auto wraps, store.window_wraps(window.grant.id));
    std::vector<SectionKey> keys;
    for (const auto& wrap : wraps) {
        if (!asked_for.sections.has(wrap.package.section)) continue;
        KAZASHI_TRY(auto key, vault::unwrap(window_key, wrap.package, wrap.sealed));
        keys.push_back({wrap.package, std::move(key)});
    }
    return find_sections(store, asked_for, now, model::OpenedBy::window, std::move(keys));
}

model::Grant only(const model::Grant& grant, model::Section section) {
    auto narrowed = grant;
    narrowed.sections = model::SectionSet{}.with(section);
    return narrowed;
}

// not_found when no section of the window can be opened at this moment.
Result<NameBook::Name> read_name(store::Store& store, const vault::StoreKey& store_key, const store::WindowRow& window,
                                 const model::TrustedTime& now) {
    for (const auto section : model::all_sections) {
        if (!window.grant.sections.has(section)) continue;
        const auto sections = find_in_window(store, store_key, window, only(window.grant, section), now);
        if (!sections && sections.fault() == Fault::not_found) continue;
        if (!sections) return sections.error();
        KAZASHI_TRY(auto summary, open_sections(*sections, base::Date{}));
        auto& person = summary->person;
        return NameBook::Name{std::move(person.kanji), std::move(person.kana), std::move(person.born)};
    }
    return Error{Fault::not_found, "no section to read a name from"};
}

// 24:00 of the last day is 0:00 of the next: on the last day none is left.
int days_left(model::UtcTime until, model::UtcTime now, const model::TimeZone& zone) {
    const auto days = std::chrono::sys_days{zone.date_at(until)} - std::chrono::sys_days{zone.date_at(now)};
    return std::max(0, static_cast<int>(days.count()) - 1);
}

LiveWindow refused_row(const model::GrantId& grant, model::UtcTime granted_at, const std::string& reason) {
    LiveWindow row;
    row.grant = grant;
    row.granted_at = granted_at;
    row.until = granted_at;
    row.refused = true;
    row.reason = reason;
    return row;
}

}  // namespace

Result<std::vector<LiveWindow>> Desk::windows() {
    if (!signed_in()) return Error{Fault::denied, "nobody is signed in"};
    auto& store = parts_->store;
    auto& session = *parts_->session;
    KAZASHI_TRY(const auto policy, store.policy());
    KAZASHI_TRY(const auto rows, store.windows());
    KAZASHI_TRY(const auto closed, store.closed_windows());
    const auto now = parts_->clock.read();
    const bool unsure = now.quality == model::ClockQuality::unsure;  // nothing opens from a window, no name neither

    std::vector<LiveWindow> list;
    for (const auto& window : rows) {
        const auto& grant = window.grant;
        if (window.state != model::GrantState::confirmed) {
            list.push_back(refused_row(grant.id, grant.granted_at, window.reason));
            continue;
        }
        if (now.now >= grant.expires_at) continue;  // ended by the next tend()
        const auto* name = session.names.find(grant.id);
        NameBook::Name unread;
        if (name == nullptr && unsure) name = &unread;
        if (name == nullptr) {
            auto read = read_name(store, session.keys.store, window, now);
            if (!read && read.fault() != Fault::not_found) return read.error();
            name = read ? &session.names.put(grant.id, std::move(*read)) : &unread;
        }
        list.push_back({grant.id, name->kanji, name->kana, grant.granted_at, grant.expires_at,
                        days_left(grant.expires_at, now.now, policy.time_zone), grant.sections, window.receipted,
                        grant.purpose == model::purpose::emergency, false, "", name->born});
    }
    for (const auto& window : closed) list.push_back(refused_row(window.grant, window.granted_at, window.reason));
    std::stable_sort(list.begin(), list.end(),
                     [](const auto& a, const auto& b) { return a.granted_at > b.granted_at; });
    return list;
}

Result<std::unique_ptr<model::Summary>> Desk::Parts::view_window(const store::WindowRow& window,
                                                                 const model::Grant& grant) {
    KAZASHI_TRY(const bool excluded, store.excluded(grant.patient));
    if (excluded) return Error{Fault::denied, "excluded"};
    KAZASHI_TRY(const auto policy, store.policy());
    const auto now = clock.read();
    KAZASHI_TRY(const auto sections, find_in_window(store, session->keys.store, window, grant, now));
    KAZASHI_TRY([[maybe_unused]] const auto seq, store.append(entry(LedgerKind::view, now, view_of(grant, sections))));
    return open_sections(sections, policy.time_zone.date_at(now.now));
}

Result<std::unique_ptr<model::Summary>> Desk::reopen(const model::GrantId& grant) {
    if (!signed_in()) return Error{Fault::denied, "nobody is signed in"};
    KAZASHI_TRY(const auto window, parts_->store.window(grant));
    if (!window) return Error{Fault::not_found, "no such window"};
    if (window->state != model::GrantState::confirmed) return Error{Fault::denied, "the region has closed this window"};
    return parts_->view_window(*window, window->grant);
}

Result<std::unique_ptr<model::Summary>> Desk::open_presented() {
    auto& tap = parts_->tap;
    if (!tap) return Error{Fault::out_of_order, "no tap"};
    KAZASHI_TRY(const auto rules, parts_->rules());
    KAZASHI_TRY(const auto window, parts_->live_window_of(tap->lock.patient));
    if (tap->self || !window || !window->receipted) return Error{Fault::denied, "presented_only"};
    auto narrowed = window->grant;
    narrowed.sections =
        model::SectionSet{static_cast<std::uint8_t>(narrowed.sections.bits() & rules.presented_sections.bits())};
    if (narrowed.sections.empty()) return Error{Fault::denied, "presented_only"};
    return parts_->view_window(*window, narrowed);
}

}  // namespace kazashi::desk
