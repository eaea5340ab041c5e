// Housekeeping in quiet moments: the clock's mark and faults, windows that have ended, and for those that live what
// the feed brought.
#include "cardio/base/log.h"
#include "sync/desk/parts.h"
#include "sync/desk/tuning.h"
#include "sync/vault/lock.h"

namespace kazashi::desk {

using base::Error;
using base::Fault;
using model::LedgerKind;

namespace {

const char* note_of(const store::WindowRow& window) {
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
    if (!clock_fault_to_write) clock_fault_to_write = clock.take_fault();
    const bool fault = clock_fault_to_write.has_value();
    for (; clock_fault_to_write; clock_fault_to_write = clock.take_fault()) {
        wire::LedgerBody body;
        body.staff = staff();
        body.note = name(*clock_fault_to_write);
        KAZASHI_TRY([[maybe_unused]] const auto seq, store.append(entry(LedgerKind::clock_fault, now, body)));
    }
    const auto mark = clock.mark();
    // A mark that speaks of less than the last is one the region has corrected: it must not wait.
    const bool fresh = clock_marked && mark.now >= *clock_marked && mark.now < *clock_marked + tuning::clock_mark_every;
    if (!fault && fresh) return base::ok();
    KAZASHI_CHECK(store.put_value(store::value_name::clock_mark, base::as_bytes(to_text(mark))));
    clock_marked = mark.now;
    return base::ok();
}

store::Store::NewEntry Desk::Parts::end_of(const store::WindowRow& window, const char* why,
                                           const model::TrustedTime& at) const {
    wire::LedgerBody body;
    body.staff = staff();
    body.patient = window.grant.patient;
    body.grant_id = window.grant.id;
    body.note = why;
    return entry(LedgerKind::window_ended, at, body);
}

Result<bool> Desk::Parts::end_windows(const model::TrustedTime& now) {
    KAZASHI_TRY(const auto windows, store.windows());
    std::vector<store::Store::EndOfWindow> ends;
    for (const auto& window : windows) {
        if (window.state == model::GrantState::confirmed && now.certain < window.grant.expires_at) continue;
        ends.push_back({window.grant.id, end_of(window, note_of(window), now)});
        if (session) session->names.forget(window.grant.id);
    }
    KAZASHI_CHECK(store.end_windows(ends));
    KAZASHI_CHECK(store.forget_closed_windows(now.certain - tuning::refused_shown));
    return !ends.empty();
}

// A window another terminal of this facility opened gets a window key of this one as soon as there is data for it.
Result<bool> Desk::Parts::adopt(const store::WindowRow& window) {
    if (!window.sealed_window_key.empty()) return false;
    const auto key = vault::random_key<vault::WindowKey>();
    const auto adopted =
        store.adopt_window(window.grant.id, seal_window_key(session->keys.store, window.grant.id, key));
    if (!adopted && adopted.fault() != Fault::not_found) return adopted.error();
    return true;
}

// Whether the wrap was taken in. What opens nothing any more is thrown away; a window that may be over waits until that
// is certain.
Result<bool> Desk::Parts::take_in(const model::Wrap& wrap, const model::TrustedTime& now) {
    KAZASHI_TRY(auto window, store.window_of(wrap.package.patient));
    if (!window || now.certain >= window->grant.expires_at) {
        KAZASHI_CHECK(store.drop_facility_wrap(wrap.package));
        return false;
    }
    if (now.now >= window->grant.expires_at) return false;
    KAZASHI_TRY(const bool adopted, adopt(*window));
    if (adopted) {
        KAZASHI_TRY(window, store.window(window->grant.id));
        if (!window || window->sealed_window_key.empty()) return true;  // closed meanwhile
    }
    const auto rewrapped = rewrap(session->keys, *window, wrap);
    if (!rewrapped) {
        base::log(base::LogLevel::warning, "desk", "a facility wrap does not open");
        KAZASHI_CHECK(store.drop_facility_wrap(wrap.package));
        return adopted;
    }
    session->names.forget(window->grant.id);
    const auto taken = store.put_window_wrap(window->grant.id, *rewrapped);
    if (!taken && taken.fault() != Fault::not_found) return taken.error();
    return true;
}

Result<bool> Desk::Parts::take_in_wraps(const model::TrustedTime& now) {
    if (!session) return false;
    KAZASHI_TRY(const auto wraps, store.facility_wraps());
    bool changed = false;
    for (const auto& wrap : wraps) {
        KAZASHI_TRY(const bool taken, take_in(wrap, now));
        changed = changed || taken;
    }
    return changed;
}

Result<bool> Desk::tend() {
    KAZASHI_TRY(const auto policy, parts_->store.policy());
    parts_->clock.set_tolerance(policy.clock_tolerance);
    const auto now = parts_->clock.read();
    KAZASHI_CHECK(parts_->tend_clock(now));
    KAZASHI_CHECK(parts_->tend_staff(now));
    KAZASHI_TRY(const bool ended, parts_->end_windows(now));
    KAZASHI_TRY(const bool renewed, parts_->take_in_wraps(now));
    KAZASHI_CHECK(parts_->tend_names());
    KAZASHI_CHECK(parts_->store.prune_ledger(now.certain - tuning::ledger_kept));
    KAZASHI_CHECK(parts_->store.tidy());
    return ended || renewed;
}

Result<std::optional<model::ClockMark>> read_clock_mark(store::Store& store) {
    KAZASHI_TRY(const auto value, store.value(store::value_name::clock_mark));
    if (!value) return std::optional<model::ClockMark>{};
    const auto mark = model::clock_mark_from(base::as_text(*value));
    if (!mark) return Error{Fault::corrupt, "clock mark"};
    return mark;
}

}  // namespace kazashi::desk
