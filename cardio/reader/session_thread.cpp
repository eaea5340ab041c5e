#include "cardio/reader/session_thread.h"

#include <algorithm>
#include <utility>

#include "cardio/base/log.h"
#include "cardio/reader/nfc_session.h"
#include "cardio/reader/pcsc_session.h"

namespace kazashi::reader {

namespace {

using base::Fault;
using card::ReaderState;

template <class... F>
struct Overloaded : F... {
    using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

bool has_left(Fault fault) {
    return fault == Fault::card_left || fault == Fault::timeout || fault == Fault::reader_off;
}

}  // namespace

SessionThread::SessionThread(StationOptions options, Station::Post post)
    : options_{std::move(options)}, post_{std::move(post)}, overdue_{[this](card::SessionNumber session) {
          this->post(
              card::CardFault{session, {Fault::reader_busy, "a call into the reader service does not come back"}});
      }} {
    if (!options_.libnfc.empty()) nfc_reader_.emplace(options_.libnfc);
}

void SessionThread::start_monitors() {
    const auto deliver = [this](Source source) {
        return [this, source](const MonitorEvent& event) { return letters_.post(Tidings{source, event}); };
    };
    pcsc_monitor_.emplace(options_.reader, clock_, deliver(Source::pcsc));
    if (nfc_reader_) nfc_monitor_.emplace(*nfc_reader_, clock_, deliver(Source::libnfc));
}

void SessionThread::stop() {
    pcsc_monitor_.reset();
    nfc_monitor_.reset();
    letters_.close();
    const std::lock_guard lock{posting_};
    silenced_ = true;
}

void SessionThread::order(Order order) {
    if (!letters_.post(std::move(order))) base::log(base::LogLevel::warning, "station", "no room for an order");
}

void SessionThread::post(card::CardEvent event) {
    const std::lock_guard lock{posting_};
    if (!silenced_) post_(std::move(event));
}

void SessionThread::run() {
    while (wait_for_letter()) {
    }
    if (now_) now_->card->hang_up(CardIs::there);
}

// A held transaction is given back after a while, because other programs wait for it; a card that was torn, or that
// another program has, is looked at again.
std::optional<SessionThread::Letter> SessionThread::take_letter() {
    if (now_ && now_->card->holds_transaction()) {
        auto letter = letters_.take(tuning::transaction_hold);
        if (!letter) now_->card->end_transaction();
        return letter;
    }
    if (now_ && (now_->busy || now_->retries_left > 0)) {
        auto letter = letters_.take(now_->busy ? tuning::busy_retry : tuning::torn_retry);
        if (!letter && !letters_.closed()) retry();
        return letter;
    }
    return letters_.take();
}

// False when it is time to stop.
bool SessionThread::wait_for_letter() {
    auto letter = take_letter();
    if (letters_.closed()) return false;
    if (!letter) return true;
    std::visit(Overloaded{
                   [this](const Tidings& tidings) { hear(tidings.source, tidings.event); },
                   [this](Order& order) { carry_out(order); },
               },
               *letter);
    return true;
}

void SessionThread::hear(Source source, const MonitorEvent& event) {
    std::visit(Overloaded{
                   [&](const ReaderState& state) { reader_state(source, state); },
                   [&](const CardArrived& arrived) { arrive(source, arrived); },
                   [&](const CardDeparted& departed) { depart(source, departed); },
               },
               event);
}

void SessionThread::reader_state(Source source, const ReaderState& state) {
    traits_.clear();  // another reader may have come under the same name
    if (source == Source::pcsc) {
        if (state.service == ReaderState::Service::off)
            context_.reset();  // a context never recovers from a service that stopped
        else if (const auto prepared = prepare(context_); !prepared)
            base::log(base::LogLevel::warning, "station", prepared.error().detail);  // tried again when a card comes
    }
    states_[source] = state;
    // Whichever can read cards speaks for both.
    const auto best = std::max_element(states_.begin(), states_.end(), [](const auto& a, const auto& b) {
        return a.second.service < b.second.service;
    });
    post(best->second);
}

void SessionThread::arrive(Source source, const CardArrived& arrived) {
    if (now_) end(CardIs::there);  // a card on a second reader: the newer presentation counts
    now_ = Presentation{};  // emplace() is beyond Clang 14: a nested class with defaults
    now_->source = source;
    now_->arrived = arrived;
    now_->card = session_with(source, arrived);
    now_->number = ++last_session_;
    present(arrived.at);
}

std::unique_ptr<CardSession> SessionThread::session_with(Source source, const CardArrived& arrived) {
    if (source == Source::libnfc) return std::make_unique<NfcSession>(*nfc_reader_, clock_);
    return std::make_unique<PcscSession>(context_, clock_, arrived.reader);
}

void SessionThread::depart(Source source, const CardDeparted& departed) {
    if (now_ && now_->source == source && now_->arrived.session == departed.session) end(CardIs::gone);
}

void SessionThread::end(CardIs card) {
    const auto number = now_->number;
    now_->card->hang_up(card);
    now_.reset();
    post(card::CardGone{number});
}

base::Result<Sight> SessionThread::identify() {
    const auto region = options_.region == 0 ? std::nullopt : std::optional{options_.region};
    return now_->card->identify(traits_[now_->arrived.reader], {region, options_.profiles});
}

void SessionThread::present(base::SteadyTime at) {
    overdue_.begin(now_->number, tuning::overdue);
    const auto sight = identify();
    // It was said that this does not work; now it did.
    if (overdue_.end()) present_anew();
    if (sight)
        report(at, *sight);
    else
        trouble(sight.error());
}

// What lies there now is another presentation for whoever listens.
void SessionThread::present_anew() {
    post(card::CardGone{now_->number});
    now_->number = ++last_session_;
}

void SessionThread::report(base::SteadyTime at, const Sight& sight) {
    const auto number = now_->number;
    now_->id_card.reset();
    const auto foreign = [&](card::CardEvent event) {
        now_->card->hang_up(CardIs::there);
        post(std::move(event));
    };
    std::visit(Overloaded{
                   [&](const card::Identity& identity) {
                       post(card::CardSeen{number, at, identity});
                   },
                   [&](const IdCard& id_card) {
                       now_->id_card = id_card.kind;
                       post(card::IdCardSeen{number, at, id_card.kind, id_card.tries_left});
                   },
                   [&](card::ForeignCard kind) {
                       // A blank card stays at hand: an order to issue it may follow.
                       if (kind == card::ForeignCard::empty_lite_s) return post(card::CardForeign{number, kind});
                       foreign(card::CardForeign{number, kind});
                   },
                   [&](Several) { foreign(card::SeveralCards{number}); },
               },
               sight);
}

void SessionThread::trouble(const base::Error& error) {
    const bool left = has_left(error.fault);
    if (left) now_->retries_left = tuning::torn_retries;
    now_->busy = error.fault == Fault::reader_busy;
    now_->card->hang_up(left ? CardIs::gone : CardIs::there);
    if (left)
        post(card::CardTorn{now_->number});
    else
        post(card::CardFault{now_->number, error});
}

void SessionThread::retry() {
    if (now_->busy) return retry_busy();
    // Whoever holds the card was asked to hold it up again, and did so before pcscd saw it go.
    const int left = --now_->retries_left;
    const auto at = clock_.boot();
    overdue_.begin(now_->number, tuning::overdue);
    const auto sight = identify();
    const bool told = overdue_.end();  // that this does not work; whatever it brought is another presentation
    const bool answered = now_->card->answered();
    const bool held_up_anew = told || sight || (answered && std::exchange(now_->silent, false));
    if (!held_up_anew) {
        now_->silent = now_->silent || !answered;
        return now_->card->hang_up(CardIs::gone);
    }
    present_anew();
    now_->retries_left = 0;
    if (sight) return report(at, *sight);
    trouble(sight.error());
    // A card at the edge of the field is not told of for ever.
    now_->retries_left = std::min(now_->retries_left, left);
}

// Another program had the card for itself. As long as it does, nothing new is said.
void SessionThread::retry_busy() {
    const auto at = clock_.boot();
    const auto sight = identify();
    if (!sight && sight.fault() == Fault::reader_busy) return now_->card->hang_up(CardIs::there);
    now_->busy = false;
    present_anew();
    if (sight)
        report(at, *sight);
    else
        trouble(sight.error());
}

// Silently nothing if that card is gone: its CardGone is already on the way.
void SessionThread::carry_out(Order& order) {
    if (!now_ || now_->number != order.session || !now_->card->connected()) return;
    const bool takes_long =
        std::holds_alternative<SignOrder>(order.deed) || std::holds_alternative<RelayOrder>(order.deed);
    overdue_.begin(now_->number, takes_long ? tuning::overdue_long : tuning::overdue);
    Outcome outcome = std::visit(Overloaded{
                                     [this](const ProveOrder& deed) { return prove(deed); },
                                     [this](const PadsOrder&) { return read_pads(); },
                                     [this](const RelayOrder& deed) { return relay(deed); },
                                     [this](const SignOrder& deed) { return sign(deed); },
                                 },
                                 order.deed);
    if (overdue_.end()) {
        // The order was answered with a fault; whoever gave it begins again with a new presentation.
        present_anew();
        return present(clock_.boot());
    }
    if (const auto* const error = std::get_if<base::Error>(&outcome)) return trouble(*error);
    post(std::get<card::CardEvent>(std::move(outcome)));
}

}  // namespace kazashi::reader
