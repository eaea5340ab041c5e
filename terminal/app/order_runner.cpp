#include "terminal/app/order_runner.h"

#include <algorithm>
#include <utility>

#include "cardio/base/log.h"

namespace kazashi::app {

namespace {

std::string fault_key(model::ClockFault fault) { return "fault.clock_" + std::string{name(fault)}; }

}  // namespace

OrderRunner::OrderRunner(store::Store store, const store::Enrolment& enrolment, const base::Clock& clock,
                         const std::optional<model::ClockMark>& mark, Inbox& inbox)
    : time_{clock, mark}, desk_{std::move(store), enrolment, time_}, inbox_{inbox} {}

void OrderRunner::operator()(state::TendDesk&) {
    const bool signed_in = desk_.signed_in();
    auto changed = desk_.tend();
    // The feed may have taken somebody away who is signed in.
    if (signed_in && !desk_.signed_in()) post(state::StaffEnded{});
    if (!changed) return fail(0, During::other, changed.error());
    tell_time();
    tell_policy();
    tell_clock_faults();
    tell_counts();
    tell_name();
    if (*changed) {
        state::ListWindows list;
        (*this)(list);
    }
}

void OrderRunner::operator()(HeardRegion& heard) {
    time_.heard_region(heard.time);
    tell_time();
    tell_clock_faults();
}

void OrderRunner::introduce() {
    tell_time();
    tell_policy();
}

void OrderRunner::close() {
    if (desk_.signed_in()) settle(desk_.sign_out());
}

const card::Identity* OrderRunner::card(card::SessionNumber session, During during) {
    if (card_) return &*card_;
    fail(session, during, {base::Fault::card_left, "no card looked up"});
    return nullptr;
}

void OrderRunner::settle(const base::Status& status) {
    if (!status) fail(0, During::other, status.error());
}

void OrderRunner::fail(card::SessionNumber session, During during, base::Error error) {
    base::log(base::LogLevel::warning, "desk", error.detail.empty() ? name(error.fault) : error.detail);
    post(state::DeskFailed{session, during, std::move(error)});
}

void OrderRunner::post(state::Event event) { inbox_.post_or_lose(std::move(event)); }

void OrderRunner::tell_time() { inbox_.post_or_lose(TimeRead{time_.read().now, machine_.boot()}); }

void OrderRunner::tell_policy() {
    auto policy = desk_.policy();
    if (!policy || (told_policy_ && *told_policy_ == *policy)) return;
    told_policy_ = *policy;
    post(state::PolicyKnown{std::move(*policy)});
}

// Only when they changed: an answer that made the next question would never end.
void OrderRunner::tell_counts() {
    auto counts = desk_.ledger_counts();
    if (!counts || (told_counts_ && *told_counts_ == *counts)) return;
    told_counts_ = *counts;
    inbox_.post_or_lose(LedgerCounted{*counts});
}

// A terminal that is new learns its staff's names with the first sync.
void OrderRunner::tell_name() {
    if (!desk_.signed_in()) return;
    answer(0, During::other, desk_.who(), [](desk::SignedIn who) { return state::StaffNamed{std::move(who)}; });
}

// What the clock complains of stands on the screen until it is over.
void OrderRunner::tell_clock_faults() {
    const auto standing = time_.standing();
    for (const auto fault : told_faults_)
        if (std::ranges::find(standing, fault) == standing.end()) post(state::FaultCleared{fault_key(fault)});
    for (const auto fault : standing)
        if (std::ranges::find(told_faults_, fault) == told_faults_.end()) post(state::FaultNoted{fault_key(fault)});
    told_faults_ = standing;
}

}  // namespace kazashi::app
