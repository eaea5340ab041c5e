#include "cardio/reader/station.h"

#include <algorithm>
#include <map>
#include <optional>
#include <thread>
#include <utility>
#include <variant>

#include "cardio/base/log.h"
#include "cardio/base/mailbox.h"
#include "cardio/reader/card_session.h"
#include "cardio/reader/pcsc_monitor.h"
#include "cardio/reader/tuning.h"

namespace kazashi::reader {

namespace {

using base::Fault;
using card::SessionNumber;

struct ProveOrder {
    SessionNumber session{};
    std::vector<card::Challenge> challenges;
};
using Letter = std::variant<card::ReaderState, CardArrived, CardDeparted, ProveOrder>;

template <class... F>
struct Overloaded : F... {
    using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

// What lies on a reader now. A torn card that comes back without pcscd noticing gets a new session number.
struct Presentation {
    Presentation(std::optional<PcscContext>& context, const base::Clock& clock, const CardArrived& arrival)
        : arrived{arrival}, card{context, clock, arrival.reader} {}

    CardArrived arrived;
    SessionNumber number{};
    CardSession card;
    int retries_left{0};  // more than none: torn, and looked at again from time to time
    bool silent{false};   // torn, and a look since then found nothing: what answers now was held up anew
};

bool has_left(Fault fault) {
    return fault == Fault::card_left || fault == Fault::timeout || fault == Fault::reader_off;
}

}  // namespace

struct Station::Parts {
    Parts(StationOptions the_options, Post the_post)
        : options{std::move(the_options)},
          post{std::move(the_post)},
          thread{[this] { run(); }},
          monitor{options.reader, clock, [this](const MonitorEvent& event) {
                      return std::visit([this](const auto& value) { return letters.post(value); }, event);
                  }} {}

    void run();
    bool wait_for_letter();
    std::optional<Letter> take_letter();
    void reader_state(const card::ReaderState& state);
    void arrive(const CardArrived& arrived);
    void depart(const CardDeparted& departed);
    void prove(const ProveOrder& order);
    void retry();
    void end(CardIs card);
    base::Result<Sight> identify();
    void report(base::SteadyTime at, const Sight& sight);
    void trouble(const base::Error& error);

    const StationOptions options;
    const Post post;
    const base::SystemClock clock;
    base::Mailbox<Letter> letters{tuning::mailbox};
    // Of the session thread:
    std::map<std::string, protocol::Dialect> dialects;  // by reader
    std::optional<PcscContext> context;                 // made ahead, so that a tap does not wait for it
    std::optional<Presentation> now;
    SessionNumber last_session{0};

    std::thread thread;
    PcscMonitor monitor;
};

Station::Station(StationOptions options, Post post)
    : parts_{std::make_unique<Parts>(std::move(options), std::move(post))} {}

Station::~Station() {
    parts_->letters.close();
    parts_->thread.join();
}

void Station::prove(SessionNumber session, std::vector<card::Challenge> challenges) {
    if (!parts_->letters.post(ProveOrder{session, std::move(challenges)}))
        base::log(base::LogLevel::warning, "station", "no room for a proof order");
}

void Station::Parts::run() {
    while (wait_for_letter()) {
    }
    if (now) now->card.hang_up(CardIs::there);
}

// A held transaction is given back after a while, because other programs wait for it; a torn card is looked at again.
std::optional<Letter> Station::Parts::take_letter() {
    if (now && now->card.holds_transaction()) {
        auto letter = letters.take(tuning::transaction_hold);
        if (!letter) now->card.end_transaction();
        return letter;
    }
    if (now && now->retries_left > 0) {
        auto letter = letters.take(tuning::torn_retry);
        if (!letter && !letters.closed()) retry();
        return letter;
    }
    return letters.take();
}

// False when it is time to stop.
bool Station::Parts::wait_for_letter() {
    const auto letter = take_letter();
    if (letters.closed()) return false;
    if (!letter) return true;
    std::visit(Overloaded{
                   [this](const card::ReaderState& state) { reader_state(state); },
                   [this](const CardArrived& arrived) { arrive(arrived); },
                   [this](const CardDeparted& departed) { depart(departed); },
                   [this](const ProveOrder& order) { prove(order); },
               },
               *letter);
    return true;
}

void Station::Parts::reader_state(const card::ReaderState& state) {
    if (state.service == card::ReaderState::Service::off)
        context.reset();  // a context never recovers from a service that stopped
    else if (const auto prepared = prepare(context); !prepared)
        base::log(base::LogLevel::warning, "station", prepared.error().detail);  // tried again when a card comes
    post(state);
}

void Station::Parts::arrive(const CardArrived& arrived) {
    if (now) end(CardIs::there);  // a card on a second reader: the newer presentation counts
    now.emplace(context, clock, arrived);
    now->number = ++last_session;
    const auto sight = identify();
    if (sight)
        report(arrived.at, *sight);
    else
        trouble(sight.error());
}

void Station::Parts::depart(const CardDeparted& departed) {
    if (now && now->arrived.session == departed.session) end(CardIs::gone);
}

void Station::Parts::end(CardIs card) {
    const auto number = now->number;
    now->card.hang_up(card);
    now.reset();
    post(card::CardGone{number});
}

base::Result<Sight> Station::Parts::identify() {
    const auto known = dialects.find(now->arrived.reader);
    const auto region = options.region == 0 ? std::nullopt : std::optional{options.region};
    auto sight = now->card.identify(known == dialects.end() ? std::nullopt : std::optional{known->second}, region);
    if (sight && now->card.dialect()) dialects[now->arrived.reader] = *now->card.dialect();
    return sight;
}

void Station::Parts::report(base::SteadyTime at, const Sight& sight) {
    const auto number = now->number;
    if (const auto* const identity = std::get_if<card::Identity>(&sight)) {
        post(card::CardSeen{number, at, *identity});
        return;
    }
    now->card.hang_up(CardIs::there);
    if (const auto* const kind = std::get_if<card::ForeignCard>(&sight))
        post(card::CardForeign{number, *kind});
    else
        post(card::SeveralCards{number});
}

void Station::Parts::trouble(const base::Error& error) {
    const bool left = has_left(error.fault);
    if (left) now->retries_left = tuning::torn_retries;
    now->card.hang_up(left ? CardIs::gone : CardIs::there);
    if (left)
        post(card::CardTorn{now->number});
    else
        post(card::CardFault{now->number, error});
}

// Whoever holds the card was asked to hold it up again, and did so before pcscd saw it go.
void Station::Parts::retry() {
    const int left = --now->retries_left;
    const auto at = clock.boot();
    const auto sight = identify();
    const bool answered = now->card.answered();
    const bool held_up_anew = sight || (answered && std::exchange(now->silent, false));
    if (!held_up_anew) {
        now->silent = now->silent || !answered;
        return now->card.hang_up(CardIs::gone);
    }
    post(card::CardGone{now->number});
    now->number = ++last_session;
    now->retries_left = 0;
    if (sight) return report(at, *sight);
    trouble(sight.error());
    // A card at the edge of the field is not told of for ever.
    now->retries_left = std::min(now->retries_left, left);
}

void Station::Parts::prove(const ProveOrder& order) {
    if (!now || now->number != order.session || !now->card.connected()) return;
    auto proofs = now->card.prove(order.challenges);
    if (proofs)
        post(card::Proved{order.session, std::move(*proofs)});
    else
        trouble(proofs.error());
}

}  // namespace kazashi::reader
