#include "cardio/protocol/plain.h"

#include <algorithm>

#include "cardio/protocol/apdu.h"

namespace kazashi::protocol {

namespace {

template <class Id>
base::Result<Id> parse_exactly(base::ByteView answer, base::Fault fault, const char* detail) {
    if (answer.size() != Id::size) return base::Error{fault, detail};
    Id id;
    std::copy(answer.begin(), answer.end(), id.bytes.begin());
    return id;
}

}  // namespace

base::Bytes get_pmm() { return encode(CommandApdu{0xFF, 0xCA, 0x01, 0x00, {}, 0x00}); }

base::Bytes select_service(std::uint16_t service) {
    return encode(CommandApdu{0xFF,
                              0xA4,
                              0x00,
                              0x01,
                              {static_cast<std::uint8_t>(service & 0xFFU), static_cast<std::uint8_t>(service >> 8U)},
                              {}});
}

base::Bytes read_one_block(std::uint8_t block) { return encode(CommandApdu{0xFF, 0xB0, 0x00, block, {}, 0x00}); }

base::Result<card::Idm> parse_idm(base::ByteView answer) {
    return parse_exactly<card::Idm>(answer, base::Fault::unsupported, "not the eight octets of an IDm");
}
base::Result<Pmm> parse_pmm(base::ByteView answer) {
    return parse_exactly<Pmm>(answer, base::Fault::unsupported, "not the eight octets of a PMm");
}
base::Result<card::Block> parse_one_block(base::ByteView answer) {
    return parse_exactly<card::Block>(answer, base::Fault::malformed, "not the sixteen octets of a block");
}

}  // namespace kazashi::protocol
