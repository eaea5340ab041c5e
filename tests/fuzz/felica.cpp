// Everything a reader or a card can send: APDUs, TLV objects, ATRs, FeliCa answers; and a whole conversation with a
// reader that answers with these bytes. On the card's side: frames and APDUs for the virtual card.
#include <algorithm>
#include <cassert>
#include <cstdint>

#include "cardio/protocol/apdu.h"
#include "cardio/protocol/atr.h"
#include "cardio/protocol/felica_lite_s.h"
#include "cardio/protocol/identiv.h"
#include "cardio/protocol/plain.h"
#include "cardio/protocol/pn532.h"
#include "cardio/protocol/tlv.h"
#include "cardio/protocol/transparent.h"
#include "cardio/reader/conversation.h"
#include "cardio/simulator/card_reader.h"
#include "tests/fuzz/scripted_link.h"

namespace {

using namespace kazashi;

using fuzz::Pieces;

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
    static_cast<void>(bool{protocol::parse_pn532_no_retries(bytes)});
    static_cast<void>(bool{protocol::parse_pn532_listed(bytes)});
    static_cast<void>(bool{protocol::parse_pn532_exchange(bytes)});
    static_cast<void>(bool{protocol::parse_pn532_through(bytes)});
    static_cast<void>(bool{protocol::parse_identiv(bytes, protocol::code::read)});
    static_cast<void>(bool{protocol::parse_identiv_system_codes(bytes)});
    static_cast<void>(bool{protocol::parse_idm(bytes)});
    static_cast<void>(bool{protocol::parse_pmm(bytes)});
    static_cast<void>(bool{protocol::parse_one_block(bytes)});
    if (const auto objects = protocol::walk_tlv(bytes)) {
        base::Bytes again;
        for (const auto& object : *objects) protocol::append_tlv(again, object.tag, object.value);
        assert(protocol::walk_tlv(again)->size() == objects->size());
    }
    if (const auto apdu = protocol::decode_command(bytes)) assert(base::equal(encode(*apdu), bytes));
}

void converse(base::ByteView bytes) {
    const fuzz::JumpyClock clock;
    fuzz::ScriptedLink link{Pieces{bytes}};
    reader::Conversation talk{link, clock, reader::ReaderTraits{}};
    const auto sight = talk.identify(protocol::felica_atr(), std::nullopt);
    if (!sight || !std::holds_alternative<card::Identity>(*sight)) return;
    const auto proofs = talk.prove({card::Challenge{}, card::Challenge{}});
    assert(!proofs || proofs->size() == 2);
    const auto pads = talk.read_pads();
    assert(!pads || pads->size() == 13);
}

simulator::CardImage image() {
    simulator::CardImage out;
    out.idm = {{0x01, 0x2E, 0x01, 0x02, 0x03, 0x04, 0x05, 0xF6}};
    std::copy(out.idm.bytes.begin(), out.idm.bytes.end(), out.id.bytes.begin());
    return out;
}

// The virtual card must answer whatever it is told, and its answers must follow the format.
void tell_card(base::ByteView bytes, simulator::ReaderKind kind) {
    simulator::CardReader reader{kind};
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
    for (const auto kind : simulator::all_readers) tell_card(bytes, kind);
    return 0;
}
