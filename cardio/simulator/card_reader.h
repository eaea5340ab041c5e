// A contactless reader with what lies on it: APDUs in, APDUs out, in one of the dialects real readers speak.
// Source: reference felica.md §3.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "cardio/protocol/apdu.h"
#include "cardio/protocol/dialect.h"
#include "cardio/protocol/tlv.h"
#include "cardio/simulator/felica_card.h"
#include "cardio/simulator/virtual_card.h"

namespace kazashi::simulator {

class CardReader {
public:
    explicit CardReader(protocol::Dialect dialect) : dialect_{dialect} {}

    void lay(std::unique_ptr<FelicaCard> card);
    void lay(std::unique_ptr<FelicaCard> card, std::unique_ptr<FelicaCard> second);  // pollings answer alternately
    void lay_bank_card();
    // The card vanishes during the Nth exchange from now, 1-based.
    void leave_after(unsigned exchanges) { leaves_at_ = exchanges_ + exchanges; }
    void take();
    void leave();  // as take, but what was heard is kept
    bool occupied() const { return bank_ || !cards_.empty(); }

    void power_off();  // and reset: what is volatile on the card is lost
    base::Bytes atr() const;
    // nullopt: the card was taken away during it.
    std::optional<base::Bytes> transmit(base::ByteView apdu);

    unsigned exchanges() const { return exchanges_; }           // FeliCa frames since a card was laid
    const std::vector<Heard>& heard() const { return heard_; }  // what an eavesdropper has by now

private:
    using Air = std::optional<base::Bytes>;  // the card's answer, or silence

    base::Bytes answer(const protocol::CommandApdu& apdu);
    base::Bytes get_data(const protocol::CommandApdu& apdu) const;
    base::Bytes direct(const protocol::CommandApdu& apdu);
    base::Bytes transparent(const protocol::CommandApdu& apdu);
    base::Bytes transparent_exchange(const std::vector<protocol::Tlv>& objects);
    Air exchange(base::ByteView frame);
    Air on_air(base::ByteView frame);
    void listen(base::ByteView frame, base::ByteView answer);

    protocol::Dialect dialect_;
    std::vector<std::unique_ptr<FelicaCard>> cards_;
    bool bank_{false};
    std::size_t next_to_poll_{0};
    unsigned exchanges_{0};
    std::optional<unsigned> leaves_at_;
    bool vanished_{false};
    bool session_{false};  // transparent
    bool felica_{false};
    std::optional<card::Challenge> rc_;
    std::vector<Heard> heard_;
};

}  // namespace kazashi::simulator
