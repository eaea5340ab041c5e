// The PC/SC side of one presentation: tries again when another program was in the way.
#pragma once

#include <optional>
#include <string>

#include "cardio/reader/card_session.h"
#include "cardio/reader/pcsc.h"

namespace kazashi::reader {

class PcscSession final : public CardSession {
public:
    // `context` belongs to the calling thread; it is made anew when the reader service was restarted.
    PcscSession(std::optional<PcscContext>& context, const base::Clock& clock, std::string reader)
        : context_{context}, clock_{clock}, reader_{std::move(reader)} {}

    base::Result<Sight> identify(ReaderTraits& traits, const Wanted& wanted) override;
    base::Result<std::vector<card::Proof>> prove(const std::vector<card::Challenge>& challenges) override;
    base::Result<std::vector<card::Block>> read_pads() override;
    base::Result<Relay> relay(const std::vector<base::SecretBytes>& frames) override;
    base::Result<IdAnswer> sign(card::IdCardKind kind, const base::SecretBytes& pin,
                                const card::Digest& digest) override;

    bool connected() const override { return conversation_.has_value(); }
    bool answered() const override { return conversation_ && conversation_->answered(); }
    bool holds_transaction() const override { return connection_ && connection_->in_transaction(); }
    void end_transaction() override { connection_->end_transaction(); }
    void hang_up(CardIs card) override;

private:
    base::Status connect();
    base::Status open();
    base::Status begin();
    base::Status begin_again();
    template <class Deed>
    auto repeatable(Deed deed) -> decltype(deed());

    std::optional<PcscContext>& context_;
    const base::Clock& clock_;
    const std::string reader_;
    std::optional<PcscConnection> connection_;
    std::optional<Conversation> conversation_;  // ends before its connection
};

// Establishes a context if there is none.
base::Status prepare(std::optional<PcscContext>& context);

}  // namespace kazashi::reader
