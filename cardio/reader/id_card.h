// Cards of a public key infrastructure: the My Number card (JPKI) and the HPKI card of a healthcare profession, over
// ISO 7816-4 APDUs in an ISO 14443-4 session. Recognised by what they answer to SELECT, never by their ATR alone.
// Source: reference felica.md §7. Stateless: each call selects its application again, so a card or reader that was
// reset in between does no harm. Both are called inside one PC/SC transaction.
#pragma once

#include <optional>
#include <variant>

#include "cardio/base/result.h"
#include "cardio/base/secret.h"
#include "cardio/card/card.h"
#include "cardio/reader/apdu_link.h"

namespace kazashi::reader {

struct IdCard {
    card::IdCardKind kind{};
    std::optional<int> tries_left;  // 0: blocked; none: this card does not say without spending one
};
// nullopt: another kind of card. Errors: those of the link · limit: a card that comes to no end.
base::Result<std::optional<IdCard>> find_id_card(ApduLink& link);

struct IdSignature {
    base::Bytes certificate;  // DER, of the key that signed; not yet believed
    base::Bytes signature;    // PKCS#1 v1.5 over SHA-256; the key's own size
};
struct PinRefused {
    std::optional<int> tries_left;  // 0: blocked
};
using IdAnswer = std::variant<IdSignature, PinRefused>;

// One VERIFY, never a second one. Everything that could fail before it is done before it, so that a torn card costs no
// try; a link error after it leaves open whether one was spent. Errors: those of the link · malformed: a PIN this
// card cannot have, nothing was sent · unsupported: a card without a key for this (HPKI: signs documents alone) ·
// limit: a card that comes to no end · card_refused.
base::Result<IdAnswer> sign_with_id_card(ApduLink& link, card::IdCardKind kind, const base::SecretBytes& pin,
                                         const card::Digest& digest);

}  // namespace kazashi::reader
