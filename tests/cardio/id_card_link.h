// ID cards as the reader hears them, for tests of who talks to them: short APDUs in, answers out, every one kept.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "cardio/protocol/apdu.h"
#include "cardio/protocol/der.h"
#include "cardio/reader/apdu_link.h"
#include "tests/cardio/certificates.h"

namespace kazashi::test {

inline base::Bytes hex(std::string_view text) { return base::from_hex(text).value(); }

inline base::Bytes tlv(std::uint8_t tag, const base::Bytes& value) {
    base::Bytes out{tag};
    if (value.size() >= 0x80) out.push_back(0x82);
    if (value.size() >= 0x80) out.push_back(static_cast<std::uint8_t>(value.size() >> 8U));
    out.push_back(static_cast<std::uint8_t>(value.size() & 0xFFU));
    base::append(out, value);
    return out;
}
inline base::Bytes join(std::initializer_list<base::Bytes> parts) {
    base::Bytes all;
    for (const auto& part : parts) base::append(all, part);
    return all;
}

// One application: its files, its PIN, its key.
struct Applet {
    base::Bytes name;
    std::map<std::uint16_t, base::Bytes> files;         // by id
    std::map<std::uint8_t, base::Bytes> short_files{};  // by short id
    std::uint16_t pin_file{};                           // 0: not a file to select
    std::uint8_t pin_reference{0x80};
    std::uint16_t key_file{};                                            // to be selected (JPKI)
    std::optional<std::pair<std::uint8_t, std::uint16_t>> key_choice{};  // tag and key of MANAGE SECURITY ENVIRONMENT
    std::uint8_t sign_p1{}, sign_p2{0x80};
    bool host_pads{false};
    std::string key{"nobody"};
};

class IdCardLink : public reader::ApduLink {
public:
    std::vector<Applet> applets;
    std::string pin{"1234"};
    int tries{3}, most_tries{3};
    bool chaining{true};
    bool tells_tries{true};
    std::function<std::optional<base::Result<base::Bytes>>(const base::Bytes&)> instead{};  // a fault on the way
    std::vector<base::Bytes> heard{};

    int verifies() const {  // that spend a try
        return static_cast<int>(std::count_if(
            heard.begin(), heard.end(), [](const base::Bytes& apdu) { return apdu.size() > 5 && apdu[1] == 0x20; }));
    }

    base::Result<base::Bytes> transmit(base::ByteView apdu) override {
        heard.emplace_back(apdu.begin(), apdu.end());
        if (instead) {
            if (auto answer = instead(heard.back())) return std::move(*answer);
        }
        return answer(apdu);
    }

private:
    static base::Bytes word(unsigned status, const base::Bytes& data = {}) {
        return protocol::encode(protocol::ResponseApdu{data, static_cast<std::uint16_t>(status)});
    }

    base::Bytes answer(base::ByteView apdu) {
        if (apdu.size() > 7 && apdu[1] == 0x2A && apdu[4] == 0) {  // extended
            const std::size_t size = static_cast<std::size_t>(apdu[5]) << 8U | apdu[6];
            return sign(apdu[2], apdu[3], apdu.subspan(7, size));
        }
        const auto command = protocol::decode_command(apdu);
        if (!command) return word(0x6700);
        switch (command->ins) {
            case 0xA4:
                return command->p1 == 0x04 ? select_applet(*command) : select_file(*command);
            case 0xB0:
                return read(*command);
            case 0x20:
                return verify(*command);
            case 0x22:
                return choose(*command);
            case 0x2A:
                return sign_short(*command);
            default:
                return word(0x6D00);
        }
    }
    base::Bytes select_applet(const protocol::CommandApdu& command) {
        const bool next = (command.p2 & 0x02U) != 0;
        for (std::size_t i = next && applet_ ? *applet_ + 1 : 0; i < applets.size(); ++i) {
            const auto& name = applets[i].name;
            if (name.size() < command.data.size() ||
                !std::equal(command.data.begin(), command.data.end(), name.begin()))
                continue;
            applet_ = i;
            verified_ = false;
            file_ = 0;
            short_file_ = nullptr;
            chosen_.reset();
            if ((command.p2 & 0x0CU) == 0x0C) return word(0x9000);
            return word(0x9000, tlv(0x6F, tlv(0x84, name)));
        }
        return word(0x6A82);
    }
    base::Bytes select_file(const protocol::CommandApdu& command) {
        if (!applet_ || command.p1 != 0x02 || command.data.size() != 2) return word(0x6A86);
        const auto id = static_cast<std::uint16_t>(command.data[0] << 8U | command.data[1]);
        const auto& own = applets[*applet_];
        if (!own.files.contains(id) && id != own.pin_file && id != own.key_file) return word(0x6A82);
        file_ = id;
        short_file_ = nullptr;
        return word(0x9000);
    }
    base::Bytes read(const protocol::CommandApdu& command) {
        if (!applet_) return word(0x6985);
        const auto& own = applets[*applet_];
        std::size_t offset = static_cast<std::size_t>(command.p1) << 8U | command.p2;
        if ((command.p1 & 0x80U) != 0) {
            const auto found = own.short_files.find(command.p1 & 0x1FU);
            if (found == own.short_files.end()) return word(0x6A82);
            short_file_ = &found->second;
            offset = command.p2;
        }
        const auto found = own.files.find(file_);
        const auto* bytes = short_file_ != nullptr ? short_file_ : found == own.files.end() ? nullptr : &found->second;
        if (bytes == nullptr) return word(0x6986);
        if (offset > bytes->size()) return word(0x6B00);
        const auto part = base::ByteView{*bytes}.subspan(offset);
        const auto some = part.first(std::min<std::size_t>(part.size(), 256));
        return word(some.size() < 256 && offset > 0 ? 0x6282 : 0x9000, {some.begin(), some.end()});
    }
    base::Bytes verify(const protocol::CommandApdu& command) {
        if (!applet_) return word(0x6985);
        const auto& own = applets[*applet_];
        if (own.pin_file != 0 && file_ != own.pin_file) return word(0x6A88);
        if (command.p2 != own.pin_reference) return word(0x6A88);
        if (tries == 0) return word(0x6984);
        if (command.data.empty()) return word(tells_tries ? 0x63C0U | static_cast<unsigned>(tries) : 0x6A80);
        if (base::equal(command.data, base::as_bytes(pin))) {
            verified_ = true;
            tries = most_tries;
            return word(0x9000);
        }
        --tries;
        return word(tells_tries ? 0x63C0U | static_cast<unsigned>(tries) : 0x6300);
    }
    base::Bytes choose(const protocol::CommandApdu& command) {
        const auto& own = applets.at(applet_.value_or(0));
        if (!own.key_choice || command.data.size() != 4) return word(0x6A80);
        const auto key = static_cast<std::uint16_t>(command.data[2] << 8U | command.data[3]);
        if (std::pair{command.data[0], key} != *own.key_choice) return word(0x6A88);
        chosen_ = key;
        return word(0x9000);
    }
    base::Bytes sign_short(const protocol::CommandApdu& command) {
        if ((command.cla & 0x10U) != 0 && !chaining) {
            chosen_.reset();  // the error forgets which key it was
            return word(0x6884);
        }
        base::append(chain_, command.data);
        if ((command.cla & 0x10U) != 0) return word(0x9000);
        return sign(command.p1, command.p2, std::exchange(chain_, {}));
    }
    base::Bytes sign(std::uint8_t p1, std::uint8_t p2, base::ByteView input) {
        const auto& own = applets.at(applet_.value_or(0));
        if (p1 != own.sign_p1 || p2 != own.sign_p2) return word(0x6A86);
        if (!verified_) return word(0x6982);
        if (own.key_choice ? !chosen_ : file_ != own.key_file) return word(0x6985);
        auto* key = rsa_key(own.key);
        if (own.host_pads) return word(0x9000, raw_sign(key, input));
        base::Bytes padded(256, 0xFF);
        padded[0] = 0;
        padded[1] = 1;
        padded[padded.size() - input.size() - 1] = 0;
        std::copy(input.begin(), input.end(), padded.end() - static_cast<std::ptrdiff_t>(input.size()));
        return word(0x9000, raw_sign(key, padded));
    }

    std::optional<std::size_t> applet_;
    std::uint16_t file_{};
    const base::Bytes* short_file_{nullptr};
    std::optional<std::uint16_t> chosen_;
    bool verified_{false};
    base::Bytes chain_;
};

inline IdCardLink my_number_card() {
    Applet applet;
    applet.name = hex("D392F000260100000001");
    applet.files[0x000A] = holder_certificate();
    applet.pin_file = 0x0018;
    applet.key_file = 0x0017;
    IdCardLink link;
    link.applets.push_back(std::move(applet));
    return link;
}

// As the guideline's example: everything by short id, found by the directory.
inline Applet guideline_applet(const base::Bytes& certificate, const base::Bytes& pin_attributes) {
    const auto path = [](std::uint8_t short_id) {
        return tlv(0x30, tlv(0x04, {static_cast<std::uint8_t>(short_id << 3U)}));
    };
    const auto object = [](const base::Bytes& common, const base::Bytes& of_class, const base::Bytes& of_type) {
        return tlv(0x30, join({tlv(0x30, common), tlv(0x30, of_class), tlv(0xA1, tlv(0x30, of_type))}));
    };
    Applet applet;
    applet.name = hex("E828BD080FA000000391000000000002");
    applet.short_files[0x11] =
        join({tlv(0xA8, path(0x13)), tlv(0xA0, path(0x14)), tlv(0xA4, path(0x15)), {0x00, 0x00}});
    applet.short_files[0x13] = object(tlv(0x0C, hex("50494E")), tlv(0x04, {0x01}), pin_attributes);
    applet.short_files[0x14] = object(join({tlv(0x0C, hex("4B4559")), tlv(0x04, {0x01})}), tlv(0x04, {0x45}),
                                      join({path(0x17), tlv(0x02, hex("0800"))}));
    applet.short_files[0x15] =
        join({object(tlv(0x0C, hex("4341")), join({tlv(0x04, {0x45}), tlv(0x01, {0xFF})}), path(0x19)),
              object(tlv(0x0C, hex("4545")), tlv(0x04, {0x45}), path(0x18))});
    // The authority's certificate bears the key's id too, by an issuer's slip: it is told apart by its flag.
    applet.short_files[0x18] = certificate;
    applet.short_files[0x19] = authority_certificate();
    applet.pin_reference = 0x96;
    applet.key_choice = {0x81, 0x0017};
    applet.sign_p1 = 0x9E;
    applet.sign_p2 = 0x9A;
    applet.host_pads = true;
    return applet;
}

inline base::Bytes with_reference() { return join({tlv(0x03, hex("00")), tlv(0x80, hex("0096"))}); }
inline base::Bytes with_path() { return join({tlv(0x03, hex("00")), tlv(0x30, tlv(0x04, {0xB0}))}); }

inline IdCardLink hpki_card() {
    CertificateWish documents;
    documents.name = "signer";
    documents.usage = "critical,nonRepudiation";
    auto signing = guideline_applet(holder_certificate(documents), with_reference());
    signing.name.back() = 0x01;
    signing.key = "signer";
    IdCardLink link;
    link.applets.push_back(std::move(signing));
    link.applets.push_back(guideline_applet(holder_certificate(), with_reference()));
    return link;
}

// The medical association's: no directory, another PIN, the key named by tag 84.
inline IdCardLink association_card() {
    Applet applet;
    applet.name = hex("E828BD080FA000000391000000000002");
    applet.files[0x0016] = holder_certificate();
    applet.pin_file = 0x0002;
    applet.pin_reference = 0x88;
    applet.key_choice = {0x84, 0x000C};
    applet.sign_p1 = 0x9E;
    applet.sign_p2 = 0x9A;
    applet.host_pads = true;
    IdCardLink link;
    link.applets.push_back(std::move(applet));
    return link;
}

}  // namespace kazashi::test
