// The card station: everything between a PC/SC reader and a CardEvent. Two threads, each with its own PC/SC context:
// the monitor waits in SCardGetStatusChange, the session thread talks to the card that is there.
//
// Promises: events of one presentation come in order, CardSeen (or SeveralCards, CardForeign, CardTorn, CardFault)
// before CardGone, all with the same session number. A pcscd that stops and comes back is survived without a restart
// of ours. The transaction is held from identify to the end of a batch of proofs (2 s at most while nobody asks); the
// card is unpowered at the end. After CardTorn, a card held up again is a new presentation, with its own events, also
// when the reader service has not noticed that it was away; torn again, it is said again.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cardio/card/card.h"
#include "cardio/card/profile.h"

namespace kazashi::reader {

struct StationOptions {
    std::string reader;      // part of a reader name; empty: any
    std::uint16_t region{};  // cards of another region are foreign; 0, before enrolment: of none
    std::vector<card::CardProfile> profiles{};  // of cards that are no Lite-S of ours
    std::string libnfc{};      // libnfc's connection string of one device; empty: PC/SC alone
};

class Station {
public:
    // `post` is called from the station's threads; it must be quick and must not block.
    using Post = std::function<void(card::CardEvent)>;
    Station(StationOptions options, Post post);
    ~Station();  // cancels every wait and joins
    Station(const Station&) = delete;
    Station& operator=(const Station&) = delete;

    // Asks the card of `session` for one proof per challenge, in one transaction. The answer is Proved, CardTorn or
    // CardFault. Silently nothing if that card is gone: its CardGone is already on the way.
    void prove(card::SessionNumber session, std::vector<card::Challenge> challenges);
    // The same bargain for the rest; relay also with a blank card (CardForeign empty_lite_s). read_pads: PadsRead. relay: Relayed; frames to the card, LEN byte first, as the
    // region made them. sign: IdCardSigned or IdCardPinRefused; the PIN is tried once, never again by itself; `digest` is
    // what the region or the desk wants signed, 32 octets (SHA-256).
    void read_pads(card::SessionNumber session);
    void relay(card::SessionNumber session, std::vector<base::SecretBytes> frames);
    void sign(card::SessionNumber session, base::SecretBytes pin, const card::Digest& digest);

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace kazashi::reader
