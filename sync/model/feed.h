// What the region tells its terminals (design §7). Newer versions of a key replace older ones.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "cardio/base/bytes.h"
#include "cardio/card/card.h"
#include "sync/model/facility.h"
#include "sync/model/grant.h"
#include "sync/model/ledger.h"
#include "sync/model/policy.h"

namespace kazashi::model {

// What a patient's card must answer. The answers make the card key-encryption-key (design §5).
struct Lock {
    CardIndex card;
    PatientRef patient;
    card::Challenge first;
    card::Challenge second;
    bool operator==(const Lock&) const = default;
};

// One patient's section, one version, sealed under its data key. `sealed` = nonce ‖ ciphertext ‖ tag; the associated
// data is the package header {patient, section, version}.
struct PackageId {
    PatientRef patient;
    Section section{};
    std::int64_t version{};
    auto operator<=>(const PackageId&) const = default;
};
struct Package {
    PackageId id;
    UtcTime as_of;
    base::Bytes sealed;
    bool operator==(const Package&) const = default;
};

// A data key sealed for one way of opening. card: under the key from the lock; facility: crypto_box_seal to a terminal;
// emergency: under the emergency key.
enum class WrapFor : std::uint8_t { card = 1, facility = 2, emergency = 3 };
struct Wrap {
    WrapFor way{};
    PackageId package;
    CardIndex card;  // way card: whose lock; else zero
    base::Bytes sealed;
    bool operator==(const Wrap&) const = default;
};

enum class GrantState : std::uint8_t { confirmed = 1, refused = 2, withdrawn = 3 };
struct GrantNews {
    GrantId grant;
    GrantState state{};
    std::string reason;
    bool operator==(const GrantNews&) const = default;
};

struct StaffMember {
    StaffId id;
    FacilityId facility;
    std::string name;
    bool active{true};
    bool operator==(const StaffMember&) const = default;
};
struct RevokedCard {
    CardIndex card;
    bool operator==(const RevokedCard&) const = default;
};

// A window another terminal of this facility has opened, confirmed by the region: the whole facility shares it. Data
// keys for it follow as facility wraps.
struct SharedWindow {
    Grant grant;
    bool operator==(const SharedWindow&) const = default;
};
// The patient does not want this facility to see anything, card or not.
struct Exclusion {
    PatientRef patient;
    FacilityId facility;
    bool active{true};
    bool operator==(const Exclusion&) const = default;
};
// The emergency key of one epoch for one terminal (design §5), sealed to its facility key.
struct EmergencyKeyWrap {
    std::int64_t epoch{};
    base::Bytes sealed;
    bool operator==(const EmergencyKeyWrap&) const = default;
};
// The capsule key of one epoch for one terminal, sealed to its facility key: it opens the capsules on cards.
struct CapsuleKeyWrap {
    std::int64_t epoch{};
    base::Bytes sealed;
    bool operator==(const CapsuleKeyWrap&) const = default;
};
// Whose the key of an ID card is (My Number card), or the number an old card says, as the region was told; not active:
// nobody's any more. Without the index key nobody can tell which card that is.
struct HolderLink {
    HolderIndex holder;
    PatientRef patient;
    bool active{true};
    bool operator==(const HolderLink&) const = default;
};
// A part of the region's name index: who lives here, sealed under the emergency key. Encoding of the plain text:
// sync/wire/names.h.
struct NamePage {
    std::int64_t page{};
    std::int64_t epoch{};
    std::int64_t version{};
    base::Bytes sealed;
    bool operator==(const NamePage&) const = default;
};

// What codes are called (sync/model/code_name.h), all of it, sealed under the capsule key of one epoch. The names are
// nobody's; but a terminal's disk shall hold no word of an illness or a drug, so that none found there tells anything.
// Encoding of the plain text: sync/wire/glossary.h.
struct Glossary {
    std::int64_t version{};
    std::int64_t epoch{};
    base::Bytes sealed;
    bool operator==(const Glossary&) const = default;
};

using FeedBody = std::variant<Lock, Package, Wrap, GrantNews, Policy, Facility, StaffMember, RevokedCard, SharedWindow,
                              Exclusion, EmergencyKeyWrap, NamePage, CapsuleKeyWrap, HolderLink, Glossary>;
struct FeedEntry {
    std::int64_t seq{};
    FeedBody body;
    bool operator==(const FeedEntry&) const = default;
};

// Everything of one audience between two cursors. `after` is what the terminal asked for, `next` its new cursor.
struct FeedPage {
    TerminalId terminal;
    Cursor after;
    Cursor next;
    Cursor head;                    // the region's newest entry, for progress
    std::int64_t packages_total{};  // sealed packages this terminal will hold at `head`
    UtcTime made_at;
    std::vector<FeedEntry> entries;
    int skipped{};  // entries of kinds newer than this program, left out by the decoder; never encoded
    bool operator==(const FeedPage&) const = default;
};

}  // namespace kazashi::model
