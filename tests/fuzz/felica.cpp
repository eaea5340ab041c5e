// Everything a reader or a card can send: APDUs, TLV objects, ATRs, FeliCa answers; and a whole conversation with a
// reader that answers with these bytes. On the card's side: frames and APDUs for the virtual card.
#include <algorithm>
#include <cassert>
#include <cstdint>

#include "cardio/protocol/apdu.h"
#include "cardio/protocol/atr.h"
#include "cardio/protocol/felica_lite_s.h"
#include "cardio/protocol/tlv.h"
#include "cardio/protocol/transparent.h"
#include "cardio/reader/conversation.h"
#include "cardio/simulator/card_reader.h"

namespace {

using namespace kazashi;

// The input as pieces, each behind a byte with its length; nothing when it is used up.
class Pieces {
public:
    explicit Pieces(base::ByteView input) : rest_{input} {}
    bool empty() const { return rest_.empty(); }
    base::ByteView next() {
        if (rest_.empty()) return {};
        const auto size = std::min<std::size_t>(rest_[0], rest_.size() - 1);
        const auto piece = rest_.subspan(1, size);
        rest_ = rest_.subspan(1 + size);
        return piece;
    }

private:
    base::ByteView rest_;
};

// A reader made of the input. An empty piece is a card that has left.
class ScriptedLink final : public reader::ApduLink {
public:
    explicit ScriptedLink(base::ByteView input) : pieces_{input} {}
    base::Result<base::Bytes> transmit(base::ByteView) override {
        const auto piece = pieces_.next();
        if (piece.empty()) return base::Error{base::Fault::card_left, ""};
        return base::Bytes{piece.begin(), piece.end()};
    }

private:
    Pieces pieces_;
};

// Time that moves with every look, so that limits of time are met too.
class JumpyClock final : public base::Clock {
public:
    base::UtcTime wall() const override { return {}; }
    base::SteadyTime boot() const override { return base::SteadyTime{std::chrono::milliseconds{ticks_ += 7}}; }

private:
    mutable std::int64_t ticks_{0};
};

void parse(base::ByteView bytes) {
    card::Idm idm{};
    if (bytes.size() >= 10) std::copy_n(bytes.begin() + 2, 8, idm.bytes.begin());
    static_cast<void>(bool{protocol::parse_polling(bytes)});
    static_cast<void>(bool{protocol::parse_write(bytes, idm)});
    static_cast<void>(bool{protocol::parse_proof(bytes, idm)});
    static_cast<void>(bool{protocol::parse_identity(bytes, idm)});
    for (std::size_t blocks = 0; blocks <= 15; ++blocks) {
        const auto read = protocol::parse_read(bytes, idm, blocks);
        assert(!read || read->size() == blocks);
    }
    static_cast<void>(bool{protocol::decode_response(bytes)});
    static_cast<void>(bool{protocol::parse_transparent_status(bytes)});
    static_cast<void>(bool{protocol::parse_transparent_exchange(bytes)});
    static_cast<void>(protocol::card_family(bytes));
    if (const auto objects = protocol::walk_tlv(bytes)) {
        base::Bytes again;
        for (const auto& object : *objects) protocol::append_tlv(again, object.tag, object.value);
        assert(protocol::walk_tlv(again)->size() == objects->size());
    }
    if (const auto apdu = protocol::decode_command(bytes)) assert(base::equal(encode(*apdu), bytes));
}

void converse(base::ByteView bytes) {
    const JumpyClock clock;
    ScriptedLink link{bytes};
    reader::Conversation talk{link, clock, std::nullopt};
    const auto sight = talk.identify(protocol::felica_atr(), std::nullopt);
    if (!sight || !std::holds_alternative<card::Identity>(*sight)) return;
    const auto proofs = talk.prove({card::Challenge{}, card::Challenge{}});
    assert(!proofs || proofs->size() == 2);
}

simulator::CardImage image() {
    simulator::CardImage out;
    out.idm = {{0x01, 0x2E, 0x01, 0x02, 0x03, 0x04, 0x05, 0xF6}};
    std::copy(out.idm.bytes.begin(), out.idm.bytes.end(), out.id.bytes.begin());
    return out;
}

// The virtual card must answer whatever it is told, and its answers must follow the format.
void tell_card(base::ByteView bytes, protocol::Dialect dialect) {
    simulator::CardReader reader{dialect};
    reader.lay(std::make_unique<simulator::VirtualCard>(image()));
    for (Pieces pieces{bytes}; !pieces.empty();) {
        const auto answer = reader.transmit(pieces.next());
        assert(answer && answer->size() >= 2);
    }
    simulator::VirtualCard card{image()};
    for (Pieces pieces{bytes}; !pieces.empty();) {
        const auto answer = card.answer(pieces.next());
        assert(!answer || (answer->size() >= 12 && answer->front() == answer->size()));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const base::ByteView bytes{data, size};
    parse(bytes);
    converse(bytes);
    tell_card(bytes, protocol::Dialect::direct);
    tell_card(bytes, protocol::Dialect::transparent);
    return 0;
}
