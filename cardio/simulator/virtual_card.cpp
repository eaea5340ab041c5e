#include "cardio/simulator/virtual_card.h"

#include <algorithm>
#include <random>

namespace kazashi::simulator {

namespace {

namespace block = protocol::lite_s;
namespace flag2 = protocol::flag2;

constexpr std::uint8_t ic_lite = 0xF0;
constexpr std::uint16_t system_ndef = 0x12FC;
constexpr std::uint32_t last_mac_write = 0xFFFE00;  // after the lock
constexpr std::uint32_t last_write = 0xFFFFFF;

// Flag 1 as a bitmap of the element that failed.
std::uint8_t position(std::size_t index) { return static_cast<std::uint8_t>(1U << (index % 8)); }

bool is_pad(std::uint16_t number) { return number <= block::reg; }
bool is_mac(std::uint16_t number) { return number == block::mac || number == block::mac_a; }

std::uint32_t little32(const card::Block& from, std::size_t at) {
    std::uint32_t value = 0;
    for (unsigned i = 0; i < 4; ++i) value |= std::uint32_t{from.bytes[at + i]} << (8U * i);
    return value;
}

card::Block block_at(const base::Bytes& data, std::size_t index) {
    card::Block out;
    std::copy_n(data.begin() + static_cast<std::ptrdiff_t>(index * protocol::block_size), protocol::block_size,
                out.bytes.begin());
    return out;
}

void put_little24(card::Block& to, std::size_t at, std::uint32_t value) {
    for (unsigned i = 0; i < 3; ++i) to.bytes[at + i] = static_cast<std::uint8_t>(value >> (8U * i) & 0xFFU);
}

card::Block noise() {
    std::random_device device;
    card::Block out;
    for (std::size_t i = 0; i < 8; ++i) out.bytes[i] = static_cast<std::uint8_t>(device() & 0xFFU);
    return out;
}

}  // namespace

VirtualCard::VirtualCard(const CardImage& image) : VirtualCard{image.idm, image.pmm} {
    id_ = image.id;
    pads_[0] = image.s_pad0;
    ck_ = image.ck.clone();
    ckv_.bytes[0] = static_cast<std::uint8_t>(image.ckv & 0xFFU);
    ckv_.bytes[1] = static_cast<std::uint8_t>(image.ckv >> 8U);
    std::copy(image.pads.begin(), image.pads.end(), pads_.begin() + 1);
    mc_ = MemoryConfiguration::issued(chip());
    wcnt_ = 0;
    pads_[block::reg].bytes.fill(0xFF);
}

VirtualCard VirtualCard::blank(const card::Idm& idm, card::Chip chip) {
    auto pmm = CardImage{}.pmm;
    if (chip == card::Chip::lite) pmm.bytes[1] = ic_lite;
    VirtualCard card{idm, pmm};
    std::copy(idm.bytes.begin(), idm.bytes.end(), card.id_.bytes.begin());
    card.pads_[block::reg].bytes.fill(0xFF);
    return card;
}

void VirtualCard::power_off() {
    rc_.reset();
    authenticated_ = false;
}

std::optional<base::Bytes> VirtualCard::answer(base::ByteView frame) {
    if (frame.size() >= 2 && frame[1] == protocol::code::polling) return answer_polling(frame);
    const auto command = take_apart(frame);
    if (!command || command->idm != idm_) return std::nullopt;
    if (command->code == protocol::code::read) return read(*command);
    if (command->code == protocol::code::write) return write(*command);
    return std::nullopt;  // a Lite-S is silent to every other command
}

std::optional<base::Bytes> VirtualCard::answer_polling(base::ByteView frame) const {
    if (frame.size() != 6 || frame[0] != 6) return std::nullopt;
    const std::uint8_t slots = frame[5];
    if ((slots & (slots + 1U)) != 0 || slots > 0x0F) return std::nullopt;
    const auto asked = static_cast<std::uint16_t>(frame[2] << 8U | frame[3]);
    if (polled(asked, protocol::system_lite_s)) return polling_answer(idm_, pmm_, frame[4], protocol::system_lite_s);
    if (mc_.answers_ndef() && polled(asked, system_ndef)) return polling_answer(idm_, pmm_, frame[4], system_ndef);
    return std::nullopt;
}

// What is common to reads and writes: services, number and form of the elements.
VirtualCard::Flags VirtualCard::check_list(const Command& command) const {
    if (command.services.size() != 1) return {0xFF, flag2::services};
    const auto service = command.services[0];
    if (service != protocol::service_read_write && service != protocol::service_read_only)
        return {0xFF, flag2::services};
    const bool reading = command.code == protocol::code::read;
    const std::size_t most = reading ? block::max_read_blocks : chip() == card::Chip::lite ? 1 : 2;
    if (command.elements.empty() || command.elements.size() > most) return {0xFF, flag2::blocks};
    for (std::size_t i = 0; i < command.elements.size(); ++i) {
        if (command.elements[i].service != 0) return {position(i), flag2::service_index};
        if (command.elements[i].access != 0) return {position(i), flag2::mode};
    }
    if (!reading && service == protocol::service_read_only) return {position(0), flag2::attribute};
    return {};
}

VirtualCard::Flags VirtualCard::check_reads(const std::vector<Element>& elements) const {
    for (std::size_t i = 0; i < elements.size(); ++i) {
        const auto number = elements[i].block;
        const bool last = i + 1 == elements.size();
        if (is_mac(number) && has(number)) {
            if (!last) return {position(i), flag2::block_number};
            if (!rc_ || (number == block::mac && i == 0)) return {position(i), flag2::mac_a};
        } else if (!readable(number)) {
            return {position(i), flag2::block_number};
        } else if (is_pad(number) && mc_.read_needs_authentication(number) && !authenticated_) {
            return {position(i), flag2::needs_authentication};
        }
    }
    return {};
}

bool VirtualCard::has(std::uint16_t number) const {
    const bool of_lite_s = number == block::wcnt || number == block::mac_a || number == block::state;
    return !of_lite_s || chip() == card::Chip::lite_s;
}

std::map<std::uint8_t, card::Block> VirtualCard::dump() const {
    std::map<std::uint8_t, card::Block> out;
    for (unsigned number = 0; number <= 0xFF; ++number)
        if (const auto content = readable(static_cast<std::uint16_t>(number)))
            out[static_cast<std::uint8_t>(number)] = *content;
    std::copy(ck_.view().begin(), ck_.view().end(), out[block::ck].bytes.begin());
    return out;
}

std::optional<card::Block> VirtualCard::readable(std::uint16_t number) const {
    if (!has(number)) return std::nullopt;
    if (is_pad(number)) return pads_[number];
    card::Block out{};
    switch (number) {
        case block::id:
            return id_;
        case block::d_id:
            std::copy(idm_.bytes.begin(), idm_.bytes.end(), out.bytes.begin());
            std::copy(pmm_.bytes.begin(), pmm_.bytes.end(), out.bytes.begin() + 8);
            return out;
        case block::ser_c:
            return ser_c_;
        case block::sys_c:
            out.bytes[0] = protocol::system_lite_s >> 8U;
            out.bytes[1] = protocol::system_lite_s & 0xFFU;
            return out;
        case block::ckv:
            return ckv_;
        case block::mc:
            return mc_.block();
        case block::wcnt:
            put_little24(out, 0, wcnt_);
            return out;
        case block::state:
            out.bytes[0] = authenticated_ ? 1 : 0;
            return out;
        default:
            return std::nullopt;
    }
}

card::Block VirtualCard::mac_block(const std::vector<Element>& elements, base::ByteView data) const {
    if (recordings_) {
        const auto known = std::find_if(recordings_->begin(), recordings_->end(),
                                        [this](const Heard& heard) { return heard.rc == *rc_; });
        if (known == recordings_->end()) return noise();
        card::Block out{};
        std::copy(known->mac.begin(), known->mac.end(), out.bytes.begin());
        return out;
    }
    std::vector<std::uint8_t> numbers;
    for (const auto& element : elements) numbers.push_back(static_cast<std::uint8_t>(element.block));
    const protocol::SessionKey key{ck_, *rc_};
    const auto mac = numbers.back() == block::mac ? key.mac(data) : key.mac_a_read(numbers, data);
    card::Block out{};
    std::copy_n(mac.data(), 8, out.bytes.begin());
    return out;
}

base::Bytes VirtualCard::read(const Command& command) const {
    constexpr std::uint8_t code = protocol::code::read + 1;
    if (const auto flags = check_list(command); !flags) return status_answer(code, idm_, flags.flag1, flags.flag2);
    if (const auto flags = check_reads(command.elements); !flags)
        return status_answer(code, idm_, flags.flag1, flags.flag2);
    base::Bytes data;
    for (const auto& element : command.elements) {
        const auto content =
            is_mac(element.block) ? mac_block(command.elements, data) : readable(element.block).value();
        base::append(data, content.view());
    }
    base::Bytes frame = status_answer(code, idm_, 0, 0);
    frame.push_back(static_cast<std::uint8_t>(command.elements.size()));
    base::append(frame, data);
    frame[0] = static_cast<std::uint8_t>(frame.size());
    return frame;
}

bool VirtualCard::mac_fits(std::uint16_t number, const card::Block& data, const card::Block& mac_a) const {
    if (!rc_ || recordings_ || (mc_.locked() && wcnt_ >= last_mac_write)) return false;
    card::Block counter{};
    put_little24(counter, 0, wcnt_);
    if (!base::equal(mac_a.view().subspan(8, 3), counter.view().first(3))) return false;
    const auto mac = protocol::SessionKey{ck_, *rc_}.mac_a_write(static_cast<std::uint8_t>(number), data.view(), wcnt_);
    return base::equal_secret(mac.view(), mac_a.view().first(8));
}

VirtualCard::Flags VirtualCard::check_pad_write(unsigned pad, const card::Block& data, bool with_mac) const {
    if (!mc_.writable(pad)) return {position(0), flag2::access};
    if (mc_.write_needs_authentication(pad) && !authenticated_) return {position(0), flag2::needs_authentication};
    if (mc_.write_needs_mac(pad) && !with_mac) return {position(0), flag2::needs_authentication};
    const bool grows = little32(data, 0) > little32(pads_[pad], 0) || little32(data, 4) > little32(pads_[pad], 4);
    if (pad == block::reg && grows) return {position(0), flag2::access};
    return {};
}

VirtualCard::Flags VirtualCard::check_write(std::uint16_t number, const card::Block& data, bool with_mac) const {
    const Flags refused{position(0), flag2::access};
    if (!has(number)) return {position(0), flag2::block_number};
    if (wcnt_ >= last_write && number != block::rc) return refused;
    if (is_pad(number)) return check_pad_write(number, data, with_mac);
    switch (number) {
        case block::rc:
            return with_mac ? Flags{position(1), flag2::mac_a} : Flags{};
        case block::id:
            if (!base::equal(data.view().first(8), idm_.view())) return refused;
            return mc_.locked() ? refused : Flags{};
        case block::ser_c:
            return mc_.locked() ? refused : Flags{};
        case block::ck:
        case block::ckv:
            return !mc_.locked() || (mc_.key_changes_with_mac() && with_mac) ? Flags{} : refused;
        case block::mc:
            return mc_.may_become(data) ? Flags{} : refused;
        case block::state:
            return mc_.state_needs_mac() && with_mac ? Flags{} : Flags{position(0), flag2::needs_authentication};
        default:
            return {position(0), flag2::block_number};
    }
}

void VirtualCard::store(std::uint16_t number, const card::Block& data) {
    if (number == block::rc) {
        rc_ = card::Challenge{data.bytes};
        return;  // the only write that is not counted
    }
    ++wcnt_;
    if (is_pad(number)) pads_[number] = data;
    if (number == block::id) id_ = data;
    if (number == block::ser_c) ser_c_ = data;
    if (number == block::ckv) ckv_ = data;
    if (number == block::ck) ck_ = protocol::CardKey{data.bytes};
    if (number == block::state) authenticated_ = data.bytes[0] == 0x01;
    if (number == block::mc) {
        const bool was_locked = mc_.locked();
        auto known = data;
        if (chip() == card::Chip::lite) std::fill(known.bytes.begin() + 5, known.bytes.end(), std::uint8_t{0});
        mc_ = MemoryConfiguration{known};
        if (!was_locked && mc_.locked()) wcnt_ = 0;
    }
}

base::Bytes VirtualCard::write(const Command& command) {
    constexpr std::uint8_t code = protocol::code::write + 1;
    const auto refuse = [this](Flags flags) { return status_answer(code, idm_, flags.flag1, flags.flag2); };
    if (const auto flags = check_list(command); !flags) return refuse(flags);
    const bool with_mac = command.elements.size() == 2;
    if (with_mac && command.elements[1].block != block::mac_a) return refuse({0xFF, flag2::blocks});
    const auto number = command.elements[0].block;
    const auto data = block_at(command.data, 0);
    if (const auto flags = check_write(number, data, with_mac); !flags) return refuse(flags);
    if (with_mac && !mac_fits(number, data, block_at(command.data, 1))) return refuse({position(1), flag2::mac_a});
    store(number, data);
    return status_answer(code, idm_, 0, 0);
}

}  // namespace kazashi::simulator
