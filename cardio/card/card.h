// What a card is to the rest of the program: an identity, a challenge, a proof. No reader, no bytes on the wire.
// Source: design.md §4; reference felica.md §2.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cardio/base/clock.h"
#include "cardio/base/result.h"
#include "cardio/base/secret.h"
#include "cardio/base/strong_id.h"

namespace kazashi::card {

using Idm = base::ByteId<struct IdmTag, 8>;               // manufacturer code and card id; a hint, never a proof
using Block = base::ByteId<struct BlockTag, 16>;          // one FeliCa block, card order
using Challenge = base::ByteId<struct ChallengeTag, 16>;  // RC1 ‖ RC2, card order
using Digest = base::ByteId<struct DigestTag, 32>;        // SHA-256, what an ID card signs
using Proof = base::Secret<8>;                            // MAC_A over {S_PAD0, ID}; two of them make a key

// How sure we are who is in front of us (design §4). Never a bool. presented: read, can be imitated. proved: the card
// opened its lock, or the region verified its answer. holder_verified: the card signed with the holder's PIN.
enum class Assurance { presented, proved, holder_verified };

// What a FeliCa card can do. lite_s answers challenges and takes writes with MAC_A; lite answers challenges only; a
// standard card is read by a profile of its region and proves nothing to us.
enum class Chip { lite_s, lite, standard };

// What S_PAD0 says. Layout, 16 bytes: "KZ", version 01h, kind 'P' or 'S', region code (2, big-endian), ten ASCII
// digits. Anything else is not a card of any Kazashi region.
enum class CardKind { patient, staff };
struct RegionalRecord {
    CardKind kind{};
    std::uint16_t region{};
    std::string number;  // ten digits: the regional id 地域共通ID, or the staff number
    bool operator==(const RegionalRecord&) const = default;
};
std::optional<RegionalRecord> parse_regional_record(const Block& s_pad0);
Block make_regional_record(const RegionalRecord& record);

struct Identity {
    Idm idm;
    Block s_pad0;
    Block id;  // block 82h: IDm ‖ DFC ‖ 6 bytes
    RegionalRecord record;
    Assurance assurance{Assurance::presented};
    Chip chip{Chip::lite_s};
    std::string profile{};  // chip standard: the name of the card profile it was read by; its blocks above are zero
};

// Counts card presentations; an answer that carries an older number belongs to a card that is gone.
using SessionNumber = std::uint64_t;

enum class ForeignCard {
    transit,       // FeliCa of a railway
    money,         // FeliCa of another common area: electronic money
    bank,          // a payment card
    processor,     // another ISO 14443-4 card: licence, passport, employee card …
    storage,       // MIFARE, ISO 15693 and the like
    empty_lite_s,  // never issued
    other_region,
    unknown,
};

// A card of the state's or the profession's public key infrastructure (felica.md §7).
enum class IdCardKind { my_number, hpki };

struct ReaderState {
    enum class Service { off, no_reader, ready };
    Service service{Service::off};
    std::string name;  // the reader's name as PC/SC gives it
    bool operator==(const ReaderState&) const = default;
};
struct CardSeen {
    SessionNumber session{};
    base::SteadyTime at;  // when SCardGetStatusChange returned: the start of every tap-to-… figure
    Identity identity;
};
struct SeveralCards { SessionNumber session{}; };
struct CardForeign { SessionNumber session{}; ForeignCard kind{}; };
struct CardTorn { SessionNumber session{}; };  // taken away during an exchange: "かざし直してください"
struct CardFault { SessionNumber session{}; base::Error error; };
struct CardGone { SessionNumber session{}; };
struct Proved { SessionNumber session{}; std::vector<Proof> proofs; };  // in the order of the challenges
// ---- ISO 14443-4 cards with keys of their own
struct IdCardSeen {
    SessionNumber session{};
    base::SteadyTime at;
    IdCardKind kind{};
    std::optional<int> tries_left;  // of its PIN, read without spending one; none: this card does not say
};
struct IdCardSigned {
    SessionNumber session{};
    base::Bytes certificate;  // DER, of the key that signed; not yet believed
    base::Bytes signature;    // over what sign() was given
};
struct IdCardPinRefused {
    SessionNumber session{};
    std::optional<int> tries_left;  // 0: blocked, only the issuing office can help
};
// ---- what a region tells a card through us
struct PadsRead { SessionNumber session{}; std::vector<Block> pads; };  // S_PAD1 to S_PAD13
// The card's answers to the frames of relay(), in order. Fewer than asked: the last one found silence, and whether the
// card carried it out is unknown.
struct Relayed { SessionNumber session{}; std::vector<base::Bytes> answers; };

using CardEvent = std::variant<ReaderState, CardSeen, SeveralCards, CardForeign, CardTorn, CardFault, CardGone, Proved,
                               IdCardSeen, IdCardSigned, IdCardPinRefused, PadsRead, Relayed>;

}  // namespace kazashi::card
