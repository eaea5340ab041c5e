#include "cardio/reader/pcsc_session.h"

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

void PcscSession::hang_up(CardIs card) {
    if (connection_ && card == CardIs::gone) connection_->card_has_left();
    conversation_.reset();
    connection_.reset();
}

base::Status PcscSession::open() {
    KAZASHI_CHECK(prepare(context_));
    KAZASHI_TRY(auto connection, PcscConnection::open(*context_, reader_));
    connection_.emplace(std::move(connection));
    return connection_->begin_transaction();
}

base::Status PcscSession::connect() {
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

base::Result<Sight> PcscSession::identify(ReaderTraits& traits, const Wanted& wanted) {
    const Patience patience{clock_};
    base::Result<Sight> sight = Error{Fault::reader_busy, ""};
    for (int i = 0; i < tuning::session_tries && !patience.over(); ++i) {
        if (const auto connected = connect(); !connected) {
            sight = connected.error();
        } else {
            conversation_.emplace(*connection_, clock_, traits);
            sight = conversation_->identify(connection_->atr(), wanted.region, wanted.profiles);
            traits = conversation_->traits();
        }
        if (sight || sight.fault() != Fault::reader_busy) break;
    }
    return sight;
}

base::Status PcscSession::begin_again() {
    // Another program reset the card; every challenge is written anew, so nothing of it is inherited.
    KAZASHI_CHECK(connection_->reconnect());
    conversation_->reader_was_reset();
    return connection_->begin_transaction();
}

base::Status PcscSession::begin() {
    auto begun = connection_->begin_transaction();
    if (!begun && begun.fault() == Fault::reader_busy) begun = begin_again();
    return begun;
}

// What may be done from the start again when another program came in between.
template <class Deed>
auto PcscSession::repeatable(Deed deed) -> decltype(deed()) {
    KAZASHI_CHECK(begin());
    auto done = deed();
    for (int i = 1; i < tuning::session_tries && !done && done.fault() == Fault::reader_busy; ++i) {
        KAZASHI_CHECK(begin_again());
        done = deed();
    }
    if (done) connection_->end_transaction();
    return done;
}

base::Result<std::vector<card::Proof>> PcscSession::prove(const std::vector<card::Challenge>& challenges) {
    return repeatable([&] { return conversation_->prove(challenges); });
}

base::Result<std::vector<card::Block>> PcscSession::read_pads() {
    return repeatable([&] { return conversation_->read_pads(); });
}

base::Result<Relay> PcscSession::relay(const std::vector<base::SecretBytes>& frames) {
    KAZASHI_CHECK(begin());
    auto relayed = conversation_->relay(frames);
    if (relayed) connection_->end_transaction();
    return relayed;
}

base::Result<IdAnswer> PcscSession::sign(card::IdCardKind kind, const base::SecretBytes& pin,
                                         const card::Digest& digest) {
    KAZASHI_CHECK(begin());
    auto answer = conversation_->sign(kind, pin, digest);
    // Otherwise the card would go on taking the PIN for given, from whoever asks.
    connection_->end_transaction_with_reset();
    return answer;
}

}  // namespace kazashi::reader
