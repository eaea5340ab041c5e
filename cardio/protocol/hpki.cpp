#include "cardio/protocol/hpki.h"

#include <algorithm>

#include "cardio/protocol/der.h"

namespace kazashi::protocol::hpki {

namespace {

// The medical association's application for authentication.
constexpr std::array<std::uint8_t, 16> association{0xE8, 0x28, 0xBD, 0x08, 0x0F, 0xA0, 0x00, 0x00,
                                                   0x03, 0x91, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02};

base::Bytes copy(base::ByteView bytes) { return {bytes.begin(), bytes.end()}; }

const DerObject* find(const std::vector<DerObject>& objects, std::uint8_t tag) {
    const auto found =
        std::find_if(objects.begin(), objects.end(), [tag](const DerObject& object) { return object.tag == tag; });
    return found == objects.end() ? nullptr : &*found;
}

// One octet is a short id in its upper five bits (felica.md §7.4), two or more end with a file id.
std::optional<FileRef> file_of(base::ByteView path) {
    if (path.size() == 1) {
        const auto short_id = static_cast<std::uint8_t>(path[0] >> 3U);
        if ((path[0] & 0x07U) != 0 || short_id == 0 || short_id > 30) return std::nullopt;
        return FileRef{short_id, 0};
    }
    if (path.size() < 2 || path.size() > 16) return std::nullopt;
    const auto id = path.last(2);
    return FileRef{0, static_cast<std::uint16_t>(id[0] << 8U | id[1])};
}

// Path ::= SEQUENCE { efidOrPath OCTET STRING, … }
std::optional<FileRef> read_path(base::ByteView sequence) {
    const auto parts = read_der(sequence);
    if (!parts || parts->empty() || parts->front().tag != der::octets) return std::nullopt;
    return file_of(parts->front().value);
}

// An object is SEQUENCE { common, class attributes, [0] subclass OPTIONAL, [1] type attributes }; its type attributes
// are one SEQUENCE.
struct Object {
    std::vector<DerObject> common, of_class, of_type;
};
std::optional<Object> read_object(base::ByteView sequence) {
    const auto parts = read_der(sequence);
    if (!parts || parts->size() < 3) return std::nullopt;
    const auto* typed = find(*parts, der::context(1, true));
    if ((*parts)[0].tag != der::sequence || (*parts)[1].tag != der::sequence || typed == nullptr) return std::nullopt;
    const auto inside = read_der(typed->value);
    if (!inside || inside->size() != 1 || inside->front().tag != der::sequence) return std::nullopt;
    auto common = read_der((*parts)[0].value);
    auto of_class = read_der((*parts)[1].value);
    auto of_type = read_der(inside->front().value);
    if (!common || !of_class || !of_type) return std::nullopt;
    return Object{std::move(*common), std::move(*of_class), std::move(*of_type)};
}

// Every object of a directory file that is of the kind with `tag`, through `read`; one that cannot be read is passed
// over, since an issuer may have added to it.
template <class T>
std::optional<std::vector<T>> read_all(base::ByteView file, std::optional<T> (*read)(const Object&)) {
    const auto objects = read_der_file(file);
    if (!objects) return std::nullopt;
    std::vector<T> all;
    for (const auto& one : *objects) {
        if (all.size() == most_objects) break;
        if (one.tag != der::sequence) continue;
        const auto object = read_object(one.value);
        if (!object) continue;
        if (auto value = read(*object)) all.push_back(std::move(*value));
    }
    return all;
}

std::optional<Pin> read_pin(const Object& object) {
    if (object.of_class.empty() || object.of_class.front().tag != der::octets) return std::nullopt;
    if (const auto* reference = find(object.of_type, der::context(0, false))) {
        if (reference->value.empty() || reference->value.size() > 2) return std::nullopt;
        // 96h as an INTEGER is 00 96 or, by some, 96.
        return Pin{copy(object.of_class.front().value), reference->value.back()};
    }
    // Without a reference its file's short id is one.
    const auto* path = find(object.of_type, der::sequence);
    const auto file = path == nullptr ? std::nullopt : read_path(path->value);
    if (!file || file->short_id == 0) return std::nullopt;
    return Pin{copy(object.of_class.front().value), static_cast<std::uint8_t>(0x80U | file->short_id)};
}

std::optional<PrivateKey> read_key(const Object& object) {
    if (object.of_class.empty() || object.of_class.front().tag != der::octets) return std::nullopt;
    const auto* path = find(object.of_type, der::sequence);
    const auto file = path == nullptr ? std::nullopt : read_path(path->value);
    if (!file) return std::nullopt;
    const auto* pin = find(object.common, der::octets);
    return PrivateKey{copy(object.of_class.front().value), pin == nullptr ? base::Bytes{} : copy(pin->value), *file};
}

std::optional<Certificate> read_certificate(const Object& object) {
    if (object.of_class.empty() || object.of_class.front().tag != der::octets) return std::nullopt;
    const auto* path = find(object.of_type, der::sequence);
    const auto file = path == nullptr ? std::nullopt : read_path(path->value);
    if (!file) return std::nullopt;
    const auto* authority = find(object.of_class, der::boolean);
    const bool is_authority = authority != nullptr && !authority->value.empty() && authority->value[0] != 0;
    return Certificate{copy(object.of_class.front().value), is_authority, *file};
}

// An authority's certificate on the card may bear the key's id as well.
const Certificate* certificate_of(const PrivateKey& key, const std::vector<Certificate>& all) {
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const Certificate& one) { return one.id == key.id && !one.authority; });
    return found == all.end() ? nullptr : &*found;
}

// A key that names none is guarded by the only one there is.
const Pin* pin_of(const PrivateKey& key, const std::vector<Pin>& all) {
    if (key.pin.empty() && all.size() == 1) return &all.front();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Pin& one) { return one.id == key.pin; });
    return found == all.end() ? nullptr : &*found;
}

}  // namespace

std::optional<ObjectDirectory> read_object_directory(base::ByteView file) {
    constexpr auto keys = der::context(0, true);
    constexpr auto certificates = der::context(4, true);
    constexpr auto pins = der::context(8, true);
    const auto objects = read_der_file(file);
    if (!objects) return std::nullopt;
    ObjectDirectory directory;
    for (const auto& object : *objects) {
        if (object.tag != keys && object.tag != certificates && object.tag != pins) continue;
        const auto path = read_der(object.value);
        if (!path || path->empty() || path->front().tag != der::sequence) continue;
        const auto ref = read_path(path->front().value);
        if (!ref) continue;
        auto& list = object.tag == keys           ? directory.keys
                     : object.tag == certificates ? directory.certificates
                                                  : directory.pins;
        if (list.size() < most_files) list.push_back(*ref);
    }
    return directory;
}

std::optional<std::vector<Pin>> read_pins(base::ByteView file) { return read_all<Pin>(file, read_pin); }

std::optional<std::vector<PrivateKey>> read_keys(base::ByteView file) { return read_all<PrivateKey>(file, read_key); }

std::optional<std::vector<Certificate>> read_certificates(base::ByteView file) {
    return read_all<Certificate>(file, read_certificate);
}

std::optional<Layout> find_layout(const std::vector<Pin>& pins, const std::vector<PrivateKey>& keys,
                                  const std::vector<Certificate>& certificates) {
    for (const auto& key : keys) {
        const auto* certificate = certificate_of(key, certificates);
        const auto* pin = pin_of(key, pins);
        if (certificate == nullptr || pin == nullptr) continue;
        const auto id = key.file.short_id != 0 ? std::uint16_t{key.file.short_id} : key.file.id;
        return Layout{certificate->file, pin->reference, {}, id};
    }
    return std::nullopt;
}

std::optional<Layout> known_layout(base::ByteView application_name) {
    if (!base::equal(application_name, association)) return std::nullopt;
    return Layout{FileRef{0, 0x0016}, 0x88, 0x0002, 0x000C};
}

}  // namespace kazashi::protocol::hpki
