// Identiv: frames are taken apart for FF 46 and FF 48 (felica.md §3.7). The reader has polled by itself; a Polling of
// ours for one system is answered by what the card says about itself: a Lite or Lite-S in its blocks D_ID and SYS_C, a
// standard card by its system codes. So each of them is an exchange with the card, and none is taken from the reader's
// memory. A Polling of any system is the reader's own (FF 40), which finds a second card by its time slots; where a
// reader does not know it, as above, and a second card is not seen.
#include <algorithm>
#include <array>

#include "cardio/base/taker.h"
#include "cardio/protocol/felica_lite_s.h"
#include "cardio/protocol/identiv.h"
#include "cardio/protocol/plain.h"
#include "cardio/reader/ask.h"
#include "cardio/reader/transports.h"

namespace kazashi::reader {

namespace {

using base::Error;
using base::Fault;
using protocol::ServiceOrder;

ServiceOrder other(ServiceOrder order) {
    return order == ServiceOrder::low_first ? ServiceOrder::high_first : ServiceOrder::low_first;
}

class IdentivTransport final : public Transport {
public:
    IdentivTransport(ApduLink& link, ReaderTraits& traits) : link_{link}, traits_{traits} {}

    base::Result<base::Bytes> exchange(base::ByteView frame, std::chrono::microseconds) override {
        constexpr std::size_t polling_frame = 6;
        if (frame.size() == polling_frame && frame[1] == protocol::code::polling) return poll(frame);
        const auto command = protocol::parse_command(frame);
        if (!command) return Error{Fault::unsupported, "neither Polling, Read nor Write"};
        return translate(*command);
    }

    // With FF 40 a further round can see a second card; where it is not to be had none could, so none is asked for.
    bool polls_to_find() const override { return traits_.polls == false; }
    bool polls() const override { return traits_.polls != false; }

private:
    base::Result<base::Bytes> translate(const protocol::FelicaCommand& command) {
        auto answer = in_order(command, traits_.services);
        if (!answer || !protocol::service_may_be_swapped(*answer)) return answer;
        auto second = in_order(command, other(traits_.services));
        if (!second || protocol::service_may_be_swapped(*second)) return answer;
        traits_.services = other(traits_.services);
        return second;
    }

    base::Result<base::Bytes> in_order(const protocol::FelicaCommand& command, ServiceOrder order) {
        KAZASHI_TRY(const auto answer, ask_reader(link_, protocol::identiv_command(command, order)));
        if (answer.empty()) return Error{Fault::timeout, "the reader answered without a card's frame"};
        return protocol::parse_identiv(answer, command.command);
    }

    base::Result<base::Bytes> poll(base::ByteView frame) {
        const auto system = static_cast<std::uint16_t>(frame[2] << 8U | frame[3]);
        if (system == protocol::system_any && traits_.polls.value_or(true)) {
            auto polled = poll_all(frame);
            if (polled) traits_.polls = true;
            // One that has polled before found nobody this time; of another, silence says nothing yet.
            if (polled || traits_.polls == true || polled.fault() == Fault::card_left) return polled;
            if (polled.fault() == Fault::unsupported) traits_.polls = false;
        }
        return ask_card(system);
    }

    base::Result<base::Bytes> poll_all(base::ByteView frame) {
        const auto request = static_cast<protocol::PollRequest>(frame[4]);
        const auto slots = static_cast<protocol::TimeSlots>(frame[5]);
        KAZASHI_TRY(const auto answer, ask_reader(link_, protocol::identiv_polling(request, slots)));
        KAZASHI_TRY(const auto polled, protocol::parse_identiv_polling(answer));
        return protocol::polling_answer_frame(polled.idm, polled.pmm, polled.request_data);
    }

    base::Result<base::Bytes> ask_card(std::uint16_t system) {
        KAZASHI_TRY(const auto octets, ask_reader(link_, protocol::get_uid()));
        KAZASHI_TRY(const auto idm, protocol::parse_idm(octets));
        auto lite = poll_lite(idm);
        if (lite) {
            const bool meant = system == protocol::system_lite_s || system == protocol::system_any;
            return meant ? lite : Error{Fault::timeout, "no card of this system"};
        }
        // Only a refusal says that it is no Lite; a silent card is not asked for something else.
        if (lite.fault() != Fault::card_refused) return lite;
        return poll_standard(idm, system);
    }

    base::Result<base::Bytes> poll_lite(const card::Idm& idm) {
        constexpr std::array blocks{protocol::lite_s::d_id, protocol::lite_s::sys_c};
        const auto frame = protocol::read_frame(idm, protocol::service_read_only, blocks);
        KAZASHI_TRY(const auto answer, translate(*protocol::parse_command(frame)));
        KAZASHI_TRY(const auto read, protocol::parse_read(answer, idm, blocks.size()));
        base::Taker from{read[0].view()};
        const auto own = from.bytes(card::Idm::size);
        if (!base::equal(own, idm.view())) return Error{Fault::malformed, "another card answered"};
        protocol::Pmm pmm;
        std::copy(from.rest.begin(), from.rest.end(), pmm.bytes.begin());
        const auto system = static_cast<std::uint16_t>(read[1].bytes[0] << 8U | read[1].bytes[1]);
        return protocol::polling_answer_frame(idm, pmm, system);
    }

    base::Result<base::Bytes> poll_standard(const card::Idm& idm, std::uint16_t system) {
        KAZASHI_TRY(const auto answer, ask_reader(link_, protocol::identiv_system_codes()));
        KAZASHI_TRY(const auto systems, protocol::parse_identiv_system_codes(answer));
        if (!protocol::same_card(systems.idm, idm)) return Error{Fault::malformed, "another card answered"};
        const auto& codes = systems.codes;
        const bool there =
            system == protocol::system_any || std::find(codes.begin(), codes.end(), system) != codes.end();
        if (!there || codes.empty()) return Error{Fault::timeout, "no card of this system"};
        return protocol::polling_answer_frame(idm, {}, system == protocol::system_any ? codes.front() : system);
    }

    ApduLink& link_;
    ReaderTraits& traits_;
};

}  // namespace

std::unique_ptr<Transport> make_identiv(ApduLink& link, ReaderTraits& traits) {
    return std::make_unique<IdentivTransport>(link, traits);
}

}  // namespace kazashi::reader
