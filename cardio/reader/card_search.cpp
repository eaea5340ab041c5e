#include "cardio/reader/card_search.h"

#include <array>

namespace kazashi::reader {

namespace {

using base::Fault;
using protocol::Dialect;

// Not this reader's dialect, or an answer in none of ours: the next one may fit.
bool another_dialect_may_fit(Fault fault) { return fault == Fault::unsupported || fault == Fault::malformed; }

}  // namespace

bool FoundCard::is_lite() const {
    return asked == protocol::system_lite_s || card.request_data == protocol::system_lite_s;
}

base::Result<protocol::Polled> poll(Transport& transport, std::uint16_t system, protocol::TimeSlots slots) {
    const auto frame = protocol::polling_frame(system, protocol::PollRequest::system_code, slots);
    KAZASHI_TRY(const auto answer, transport.exchange(frame, tuning::polling_air));
    auto polled = protocol::parse_polling(answer);
    // A PN532 that is spoken to in another dialect answers with one octet, and no card has left.
    if (!polled && polled.fault() == Fault::card_left) return base::Error{Fault::malformed, polled.error().detail};
    return polled;
}

base::Result<FoundCard> find_through(Transport& transport) {
    for (const auto system : {protocol::system_lite_s, protocol::system_any}) {
        const auto polled = poll(transport, system);
        if (polled) return FoundCard{system, *polled};
        if (polled.fault() != Fault::timeout) return polled.error();
    }
    return base::Error{Fault::timeout, "no card answers a polling"};
}

// nullopt also when this is not the reader's dialect.
base::Result<std::optional<FoundCard>> CardSearch::find_in(Dialect dialect) {
    transport_.reset();  // a transparent session ends before another dialect is tried
    transport_ = make_transport(dialect, link_, traits_);
    const auto found = find_through(*transport_);
    if (found) return std::optional{*found};
    if (found.fault() == Fault::timeout)
        all_refused_ = false;
    else if (!another_dialect_may_fit(found.fault()))
        return found.error();
    return std::optional<FoundCard>{};
}

base::Result<std::optional<FoundCard>> CardSearch::find(const Patience& patience) {
    const auto known = traits_.dialect;
    for (int i = 0; i < tuning::command_tries && !patience.over(); ++i) {
        all_refused_ = true;
        const bool last_round = i + 1 == tuning::command_tries;
        for (const auto dialect : protocol::all_dialects) {
            // A reader that was understood before is asked for nothing else, unless it keeps silent.
            if (known && dialect != *known && !last_round) continue;
            if (patience.over()) break;
            if (dialect == Dialect::plain && known != dialect && !all_refused_) continue;
            KAZASHI_TRY(const auto found, find_in(dialect));
            if (!found) continue;
            traits_.dialect = dialect;
            return found;
        }
    }
    transport_.reset();
    return std::optional<FoundCard>{};
}

}  // namespace kazashi::reader
