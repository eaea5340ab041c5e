// What is said to one card in one presentation: who are you, and prove it. Knows no PC/SC and no threads.
//
// identify: GET DATA (answered by the reader, nothing on air), Polling, one read of {S_PAD0, ID}, Polling again.
// prove: two exchanges per challenge (write RC, read {S_PAD0, ID, MAC_A}).
#pragma once

#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "cardio/base/clock.h"
#include "cardio/card/card.h"
#include "cardio/protocol/dialect.h"
#include "cardio/protocol/felica.h"
#include "cardio/reader/apdu_link.h"
#include "cardio/reader/transport.h"

namespace kazashi::reader {

struct Several {};
using Sight = std::variant<card::Identity, card::ForeignCard, Several>;

class Conversation {
public:
    // `known` is the reader's dialect if a former conversation found it; filled in by identify.
    Conversation(ApduLink& link, const base::Clock& clock, std::optional<protocol::Dialect> known);
    ~Conversation();

    // Without a region, cards of every region are good. Errors: card_left (also: silence of a FeliCa card) ·
    // card_refused · malformed · reader_busy · reader_off.
    base::Result<Sight> identify(base::ByteView atr, std::optional<std::uint16_t> region);
    // After identify gave an Identity. Errors as above; malformed when the blocks are not those identified.
    base::Result<std::vector<card::Proof>> prove(const std::vector<card::Challenge>& challenges);
    // Another program reset card or reader: what was opened in the reader is gone.
    void reader_was_reset();

    std::optional<protocol::Dialect> dialect() const { return dialect_; }
    bool answered() const { return answered_; }  // the reader has seen a card, or one has answered a polling

private:
    struct Found {
        std::uint16_t asked{};  // the system code that was polled for
        protocol::Polled card;
    };
    base::Result<std::optional<base::Bytes>> uid();
    base::Result<std::optional<Found>> find(bool felica);
    base::Result<std::optional<Found>> find_in(Transport& transport);
    base::Result<protocol::Polled> poll(Transport& transport, std::uint16_t system);
    base::Result<Sight> read_identity(std::optional<std::uint16_t> region);
    base::Result<bool> another_answers(unsigned rounds);
    base::Result<card::Proof> prove_one(const card::Challenge& challenge);
    base::Result<card::Proof> try_proof(const card::Challenge& challenge);
    bool late() const;

    ApduLink& link_;
    const base::Clock& clock_;
    std::optional<protocol::Dialect> dialect_;
    std::unique_ptr<Transport> transport_;
    protocol::Polled polled_;
    card::Identity identity_;
    base::SteadyTime begun_{};
    bool answered_{false};
};

}  // namespace kazashi::reader
