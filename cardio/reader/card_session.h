// One presentation, whatever it came through: connects to the card, identifies it, and does what is ordered, each in
// one transaction in which nobody else talks to the card.
#pragma once

#include <optional>
#include <vector>

#include "cardio/reader/conversation.h"

namespace kazashi::reader {

enum class CardIs { there, gone };

struct Wanted {
    std::optional<std::uint16_t> region;  // none: any
    const std::vector<card::CardProfile>& profiles;
};

class CardSession {
public:
    virtual ~CardSession() = default;

    // As Conversation::identify; `traits` are those known of the reader, and corrected. After it a transaction is held.
    virtual base::Result<Sight> identify(ReaderTraits& traits, const Wanted& wanted) = 0;
    // As those of Conversation. Only when connected(). The transaction ends with them.
    virtual base::Result<std::vector<card::Proof>> prove(const std::vector<card::Challenge>& challenges) = 0;
    virtual base::Result<std::vector<card::Block>> read_pads() = 0;
    virtual base::Result<Relay> relay(const std::vector<base::SecretBytes>& frames) = 0;
    virtual base::Result<IdAnswer> sign(card::IdCardKind kind, const base::SecretBytes& pin,
                                        const card::Digest& digest) = 0;

    virtual bool connected() const = 0;
    virtual bool answered() const = 0;  // a card, since the last identify()
    virtual bool holds_transaction() const = 0;
    virtual void end_transaction() = 0;
    // A card that is there is unpowered.
    virtual void hang_up(CardIs card) = 0;
};

}  // namespace kazashi::reader
