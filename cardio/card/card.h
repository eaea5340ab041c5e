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
using Proof = base::Secret<8>;                            // MAC_A over {S_PAD0, ID}; two of them make a key

// How sure we are who is in front of us (design §4). Never a bool.
enum class Assurance { presented, proved };

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
};

// Counts card presentations; an answer that carries an older number belongs to a card that is gone.
using SessionNumber = std::uint64_t;

enum class ForeignCard { transit, bank, empty_lite_s, other_region, unknown };

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
using CardEvent =
    std::variant<ReaderState, CardSeen, SeveralCards, CardForeign, CardTorn, CardFault, CardGone, Proved>;

}  // namespace kazashi::card
