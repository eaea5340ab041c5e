// The plain dialect: reads one block at a time, of the card and system the reader has chosen (felica.md §3.2). A MAC
// would have to be read together with what it is over, so nothing is proved this way; nothing is written.
#include <algorithm>

#include "cardio/protocol/felica_command.h"
#include "cardio/protocol/felica_lite_s.h"
#include "cardio/protocol/plain.h"
#include "cardio/reader/ask.h"
#include "cardio/reader/transports.h"

namespace kazashi::reader {

namespace {

using base::Error;
using base::Fault;

// The history of a railway card: what tells it from others where its system cannot be polled for.
constexpr std::uint16_t service_transit_history = 0x090F;
constexpr std::uint8_t ic_lite_first = 0xF0;
constexpr std::uint8_t ic_lite_last = 0xF7;

bool is_lite(const protocol::Pmm& pmm) { return pmm.bytes[1] >= ic_lite_first && pmm.bytes[1] <= ic_lite_last; }

bool needs_mac(std::uint16_t block) {
    namespace number = protocol::lite_s;
    return block == number::rc || block == number::mac || block == number::mac_a;
}

class PlainTransport final : public Transport {
public:
    explicit PlainTransport(ApduLink& link) : link_{link} {}

    base::Result<base::Bytes> exchange(base::ByteView frame, std::chrono::microseconds) override {
        if (frame.size() >= 4 && frame[1] == protocol::code::polling)
            return poll(static_cast<std::uint16_t>(frame[2] << 8U | frame[3]));
        const auto command = protocol::parse_command(frame);
        if (!command || command->command != protocol::code::read || command->services.size() != 1)
            return Error{Fault::unsupported, "this reader reads blocks and does nothing else"};
        return read(*command);
    }
    bool chooses_system() const override { return false; }
    bool polls() const override { return false; }

private:
    base::Result<card::Idm> idm() {
        KAZASHI_TRY(const auto answer, ask_reader(link_, protocol::get_uid()));
        return protocol::parse_idm(answer);
    }

    // The IC type tells a Lite; everything else is a standard card of whatever system the reader took.
    base::Result<base::Bytes> poll(std::uint16_t system) {
        KAZASHI_TRY(const auto found, idm());
        KAZASHI_TRY(const auto answer, ask_reader(link_, protocol::get_pmm()));
        KAZASHI_TRY(const auto pmm, protocol::parse_pmm(answer));
        const auto own = is_lite(pmm) ? std::optional{protocol::system_lite_s} : std::nullopt;
        if (system == protocol::system_any || own == system) return protocol::polling_answer_frame(found, pmm, own);
        if (system == protocol::system_transit && !own && select(service_transit_history))
            return protocol::polling_answer_frame(found, pmm, system);
        return Error{Fault::timeout, "no card of this system, as far as this reader can tell"};
    }

    base::Result<base::Bytes> read(const protocol::FelicaCommand& command) {
        // GET DATA first, so that the answer carries the IDm of the card that is there now.
        KAZASHI_TRY(const auto there, idm());
        if (!protocol::same_card(there, command.idm)) return Error{Fault::malformed, "another card is there"};
        KAZASHI_CHECK(select(command.services.front()));
        std::vector<card::Block> blocks;
        for (const auto& element : command.elements) {
            const auto number = protocol::plain_block(element);
            if (!number || *number > 0xFF || needs_mac(*number))
                return Error{Fault::unsupported, "this reader reads no such block"};
            KAZASHI_TRY(const auto answer,
                        ask_reader(link_, protocol::read_one_block(static_cast<std::uint8_t>(*number))));
            KAZASHI_TRY(const auto block, protocol::parse_one_block(answer));
            blocks.push_back(block);
        }
        return protocol::read_answer_frame(command.idm, blocks);
    }

    base::Status select(std::uint16_t service) {
        KAZASHI_TRY(const auto nothing, ask_reader(link_, protocol::select_service(service)));
        static_cast<void>(nothing);
        return base::ok();
    }

    ApduLink& link_;
};

}  // namespace

std::unique_ptr<Transport> make_plain(ApduLink& link) { return std::make_unique<PlainTransport>(link); }

}  // namespace kazashi::reader
