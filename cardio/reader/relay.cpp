#include "cardio/reader/relay.h"

#include "cardio/protocol/felica_command.h"

namespace kazashi::reader {

namespace {

using base::Error;
using base::Fault;

// Asked of a blank card, which is nobody's yet: it tells its IDm.
bool is_polling(base::ByteView frame) { return frame.size() == 6 && frame[1] == protocol::code::polling; }

base::Status check(const PinnedCard& card, std::span<const base::SecretBytes> frames) {
    if (frames.size() > tuning::relayed) return Error{Fault::limit, "frames"};
    for (const auto& frame : frames) {
        if (is_polling(frame.view())) continue;
        const auto command = protocol::parse_command(frame.view());
        if (!command) return Error{Fault::malformed, "neither a Read nor a Write"};
        if (command->idm != card.idm()) return Error{Fault::malformed, "a frame to another card"};
    }
    return base::ok();
}

// The card's own answer to this command, whatever its flags say.
base::Result<base::Bytes> once(const PinnedCard& card, base::ByteView frame) {
    KAZASHI_TRY(auto answer, card.exchange(frame));
    if (is_polling(frame)) {
        KAZASHI_TRY(const auto polled, protocol::parse_polling(answer));
        if (!protocol::same_card(polled.idm, card.idm())) return Error{Fault::malformed, "another card"};
        return answer;
    }
    KAZASHI_CHECK(protocol::check_answerer(answer, frame[1], card.idm()));
    return answer;
}

}  // namespace

base::Result<Relay> relay_frames(const PinnedCard& card, const Patience& patience,
                                 std::span<const base::SecretBytes> frames) {
    KAZASHI_CHECK(check(card, frames));
    Relay out;
    for (const auto& frame : frames) {
        const bool harmless = frame.view()[1] != protocol::code::write;
        auto answer = harmless          ? try_often(patience, [&] { return once(card, frame.view()); })
                      : patience.over() ? Error{Fault::timeout, "no time left for this card"}
                                        : once(card, frame.view());
        if (!answer) {
            out.stopped = answer.error();
            break;
        }
        out.answers.push_back(std::move(*answer));
    }
    return out;
}

}  // namespace kazashi::reader
