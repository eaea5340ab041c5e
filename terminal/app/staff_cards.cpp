#include "terminal/app/staff_cards.h"

#include <fmt/format.h>

#include <utility>

namespace kazashi::app {

namespace {

// A card that vanished or would not answer is laid again; nothing was stored.
bool worth_another_try(base::Fault fault) {
    return fault == base::Fault::card_left || fault == base::Fault::card_refused || fault == base::Fault::timeout;
}

base::SteadyTime now() { return base::SystemClock{}.boot(); }

std::chrono::milliseconds left_until(base::SteadyTime deadline) {
    return std::chrono::ceil<std::chrono::milliseconds>(deadline - now());
}

}  // namespace

StaffCards::StaffCards(const reader::StationOptions& options, Say say)
    : say_{std::move(say)}, station_{options, [this](card::CardEvent event) {
                                         // Full only if nobody waits for a card; then nobody misses it.
                                         static_cast<void>(events_.post(std::move(event)));
                                     }} {}

base::Status StaffCards::wait_for_reader() {
    const auto deadline = now() + tuning::reader_wait;
    while (left_until(deadline).count() > 0) {
        const auto event = events_.take(left_until(deadline));
        const auto* reader = event ? std::get_if<card::ReaderState>(&*event) : nullptr;
        if (reader != nullptr && reader->service == card::ReaderState::Service::ready) return base::ok();
    }
    return base::Error{base::Fault::reader_off, "no card reader"};
}

base::Result<card::CardSeen> StaffCards::wait_for_card() {
    const auto deadline = now() + tuning::card_wait;
    while (left_until(deadline).count() > 0) {
        const auto event = events_.take(left_until(deadline));
        if (!event) continue;
        if (std::holds_alternative<card::SeveralCards>(*event)) say_("one card at a time, please");
        if (std::holds_alternative<card::CardForeign>(*event)) say_("this is not a card of this region");
        if (std::holds_alternative<card::CardTorn>(*event)) say_("the card left too early, lay it on again");
        const auto* seen = std::get_if<card::CardSeen>(&*event);
        if (seen == nullptr) continue;
        if (seen->identity.record.kind == card::CardKind::staff && !done_.contains(seen->identity.record.number)) {
            return *seen;
        }
        say_(seen->identity.record.kind == card::CardKind::staff
                 ? "this staff card is enrolled already, lay another one"
                 : "this is not a staff card");
    }
    return base::Error{base::Fault::timeout, "no staff card came"};
}

base::Result<std::vector<card::Proof>> StaffCards::prove(card::SessionNumber session,
                                                         std::vector<card::Challenge> challenges) {
    station_.prove(session, std::move(challenges));
    const auto deadline = now() + tuning::proof_wait;
    while (left_until(deadline).count() > 0) {
        auto event = events_.take(left_until(deadline));
        if (!event) continue;
        if (auto* proved = std::get_if<card::Proved>(&*event)) return std::move(proved->proofs);
        if (auto* fault = std::get_if<card::CardFault>(&*event)) return std::move(fault->error);
        const bool left =
            std::holds_alternative<card::CardTorn>(*event) || std::holds_alternative<card::CardGone>(*event);
        if (left) return base::Error{base::Fault::card_left, "the card left too early"};
    }
    return base::Error{base::Fault::timeout, "the card did not answer"};
}

base::Status StaffCards::wait_until_taken(card::SessionNumber session) {
    const auto deadline = now() + tuning::card_wait;
    while (left_until(deadline).count() > 0) {
        const auto event = events_.take(left_until(deadline));
        const auto* gone = event ? std::get_if<card::CardGone>(&*event) : nullptr;
        if (gone != nullptr && gone->session == session) return base::ok();
    }
    return base::Error{base::Fault::timeout, "the card was not taken away"};
}

base::Status StaffCards::enrol(int number, desk::SlotMaker& slots, const AskPin& ask_pin) {
    KAZASHI_TRY(const auto pin, ask_pin());
    say_(fmt::format("lay staff card {} on the reader", number));
    for (;;) {
        KAZASHI_TRY(const auto seen, wait_for_card());
        const auto challenges = slots.draft(seen.identity);
        auto answers = prove(seen.session, {challenges.first, challenges.second});
        if (!answers && worth_another_try(answers.fault())) {
            say_(fmt::format("staff card {} could not be read, lay it on again", number));
            continue;
        }
        if (!answers) return answers.error();
        KAZASHI_CHECK(slots.seal(std::move(*answers), pin));
        done_.insert(seen.identity.record.number);
        say_(fmt::format("staff card {} done, take it away", number));
        return wait_until_taken(seen.session);
    }
}

}  // namespace kazashi::app
