// What is said to one card in one presentation: who are you, and prove it. Knows no PC/SC and no threads.
//
// identify: GET DATA (answered by the reader, nothing on air), Polling, one read of {S_PAD0, ID}, and four pollings
// more, which look for a second card. prove: two exchanges per challenge (write RC, read {S_PAD0, ID, MAC_A}). So
// identity, two proofs for the lock and one for the grant take twelve exchanges with the card, thirteen where finding
// it is no polling, as through Identiv.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "cardio/base/clock.h"
#include "cardio/card/card.h"
#include "cardio/card/profile.h"
#include "cardio/reader/apdu_link.h"
#include "cardio/reader/card_search.h"
#include "cardio/reader/pinned_card.h"
#include "cardio/reader/processor_card.h"

namespace kazashi::reader {

struct Several {};
using Sight = std::variant<card::Identity, card::ForeignCard, Several, IdCard>;

struct Relay {
    std::vector<base::Bytes> answers;
    std::optional<base::Error> stopped;  // before the last frame was answered
};

class Conversation {
public:
    // Through a reader of APDUs. `traits`: what is known of the reader.
    Conversation(ApduLink& link, const base::Clock& clock, ReaderTraits traits);
    Conversation(ApduLink& link, const base::Clock& clock, std::optional<protocol::Dialect> known)
        : Conversation{link, clock, ReaderTraits{known, {}, protocol::lite_s::max_read_blocks}} {}
    // Through a device that takes FeliCa frames and nothing else.
    Conversation(std::unique_ptr<Transport> transport, const base::Clock& clock, ReaderTraits traits);
    ~Conversation();
    Conversation(const Conversation&) = delete;
    Conversation& operator=(const Conversation&) = delete;

    // Without a region, cards of every region are good. Errors: card_left (also: silence of a FeliCa card) ·
    // card_refused · malformed · reader_busy · reader_off.
    base::Result<Sight> identify(base::ByteView atr, std::optional<std::uint16_t> region,
                                 std::span<const card::CardProfile> profiles = {});

    // The rest after identify gave an Identity, all with the card it was given of; relay also after empty_lite_s.
    // Errors as above; also malformed: the blocks are not those identified · unsupported: this card, or a card through
    // this reader, cannot.
    base::Result<std::vector<card::Proof>> prove(const std::vector<card::Challenge>& challenges);
    base::Result<std::vector<card::Block>> read_pads();  // S_PAD1 to S_PAD13
    // Reads are tried again when nothing answers; writes are not, because the card may have carried them out.
    // malformed, and nothing sent: a frame that is neither Read nor Write, or to another card.
    base::Result<Relay> relay(std::span<const base::SecretBytes> frames);
    // After identify gave an IdCard.
    base::Result<IdAnswer> sign(card::IdCardKind kind, const base::SecretBytes& pin, const card::Digest& digest);

    // Another program reset card or reader: what was opened in the reader is gone.
    void reader_was_reset();

    const ReaderTraits& traits() const { return traits_; }
    std::optional<protocol::Dialect> dialect() const { return traits_.dialect; }
    bool answered() const { return answered_; }  // the reader has seen a card, or one has answered a polling

private:
    base::Result<std::optional<base::Bytes>> uid();
    base::Result<std::optional<FoundCard>> find();
    base::Result<Sight> not_felica();
    base::Result<Sight> read_found(const FoundCard& found, std::optional<std::uint16_t> region,
                                   std::span<const card::CardProfile> profiles);
    base::Result<Sight> read_lite(const FoundCard& found, std::optional<std::uint16_t> region);
    base::Result<Sight> read_standard(const FoundCard& found, std::optional<std::uint16_t> region,
                                      std::span<const card::CardProfile> profiles);
    base::Result<std::optional<Sight>> try_profile(const card::CardProfile& profile, const FoundCard& found,
                                                   std::optional<std::uint16_t> region);
    base::Result<protocol::Polled> poll_often(std::uint16_t system,
                                              protocol::TimeSlots slots = protocol::TimeSlots::four);
    base::Result<Sight> name_of(const FoundCard& found);
    base::Result<bool> another_answers(unsigned rounds);
    base::Result<card::Proof> try_proof(const card::Challenge& challenge) const;
    bool is_ours() const;
    void pin(std::uint16_t system, const protocol::Polled& polled);

    ApduLink* link_;
    ReaderTraits traits_;
    Patience patience_;
    std::unique_ptr<Transport> transport_;
    std::optional<PinnedCard> card_;
    std::uint16_t system_{};  // it was polled for
    card::Identity identity_;
    bool answered_{false};
};

}  // namespace kazashi::reader
