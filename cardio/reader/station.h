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

namespace kazashi::reader {

struct StationOptions {
    std::string reader;      // part of a reader name; empty: any
    std::uint16_t region{};  // cards of another region are foreign; 0, before enrolment: of none
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

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace kazashi::reader
