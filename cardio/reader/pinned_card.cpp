#include "cardio/reader/pinned_card.h"

#include <algorithm>

namespace kazashi::reader {

namespace {

using base::Error;
using base::Fault;

// What fewer blocks may mend. Silence is among it: some readers say nothing at all when their buffer is too small.
bool fewer_may_do(Fault fault) {
    return fault == Fault::limit || fault == Fault::unsupported || fault == Fault::malformed || fault == Fault::timeout;
}

// A PMm that promises seconds is wrong; and the person holds the card for one.
std::chrono::microseconds air(const protocol::Pmm& pmm, std::uint8_t command, std::size_t blocks) {
    const auto promised =
        protocol::response_budget(pmm, command, blocks) + protocol::air_time(protocol::max_frame) + tuning::air_margin;
    return std::min<std::chrono::microseconds>(promised, tuning::longest_air);
}

}  // namespace

base::Result<base::Bytes> PinnedCard::exchange(base::ByteView frame) const {
    constexpr std::size_t most_blocks = 15;
    const auto command = frame.size() > 1 ? frame[1] : std::uint8_t{0};
    return transport_->exchange(frame, air(polled_.pmm, command, most_blocks));
}

base::Result<std::vector<card::Block>> PinnedCard::read_at_once(std::uint16_t service,
                                                                std::span<const std::uint16_t> blocks) const {
    KAZASHI_TRY(const auto answer, exchange(protocol::read_frame(polled_.idm, service, blocks)));
    if (protocol::too_many_blocks(answer)) return Error{Fault::limit, "more blocks than the card reads at once"};
    return protocol::parse_read(answer, polled_.idm, blocks.size());
}

base::Result<std::vector<card::Block>> PinnedCard::read(std::uint16_t service,
                                                        std::span<const std::uint16_t> blocks) const {
    std::vector<card::Block> out;
    std::size_t at_once = traits_->blocks;
    bool silence = false;
    while (out.size() < blocks.size()) {
        const auto some = blocks.subspan(out.size(), std::min(at_once, blocks.size() - out.size()));
        const auto read = try_often(*patience_, [&] { return read_at_once(service, some); });
        if (!read) {
            if (some.size() == 1 || patience_->over() || !fewer_may_do(read.fault())) return read.error();
            at_once = some.size() - 1;
            silence = read.fault() == Fault::timeout;
            continue;
        }
        // Silence may also be a card that was held badly for a moment: that is nothing to remember of the reader.
        if (at_once < traits_->blocks && !silence) traits_->blocks = at_once;
        out.insert(out.end(), read->begin(), read->end());
    }
    return out;
}

}  // namespace kazashi::reader
