#include "cardio/reader/conversation.h"

#include <algorithm>
#include <array>
#include <utility>

#include "cardio/protocol/apdu.h"
#include "cardio/protocol/atr.h"
#include "cardio/protocol/felica_lite_s.h"
#include "cardio/reader/ask.h"
#include "cardio/reader/bounded_link.h"
#include "cardio/reader/relay.h"

namespace kazashi::reader {

namespace {

using base::Error;
using base::Fault;
using card::ForeignCard;
using protocol::CardFamily;
using protocol::Polled;

// Of two cards, which answers in a time slot first is drawn anew with each Polling: so many name the same one by
// chance in one of 16 cases. Most of these the round with one slot sees.
constexpr unsigned polling_rounds = 5;

// A FeliCa card that was there and is silent now has left, for whoever holds it.
Error give_up(Error error) {
    if (error.fault == Fault::timeout) error.fault = Fault::card_left;
    return error;
}

bool blank(const card::Block& block) {
    const auto filled_with = [&block](std::uint8_t value) {
        return std::all_of(block.bytes.begin(), block.bytes.end(), [value](auto byte) { return byte == value; });
    };
    return filled_with(0x00) || filled_with(0xFF);
}

}  // namespace

Conversation::Conversation(ApduLink& link, const base::Clock& clock, ReaderTraits traits)
    : link_{&link}, traits_{traits}, patience_{clock} {}

Conversation::Conversation(std::unique_ptr<Transport> transport, const base::Clock& clock, ReaderTraits traits)
    : link_{nullptr}, traits_{traits}, patience_{clock}, transport_{std::move(transport)} {}

Conversation::~Conversation() = default;

void Conversation::reader_was_reset() {
    if (!transport_ || !traits_.dialect) return;
    auto anew = make_transport(*traits_.dialect, *link_, traits_);
    if (card_) card_->go_through(*anew);
    transport_ = std::move(anew);
}

void Conversation::pin(std::uint16_t system, const Polled& polled) {
    system_ = system;
    card_.emplace(*transport_, traits_, patience_, polled);
}

base::Result<Sight> Conversation::identify(base::ByteView atr, std::optional<std::uint16_t> region,
                                           std::span<const card::CardProfile> profiles) {
    patience_.renew();
    card_.reset();
    identity_ = {};
    const auto family = protocol::card_family(atr);
    KAZASHI_TRY(const auto seen_by_reader, uid());
    answered_ = seen_by_reader.has_value();
    if (family == CardFamily::storage) return Sight{ForeignCard::storage};
    const bool has_idm = seen_by_reader && seen_by_reader->size() == card::Idm::size;
    // A FeliCa polling would end the session of a processor card, so only what may be FeliCa is polled for.
    const bool other_kind = family != CardFamily::felica && seen_by_reader && !has_idm;
    if (other_kind) return not_felica();
    KAZASHI_TRY(const auto found, find());
    answered_ = answered_ || found;
    if (!found) {
        if (family == CardFamily::felica || has_idm)
            return Error{Fault::card_left, "a FeliCa card that answers no polling"};
        return not_felica();
    }
    // The reader's own polling is the first round, and costs no time on air.
    if (seen_by_reader) {
        card::Idm first;
        if (has_idm) std::copy(seen_by_reader->begin(), seen_by_reader->end(), first.bytes.begin());
        if (!has_idm || !protocol::same_card(first, found->card.idm)) return Sight{Several{}};
    }
    auto sight = read_found(*found, region, profiles);
    if (!sight) return give_up(sight.error());
    // The last round comes after the read, when a second card of a slowly approaching wallet is in the field too.
    const unsigned done = (seen_by_reader ? 1U : 0U) + (transport_->polls_to_find() ? 1U : 0U);
    KAZASHI_TRY(const bool another, another_answers(polling_rounds - done));
    if (another) return Sight{Several{}};
    return sight;
}

// nullopt when the reader does not say: it is only a hint.
base::Result<std::optional<base::Bytes>> Conversation::uid() {
    if (link_ == nullptr) return std::optional<base::Bytes>{};
    KAZASHI_TRY(auto apdu, ask(*link_, protocol::get_uid()));
    if (apdu.sw != protocol::sw::ok || apdu.data.empty()) return std::optional<base::Bytes>{};
    return std::optional{std::move(apdu.data)};
}

base::Result<std::optional<FoundCard>> Conversation::find() {
    if (link_ == nullptr) {
        const auto found = try_often(patience_, [this] { return find_through(*transport_); });
        if (found) return std::optional{*found};
        if (found.fault() == Fault::timeout) return std::optional<FoundCard>{};
        return found.error();
    }
    transport_.reset();
    CardSearch search{*link_, traits_};
    auto found = search.find(patience_);
    transport_ = search.take_transport();
    return found;
}

base::Result<Sight> Conversation::not_felica() {
    if (link_ == nullptr) return Error{Fault::card_left, "no card answers a polling"};
    patience_.renew(tuning::id_card_look);
    BoundedLink link{*link_, patience_};
    KAZASHI_TRY(const auto card, look_at_processor_card(link));
    return std::visit([](const auto& kind) { return Sight{kind}; }, card);
}

base::Result<Sight> Conversation::read_found(const FoundCard& found, std::optional<std::uint16_t> region,
                                             std::span<const card::CardProfile> profiles) {
    pin(found.asked, found.card);
    return found.is_lite() ? read_lite(found, region) : read_standard(found, region, profiles);
}

base::Result<Sight> Conversation::read_lite(const FoundCard& found, std::optional<std::uint16_t> region) {
    pin(protocol::system_lite_s, found.card);
    constexpr std::array<std::uint16_t, 2> blocks{protocol::lite_s::s_pad0, protocol::lite_s::id};
    const auto read = card_->read(protocol::service_read_only, blocks);
    // Another issuer's, who lets nobody read S_PAD0 without its key: ours are read by anybody.
    if (!read && read.fault() == Fault::card_refused) return Sight{ForeignCard::unknown};
    if (!read) return read.error();
    const auto& s_pad0 = read->at(0);
    const auto& id = read->at(1);
    KAZASHI_CHECK(protocol::check_id_block(id, card_->idm()));
    const auto record = card::parse_regional_record(s_pad0);
    if (!record) return Sight{blank(s_pad0) ? ForeignCard::empty_lite_s : ForeignCard::unknown};
    if (region && record->region != *region) return Sight{ForeignCard::other_region};
    const auto chip = protocol::chip_of(card_->pmm());
    identity_ = {card_->idm(), s_pad0, id, *record, card::Assurance::presented, chip, {}};
    return Sight{identity_};
}

base::Result<Sight> Conversation::read_standard(const FoundCard& found, std::optional<std::uint16_t> region,
                                                std::span<const card::CardProfile> profiles) {
    for (const auto& profile : profiles) {
        KAZASHI_TRY(auto sight, try_profile(profile, found, region));
        if (sight) return std::move(*sight);
    }
    return name_of(found);
}

// nullopt: no card of this profile.
base::Result<std::optional<Sight>> Conversation::try_profile(const card::CardProfile& profile, const FoundCard& found,
                                                             std::optional<std::uint16_t> region) {
    auto polled = found.card;
    if (transport_->chooses_system()) {
        const auto answer = poll_often(profile.system);
        if (!answer && answer.fault() == Fault::timeout) return std::optional<Sight>{};
        if (!answer) return answer.error();
        polled = *answer;
    }
    if (!protocol::same_card(polled.idm, found.card.idm)) return std::optional<Sight>{Several{}};
    pin(transport_->chooses_system() ? profile.system : protocol::system_any, polled);
    const auto blocks = card_->read(profile.service, profile.blocks);
    if (!blocks) {
        const bool not_this = blocks.fault() == Fault::card_refused || blocks.fault() == Fault::unsupported;
        if (not_this) return std::optional<Sight>{};
        return blocks.error();
    }
    base::Bytes data;
    for (const auto& block : *blocks) base::append(data, block.view());
    const auto record = card::record_of(profile, data);
    if (!record) return std::optional<Sight>{};
    if (region && record->region != *region) return std::optional<Sight>{ForeignCard::other_region};
    identity_ = {polled.idm, {}, {}, *record, card::Assurance::presented, card::Chip::standard, profile.name};
    return std::optional<Sight>{identity_};
}

base::Result<Sight> Conversation::name_of(const FoundCard& found) {
    constexpr std::array names{std::pair{protocol::system_transit, ForeignCard::transit},
                               std::pair{protocol::system_money, ForeignCard::money}};
    for (const auto& [system, kind] : names) {
        const bool told = found.card.request_data == system;
        const auto polled = told ? base::Result<Polled>{found.card} : poll(*transport_, system);
        if (!polled && polled.fault() != Fault::timeout) return polled.error();
        if (!polled) continue;
        pin(system, *polled);
        return Sight{kind};
    }
    pin(found.asked, found.card);
    return Sight{ForeignCard::unknown};
}

base::Result<Polled> Conversation::poll_often(std::uint16_t system, protocol::TimeSlots slots) {
    return try_often(patience_, [&] { return poll(*transport_, system, slots); });
}

// First with one time slot, where two cards garble each other every time; then with four. A round that finds nobody is
// repeated: two cards may have drawn the same slot.
base::Result<bool> Conversation::another_answers(unsigned rounds) {
    // Of any system: a railway card in the same wallet is another card too.
    const auto in_one_slot = poll_often(protocol::system_any, protocol::TimeSlots::one);
    if (in_one_slot && !protocol::same_card(in_one_slot->idm, card_->idm())) return true;
    const bool garbled = !in_one_slot && worth_a_try(in_one_slot.fault());
    if (!in_one_slot && (!garbled || !transport_->polls())) return give_up(in_one_slot.error());
    if (!transport_->polls()) return false;
    for (unsigned done = 0; done < rounds; ++done) {
        const auto polled = poll_often(protocol::system_any);
        if (!polled) return give_up(polled.error());
        if (garbled) return true;  // silent in one slot, and yet it has not left
        if (!protocol::same_card(polled->idm, card_->idm())) return true;
    }
    return false;
}

// A Lite or Lite-S, also one nobody has issued yet.
bool Conversation::is_ours() const {
    return card_ && system_ == protocol::system_lite_s && identity_.chip != card::Chip::standard;
}

base::Result<std::vector<card::Proof>> Conversation::prove(const std::vector<card::Challenge>& challenges) {
    patience_.renew();
    if (challenges.size() > tuning::challenges) return Error{Fault::limit, "challenges"};
    if (!is_ours()) return Error{Fault::unsupported, "this card proves nothing"};
    std::vector<card::Proof> proofs;
    for (const auto& challenge : challenges) {
        auto proof = try_often(patience_, [&] { return try_proof(challenge); });
        if (!proof) return give_up(proof.error());
        proofs.push_back(std::move(*proof));
    }
    return proofs;
}

base::Result<card::Proof> Conversation::try_proof(const card::Challenge& challenge) const {
    const auto& idm = card_->idm();
    KAZASHI_TRY(const auto written, card_->exchange(protocol::challenge_frame(idm, challenge)));
    KAZASHI_CHECK(protocol::parse_write(written, idm));
    // These three blocks and no fewer: the MAC is over all of them.
    KAZASHI_TRY(const auto read, card_->exchange(protocol::proof_frame(idm, identity_.chip)));
    KAZASHI_TRY(auto answer, protocol::parse_proof(read, idm));
    if (answer.s_pad0 != identity_.s_pad0 || answer.id != identity_.id)
        return Error{Fault::malformed, "the card no longer has the blocks it was identified by"};
    return std::move(answer.proof);
}

base::Result<std::vector<card::Block>> Conversation::read_pads() {
    patience_.renew();
    if (!is_ours()) return Error{Fault::unsupported, "this card has no S_PADs"};
    std::array<std::uint16_t, protocol::lite_s::reg - 1> pads{};
    for (std::size_t i = 0; i < pads.size(); ++i) pads[i] = static_cast<std::uint16_t>(i + 1);
    auto read = card_->read(protocol::service_read_only, pads);
    if (!read) return give_up(read.error());
    return read;
}

base::Result<Relay> Conversation::relay(std::span<const base::SecretBytes> frames) {
    patience_.renew(tuning::relay);
    if (!is_ours()) return Error{Fault::unsupported, "nothing is written to this card"};
    return relay_frames(*card_, patience_, frames);
}

base::Result<IdAnswer> Conversation::sign(card::IdCardKind kind, const base::SecretBytes& pin,
                                          const card::Digest& digest) {
    if (link_ == nullptr) return Error{Fault::unsupported, "this device passes on FeliCa frames alone"};
    patience_.renew(tuning::signature);
    BoundedLink link{*link_, patience_};
    return sign_with_id_card(link, kind, pin, digest);
}

}  // namespace kazashi::reader
