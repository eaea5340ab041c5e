#include "cardio/simulator/hpki_directory.h"

#include <initializer_list>

#include "cardio/protocol/tlv.h"

namespace kazashi::simulator {

namespace {

using base::Bytes;

constexpr std::uint8_t boolean = 0x01;
constexpr std::uint8_t integer = 0x02;
constexpr std::uint8_t bits = 0x03;
constexpr std::uint8_t octets = 0x04;
constexpr std::uint8_t enumerated = 0x0A;
constexpr std::uint8_t utf8 = 0x0C;
constexpr std::uint8_t sequence = 0x30;
constexpr std::uint8_t type_attributes = 0xA1;

Bytes der(std::uint8_t tag, base::ByteView value) {
    Bytes out;
    protocol::append_tlv(out, tag, value);
    return out;
}
Bytes der(std::uint8_t tag, std::initializer_list<Bytes> parts) {
    Bytes inside;
    for (const auto& part : parts) base::append(inside, part);
    return der(tag, base::ByteView{inside});
}
Bytes small(std::uint8_t tag, std::initializer_list<std::uint8_t> value) {
    return der(tag, base::ByteView{value.begin(), value.size()});
}
Bytes label(std::string_view text) { return der(utf8, base::as_bytes(text)); }

// Path: the short id in the upper five bits.
Bytes path(std::uint8_t short_id) {
    return der(sequence, {small(octets, {static_cast<std::uint8_t>(short_id << 3U)})});
}

Bytes pin_id() { return small(octets, {0x01}); }
Bytes key_id() { return small(octets, {0x45}); }
Bytes authority_id() { return small(octets, {0x46}); }

Bytes object_directory() {
    Bytes out = der(0xA0, {path(hpki_file::keys)});
    base::append(out, der(0xA4, {path(hpki_file::certificates)}));
    base::append(out, der(0xA8, {path(hpki_file::pins)}));
    return out;
}

Bytes information() {
    return der(sequence, {small(integer, {0x01}), label("Kazashi test card"), small(bits, {0x04, 0x10})});
}

// SEQUENCE { common, { authId }, [1] { { flags, type utf8, least, stored, most, [0] reference } } }
Bytes pins() {
    const auto attributes =
        der(sequence, {small(bits, {0x02, 0x0C}), small(enumerated, {0x02}), small(integer, {0x04}),
                       small(integer, {0x10}), small(integer, {0x10}), small(0x80, {0x00, 0x80 | hpki_file::pin})});
    return der(sequence, {der(sequence, {label("PIN"), small(bits, {0x06, 0xC0})}), der(sequence, {pin_id()}),
                          der(type_attributes, {attributes})});
}

// SEQUENCE { { label, flags, authId, userConsent? }, { iD, usage }, [1] { { path, modulusLength } } }
Bytes keys(bool consent) {
    const auto common =
        der(sequence, {label("key"), small(bits, {0x07, 0x80}), pin_id(), consent ? small(integer, {0x01}) : Bytes{}});
    const auto usage = consent ? small(bits, {0x06, 0x00, 0x40}) : small(bits, {0x05, 0x20});
    const auto attributes = der(sequence, {path(hpki_file::key), small(integer, {0x08, 0x00})});
    return der(sequence, {common, der(sequence, {key_id(), usage}), der(type_attributes, {attributes})});
}

Bytes certificate(std::string_view text, const Bytes& id, bool authority, std::uint8_t file) {
    const auto of_class = der(sequence, {id, authority ? small(boolean, {0xFF}) : Bytes{}});
    return der(sequence, {der(sequence, {label(text)}), of_class, der(type_attributes, {der(sequence, {path(file)})})});
}

}  // namespace

std::map<std::uint16_t, Bytes> hpki_directory(bool consent) {
    auto certificates = certificate("authority", authority_id(), true, hpki_file::authority);
    base::append(certificates, certificate("holder", key_id(), false, hpki_file::certificate));
    return {{hpki_file::objects, object_directory()},
            {hpki_file::information, information()},
            {hpki_file::pins, pins()},
            {hpki_file::keys, keys(consent)},
            {hpki_file::certificates, certificates}};
}

}  // namespace kazashi::simulator
