#include "cardio/simulator/iso_command.h"

namespace kazashi::simulator {

namespace {

std::size_t big(base::ByteView at) { return static_cast<std::size_t>(at[0]) << 8U | at[1]; }

bool take_short(base::ByteView body, IsoCommand& command) {
    const std::size_t lc = body[0];
    if (body.size() != 1 + lc && body.size() != 2 + lc) return false;
    command.data.assign(body.begin() + 1, body.begin() + 1 + static_cast<std::ptrdiff_t>(lc));
    if (body.size() == 2 + lc) command.le = body.back() == 0 ? 256 : body.back();
    return true;
}

// 00, then Le of two octets; or Lc of two octets, the data, and perhaps Le of two.
bool take_extended(base::ByteView body, IsoCommand& command) {
    command.extended = true;
    constexpr std::size_t most = 65536;
    const auto le = [](base::ByteView at) { return big(at) == 0 ? most : big(at); };
    if (body.size() == 3) {
        command.le = le(body.subspan(1));
        return true;
    }
    const auto lc = big(body.subspan(1));
    if (lc == 0 || (body.size() != 3 + lc && body.size() != 5 + lc)) return false;
    command.data.assign(body.begin() + 3, body.begin() + 3 + static_cast<std::ptrdiff_t>(lc));
    if (body.size() == 5 + lc) command.le = le(body.last(2));
    return true;
}

}  // namespace

std::optional<IsoCommand> take_apart_apdu(base::ByteView bytes) {
    constexpr std::size_t head = 4;
    if (bytes.size() < head) return std::nullopt;
    IsoCommand command{bytes[0], bytes[1], bytes[2], bytes[3], {}};
    const auto body = bytes.subspan(head);
    if (body.empty()) return command;
    if (body.size() == 1) {
        command.le = body[0] == 0 ? 256 : body[0];
        return command;
    }
    const bool extended = body[0] == 0 && body.size() >= 3;
    const bool good = extended ? take_extended(body, command) : body[0] != 0 && take_short(body, command);
    return good ? std::optional{std::move(command)} : std::nullopt;
}

}  // namespace kazashi::simulator
