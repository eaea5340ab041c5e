// The PC/SC side of one presentation: connects to the card, holds the transaction, identifies, proves, and tries again
// when another program was in the way.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cardio/reader/conversation.h"
#include "cardio/reader/pcsc.h"

namespace kazashi::reader {

enum class CardIs { there, gone };

class CardSession {
public:
    // `context` belongs to the calling thread; it is made anew when the reader service was restarted.
    CardSession(std::optional<PcscContext>& context, const base::Clock& clock, std::string reader)
        : context_{context}, clock_{clock}, reader_{std::move(reader)} {}

    // As Conversation::identify. After it a transaction is held.
    base::Result<Sight> identify(std::optional<protocol::Dialect> known, std::optional<std::uint16_t> region);
    // As Conversation::prove, in one transaction that ends with it. Only when connected().
    base::Result<std::vector<card::Proof>> prove(const std::vector<card::Challenge>& challenges);

    bool connected() const { return conversation_.has_value(); }
    bool answered() const { return conversation_ && conversation_->answered(); }  // a card, since the last identify()
    std::optional<protocol::Dialect> dialect() const;
    bool holds_transaction() const { return connection_ && connection_->in_transaction(); }
    void end_transaction() { connection_->end_transaction(); }
    // A card that is there is unpowered.
    void hang_up(CardIs card);

private:
    base::Status connect();
    base::Status open();

    std::optional<PcscContext>& context_;
    const base::Clock& clock_;
    const std::string reader_;
    std::optional<PcscConnection> connection_;
    std::optional<Conversation> conversation_;  // ends before its connection
};

// Establishes a context if there is none.
base::Status prepare(std::optional<PcscContext>& context);

}  // namespace kazashi::reader
