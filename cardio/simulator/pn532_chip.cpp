#include "cardio/simulator/pn532_chip.h"

#include <algorithm>

namespace kazashi::simulator {

namespace {

constexpr std::uint8_t host = 0xD4;
constexpr std::uint8_t chip = 0xD5;

namespace command {
constexpr std::uint8_t diagnose = 0x00;
constexpr std::uint8_t firmware = 0x02;
constexpr std::uint8_t general_status = 0x04;
constexpr std::uint8_t read_register = 0x06;
constexpr std::uint8_t write_register = 0x08;
constexpr std::uint8_t set_parameters = 0x12;
constexpr std::uint8_t sam_configuration = 0x14;
constexpr std::uint8_t power_down = 0x16;
constexpr std::uint8_t rf_configuration = 0x32;
constexpr std::uint8_t data_exchange = 0x40;
constexpr std::uint8_t communicate_thru = 0x42;
constexpr std::uint8_t deselect = 0x44;
constexpr std::uint8_t list_passive_target = 0x4A;
constexpr std::uint8_t release = 0x52;
constexpr std::uint8_t select = 0x54;
}  // namespace command

namespace outcome {
constexpr std::uint8_t ok = 0x00;
constexpr std::uint8_t timeout = 0x01;
constexpr std::uint8_t buffer_too_small = 0x07;
constexpr std::uint8_t wrong_context = 0x27;  // no such target is listed
}  // namespace outcome

namespace rate {
constexpr std::uint8_t type_a = 0x00;
constexpr std::uint8_t felica_212 = 0x01;
constexpr std::uint8_t felica_424 = 0x02;
}  // namespace rate

base::Bytes reply(std::uint8_t code, base::ByteView body = {}) {
    base::Bytes out{chip, static_cast<std::uint8_t>(code + 1U)};
    base::append(out, body);
    return out;
}
base::Bytes reply(std::uint8_t code, std::initializer_list<std::uint8_t> body) {
    return reply(code, base::ByteView{body.begin(), body.size()});
}

std::uint16_t address(base::ByteView at) { return static_cast<std::uint16_t>(at[0] << 8U | at[1]); }

}  // namespace

std::optional<base::Bytes> Pn532Chip::answer(base::ByteView bytes, Field& field) {
    if (bytes.size() < 2 || bytes[0] != host) return std::nullopt;
    const auto code = bytes[1];
    const auto parameters = bytes.subspan(2);
    switch (code) {
        case command::diagnose:  // only the test of the line, which echoes
            return reply(code, parameters);
        case command::firmware:
            return reply(code, {0x32, 0x01, 0x06, 0x07});
        case command::general_status:
            return reply(code, {0x00, field.empty() ? std::uint8_t{0} : std::uint8_t{1}, 0x00, 0x00});
        case command::read_register:
            return read_registers(parameters);
        case command::write_register:
            return write_registers(parameters);
        case command::set_parameters:
        case command::sam_configuration:
            return reply(code);
        case command::power_down:
            return reply(code, {outcome::ok});
        case command::rf_configuration:
            return configure(parameters, field);
        case command::data_exchange:
            return exchange(parameters, field);
        case command::communicate_thru:
            return through(parameters, field);
        case command::list_passive_target:
            return list_targets(parameters, field);
        case command::release:
            listed_ = 0;
            return reply(code, {outcome::ok});
        case command::deselect:
        case command::select:
            return reply(code, {listed_ > 0 ? outcome::ok : outcome::wrong_context});
        default:
            return std::nullopt;
    }
}

// MaxTg, BrTy, then for FeliCa the Polling without its LEN.
base::Bytes Pn532Chip::list_targets(base::ByteView parameters, Field& field) {
    listed_ = 0;
    type_a_ = false;
    if (parameters.size() < 2) return reply(command::list_passive_target, {0});
    if (parameters[1] == rate::felica_212 || parameters[1] == rate::felica_424) return list_felica(parameters, field);
    if (parameters[1] == rate::type_a) return list_type_a(field);
    return reply(command::list_passive_target, {0});
}

base::Bytes Pn532Chip::list_felica(base::ByteView parameters, Field& field) {
    constexpr std::size_t most_targets = 2;
    base::Bytes frame{0x00};
    base::append(frame, parameters.subspan(2));
    frame[0] = static_cast<std::uint8_t>(frame.size());
    const auto answers = field.poll(frame, std::min<std::size_t>(parameters[0], most_targets));
    listed_ = answers.size();
    base::Bytes body{static_cast<std::uint8_t>(listed_)};
    for (std::size_t i = 0; i < answers.size(); ++i) {
        body.push_back(static_cast<std::uint8_t>(i + 1));
        base::append(body, answers[i]);
    }
    return reply(command::list_passive_target, body);
}

// SENS_RES and SEL_RES of a card with ISO 14443-4, with no ATS, or of a MIFARE Classic.
base::Bytes Pn532Chip::list_type_a(Field& field) {
    if (field.empty() || field.felica()) return reply(command::list_passive_target, {0});
    const bool processor = field.processor();
    type_a_ = processor;
    listed_ = 1;
    base::Bytes body{1, 1, 0x00, 0x04, processor ? std::uint8_t{0x20} : std::uint8_t{0x08}, 4};
    const base::Bytes uid = processor ? field.processor()->uid() : base::Bytes{0x08, 0x44, 0x55, 0x66};
    base::append(body, uid);
    if (processor) base::append(body, std::array<std::uint8_t, 1>{0x01});
    return reply(command::list_passive_target, body);
}

base::Bytes Pn532Chip::exchange(base::ByteView parameters, Field& field) {
    const auto code = command::data_exchange;
    if (parameters.empty() || parameters[0] == 0 || parameters[0] > listed_)
        return reply(code, {outcome::wrong_context});
    return carry(code, parameters.subspan(1), field);
}

base::Bytes Pn532Chip::through(base::ByteView parameters, Field& field) {
    return carry(command::communicate_thru, parameters, field);
}

base::Bytes Pn532Chip::carry(std::uint8_t code, base::ByteView data, Field& field) const {
    const auto said = type_a_ ? field.command(data) : field.exchange(data);
    if (!said) return reply(code, {outcome::timeout});
    base::Bytes body{outcome::ok};
    base::append(body, *said);
    if (body.size() + 2 > buffer_) return reply(code, {outcome::buffer_too_small});
    return reply(code, body);
}

base::Bytes Pn532Chip::read_registers(base::ByteView addresses) const {
    base::Bytes values;
    for (std::size_t i = 0; i + 1 < addresses.size(); i += 2) {
        const auto found = registers_.find(address(addresses.subspan(i)));
        values.push_back(found == registers_.end() ? std::uint8_t{0} : found->second);
    }
    return reply(command::read_register, values);
}

base::Bytes Pn532Chip::write_registers(base::ByteView pairs) {
    for (std::size_t i = 0; i + 2 < pairs.size(); i += 3) registers_[address(pairs.subspan(i))] = pairs[i + 2];
    return reply(command::write_register);
}

base::Bytes Pn532Chip::configure(base::ByteView parameters, Field& field) {
    constexpr std::uint8_t rf_field = 0x01;
    constexpr std::uint8_t on = 0x01;
    const bool off = parameters.size() == 2 && parameters[0] == rf_field && (parameters[1] & on) == 0;
    if (off) field.power_off();
    return reply(command::rf_configuration);
}

}  // namespace kazashi::simulator
