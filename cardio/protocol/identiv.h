// Identiv readers take the parts of a FeliCa command instead of its frame (FF 40 … FF 4A). The order of the octets of a
// service code is nowhere stated, so both are tried. Source: reference felica.md §3.7; for FF 40 (REQC, a Polling with
// time slots) the maker's manuals of SCM3712 and uTrust 3720 F. They do not say how its system code is written either,
// so it is used for FFFF alone.
#pragma once

#include <cstdint>
#include <vector>

#include "cardio/protocol/felica.h"
#include "cardio/protocol/felica_command.h"

namespace kazashi::protocol {

enum class ServiceOrder { low_first, high_first };

base::Bytes identiv_command(const FelicaCommand& command, ServiceOrder order);  // FF 46 or FF 48
// Whether flags of a refusal could come from a service code with its octets swapped.
bool service_may_be_swapped(base::ByteView answer_frame);
// IDm, flags and the rest, without its status word, as the frame a card sends. malformed: not even an IDm and flags.
base::Result<base::Bytes> parse_identiv(base::ByteView answer, std::uint8_t command);

// A Polling of any system.
base::Bytes identiv_polling(PollRequest request, TimeSlots slots);
// IDm and PMm, and the system code if it was asked for and the card tells. malformed: another length.
base::Result<Polled> parse_identiv_polling(base::ByteView answer);

base::Bytes identiv_system_codes();  // FF 4A
struct SystemCodes {
    card::Idm idm;
    std::vector<std::uint16_t> codes;
};
base::Result<SystemCodes> parse_identiv_system_codes(base::ByteView answer);

}  // namespace kazashi::protocol
