#include "cardio/protocol/felica.h"

#include <algorithm>
#include <cassert>

namespace kazashi::protocol {

namespace {

using base::Error;
using base::Fault;

constexpr std::size_t idm_at = 2;
constexpr std::size_t flags_at = 10;
constexpr std::size_t flags_end = 12;  // length of an answer that carries flags and nothing else
constexpr std::size_t data_at = 13;

void append_element(base::Bytes& to, std::uint16_t block) {
    const auto low = static_cast<std::uint8_t>(block & 0xFFU);
    const auto high = static_cast<std::uint8_t>(block >> 8U);
    to.push_back(high == 0 ? 0x80 : 0x00);  // two or three octets, normal access, first service
    to.push_back(low);
    if (high != 0) to.push_back(high);
}

template <class Number>
base::Bytes begin(std::uint8_t command, const card::Idm& idm, std::uint16_t service, std::span<const Number> blocks) {
    base::Bytes frame{0x00, command};
    base::append(frame, idm.view());
    frame.push_back(1);
    frame.push_back(static_cast<std::uint8_t>(service & 0xFFU));
    frame.push_back(static_cast<std::uint8_t>(service >> 8U));
    frame.push_back(static_cast<std::uint8_t>(blocks.size()));
    for (const auto block : blocks) append_element(frame, block);
    return frame;
}

base::Bytes finish(base::Bytes frame) {
    assert(frame.size() <= max_frame);
    frame[0] = static_cast<std::uint8_t>(frame.size());
    return frame;
}

base::Status check_head(base::ByteView frame, std::uint8_t answer_code) {
    if (frame.size() < 2) return Error{Fault::card_left, "no answer"};
    if (frame[0] != frame.size()) return Error{Fault::malformed, "LEN is not the length of the answer"};
    if (frame[1] != answer_code) return Error{Fault::malformed, "the answer belongs to another command"};
    return base::ok();
}

// The checklist of felica.md §1.4 in its order: up to the status flags, and these.
base::Status check_answer(base::ByteView frame, std::uint8_t command, const card::Idm& idm) {
    KAZASHI_CHECK(check_answerer(frame, command, idm));
    const auto flags = frame.subspan(flags_at, 2);
    if (flags[1] == flag2::rewrite_limit && command == code::write) return base::ok();
    if (flags[0] != 0 || flags[1] != 0) return Error{Fault::card_refused, "status flags " + base::to_hex(flags)};
    return base::ok();
}

}  // namespace

base::Bytes polling_frame(std::uint16_t system, PollRequest request, TimeSlots slots) {
    return {0x06,
            code::polling,
            static_cast<std::uint8_t>(system >> 8U),
            static_cast<std::uint8_t>(system & 0xFFU),
            static_cast<std::uint8_t>(request),
            static_cast<std::uint8_t>(slots)};
}

base::Bytes read_frame(const card::Idm& idm, std::uint16_t service, std::span<const std::uint8_t> blocks) {
    return finish(begin(code::read, idm, service, blocks));
}

base::Bytes read_frame(const card::Idm& idm, std::uint16_t service, std::span<const std::uint16_t> blocks) {
    return finish(begin(code::read, idm, service, blocks));
}

base::Bytes write_frame(const card::Idm& idm, std::uint16_t service, std::span<const std::uint8_t> blocks,
                        base::ByteView data) {
    assert(data.size() == blocks.size() * block_size);
    base::Bytes frame = begin(code::write, idm, service, blocks);
    base::append(frame, data);
    return finish(std::move(frame));
}

base::Result<Polled> parse_polling(base::ByteView frame) {
    constexpr std::size_t plain = 18;
    constexpr std::size_t with_request_data = 20;
    KAZASHI_CHECK(check_head(frame, code::polling + 1));
    if (frame.size() != plain && frame.size() != with_request_data)
        return Error{Fault::malformed, "a polling answer has 18 or 20 bytes"};
    Polled polled;
    std::copy_n(frame.begin() + idm_at, card::Idm::size, polled.idm.bytes.begin());
    std::copy_n(frame.begin() + idm_at + card::Idm::size, Pmm::size, polled.pmm.bytes.begin());
    if (frame.size() == with_request_data)
        polled.request_data = static_cast<std::uint16_t>(frame[plain] << 8U | frame[plain + 1]);
    return polled;
}

base::Result<std::vector<card::Block>> parse_read(base::ByteView frame, const card::Idm& idm, std::size_t blocks) {
    KAZASHI_CHECK(check_answer(frame, code::read, idm));
    if (frame.size() < data_at || frame[flags_end] != blocks)
        return Error{Fault::malformed, "not the number of blocks asked for"};
    if (frame.size() != data_at + blocks * block_size) return Error{Fault::malformed, "blocks cut or too long"};
    std::vector<card::Block> out(blocks);
    for (std::size_t i = 0; i < blocks; ++i) {
        const auto from = frame.subspan(data_at + i * block_size, block_size);
        std::copy(from.begin(), from.end(), out[i].bytes.begin());
    }
    return out;
}

base::Status parse_write(base::ByteView frame, const card::Idm& idm) {
    KAZASHI_CHECK(check_answer(frame, code::write, idm));
    if (frame.size() != flags_end) return Error{Fault::malformed, "a write answer has 12 bytes"};
    return base::ok();
}

base::Status check_answerer(base::ByteView frame, std::uint8_t command, const card::Idm& idm) {
    KAZASHI_CHECK(check_head(frame, static_cast<std::uint8_t>(command + 1)));
    if (frame.size() < idm_at + card::Idm::size) return Error{Fault::malformed, "the answer ends before its IDm"};
    if (!base::equal(frame.subspan(idm_at, card::Idm::size), idm.view()))
        return Error{Fault::malformed, "another card answered"};
    if (frame.size() < flags_end) return Error{Fault::malformed, "the answer ends before its status flags"};
    return base::ok();
}

bool too_many_blocks(base::ByteView frame) {
    return frame.size() >= flags_end && frame[flags_at] != 0 && frame[flags_at + 1] == flag2::blocks;
}

card::Chip chip_of(const Pmm& pmm) {
    constexpr std::uint8_t lite = 0xF0;
    return pmm.bytes[1] == lite ? card::Chip::lite : card::Chip::lite_s;
}

bool same_card(const card::Idm& a, const card::Idm& b) {
    return (a.bytes[0] & 0x0FU) == (b.bytes[0] & 0x0FU) && base::equal(a.view().subspan(1), b.view().subspan(1));
}

std::chrono::microseconds response_budget(const Pmm& pmm, std::uint8_t command, std::size_t blocks) {
    constexpr std::size_t read_byte = 5;
    constexpr std::size_t write_byte = 6;
    constexpr std::size_t fixed_byte = 3;
    const bool counted = command == code::read || command == code::write;
    const auto which = command == code::read ? read_byte : command == code::write ? write_byte : fixed_byte;
    const unsigned byte = pmm.bytes[which];
    const unsigned a = byte & 7U;
    const unsigned b = byte >> 3U & 7U;
    const unsigned e = byte >> 6U;
    const auto n = counted ? static_cast<unsigned>(blocks) : 0U;
    const std::uint64_t units = ((b + 1U) * n + (a + 1U)) * (std::uint64_t{1} << (2U * e));
    // One unit is 256·16/fc; fc = 13.56 MHz.
    return std::chrono::microseconds{units * 256U * 16U * 100U / 1356U};
}

std::chrono::microseconds air_time(std::size_t bytes) {
    constexpr std::size_t around = 20;  // preamble, sync and CRC of both frames
    constexpr std::size_t tenths_per_byte = 378;
    return std::chrono::microseconds{(bytes + around) * tenths_per_byte / 10};
}

}  // namespace kazashi::protocol
