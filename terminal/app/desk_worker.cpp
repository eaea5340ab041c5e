#include "terminal/app/desk_worker.h"

#include <optional>
#include <utility>

#include "cardio/base/log.h"
#include "sync/desk/desk.h"
#include "terminal/app/faults.h"
#include "terminal/app/wipe_on_free.h"

namespace kazashi::app {

namespace {

using During = state::DeskFailed::During;

// Everything one order may touch. It lives on the store thread alone.
class Counter {
public:
    Counter(store::Store store, const store::Enrolment& enrolment, const base::Clock& clock,
            std::optional<base::UtcTime> mark, Inbox& inbox)
        : time_{clock, mark}, desk_{std::move(store), enrolment, time_}, inbox_{inbox} {}

    void operator()(state::LookUpCard& order) {
        card_ = order.identity;
        if (order.identity.record.kind == card::CardKind::staff) {
            answer(order.session, During::staff_card, desk_.staff_card(order.identity),
                   [&](desk::StaffChallenge found) {
                       return state::StaffCardKnown{order.session, std::move(found)};
                   });
        } else {
            answer(order.session, During::tap, desk_.tap(order.identity), [&](desk::TapStart start) {
                return state::PatientCard{order.session, std::move(start)};
            });
        }
        tell_counts();
    }
    void operator()(state::TrySignIn& order) {
        if (!card_) return fail(order.session, During::sign_in, {base::Fault::card_left, "no card looked up"});
        answer(order.session, During::sign_in, desk_.sign_in(*card_, std::move(order.answers), std::move(order.pin)),
               [&](desk::SignInAnswer signed_in) {
                   return state::SignInDone{order.session, std::move(signed_in)};
               });
        tell_counts();
    }
    // The card looked up last may be the next person's, who is at the PIN pad already: it stays.
    void operator()(state::SignOutDesk&) {
        settle(0, desk_.sign_out());
        tell_counts();
    }
    void operator()(state::Unlock& order) {
        answer(order.session, During::unlock, desk_.unlock(std::move(order.answers)),
               [&](base::Done) { return state::Unlocked{order.session}; });
        tell_counts();
    }
    void operator()(state::DraftGrant& order) {
        answer(order.session, During::draft, desk_.draft_grant(), [&](card::Challenge challenge) {
            return state::GrantDrafted{order.session, challenge};
        });
    }
    void operator()(state::OpenSummary& order) {
        answer(order.session, During::open, desk_.open(std::move(order.proof)),
               [&](std::unique_ptr<model::Summary> summary) {
                   return state::SummaryOpened{order.session, std::move(summary)};
               });
        tell_counts();
    }
    void operator()(state::DeclineGrant&) {
        settle(0, desk_.decline());
        tell_counts();
    }
    void operator()(state::ForgetTap&) {
        card_.reset();
        desk_.forget_tap();
    }
    void operator()(state::ReopenWindow& order) {
        answer(0, During::reopen, desk_.reopen(order.grant), [&](std::unique_ptr<model::Summary> summary) {
            return state::SummaryReopened{order.grant, std::move(summary)};
        });
        tell_counts();
    }
    void operator()(state::ListWindows&) {
        if (!desk_.signed_in()) return;
        answer(0, During::other, desk_.windows(),
               [](std::vector<desk::LiveWindow> windows) { return state::WindowsListed{std::move(windows)}; });
    }
    void operator()(state::TendDesk&) {
        auto changed = desk_.tend();
        if (!changed) return fail(0, During::other, changed.error());
        tell_time();
        tell_counts();
        tell_name();
        if (*changed) {
            state::ListWindows list;
            (*this)(list);
        }
    }
    void operator()(HeardRegion& heard) {
        time_.heard_region(heard.time);
        tell_time();
    }

    void tell_time() { inbox_.post_or_lose(TimeRead{time_.read().now, machine_.boot()}); }
    void close() {
        if (desk_.signed_in()) settle(0, desk_.sign_out());
    }

private:
    template <class T, class MakeEvent>
    void answer(card::SessionNumber session, During during, base::Result<T> result, MakeEvent make_event) {
        if (!result) return fail(session, during, result.error());
        inbox_.post_or_lose(state::Event{make_event(std::move(*result))});
    }
    void settle(card::SessionNumber session, const base::Status& status) {
        if (!status) fail(session, During::other, status.error());
    }
    void fail(card::SessionNumber session, During during, base::Error error) {
        base::log(base::LogLevel::warning, "desk", error.detail.empty() ? name(error.fault) : error.detail);
        inbox_.post_or_lose(state::Event{state::DeskFailed{session, during, std::move(error)}});
    }
    // A terminal that is new learns its staff's names with the first sync.
    void tell_name() {
        if (!desk_.signed_in()) return;
        answer(0, During::other, desk_.who(), [](desk::SignedIn who) { return state::StaffNamed{std::move(who)}; });
    }
    // Only when they changed: an answer that made the next question would never end.
    void tell_counts() {
        auto counts = desk_.ledger_counts();
        if (!counts || (told_ && *told_ == *counts)) return;
        told_ = *counts;
        inbox_.post_or_lose(LedgerCounted{*counts});
    }

    base::SystemClock machine_;  // the main thread counts on by it; a demonstration's clock may leap
    model::TrustedClock time_;
    desk::Desk desk_;
    Inbox& inbox_;
    std::optional<card::Identity> card_;  // the last looked up: a PIN is tried against its answers
    std::optional<store::LedgerCounts> told_;
};

// The store, and what the clock last knew. Nothing is posted that could be mistaken for an opened desk.
std::unique_ptr<Counter> open_counter(const store::Enrolment& enrolment, const base::Clock& clock, Inbox& inbox) {
    auto store = store::Store::open(enrolment.database, {});
    if (!store) {
        base::log(base::LogLevel::error, "store", store.error().detail);
        inbox.post_or_lose(state::Event{state::FaultNoted{fault_of_store(store.fault())}});
        return nullptr;
    }
    auto mark = desk::read_clock_mark(*store);
    if (!mark) {
        base::log(base::LogLevel::error, "store", mark.error().detail);
        inbox.post_or_lose(state::Event{state::FaultNoted{fault_of_store(mark.fault())}});
        return nullptr;
    }
    return std::make_unique<Counter>(std::move(*store), enrolment, clock, *mark, inbox);
}

// Without a store nothing can be written, so nothing may be shown: every order is answered with that.
void refuse_all(base::Mailbox<DeskOrder>& orders, Inbox& inbox) {
    while (auto order = orders.take()) {
        const auto* card = std::get_if<state::LookUpCard>(&*order);
        if (card == nullptr) continue;
        const bool staff = card->identity.record.kind == card::CardKind::staff;
        inbox.post_or_lose(state::Event{state::DeskFailed{
            card->session, staff ? During::staff_card : During::tap, {base::Fault::corrupt, "no store"}}});
    }
}

}  // namespace

DeskWorker::DeskWorker(const store::Enrolment& enrolment, const base::Clock& clock, Inbox& inbox)
    : enrolment_{enrolment}, clock_{clock}, inbox_{inbox}, thread_{[this] { work(); }} {}

DeskWorker::~DeskWorker() {
    orders_.close();
    thread_.join();
}

bool DeskWorker::order(DeskOrder order) { return orders_.post(std::move(order)); }

void DeskWorker::work() {
    auto counter = open_counter(enrolment_, clock_, inbox_);
    if (counter == nullptr) return refuse_all(orders_, inbox_);
    counter->tell_time();
    inbox_.post_or_lose(DeskReady{});
    while (auto order = orders_.take()) {
        std::visit(*counter, *order);
        // The summary was put together on this stack, and short strings lie in it.
        if (std::holds_alternative<state::OpenSummary>(*order) || std::holds_alternative<state::ReopenWindow>(*order) ||
            std::holds_alternative<state::ListWindows>(*order) || std::holds_alternative<state::TendDesk>(*order)) {
            scrub_stack();
        }
    }
    counter->close();
}

}  // namespace kazashi::app
