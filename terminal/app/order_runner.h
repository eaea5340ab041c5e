// Runs one order of the main thread at the desk and posts its answer. It lives on the store thread alone, with the
// Desk, its Store and the trusted clock.
#pragma once

#include <optional>

#include "sync/desk/desk.h"
#include "terminal/app/desk_worker.h"

namespace kazashi::app {

class OrderRunner {
public:
    OrderRunner(store::Store store, const store::Enrolment& enrolment, const base::Clock& clock,
                const std::optional<model::ClockMark>& mark, Inbox& inbox);

    // ---- staff (order_runner_staff.cpp)
    void operator()(state::DraftSlot& order);
    void operator()(state::TrySignIn& order);
    void operator()(state::TryShift& order);
    void operator()(state::LockDesk& order);
    void operator()(state::SignOutDesk& order);
    void operator()(state::ListColleagues& order);
    void operator()(state::ChangePin& order);
    void operator()(state::AddSlot& order);
    void operator()(state::RemoveSlot& order);
    void operator()(state::LetInColleague& order);
    void operator()(state::TakeOver& order);
    // ---- ID cards (order_runner_id_cards.cpp)
    void operator()(state::AskIdCard& order);
    void operator()(state::NoteWrongIdPin& order);
    void operator()(state::OpenWithIdCard& order);
    // ---- a patient's card, windows, break-glass (order_runner_patient.cpp)
    void operator()(state::LookUpCard& order);
    void operator()(state::Unlock& order);
    void operator()(state::NoticesRead& order);
    void operator()(state::DraftGrant& order);
    void operator()(state::OpenSummary& order);
    void operator()(state::OpenPresented& order);
    void operator()(state::OpenCapsule& order);
    void operator()(state::DeclineGrant& order);
    void operator()(state::ListHistory& order);
    void operator()(state::DraftWithdrawal& order);
    void operator()(state::Withdraw& order);
    void operator()(state::ForgetTap& order);
    void operator()(state::ReopenWindow& order);
    void operator()(state::ListWindows& order);
    void operator()(state::ListPlaces& order);
    void operator()(state::FindPeople& order);
    void operator()(state::BreakGlass& order);
    // ---- cards themselves (order_runner_cards.cpp)
    void operator()(state::BeginCardOrder& order);
    void operator()(state::WriteLostCard& order);
    // ---- time (order_runner.cpp)
    void operator()(state::TendDesk& order);
    void operator()(HeardRegion& heard);

    // What the main thread has to know before the first order: the time, the region's rules.
    void introduce();
    void close();  // signs out, which wipes every opened key

private:
    using During = state::DeskFailed::During;

    template <class T, class MakeEvent>
    void answer(card::SessionNumber session, During during, base::Result<T> result, MakeEvent make_event) {
        if (!result) return fail(session, during, result.error());
        post(make_event(std::move(*result)));
    }
    // The card looked up last: the one whose answers an order brings.
    const card::Identity* card(card::SessionNumber session, During during);
    void settle(const base::Status& status);
    void fail(card::SessionNumber session, During during, base::Error error);
    void post(state::Event event);
    void tell_time();
    void tell_policy();
    void tell_counts();
    void tell_name();
    void tell_clock_faults();

    base::SystemClock machine_;  // the main thread counts on by it; a demonstration's clock may leap
    model::TrustedClock time_;
    desk::Desk desk_;
    Inbox& inbox_;
    std::optional<card::Identity> card_;
    std::optional<store::LedgerCounts> told_counts_;
    std::optional<model::Policy> told_policy_;
    std::vector<model::ClockFault> told_faults_;
};

}  // namespace kazashi::app
