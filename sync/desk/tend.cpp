// Housekeeping in quiet moments: the clock's mark and faults, windows that have ended, newer versions for those that
// live.
#include <charconv>

#include "cardio/base/log.h"
#include "sync/desk/parts.h"
#include "sync/desk/tuning.h"
#include "sync/vault/lock.h"

namespace kazashi::desk {

using base::Error;
using base::Fault;
using model::LedgerKind;

namespace {

std::string note_of(const store::WindowRow& window) {
    switch (window.state) {
        case model::GrantState::confirmed:
            return "expired";
        case model::GrantState::refused:
            return "refused";
        case model::GrantState::withdrawn:
            return "withdrawn";
    }
    return "";
}

// The data key of a newer version, under the key of the window it is for.
Result<store::WindowWrap> rewrap(const KeyRing& keys, const store::WindowRow& window, const model::Wrap& wrap) {
    KAZASHI_TRY(const auto data_key, vault::unwrap_facility(keys.facility, wrap.package, wrap.sealed));
    KAZASHI_TRY(const auto window_key, open_window_key(keys.store, window));
    return store::WindowWrap{wrap.package, vault::wrap(window_key, wrap.package, data_key)};
}

}  // namespace

Status Desk::Parts::tend_clock(const model::TrustedTime& now) {
    clock_fault_to_write = clock.take_fault() || clock_fault_to_write;
    const bool fault = clock_fault_to_write;
    if (fault) {
        wire::LedgerBody body;
        body.staff = staff();
        body.note = "set_back";
        KAZASHI_TRY([[maybe_unused]] const auto seq, store.append(entry(LedgerKind::clock_fault, now, body)));
        clock_fault_to_write = false;
    }
    if (!fault && clock_marked && now.now < *clock_marked + tuning::clock_mark_every) return base::ok();
    const auto mark = std::to_string(now.now.time_since_epoch().count());
    KAZASHI_CHECK(store.put_value(store::value_name::clock_mark, base::as_bytes(mark)));
    clock_marked = now.now;
    return base::ok();
}

Result<bool> Desk::Parts::end_windows(const model::TrustedTime& now) {
    KAZASHI_TRY(const auto windows, store.windows());
    std::vector<store::Store::EndOfWindow> ends;
    for (const auto& window : windows) {
        if (window.state == model::GrantState::confirmed && now.now < window.grant.expires_at) continue;
        wire::LedgerBody body;
        body.staff = staff();
        body.patient = window.grant.patient;
        body.grant_id = window.grant.id;
        body.note = note_of(window);
        ends.push_back({window.grant.id, entry(LedgerKind::window_ended, now, body)});
        if (session) session->names.forget(window.grant.id);
    }
    KAZASHI_CHECK(store.end_windows(ends));
    KAZASHI_CHECK(store.forget_closed_windows(now.now - tuning::refused_shown));
    return !ends.empty();
}

Result<bool> Desk::Parts::take_in_wraps(const model::TrustedTime& now) {
    if (!session) return false;
    KAZASHI_TRY(const auto wraps, store.facility_wraps());
    bool changed = false;
    for (const auto& wrap : wraps) {
        KAZASHI_TRY(const auto window, store.window_of(wrap.package.patient));
        const bool live = window && now.now < window->grant.expires_at;
        auto rewrapped = live ? rewrap(session->keys, *window, wrap) : Result<store::WindowWrap>{Error{}};
        if (!rewrapped) {
            if (live) base::log(base::LogLevel::warning, "desk", "a facility wrap does not open");
            KAZASHI_CHECK(store.drop_facility_wrap(wrap.package));
            continue;
        }
        KAZASHI_CHECK(store.put_window_wrap(window->grant.id, *rewrapped));
        session->names.forget(window->grant.id);
        changed = true;
    }
    return changed;
}

Result<bool> Desk::tend() {
    const auto now = parts_->clock.read();
    KAZASHI_CHECK(parts_->tend_clock(now));
    KAZASHI_TRY(const bool ended, parts_->end_windows(now));
    KAZASHI_TRY(const bool renewed, parts_->take_in_wraps(now));
    KAZASHI_CHECK(parts_->store.tidy());
    return ended || renewed;
}

Result<std::optional<model::UtcTime>> read_clock_mark(store::Store& store) {
    KAZASHI_TRY(const auto value, store.value(store::value_name::clock_mark));
    if (!value) return std::optional<model::UtcTime>{};
    const auto text = base::as_text(*value);
    std::int64_t mark = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), mark);
    if (failed != std::errc{} || end != text.data() + text.size()) return Error{Fault::corrupt, "clock mark"};
    return std::optional{model::UtcTime{std::chrono::milliseconds{mark}}};
}

}  // namespace kazashi::desk
