#include "cardio/simulator/hpki_card.h"

#include <algorithm>
#include <array>

#include "cardio/protocol/tlv.h"
#include "cardio/simulator/hpki_directory.h"
#include "cardio/simulator/status_words.h"

namespace kazashi::simulator {

namespace {

constexpr std::array<std::uint8_t, 5> provider{0xE8, 0x28, 0xBD, 0x08, 0x0F};

constexpr std::uint8_t by_name = 0x04;
constexpr std::uint8_t under_application = 0x02;
constexpr std::uint8_t next = 0x02;
constexpr std::uint8_t no_answer_wanted = 0x0C;

base::Bytes name_of(HpkiIssuer issuer, bool signing) {
    base::Bytes name(provider.begin(), provider.end());
    const auto which = static_cast<std::uint8_t>(signing ? 0x01 : 0x02);
    if (issuer == HpkiIssuer::association)
        base::append(name, std::array<std::uint8_t, 11>{0xA0, 0, 0, 0x03, 0x91, 0, 0, 0, 0, 0, which});
    else
        base::append(name, std::array<std::uint8_t, 7>{'K', 'A', 'Z', 'A', 'S', 'H', which});
    return name;
}

base::Bytes file_control(const base::Bytes& name) {
    base::Bytes inside;
    protocol::append_tlv(inside, 0x84, name);
    base::Bytes out;
    protocol::append_tlv(out, 0x6F, inside);
    return out;
}

}  // namespace

HpkiCard::HpkiCard(IdCardKey signing, IdCardKey authentication, std::shared_ptr<Pin> pin, HpkiIssuer issuer,
                   ApduForms forms)
    : IsoCard{forms}, pin_{std::move(pin)} {
    applications_.push_back(make(std::move(signing), true, issuer));
    applications_.push_back(make(std::move(authentication), false, issuer));
}

HpkiCard::Application HpkiCard::make(IdCardKey key, bool consent, HpkiIssuer issuer) {
    Application out{name_of(issuer, consent), std::move(key), consent, {}, {}, {}, {}, {}};
    if (issuer == HpkiIssuer::association) {
        out.files = {{0x0016, out.key.certificate()}, {0x0002, {}}};
        out.pin_reference = 0x88;
        out.pin_file = 0x0002;
        out.key_tag = 0x84;
        out.key_file = 0x000C;
        return out;
    }
    out.files = hpki_directory(consent);
    out.files[hpki_file::certificate] = out.key.certificate();
    out.files[hpki_file::authority] = out.key.authority();
    out.pin_reference = 0x80 | hpki_file::pin;
    out.key_tag = 0x81;
    out.key_file = hpki_file::key;
    return out;
}

base::Bytes HpkiCard::uid() const { return {0x08, 0x48, 0x50, 0x4B}; }
base::Bytes HpkiCard::historical() const { return {0x00, 0x4E, 0x00, 0x00, 0xF7, 0x81, 0xD1, 0x00}; }

void HpkiCard::power_off() {
    IsoCard::power_off();
    selected_ = nullptr;
    verified_ = key_chosen_ = false;
    file_ = 0;
}

protocol::ResponseApdu HpkiCard::run(const IsoCommand& command) {
    if (command.ins == instruction::select) return select(command);
    if (!selected_) return say(word::no_session);
    switch (command.ins) {
        case instruction::read_binary:
            return read_file(command);
        case instruction::verify:
            return verify(command);
        case instruction::manage_security:
            return choose_key(command);
        case instruction::perform_security:
            return sign(command);
        default:
            return say(word::unknown_instruction);
    }
}

protocol::ResponseApdu HpkiCard::select(const IsoCommand& command) {
    if (command.p1 == by_name) return select_application(command);
    if (command.p1 != under_application || !selected_) return say(word::wrong_parameters);
    if (command.data.size() != 2) return say(word::wrong_length);
    const auto id = static_cast<std::uint16_t>(command.data[0] << 8U | command.data[1]);
    if (!selected_->files.contains(id)) return say(word::not_found);
    file_ = id;
    return say(word::ok);
}

// By the whole name or by its begin; "next" goes on behind the one that is selected.
protocol::ResponseApdu HpkiCard::select_application(const IsoCommand& command) {
    const auto first = selected_ && (command.p2 & 0x03U) == next
                           ? applications_.begin() + (selected_ - applications_.data()) + 1
                           : applications_.begin();
    const auto found = std::find_if(first, applications_.end(), [&](const Application& one) {
        return command.data.size() >= provider.size() && command.data.size() <= one.name.size() &&
               std::equal(command.data.begin(), command.data.end(), one.name.begin());
    });
    if (found == applications_.end()) return say(word::not_found);
    selected_ = &*found;
    verified_ = key_chosen_ = false;
    file_ = 0;
    if ((command.p2 & no_answer_wanted) == no_answer_wanted) return say(word::ok);
    return {file_control(found->name), word::ok};
}

protocol::ResponseApdu HpkiCard::read_file(const IsoCommand& command) {
    const bool by_short_id = (command.p1 & 0x80U) != 0;
    const auto id = by_short_id ? static_cast<std::uint16_t>(command.p1 & 0x1FU) : file_;
    const std::size_t offset = by_short_id ? command.p2 : static_cast<std::size_t>(command.p1) << 8U | command.p2;
    const auto found = selected_->files.find(id);
    if (found == selected_->files.end() || found->second.empty()) return say(word::not_found);
    file_ = id;
    return read(found->second, offset, command.le);
}

protocol::ResponseApdu HpkiCard::verify(const IsoCommand& command) {
    if (command.p2 != selected_->pin_reference) return say(0x6A88);  // no such reference
    if (selected_->pin_file && file_ != *selected_->pin_file) return say(word::wrong_parameters);
    if (refuses_question_ && command.data.empty()) return say(word::method_refused);
    const auto sw = pin_->verify(command.data);
    if (!command.data.empty()) verified_ = sw == word::ok;
    return say(sw);
}

protocol::ResponseApdu HpkiCard::choose_key(const IsoCommand& command) {
    if (command.p1 != 0x41 || command.p2 != 0xB6) return say(word::wrong_parameters);
    const auto id = selected_->key_file;
    const base::Bytes wanted{selected_->key_tag, 0x02, static_cast<std::uint8_t>(id >> 8U),
                             static_cast<std::uint8_t>(id & 0xFFU)};
    key_chosen_ = command.data == wanted;
    return say(key_chosen_ ? word::ok : word::wrong_data);
}

// The host has padded. A key for documents wants the PIN again before the next one.
protocol::ResponseApdu HpkiCard::sign(const IsoCommand& command) {
    if (command.p1 != 0x9E || command.p2 != 0x9A) return say(word::wrong_parameters);
    if (!key_chosen_ || !verified_) return say(word::no_security);
    if (selected_->consent) verified_ = false;
    auto signature = selected_->key.sign(command.data, IdCardKey::Padding::by_host);
    if (!signature) return say(word::wrong_data);
    return {std::move(*signature), word::ok};
}

}  // namespace kazashi::simulator
