#include "cardio/protocol/iso7816.h"

#include <array>
#include <cassert>

#include "cardio/protocol/der.h"

namespace kazashi::protocol {

namespace {

constexpr std::uint8_t ins_verify = 0x20;
constexpr std::uint8_t ins_manage_security = 0x22;
constexpr std::uint8_t ins_perform_security = 0x2A;
constexpr std::uint8_t ins_select = 0xA4;
constexpr std::uint8_t ins_read_binary = 0xB0;
constexpr std::uint8_t ins_get_response = 0xC0;
constexpr std::uint8_t chained = 0x10;
constexpr std::size_t short_data = 255;

constexpr std::array<std::uint8_t, 19> sha256_prefix{0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                                     0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20};

std::uint8_t high(std::size_t value) { return static_cast<std::uint8_t>(value >> 8U & 0xFFU); }
std::uint8_t low(std::size_t value) { return static_cast<std::uint8_t>(value & 0xFFU); }

base::Error told(base::Fault fault, std::uint16_t status) {
    return {fault, "the card answered " + base::to_hex(std::array{high(status), low(status)})};
}

}  // namespace

base::Bytes select_application(base::ByteView name, Occurrence occurrence, bool name_wanted) {
    assert(name.size() >= 5 && name.size() <= 16);
    CommandApdu apdu{0x00, ins_select, 0x04, 0x0C, {name.begin(), name.end()}, {}};
    if (name_wanted) {
        apdu.p2 = 0x00;
        apdu.le = 0;
    }
    if (occurrence == Occurrence::next) apdu.p2 = static_cast<std::uint8_t>(apdu.p2 | 0x02U);
    return encode(apdu);
}

base::Bytes select_file(std::uint16_t file) {
    return encode(CommandApdu{0x00, ins_select, 0x02, 0x0C, {high(file), low(file)}, {}});
}

base::Bytes read_binary(std::size_t offset) {
    assert(offset < 0x8000);
    return encode(CommandApdu{0x00, ins_read_binary, high(offset), low(offset), {}, 0});
}

base::Bytes read_short_file(std::uint8_t short_id) {
    assert(short_id >= 1 && short_id <= 30);
    return encode(CommandApdu{0x00, ins_read_binary, static_cast<std::uint8_t>(0x80U | short_id), 0x00, {}, 0});
}

std::optional<base::Bytes> df_name(base::ByteView answer) {
    constexpr std::uint8_t control_information = 0x6F;
    constexpr std::uint8_t name = 0x84;
    const auto outer = read_der_file(answer);
    if (!outer || outer->empty() || outer->front().tag != control_information) return std::nullopt;
    const auto inner = read_der(outer->front().value);
    if (!inner) return std::nullopt;
    for (const auto& object : *inner) {
        if (object.tag != name || object.value.size() < 5 || object.value.size() > 16) continue;
        return base::Bytes{object.value.begin(), object.value.end()};
    }
    return std::nullopt;
}

base::SecretBytes verify_pin(std::uint8_t reference, const base::SecretBytes& pin) {
    assert(!pin.empty() && pin.size() <= most_pin);
    constexpr std::size_t header = 5;
    base::SecretBytes apdu{header + pin.size()};
    const std::array<std::uint8_t, header> head{0x00, ins_verify, 0x00, reference, low(pin.size())};
    std::copy(head.begin(), head.end(), apdu.data());
    std::copy(pin.view().begin(), pin.view().end(), apdu.data() + header);
    return apdu;
}

base::Bytes ask_pin_tries(std::uint8_t reference) {
    return encode(CommandApdu{0x00, ins_verify, 0x00, reference, {}, {}});
}

std::optional<PinAnswer> pin_answer(card::IdCardKind kind, std::uint16_t status) {
    constexpr std::uint16_t blocked = 0x6984;
    constexpr std::uint16_t blocked_or_refused = 0x6983;
    if (status == sw::ok) return PinAnswer{PinState::accepted, {}};
    if (status == blocked || (status == blocked_or_refused && kind == card::IdCardKind::my_number))
        return PinAnswer{PinState::blocked, 0};
    if (status == 0x6300) return PinAnswer{PinState::wrong, {}};
    if ((status & 0xFFF0U) != 0x63C0U) return std::nullopt;
    const int left = status & 0x0F;
    return PinAnswer{left == 0 ? PinState::blocked : PinState::wrong, left};
}

base::Bytes choose_signing_key(KeyTag tag, std::uint16_t key) {
    return encode(CommandApdu{
        0x00, ins_manage_security, 0x41, 0xB6, {static_cast<std::uint8_t>(tag), 0x02, high(key), low(key)}, {}});
}

std::vector<base::Bytes> sign_chained(std::uint8_t p1, std::uint8_t p2, base::ByteView input) {
    std::vector<base::Bytes> commands;
    while (input.size() > short_data) {
        const auto part = input.first(short_data);
        commands.push_back(encode(CommandApdu{chained, ins_perform_security, p1, p2, {part.begin(), part.end()}, {}}));
        input = input.subspan(short_data);
    }
    commands.push_back(encode(CommandApdu{0x00, ins_perform_security, p1, p2, {input.begin(), input.end()}, 0}));
    return commands;
}

base::Bytes sign_extended(std::uint8_t p1, std::uint8_t p2, base::ByteView input) {
    assert(input.size() <= 0xFFFF);
    base::Bytes apdu{0x00, ins_perform_security, p1, p2, 0x00, high(input.size()), low(input.size())};
    base::append(apdu, input);
    apdu.insert(apdu.end(), {0x00, 0x00});  // as much as there is
    return apdu;
}

base::Bytes fetch_rest(std::uint8_t size) { return encode(CommandApdu{0x00, ins_get_response, 0, 0, {}, size}); }

std::optional<base::Error> card_fault(std::uint16_t status) {
    using base::Fault;
    switch (status) {
        case sw::ok:
        case 0x6282:
            return std::nullopt;
        case 0x6A82:
        case 0x6A83:
        case 0x6A88:
            return told(Fault::not_found, status);
        case 0x6982:
            return told(Fault::denied, status);
        default:
            break;
    }
    const auto high_byte = status >> 8U;
    const bool unknown = high_byte == 0x6D || high_byte == 0x6E || high_byte == 0x68;
    return told(unknown ? Fault::unsupported : Fault::card_refused, status);
}

bool no_chaining(std::uint16_t status) {
    const auto high_byte = status >> 8U;
    return high_byte == 0x67 || high_byte == 0x68 || high_byte == 0x6D || high_byte == 0x6E;
}

base::Bytes digest_info(base::ByteView sha256) {
    assert(sha256.size() == 32);
    base::Bytes info{sha256_prefix.begin(), sha256_prefix.end()};
    base::append(info, sha256);
    return info;
}

base::Bytes padded_digest_info(base::ByteView sha256, std::size_t size) {
    constexpr std::size_t least_filling = 8;
    const auto info = digest_info(sha256);
    if (size < info.size() + least_filling + 3) return {};
    base::Bytes padded(size, 0xFF);
    padded[0] = 0x00;
    padded[1] = 0x01;
    padded[size - info.size() - 1] = 0x00;
    std::copy(info.begin(), info.end(), padded.end() - static_cast<std::ptrdiff_t>(info.size()));
    return padded;
}

}  // namespace kazashi::protocol
