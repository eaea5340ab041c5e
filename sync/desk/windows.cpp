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
                                                  model::UtcTime now) {
    KAZASHI_TRY(const auto window_key, open_window_key(store_key, window));
    KAZASHI_TRY(const auto snapshot, store.snapshot());
    KAZASHI_TRY(const auto wraps, store.window_wraps(window.grant.id));
    std::vector<SectionKey> keys;
    for (const auto& wrap : wraps) {
        if (!asked_for.sections.has(wrap.package.section)) continue;
        KAZASHI_TRY(auto key, vault::unwrap(window_key, wrap.package, wrap.sealed));
        keys.push_back({wrap.package, std::move(key)});
    }
    return find_sections(store, asked_for, now, std::move(keys));
}

model::Grant only(const model::Grant& grant, model::Section section) {
    auto narrowed = grant;
    narrowed.sections = model::SectionSet{}.with(section);
    return narrowed;
}

// not_found when no section of the window can be opened at this moment.
Result<NameBook::Name> read_name(store::Store& store, const vault::StoreKey& store_key, const store::WindowRow& window,
                                 model::UtcTime now) {
    for (const auto section : model::all_sections) {
        if (!window.grant.sections.has(section)) continue;
        const auto sections = find_in_window(store, store_key, window, only(window.grant, section), now);
        if (!sections && sections.fault() == Fault::not_found) continue;
        if (!sections) return sections.error();
        KAZASHI_TRY(auto summary, open_sections(*sections, base::Date{}));
        return NameBook::Name{std::move(summary->person.kanji), std::move(summary->person.kana)};
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
    const auto now = parts_->clock.read().now;

    std::vector<LiveWindow> list;
    for (const auto& window : rows) {
        const auto& grant = window.grant;
        if (window.state != model::GrantState::confirmed) {
            list.push_back(refused_row(grant.id, grant.granted_at, window.reason));
            continue;
        }
        if (now >= grant.expires_at) continue;  // ended by the next tend()
        const auto* name = session.names.find(grant.id);
        NameBook::Name unread;
        if (name == nullptr) {
            auto read = read_name(store, session.keys.store, window, now);
            if (!read && read.fault() != Fault::not_found) return read.error();
            name = read ? &session.names.put(grant.id, std::move(*read)) : &unread;
        }
        list.push_back({grant.id, name->kanji, name->kana, grant.granted_at, grant.expires_at,
                        days_left(grant.expires_at, now, policy.time_zone), window.receipted, false, false, ""});
    }
    for (const auto& window : closed) list.push_back(refused_row(window.grant, window.granted_at, window.reason));
    std::stable_sort(list.begin(), list.end(),
                     [](const auto& a, const auto& b) { return a.granted_at > b.granted_at; });
    return list;
}

Result<std::unique_ptr<model::Summary>> Desk::reopen(const model::GrantId& grant) {
    if (!signed_in()) return Error{Fault::denied, "nobody is signed in"};
    auto& store = parts_->store;
    KAZASHI_TRY(const auto window, store.window(grant));
    if (!window) return Error{Fault::not_found, "no such window"};
    if (window->state != model::GrantState::confirmed) return Error{Fault::denied, "the region has closed this window"};
    KAZASHI_TRY(const auto policy, store.policy());
    const auto now = parts_->clock.read();
    KAZASHI_TRY(const auto sections,
                find_in_window(store, parts_->session->keys.store, *window, window->grant, now.now));

    wire::LedgerBody viewed;
    viewed.staff = parts_->staff();
    viewed.patient = window->grant.patient;
    viewed.grant_id = grant;
    viewed.sections = sections_of(sections);
    KAZASHI_TRY([[maybe_unused]] const auto seq, store.append(parts_->entry(LedgerKind::view, now, viewed)));
    return open_sections(sections, policy.time_zone.date_at(now.now));
}

}  // namespace kazashi::desk
