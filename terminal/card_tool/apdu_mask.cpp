#include "terminal/card_tool/apdu_mask.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace kazashi::card_tool {

namespace {

constexpr std::size_t idm_size = 8;
constexpr std::size_t block_size = 16;
constexpr std::size_t header = 5;  // CLA INS P1 P2 and a length

// The block lists of a Lite-S: a write of RC, of a key, and a read that ends with MAC or MAC_A.
constexpr std::array<std::uint8_t, 3> one_rc{0x01, 0x80, 0x80};
constexpr std::array<std::uint8_t, 3> one_key{0x01, 0x80, 0x87};
constexpr std::array<std::uint8_t, 3> key_with_mac{0x02, 0x80, 0x87};

template <class Pattern>
bool contains(base::ByteView bytes, const Pattern& pattern) {
    return std::search(bytes.begin(), bytes.end(), pattern.begin(), pattern.end()) != bytes.end();
}

// Identiv's write without a frame, FF 48: P1 services, then the blocks. Whether its first block is this one.
bool writes_block(base::ByteView apdu, std::uint8_t block) {
    if (apdu.size() < header || apdu[1] != 0x48) return false;
    const std::size_t at = header + std::size_t{2} * apdu[2];
    return apdu.size() >= at + 2 && apdu[at] == 0x80 && apdu[at + 1] == block;
}

// A read's block list stands at the end of its frame, with an Le at most behind it.
bool reads_mac(base::ByteView apdu) {
    for (const std::size_t behind : {0U, 1U}) {
        if (apdu.size() < header + 2 + behind) continue;
        const auto last = apdu.subspan(apdu.size() - behind - 2, 2);
        if (last[0] == 0x80 && (last[1] == 0x81 || last[1] == 0x91)) return true;
    }
    return false;
}

void hide(std::vector<bool>& shown, std::size_t from, std::size_t size) {
    const auto end = std::min(shown.size(), from + size);
    for (auto i = from; i < end; ++i) shown[i] = false;
}

std::string print(base::ByteView bytes, const std::vector<bool>& shown) {
    std::string out;
    for (std::size_t i = 0; i < bytes.size();) {
        if (i > 0) out += ' ';
        const auto begin = i++;
        if (shown[begin]) {
            out += fmt::format("{:02X}", bytes[begin]);
            continue;
        }
        while (i < bytes.size() && !shown[i]) ++i;
        out += fmt::format("··×{}", i - begin);
    }
    return out;
}

}  // namespace

std::string ApduMask::command(base::ByteView apdu) {
    constexpr std::uint8_t of_the_reader = 0xFF;
    constexpr std::uint8_t verify = 0x20;
    constexpr std::uint8_t read_binary = 0xB0;
    constexpr std::uint8_t perform_security = 0x2A;
    constexpr std::uint8_t get_response = 0xC0;
    Shown shown(apdu.size(), true);
    const bool to_card = apdu.size() >= 2 && (apdu[0] & 0xEFU) == 0;
    const bool to_reader = apdu.size() >= 2 && apdu[0] == of_the_reader;
    // The rest of an answer is of the command that was answered with 61 xx.
    const bool fetches = (to_card || to_reader) && apdu[1] == get_response;
    if (!fetches) certificate_ = to_card && (apdu[1] == read_binary || apdu[1] == perform_security);
    if (!fetches) single_block_ = to_reader && (apdu[1] == read_binary || apdu[1] == 0xD6);
    const bool key = to_reader && (contains(apdu, one_key) || contains(apdu, key_with_mac) || writes_block(apdu, 0x87));
    if (to_reader && (contains(apdu, one_rc) || writes_block(apdu, 0x80))) in_proof_ = true;
    if (!fetches) ends_proof_ = in_proof_ && to_reader && reads_mac(apdu);
    if (to_card && apdu[1] == verify) hide(shown, header, apdu.size());
    if (to_card && apdu[1] == perform_security) hide(shown, header, apdu.size());
    if (in_proof_ || key || (single_block_ && !fetches && apdu[1] == 0xD6)) hide(shown, header, apdu.size());
    if (!show_) hide_idm(apdu, shown);
    return print(apdu, shown);
}

std::string ApduMask::answer(base::ByteView apdu) {
    constexpr std::size_t sw = 2;
    learn_idm(apdu);
    Shown shown(apdu.size(), true);
    const auto data = apdu.size() >= sw ? apdu.size() - sw : 0;
    if (in_proof_ || (!show_ && (certificate_ || single_block_))) hide(shown, 0, data);
    if (!show_) {
        hide_idm(apdu, shown);
        hide_blocks(apdu.first(data), shown);
    }
    const bool more_to_come = apdu.size() >= sw && apdu[data] == 0x61;
    if (ends_proof_ && !more_to_come) in_proof_ = ends_proof_ = false;
    return print(apdu, shown);
}

// From GET DATA, or from the answer to a Polling, wherever the reader puts it.
void ApduMask::learn_idm(base::ByteView answer) {
    if (answer.size() == idm_size + 2 && !idm_) idm_ = base::Bytes{answer.begin(), answer.begin() + idm_size};
    for (std::size_t i = 0; i + 2 + idm_size <= answer.size(); ++i) {
        const bool polled = (answer[i] == 0x12 || answer[i] == 0x14) && answer[i + 1] == 0x01;
        if (!polled || answer.size() < i + answer[i]) continue;
        const auto idm = answer.subspan(i + 2, idm_size);
        idm_ = base::Bytes{idm.begin(), idm.end()};
        return;
    }
}

// Its first octet may differ: the system number is part of it.
void ApduMask::hide_idm(base::ByteView bytes, Shown& shown) const {
    if (!idm_) return;
    const auto tail = base::ByteView{*idm_}.subspan(1);
    for (auto from = bytes.begin();;) {
        const auto found = std::search(from, bytes.end(), tail.begin(), tail.end());
        if (found == bytes.end()) return;
        const auto at = static_cast<std::size_t>(found - bytes.begin());
        hide(shown, at == 0 ? 0 : at - 1, tail.size() + (at == 0 ? 0 : 1));
        from = found + 1;
    }
}

// Behind IDm and two status flags of zero: a number of blocks, and so many blocks.
void ApduMask::hide_blocks(base::ByteView answer, Shown& shown) const {
    if (!idm_) return;
    const auto tail = base::ByteView{*idm_}.subspan(1);
    const auto found = std::search(answer.begin(), answer.end(), tail.begin(), tail.end());
    const auto behind = static_cast<std::size_t>(found - answer.begin()) + tail.size();
    if (found == answer.end() || answer.size() < behind + 3) return;
    const auto flags = answer.subspan(behind, 3);
    if (flags[0] == 0 && flags[1] == 0 && flags[2] > 0) hide(shown, behind + 3, flags[2] * block_size);
}

}  // namespace kazashi::card_tool
