// Commands of ISO 7816-4 and -8 to a card with files, PINs and keys, and what its status words say.
// Source: ISO/IEC 7816-4; reference felica.md §7.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "cardio/base/bytes.h"
#include "cardio/base/result.h"
#include "cardio/base/secret.h"
#include "cardio/card/card.h"
#include "cardio/protocol/apdu.h"

namespace kazashi::protocol {

inline constexpr std::size_t most_pin = 16;         // octets; JPKI and HPKI take no longer one
inline constexpr std::size_t most_file = 8 * 1024;  // octets; a certificate has about 1.5 KiB

// ---- files
enum class Occurrence { first, next };  // of the applications whose name begins with what is asked for
// 5 to 16 octets. With `name_wanted` the card answers with its full name (df_name() below).
base::Bytes select_application(base::ByteView name, Occurrence occurrence, bool name_wanted);
base::Bytes select_file(std::uint16_t file);  // under the selected application: P1 02, no answer wanted
// Of the selected file, 256 octets at most from `offset` (below 32768) on.
base::Bytes read_binary(std::size_t offset);
base::Bytes read_short_file(std::uint8_t short_id);  // the first 256; selects the file too. short_id: 1 to 30
// The full name an application answers to SELECT with (6F … 84 …).
std::optional<base::Bytes> df_name(base::ByteView answer);

// ---- PINs
// Locked memory, since the PIN stands in it. As it is, no padding.
base::SecretBytes verify_pin(std::uint8_t reference, const base::SecretBytes& pin);
base::Bytes ask_pin_tries(std::uint8_t reference);  // VERIFY without data: spends no try

enum class PinState { accepted, wrong, blocked };
struct PinAnswer {
    PinState state{};
    std::optional<int> tries_left;  // none: the card does not say
};
// nullopt when the status word is not about a PIN. Only 63 Cx carries a count: the x of another one is none. 69 83 is a
// blocked PIN on a My Number card, and on an HPKI card a way of asking it refuses (felica.md §7.2, §7.4).
std::optional<PinAnswer> pin_answer(card::IdCardKind kind, std::uint16_t sw);

// ---- signatures
enum class KeyTag : std::uint8_t { file = 0x81, key = 0x84 };  // how MANAGE SECURITY ENVIRONMENT names the key
base::Bytes choose_signing_key(KeyTag tag, std::uint16_t key);
// PERFORM SECURITY OPERATION. In short commands, chained when there is more than one (CLA 10, the last one 00).
std::vector<base::Bytes> sign_chained(std::uint8_t p1, std::uint8_t p2, base::ByteView input);
base::Bytes sign_extended(std::uint8_t p1, std::uint8_t p2, base::ByteView input);

// ---- status words
base::Bytes fetch_rest(std::uint8_t size);
// 90 00 and the warnings of a READ BINARY at the end of a file (62 82) are no fault. not_found: no such file or
// application. unsupported: not a command of this card. denied: a PIN is wanted first. card_refused: the rest.
std::optional<base::Error> card_fault(std::uint16_t sw);
bool no_chaining(std::uint16_t sw);  // the card takes no chained commands; extended ones may do

// ---- PKCS #1 v1.5 over SHA-256
base::Bytes digest_info(base::ByteView sha256);
// 00 01 FF … 00 DigestInfo, `size` octets: what a card signs that does not pad by itself. Empty when it does not fit.
base::Bytes padded_digest_info(base::ByteView sha256, std::size_t size);

}  // namespace kazashi::protocol
