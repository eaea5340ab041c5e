#include "terminal/app/desk_worker.h"

#include <optional>
#include <utility>

#include "cardio/base/log.h"
#include "terminal/app/faults.h"
#include "terminal/app/order_runner.h"
#include "terminal/app/wipe_on_free.h"

namespace kazashi::app {

namespace {

using During = state::DeskFailed::During;

// The store, its ledger whole, and what the clock last knew. Nothing is posted that could be mistaken for an opened
// desk.
std::unique_ptr<OrderRunner> open_desk(const store::Enrolment& enrolment, const base::Clock& clock, Inbox& inbox) {
    auto store = store::Store::open(enrolment.database, {});
    if (!store) {
        base::log(base::LogLevel::error, "store", store.error().detail);
        inbox.post_or_lose(state::Event{state::FaultNoted{fault_of_store(store.fault())}});
        return nullptr;
    }
    const auto verified = store->verify_ledger(enrolment.signing.verify);
    if (!verified) {
        base::log(base::LogLevel::error, "store", "the ledger: " + verified.error().detail);
        inbox.post_or_lose(state::Event{state::FaultNoted{"fault.ledger_damaged"}});
        return nullptr;
    }
    auto mark = desk::read_clock_mark(*store);
    if (!mark) {
        base::log(base::LogLevel::error, "store", mark.error().detail);
        inbox.post_or_lose(state::Event{state::FaultNoted{fault_of_store(mark.fault())}});
        return nullptr;
    }
    return std::make_unique<OrderRunner>(std::move(*store), enrolment, clock, *mark, inbox);
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
    auto runner = open_desk(enrolment_, clock_, inbox_);
    if (runner == nullptr) return refuse_all(orders_, inbox_);
    runner->introduce();
    inbox_.post_or_lose(DeskReady{});
    while (auto order = orders_.take()) {
        std::visit(*runner, *order);
        order.reset();
        // Summaries, names and answers of cards were put together on this stack, and short strings lie in it.
        scrub_stack();
    }
    runner->close();
}

}  // namespace kazashi::app
