#include "cardio/reader/ask.h"

#include "cardio/reader/tuning.h"

namespace kazashi::reader {

base::Result<protocol::ResponseApdu> ask(ApduLink& link, base::ByteView apdu) {
    KAZASHI_TRY(const auto bytes, link.transmit(apdu));
    KAZASHI_TRY(auto answer, protocol::decode_response(bytes));
    for (int i = 0; i < tuning::answer_pieces && protocol::more_to_fetch(answer.sw); ++i) {
        const auto size = static_cast<std::uint8_t>(answer.sw & 0xFFU);
        KAZASHI_TRY(const auto piece, link.transmit(protocol::fetch(size)));
        KAZASHI_TRY(auto rest, protocol::decode_response(piece));
        base::append(answer.data, rest.data);
        answer.sw = rest.sw;
    }
    return answer;
}

base::Result<base::Bytes> ask_reader(ApduLink& link, base::ByteView apdu) {
    KAZASHI_TRY(auto answer, ask(link, apdu));
    if (const auto fault = protocol::reader_fault(answer.sw)) return *fault;
    return std::move(answer.data);
}

}  // namespace kazashi::reader
