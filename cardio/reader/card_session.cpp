#include "cardio/reader/card_session.h"

#include "cardio/reader/tuning.h"

namespace kazashi::reader {

using base::Error;
using base::Fault;

base::Status prepare(std::optional<PcscContext>& context) {
    if (context) return base::ok();
    KAZASHI_TRY(auto established, PcscContext::establish());
    context.emplace(std::move(established));
    return base::ok();
}

std::optional<protocol::Dialect> CardSession::dialect() const {
    return conversation_ ? conversation_->dialect() : std::nullopt;
}

void CardSession::hang_up(CardIs card) {
    if (connection_ && card == CardIs::gone) connection_->card_has_left();
    conversation_.reset();
    connection_.reset();
}

base::Status CardSession::open() {
    KAZASHI_CHECK(prepare(context_));
    KAZASHI_TRY(auto connection, PcscConnection::open(*context_, reader_));
    connection_.emplace(std::move(connection));
    return connection_->begin_transaction();
}

base::Status CardSession::connect() {
    hang_up(CardIs::there);
    auto opened = open();
    if (!opened && opened.fault() == Fault::reader_off) {
        // The service may have been restarted since; the monitor will say so, but the card is here now.
        hang_up(CardIs::gone);
        context_.reset();
        opened = open();
    }
    return opened;
}

base::Result<Sight> CardSession::identify(std::optional<protocol::Dialect> known, std::optional<std::uint16_t> region) {
    base::Result<Sight> sight = Error{Fault::reader_busy, ""};
    for (int i = 0; i < tuning::session_tries; ++i) {
        if (const auto connected = connect(); !connected) {
            sight = connected.error();
        } else {
            conversation_.emplace(*connection_, clock_, known);
            sight = conversation_->identify(connection_->atr(), region);
        }
        if (sight || sight.fault() != Fault::reader_busy) break;
    }
    return sight;
}

base::Result<std::vector<card::Proof>> CardSession::prove(const std::vector<card::Challenge>& challenges) {
    base::Result<std::vector<card::Proof>> proofs = Error{Fault::reader_busy, ""};
    for (int i = 0; i < tuning::session_tries; ++i) {
        const auto begun = connection_->begin_transaction();
        proofs = begun ? conversation_->prove(challenges) : base::Result<std::vector<card::Proof>>{begun.error()};
        if (proofs || proofs.fault() != Fault::reader_busy) break;
        // Another program reset the card; every challenge is written anew, so nothing of it is inherited.
        if (const auto again = connection_->reconnect(); !again) return again.error();
        conversation_->reader_was_reset();
    }
    if (proofs) connection_->end_transaction();
    return proofs;
}

}  // namespace kazashi::reader
