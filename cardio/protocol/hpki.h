// The card of a healthcare profession (HPKI): an application with a directory that says where certificate, key and PIN
// are. Issuers differ, so the directory is followed; one issuer's cards without it are known by their name.
// Source: ISO/IEC 7816-15; JAHIS guideline 3.1 as in felica.md §7.4. Pure; every input may be garbage.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "cardio/base/bytes.h"

namespace kazashi::protocol::hpki {

inline constexpr std::array<std::uint8_t, 5> provider{0xE8, 0x28, 0xBD, 0x08, 0x0F};  // of every HPKI application
inline constexpr std::size_t most_applications = 4;
inline constexpr std::size_t most_files = 4;     // of PINs, of keys, of certificates; the guideline has one of each
inline constexpr std::size_t most_objects = 32;  // of one directory file; it has one, or a chain of certificates
// ASCII, so letters too; not padded (felica.md §7.4). What each issuer hands out is nowhere laid down.
inline constexpr std::size_t least_pin = 4;
inline constexpr std::size_t longest_pin = 16;

// PERFORM SECURITY OPERATION, compute digital signature; the host pads.
inline constexpr std::uint8_t sign_p1 = 0x9E;
inline constexpr std::uint8_t sign_p2 = 0x9A;

// A file as a directory names it: by its short id, or by its two-octet id under the application.
struct FileRef {
    std::uint8_t short_id{};  // 0: none
    std::uint16_t id{};       // with no short id
    bool operator==(const FileRef&) const = default;
};

inline constexpr FileRef object_directory{0x11, 0};  // EF 5031

struct ObjectDirectory {
    std::vector<FileRef> pins, keys, certificates;
};
struct Pin {
    base::Bytes id;
    std::uint8_t reference{};  // P2 of VERIFY
};
struct PrivateKey {
    base::Bytes id;
    base::Bytes pin;  // id of the PIN that guards it
    FileRef file;
};
struct Certificate {
    base::Bytes id;  // that of its private key
    bool authority{};
    FileRef file;
};
// nullopt: not what 7816-15 says. Objects of kinds nobody here needs are passed over,
// and those beyond most_files and most_objects.
std::optional<ObjectDirectory> read_object_directory(base::ByteView file);
std::optional<std::vector<Pin>> read_pins(base::ByteView file);
std::optional<std::vector<PrivateKey>> read_keys(base::ByteView file);
std::optional<std::vector<Certificate>> read_certificates(base::ByteView file);

// What is needed to sign with a card: where the directory led.
struct Layout {
    FileRef certificate;
    std::uint8_t pin_reference{};
    std::optional<std::uint16_t> pin_file;  // to be selected before VERIFY
    std::uint16_t key{};
};
// The key that has both its certificate and its PIN. nullopt: there is none.
std::optional<Layout> find_layout(const std::vector<Pin>& pins, const std::vector<PrivateKey>& keys,
                                  const std::vector<Certificate>& certificates);
// Of the medical association's authentication application, which has no directory. nullopt: another application.
std::optional<Layout> known_layout(base::ByteView application_name);

}  // namespace kazashi::protocol::hpki
