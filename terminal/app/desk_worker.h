// The store thread: it owns the Desk, its Store and the trusted clock, runs one order after the other and posts the
// answer of each.
//
// Trusted time has this one home. It is told with every TendDesk; the main thread carries it on by the boot clock.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <thread>
#include <variant>

#include "cardio/base/clock.h"
#include "cardio/base/mailbox.h"
#include "sync/store/enrolment.h"
#include "terminal/app/inbox.h"
#include "terminal/app/tuning.h"

namespace kazashi::app {

struct HeardRegion {
    base::UtcTime time;  // signed by the region, from a sync round
};

// Every effect of the state but those of the card station, of sync and of the loudspeaker.
using DeskOrder =
    std::variant<state::LookUpCard, state::DraftSlot, state::TrySignIn, state::TryShift, state::LockDesk,
                 state::SignOutDesk, state::ListColleagues, state::ChangePin, state::AddSlot, state::RemoveSlot,
                 state::LetInColleague, state::TakeOver, state::AskIdCard, state::NoteWrongIdPin, state::OpenWithIdCard, state::Unlock, state::NoticesRead, state::DraftGrant,
                 state::OpenSummary, state::OpenPresented, state::OpenCapsule, state::DeclineGrant, state::ListHistory,
                 state::DraftWithdrawal, state::Withdraw, state::ForgetTap, state::ReopenWindow, state::ListWindows,
                 state::ListPlaces, state::FindPeople, state::BreakGlass, state::BeginCardOrder, state::WriteLostCard,
                 state::TendDesk, HeardRegion>;

class DeskWorker {
public:
    // `enrolment` and `clock` outlive the worker. The store is opened on the thread, beside the window.
    DeskWorker(const store::Enrolment& enrolment, const base::Clock& clock, Inbox& inbox);
    ~DeskWorker();  // signs out, which wipes every opened key
    DeskWorker(const DeskWorker&) = delete;
    DeskWorker& operator=(const DeskWorker&) = delete;

    // False when too many orders wait.
    [[nodiscard]] bool order(DeskOrder order);

private:
    void work();

    const store::Enrolment& enrolment_;
    const base::Clock& clock_;
    Inbox& inbox_;
    base::Mailbox<DeskOrder> orders_{tuning::desk_orders};
    std::thread thread_;
};

}  // namespace kazashi::app
