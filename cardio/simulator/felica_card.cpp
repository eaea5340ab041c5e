#include "cardio/simulator/felica_card.h"

#include <algorithm>

#include "cardio/base/taker.h"

namespace kazashi::simulator {

namespace {

bool matches(unsigned asked, unsigned is) { return asked == 0xFF || asked == is; }

Element take_element(base::Taker& from) {
    const std::uint8_t head = from.octet();
    Element element;
    element.access = static_cast<std::uint8_t>(head >> 4U & 7U);
    element.service = static_cast<std::uint8_t>(head & 0x0FU);
    const bool two_bytes = (head & 0x80U) != 0;
    element.block = two_bytes ? from.octet() : from.little();
    return element;
}

}  // namespace

bool polled(std::uint16_t asked, std::uint16_t system) {
    return matches(asked >> 8U, system >> 8U) && matches(asked & 0xFFU, system & 0xFFU);
}

base::Bytes polling_answer(const card::Idm& idm, const protocol::Pmm& pmm, std::uint8_t request, std::uint16_t system) {
    constexpr std::uint8_t system_code = 0x01;
    constexpr std::uint8_t performance = 0x02;
    base::Bytes frame{0x00, protocol::code::polling + 1};
    base::append(frame, idm.view());
    base::append(frame, pmm.view());
    if (request == system_code)
        base::append(frame,
                     std::array{static_cast<std::uint8_t>(system >> 8U), static_cast<std::uint8_t>(system & 0xFFU)});
    if (request == performance) base::append(frame, std::array<std::uint8_t, 2>{0x00, 0x83});  // 212 and 424 kbps
    frame[0] = static_cast<std::uint8_t>(frame.size());
    return frame;
}

std::optional<Command> take_apart(base::ByteView frame) {
    constexpr std::size_t head = 10;
    if (frame.size() < head || frame[0] != frame.size()) return std::nullopt;
    Command command;
    command.code = frame[1];
    std::copy_n(frame.begin() + 2, card::Idm::size, command.idm.bytes.begin());
    if (command.code != protocol::code::read && command.code != protocol::code::write) return command;
    base::Taker from{frame.subspan(head)};
    for (unsigned left = from.octet(); left > 0 && from.good; --left) command.services.push_back(from.little());
    for (unsigned left = from.octet(); left > 0 && from.good; --left) command.elements.push_back(take_element(from));
    command.data.assign(from.rest.begin(), from.rest.end());
    const std::size_t expected =
        command.code == protocol::code::write ? command.elements.size() * protocol::block_size : 0;
    if (!from.good || command.data.size() != expected) return std::nullopt;
    return command;
}

base::Bytes status_answer(std::uint8_t answer_code, const card::Idm& idm, std::uint8_t flag1, std::uint8_t flag2) {
    base::Bytes frame{0x0C, answer_code};
    base::append(frame, idm.view());
    frame.push_back(flag1);
    frame.push_back(flag2);
    return frame;
}

}  // namespace kazashi::simulator
