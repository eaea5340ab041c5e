#include "cardio/protocol/felica_command.h"

#include <array>
#include <cassert>

#include "cardio/base/taker.h"

namespace kazashi::protocol {

namespace {

constexpr std::uint8_t two_octets = 0x80;  // of the first octet of an element: no third one follows
constexpr std::uint8_t access_mode = 0x70;

void append_big(base::Bytes& to, std::uint16_t value) {
    base::append(to, std::array{static_cast<std::uint8_t>(value >> 8U), static_cast<std::uint8_t>(value & 0xFFU)});
}

base::Bytes take_element(base::Taker& from) {
    const bool is_short = !from.rest.empty() && (from.rest.front() & two_octets) != 0;
    const auto octets = from.bytes(is_short ? 2 : 3);
    return {octets.begin(), octets.end()};
}

}  // namespace

std::optional<FelicaCommand> parse_command(base::ByteView frame) {
    base::Taker from{frame};
    FelicaCommand out;
    const std::size_t length = from.octet();
    out.command = from.octet();
    if (length != frame.size() || (out.command != code::read && out.command != code::write)) return std::nullopt;
    const auto idm = from.bytes(card::Idm::size);
    std::copy(idm.begin(), idm.end(), out.idm.bytes.begin());
    const std::size_t services = from.octet();
    for (std::size_t i = 0; i < services && from.good; ++i) out.services.push_back(from.little());
    const std::size_t elements = from.octet();
    for (std::size_t i = 0; i < elements && from.good; ++i) out.elements.push_back(take_element(from));
    out.data.assign(from.rest.begin(), from.rest.end());
    const std::size_t expected = out.command == code::write ? elements * block_size : 0;
    if (!from.good || out.data.size() != expected) return std::nullopt;
    return out;
}

std::optional<std::uint16_t> plain_block(base::ByteView element) {
    if (element.size() < 2 || (element[0] & access_mode) != 0) return std::nullopt;
    const unsigned high = element.size() == 3 ? element[2] : 0U;
    return static_cast<std::uint16_t>(high << 8U | element[1]);
}

base::Bytes polling_answer_frame(const card::Idm& idm, const Pmm& pmm, std::optional<std::uint16_t> system) {
    base::Bytes frame{0x00, code::polling + 1};
    base::append(frame, idm.view());
    base::append(frame, pmm.view());
    if (system) append_big(frame, *system);
    frame[0] = static_cast<std::uint8_t>(frame.size());
    return frame;
}

base::Bytes read_answer_frame(const card::Idm& idm, std::span<const card::Block> blocks) {
    base::Bytes rest{0x00, 0x00, static_cast<std::uint8_t>(blocks.size())};
    for (const auto& block : blocks) base::append(rest, block.view());
    return answer_frame(code::read, idm, rest);
}

base::Bytes answer_frame(std::uint8_t command, const card::Idm& idm, base::ByteView rest) {
    base::Bytes frame{0x00, static_cast<std::uint8_t>(command + 1)};
    base::append(frame, idm.view());
    base::append(frame, rest);
    // What is longer than a frame can be is cut in its LEN, and found out by whoever parses it.
    frame[0] = static_cast<std::uint8_t>(frame.size());
    return frame;
}

}  // namespace kazashi::protocol
