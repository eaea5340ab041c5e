// A contactless reader with what lies on it: APDUs in, APDUs out, in the dialect and with the quirks of one model.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

#include "cardio/simulator/field.h"
#include "cardio/simulator/reader_kind.h"
#include "cardio/simulator/reader_model.h"
#include "cardio/simulator/virtual_card.h"

namespace kazashi::simulator {

class CardReader {
public:
    explicit CardReader(ReaderKind kind);
    explicit CardReader(protocol::Dialect dialect) : CardReader{reader_speaking(dialect)} {}

    void lay(Cards cards);   // instead of what lies there; counts and troubles begin anew
    void swap(Cards cards);  // so quickly that the reader notices nothing
    void add(Cards cards) { field_.add(std::move(cards)); }
    void lay(std::shared_ptr<FelicaCard> card) { lay(Cards{{std::move(card)}}); }
    void lay(std::shared_ptr<FelicaCard> card, std::shared_ptr<FelicaCard> second);
    void lay(std::shared_ptr<ProcessorCard> card) { lay(Cards{{}, std::move(card)}); }
    void lay_bank_card();
    // The card vanishes during the Nth exchange from now, 1-based.
    void leave_after(unsigned exchanges) { disturb({Disturbance::Kind::leave, exchanges}); }
    void disturb(Disturbance disturbance);
    void calm();
    void take();
    void leave() { field_.leave(); }  // as take, but counts and what was heard stay
    bool occupied() const { return !field_.empty(); }

    void power_off();  // and reset: what is volatile on the card is lost
    base::Bytes atr() const;
    // nullopt: the card was taken away during it.
    std::optional<base::Bytes> transmit(base::ByteView apdu);

    unsigned exchanges() const { return field_.exchanges(); }  // on air, since a card was laid
    unsigned apdus() const { return apdus_; }                  // all, since then
    const std::vector<Heard>& heard() const { return field_.heard(); }

    // How long the last APDU would have taken, and all since a card was laid; zero unless an air is set. A delay that
    // was ordered counts always. Nothing here waits: that is for who carries the answers.
    void set_air(const Air& air) { field_.set_air(air); }
    std::chrono::microseconds took() const { return took_; }
    std::chrono::microseconds spent() const { return spent_; }

    Field& field() { return field_; }

private:
    std::optional<base::Bytes> answer(base::ByteView apdu);

    std::unique_ptr<ReaderModel> model_;
    Field field_;
    Disturbances disturbances_;
    unsigned apdus_{0};
    std::chrono::microseconds took_{0};
    std::chrono::microseconds spent_{0};
};

}  // namespace kazashi::simulator
