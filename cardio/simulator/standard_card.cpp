#include "cardio/simulator/standard_card.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>

#include "cardio/base/taker.h"

namespace kazashi::simulator {

namespace {

namespace flag2 = protocol::flag2;

constexpr std::size_t most_read = 12;  // blocks in one command
constexpr std::size_t most_write = 8;
constexpr protocol::Pmm rc_s962{{0x03, 0x20, 0x42, 0x82, 0x82, 0x47, 0xAA, 0xFF}};

std::uint8_t position(std::size_t index) { return static_cast<std::uint8_t>(index + 1); }  // as an ordinal
bool needs_no_key(std::uint16_t service) { return (service & 1U) != 0; }
bool read_only(std::uint16_t service) { return (service & 2U) != 0; }

void append_little(base::Bytes& to, std::uint16_t value) {
    to.push_back(static_cast<std::uint8_t>(value & 0xFFU));
    to.push_back(static_cast<std::uint8_t>(value >> 8U));
}

StandardCard::Service* find(StandardCard::System& system, std::uint16_t code) {
    const auto found = std::find_if(system.services.begin(), system.services.end(),
                                    [code](const auto& service) { return service.code == code; });
    return found == system.services.end() ? nullptr : &*found;
}

struct Refusal {
    std::uint8_t flag1{};
    std::uint8_t flag2{};
};

std::optional<Refusal> check_services(const Command& command, StandardCard::System& system) {
    if (command.services.empty() || command.services.size() > 16) return Refusal{0xFF, flag2::services};
    const bool writing = command.code == protocol::code::write;
    for (std::size_t i = 0; i < command.services.size(); ++i) {
        const auto code = command.services[i];
        if (!find(system, code)) return Refusal{position(i), flag2::no_service};
        if (!needs_no_key(code)) return Refusal{position(i), flag2::access};
        if (writing && read_only(code)) return Refusal{position(i), flag2::attribute};
    }
    return std::nullopt;
}

std::optional<Refusal> check_elements(const Command& command, StandardCard::System& system) {
    const auto most = command.code == protocol::code::write ? most_write : most_read;
    if (command.elements.empty() || command.elements.size() > most) return Refusal{0xFF, flag2::blocks};
    for (std::size_t i = 0; i < command.elements.size(); ++i) {
        const auto& element = command.elements[i];
        if (element.service >= command.services.size()) return Refusal{position(i), flag2::service_index};
        if (element.access != 0) return Refusal{position(i), flag2::mode};
        const auto* service = find(system, command.services[element.service]);
        if (element.block >= service->blocks.size()) return Refusal{position(i), flag2::block_number};
    }
    return std::nullopt;
}

}  // namespace

card::Idm StandardCard::idm_of(std::size_t system) const {
    card::Idm out = idm_;
    out.bytes[0] = static_cast<std::uint8_t>(out.bytes[0] | system << 4U);
    return out;
}

std::optional<base::Bytes> StandardCard::answer(base::ByteView frame) {
    constexpr std::size_t head = 10;
    if (frame.size() == 6 && frame[0] == 6 && frame[1] == protocol::code::polling) return answer_polling(frame);
    const auto command = take_apart(frame);
    if (!command) return std::nullopt;
    for (std::size_t i = 0; i < systems_.size(); ++i) {
        if (command->idm != idm_of(i)) continue;
        if (command->code == protocol::code::read || command->code == protocol::code::write)
            return access(*command, systems_[i]);
        return inquire(command->code, command->idm, frame.subspan(head), systems_[i]);
    }
    return std::nullopt;
}

std::optional<base::Bytes> StandardCard::answer_polling(base::ByteView frame) const {
    const auto asked = static_cast<std::uint16_t>(frame[2] << 8U | frame[3]);
    for (std::size_t i = 0; i < systems_.size(); ++i)
        if (polled(asked, systems_[i].code)) return polling_answer(idm_of(i), pmm_, frame[4], systems_[i].code);
    return std::nullopt;
}

base::Bytes StandardCard::access(const Command& command, System& system) const {
    const auto code = static_cast<std::uint8_t>(command.code + 1U);
    auto refusal = check_services(command, system);
    if (!refusal) refusal = check_elements(command, system);
    if (refusal) return status_answer(code, command.idm, refusal->flag1, refusal->flag2);
    auto frame = status_answer(code, command.idm, 0, 0);
    if (command.code == protocol::code::read) frame.push_back(static_cast<std::uint8_t>(command.elements.size()));
    for (std::size_t i = 0; i < command.elements.size(); ++i) {
        const auto& element = command.elements[i];
        auto& block = find(system, command.services[element.service])->blocks[element.block];
        if (command.code == protocol::code::read) base::append(frame, block.view());
        if (command.code == protocol::code::write)
            std::copy_n(command.data.begin() + static_cast<std::ptrdiff_t>(i * protocol::block_size),
                        protocol::block_size, block.bytes.begin());
    }
    frame[0] = static_cast<std::uint8_t>(frame.size());
    return frame;
}

// Request Service, Request Response, Search Service Code, Request System Code; everything else needs keys.
std::optional<base::Bytes> StandardCard::inquire(std::uint8_t code, const card::Idm& idm, base::ByteView body,
                                                 const System& system) const {
    constexpr std::uint16_t key_version = 0x0001;
    constexpr std::uint16_t absent = 0xFFFF;
    base::Bytes frame{0x00, static_cast<std::uint8_t>(code + 1U)};
    base::append(frame, idm.view());
    base::Taker from{body};
    if (code == 0x02) {
        const auto nodes = from.octet();
        frame.push_back(nodes);
        for (unsigned i = 0; i < nodes && from.good; ++i) {
            const auto node = from.little();
            const bool there = node == 0 || std::any_of(system.services.begin(), system.services.end(),
                                                        [node](const auto& one) { return one.code == node; });
            append_little(frame, there ? key_version : absent);
        }
        if (nodes == 0 || nodes > 32) return std::nullopt;
    } else if (code == 0x04) {
        frame.push_back(0x00);  // mode 0: nobody has authenticated
    } else if (code == 0x0A) {
        const std::size_t index = from.little();
        if (index == 0) append_little(frame, 0x0000);  // the root area, and where it ends
        if (index == 0) append_little(frame, 0xFFFE);
        if (index > 0) append_little(frame, index <= system.services.size() ? system.services[index - 1].code : absent);
    } else if (code == 0x0C) {
        frame.push_back(static_cast<std::uint8_t>(systems_.size()));
        for (const auto& one : systems_) {
            frame.push_back(static_cast<std::uint8_t>(one.code >> 8U));
            frame.push_back(static_cast<std::uint8_t>(one.code & 0xFFU));
        }
    } else {
        return std::nullopt;
    }
    if (!from.good || !from.rest.empty()) return std::nullopt;
    frame[0] = static_cast<std::uint8_t>(frame.size());
    return frame;
}

namespace {

base::Bytes bcd(std::string_view digits) {
    base::Bytes out;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
        out.push_back(static_cast<std::uint8_t>((digits[i] - '0') << 4 | (digits[i + 1] - '0')));
    return out;
}

base::Bytes binary(std::string_view digits, std::size_t length) {
    std::uint64_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    base::Bytes out(length);
    for (auto octet = out.rbegin(); octet != out.rend(); ++octet, value >>= 8U)
        *octet = static_cast<std::uint8_t>(value & 0xFFU);
    return out;
}

base::Bytes code(const card::CardProfile& profile, std::string_view digits) {
    switch (profile.coding) {
        case card::NumberCoding::ascii:
            return {digits.begin(), digits.end()};
        case card::NumberCoding::bcd:
            return bcd(digits);
        case card::NumberCoding::hexadecimal:
            return binary(digits, profile.length);
    }
    return {};
}

}  // namespace

std::shared_ptr<StandardCard> card_of_profile(const card::CardProfile& profile, std::string_view number,
                                              const card::Idm& idm) {
    const bool digits = std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || !number.starts_with(profile.prefix)) return nullptr;
    base::Bytes data(profile.blocks.size() * protocol::block_size);
    const auto octets = code(profile, number.substr(profile.prefix.size()));
    if (octets.size() != profile.length || profile.offset + octets.size() > data.size()) return nullptr;
    std::copy(octets.begin(), octets.end(), data.begin() + static_cast<std::ptrdiff_t>(profile.offset));
    const auto written = card::record_of(profile, data);  // a number too large for its octets is not what was asked for
    if (!written || written->number != number) return nullptr;

    StandardCard::Service service{profile.service, {}};
    for (std::size_t i = 0; i < profile.blocks.size(); ++i) {
        const std::size_t block = profile.blocks[i];
        if (service.blocks.size() <= block) service.blocks.resize(block + 1);
        const auto at = data.begin() + static_cast<std::ptrdiff_t>(i * protocol::block_size);
        std::copy_n(at, protocol::block_size, service.blocks[block].bytes.begin());
    }
    return std::make_shared<StandardCard>(idm, rc_s962,
                                          std::vector<StandardCard::System>{{profile.system, {std::move(service)}}});
}

}  // namespace kazashi::simulator
