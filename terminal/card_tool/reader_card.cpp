#include "terminal/card_tool/reader_card.h"

#include <thread>

#include "cardio/protocol/felica.h"

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
    connection_.reset();
}

base::Result<std::optional<card::Idm>> ReaderCard::look() {
    let_go();
    if (!context_) {
        KAZASHI_TRY(auto context, reader::PcscContext::establish());
        context_.emplace(std::move(context));
    }
    KAZASHI_TRY(auto names, context_->readers());
    std::vector<reader::ReaderWatch> watches;
    for (auto& name : names)
        if (name.find(filter_) != std::string::npos) watches.push_back({std::move(name), 0});
    if (watches.empty()) return Error{Fault::reader_off, "no such reader"};
    KAZASHI_CHECK(context_->wait(watches, std::chrono::milliseconds{0}));
    for (const auto& watch : watches) {
        if (!watch.present()) continue;
        KAZASHI_TRY(auto connection, reader::PcscConnection::open(*context_, watch.name));
        connection_.emplace(std::move(connection));
        KAZASHI_CHECK(connection_->begin_transaction());
        talk_.emplace(*connection_, clock_, std::nullopt);
        KAZASHI_TRY(const auto sight, talk_->identify(connection_->atr(), std::nullopt));
        if (std::holds_alternative<reader::Several>(sight)) return Error{Fault::malformed, "more than one card"};
        if (!can_be_told(sight)) return Error{Fault::malformed, "no Lite-S card"};
        return asked_idm();
    }
    return std::optional<card::Idm>{};
}

base::Result<std::optional<card::Idm>> ReaderCard::asked_idm() {
    std::vector<base::SecretBytes> question;
    question.emplace_back(
        protocol::polling_frame(protocol::system_lite_s, protocol::PollRequest::nothing, protocol::TimeSlots::one));
    KAZASHI_TRY(const auto answers, relay(question));
    if (answers.empty()) return Error{Fault::card_left, "the card was taken away"};
    KAZASHI_TRY(const auto polled, protocol::parse_polling(answers.front()));
    return std::optional{polled.idm};
}

base::Result<card::Idm> ReaderCard::wait(std::chrono::seconds longest) {
    const auto until = clock_.boot() + longest;
    for (;;) {
        const auto seen = look();
        if (seen && *seen) return **seen;
        if (!seen && !passes(seen.fault())) return seen.error();
        if (clock_.boot() >= until) return Error{Fault::timeout, "no Lite-S card on a reader"};
        std::this_thread::sleep_for(between_looks);
    }
}

base::Result<std::vector<base::Bytes>> ReaderCard::relay(const std::vector<base::SecretBytes>& frames) {
    KAZASHI_TRY(auto done, talk_->relay(frames));
    if (done.stopped && !passes(done.stopped->fault)) return *done.stopped;
    return std::move(done.answers);
}

}  // namespace kazashi::card_tool
