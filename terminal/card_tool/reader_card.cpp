#include "terminal/card_tool/reader_card.h"

#include <thread>

#include "cardio/protocol/felica.h"
#include "terminal/card_tool/tell.h"

namespace kazashi::card_tool {

using base::Error;
using base::Fault;

namespace {

constexpr std::chrono::milliseconds between_looks{200};

// Issued, half done or blank: a card of which frames can be asked.
bool can_be_told(const reader::Sight& sight) {
    const auto* const foreign = std::get_if<card::ForeignCard>(&sight);
    if (foreign != nullptr)
        return *foreign == card::ForeignCard::empty_lite_s || *foreign == card::ForeignCard::unknown;
    return std::holds_alternative<card::Identity>(sight);
}

// What a hand does, or another program: waiting mends it.
bool passes(Fault fault) {
    return fault == Fault::card_left || fault == Fault::reader_busy || fault == Fault::malformed ||
           fault == Fault::card_refused || fault == Fault::timeout || fault == Fault::not_found;
}

}  // namespace

ReaderCard::~ReaderCard() { let_go(); }

void ReaderCard::let_go() {
    talk_.reset();
    there_.reset();
}

base::Result<card::Idm> ReaderCard::look() {
    let_go();
    KAZASHI_TRY(auto there, find_card(filter_));
    there_.emplace(std::move(there));
    talk_.emplace(there_->connection, clock_, std::nullopt);
    const auto sight = talk_->identify(there_->connection.atr(), std::nullopt);
    if (!sight) return in_words(sight.error());
    if (std::holds_alternative<reader::Several>(*sight))
        return Error{Fault::malformed, "more than one card lies on the reader; leave one"};
    if (!can_be_told(*sight))
        return Error{Fault::malformed, "no FeliCa Lite-S: the card is of the kind " + kind_of(*sight)};
    const auto idm = asked_idm();
    return idm ? idm : in_words(idm.error());
}

base::Result<card::Idm> ReaderCard::asked_idm() {
    std::vector<base::SecretBytes> question;
    question.emplace_back(
        protocol::polling_frame(protocol::system_lite_s, protocol::PollRequest::nothing, protocol::TimeSlots::one));
    KAZASHI_TRY(const auto answers, relay(question));
    if (answers.empty()) return Error{Fault::card_left, "the card was taken away"};
    KAZASHI_TRY(const auto polled, protocol::parse_polling(answers.front()));
    return polled.idm;
}

base::Result<card::Idm> ReaderCard::wait(std::chrono::milliseconds longest) {
    const auto until = clock_.boot() + longest;
    for (;;) {
        const auto seen = look();
        if (seen || !passes(seen.fault())) return seen;
        if (clock_.boot() >= until) return Error{Fault::timeout, seen.error().detail};
        std::this_thread::sleep_for(between_looks);
    }
}

base::Result<std::vector<base::Bytes>> ReaderCard::relay(const std::vector<base::SecretBytes>& frames) {
    KAZASHI_TRY(auto done, talk_->relay(frames));
    if (done.stopped && !passes(done.stopped->fault)) return *done.stopped;
    return std::move(done.answers);
}

}  // namespace kazashi::card_tool
