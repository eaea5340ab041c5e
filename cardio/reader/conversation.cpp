#include "cardio/reader/conversation.h"

#include <algorithm>
#include <array>

#include "cardio/protocol/apdu.h"
#include "cardio/protocol/atr.h"
#include "cardio/protocol/felica_lite_s.h"
#include "cardio/reader/tuning.h"

namespace kazashi::reader {

namespace {

using base::Error;
using base::Fault;
using card::ForeignCard;
using protocol::Dialect;
using protocol::Polled;

// With fewer rounds than this, two cards are too easily taken for one (felica.md §8, 7).
constexpr unsigned polling_rounds = 3;

// What a second try may mend: silence at the edge of the field, a garbled answer, RC lost with the field.
bool worth_a_try(Fault fault) {
    return fault == Fault::timeout || fault == Fault::malformed || fault == Fault::card_refused;
}

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

bool lite_s_answered(std::uint16_t asked, const Polled& card) {
    return asked == protocol::system_lite_s || card.request_data == protocol::system_lite_s;
}

std::chrono::microseconds air(const protocol::Pmm& pmm, std::uint8_t command, std::size_t blocks) {
    return protocol::response_budget(pmm, command, blocks) + protocol::air_time(protocol::max_frame) +
           tuning::air_margin;
}

}  // namespace

Conversation::Conversation(ApduLink& link, const base::Clock& clock, std::optional<Dialect> known)
    : link_{link}, clock_{clock}, dialect_{known} {}

Conversation::~Conversation() = default;

void Conversation::reader_was_reset() { transport_ = make_transport(*dialect_, link_); }

bool Conversation::late() const { return clock_.boot() - begun_ > tuning::session; }

base::Result<Sight> Conversation::identify(base::ByteView atr, std::optional<std::uint16_t> region) {
    begun_ = clock_.boot();
    const auto family = protocol::card_family(atr);
    KAZASHI_TRY(const auto seen_by_reader, uid());
    const bool has_idm = seen_by_reader && seen_by_reader->size() == card::Idm::size;
    const bool felica = family == protocol::CardFamily::felica || has_idm;
    answered_ = seen_by_reader.has_value();
    KAZASHI_TRY(const auto found, find(felica));
    answered_ = answered_ || found;
    if (!found) {
        if (felica) return Error{Fault::card_left, "a FeliCa card that answers no polling"};
        return Sight{family == protocol::CardFamily::iso14443_4 ? ForeignCard::bank : ForeignCard::unknown};
    }
    if (found->asked == protocol::system_transit) return Sight{ForeignCard::transit};
    if (!lite_s_answered(found->asked, found->card)) return Sight{ForeignCard::unknown};
    polled_ = found->card;

    // The reader's own polling is the first round, and costs no time on air.
    if (seen_by_reader) {
        card::Idm first;
        if (has_idm) std::copy(seen_by_reader->begin(), seen_by_reader->end(), first.bytes.begin());
        if (!has_idm || !protocol::same_card(first, polled_.idm)) return Sight{Several{}};
    }
    auto sight = read_identity(region);
    if (!sight && sight.fault() == Fault::card_left) return sight;
    // The last round comes after the read, when a second card of a slowly approaching wallet is in the field too.
    KAZASHI_TRY(const bool another, another_answers(polling_rounds - (seen_by_reader ? 2U : 1U)));
    if (another) return Sight{Several{}};
    return sight;
}

// nullopt when the reader does not say: it is only a hint.
base::Result<std::optional<base::Bytes>> Conversation::uid() {
    KAZASHI_TRY(const auto answer, link_.transmit(protocol::get_uid()));
    KAZASHI_TRY(auto apdu, protocol::decode_response(answer));
    if (apdu.sw != protocol::sw::ok || apdu.data.empty()) return std::optional<base::Bytes>{};
    return std::optional{std::move(apdu.data)};
}

base::Result<Polled> Conversation::poll(Transport& transport, std::uint16_t system) {
    const auto frame = protocol::polling_frame(system, protocol::PollRequest::system_code, protocol::TimeSlots::four);
    KAZASHI_TRY(const auto answer, transport.exchange(frame, tuning::polling_air));
    return protocol::parse_polling(answer);
}

// nullopt: this reader understands us, and no card answers.
base::Result<std::optional<Conversation::Found>> Conversation::find_in(Transport& transport) {
    for (const auto system : {protocol::system_lite_s, protocol::system_transit, protocol::system_any}) {
        const auto polled = poll(transport, system);
        if (polled) return std::optional{Found{system, *polled}};
        if (polled.fault() != Fault::timeout) return polled.error();
    }
    return std::optional<Found>{};
}

base::Result<std::optional<Conversation::Found>> Conversation::find(bool felica) {
    const std::vector<Dialect> dialects =
        dialect_ ? std::vector{*dialect_} : std::vector{Dialect::direct, Dialect::transparent};
    const int tries = felica ? tuning::command_tries : 1;
    for (int i = 0; i < tries && !late(); ++i) {
        for (const auto dialect : dialects) {
            transport_ = make_transport(dialect, link_);
            const auto found = find_in(*transport_);
            if (found && *found) {
                dialect_ = dialect;
                return *found;
            }
            // Not this reader's dialect, or an answer in none of ours: the next one may fit.
            if (!found && found.fault() != Fault::unsupported && found.fault() != Fault::malformed)
                return found.error();
        }
    }
    return std::optional<Found>{};
}

base::Result<Sight> Conversation::read_identity(std::optional<std::uint16_t> region) {
    const auto frame = protocol::identity_frame(polled_.idm);
    base::Result<protocol::IdentityAnswer> read = Error{Fault::timeout, ""};
    for (int i = 0; i < tuning::command_tries && !late(); ++i) {
        const auto answer = transport_->exchange(frame, air(polled_.pmm, protocol::code::read, 2));
        read = answer ? protocol::parse_identity(*answer, polled_.idm)
                      : base::Result<protocol::IdentityAnswer>{answer.error()};
        if (read || !worth_a_try(read.fault())) break;
    }
    if (!read) return give_up(read.error());
    const auto record = card::parse_regional_record(read->s_pad0);
    if (!record) return Sight{blank(read->s_pad0) ? ForeignCard::empty_lite_s : ForeignCard::unknown};
    if (region && record->region != *region) return Sight{ForeignCard::other_region};
    identity_ = {polled_.idm, read->s_pad0, read->id, *record, card::Assurance::presented};
    return Sight{identity_};
}

// A round that finds nobody is repeated: two cards in one time slot garble each other.
base::Result<bool> Conversation::another_answers(unsigned rounds) {
    for (unsigned done = 0; done < rounds; ++done) {
        base::Result<Polled> polled = Error{Fault::timeout, ""};
        for (int i = 0; i < tuning::command_tries && !late(); ++i) {
            polled = poll(*transport_, protocol::system_lite_s);
            if (polled || !worth_a_try(polled.fault())) break;
        }
        if (!polled) return give_up(polled.error());
        if (!protocol::same_card(polled->idm, polled_.idm)) return true;
    }
    return false;
}

base::Result<std::vector<card::Proof>> Conversation::prove(const std::vector<card::Challenge>& challenges) {
    begun_ = clock_.boot();
    if (challenges.size() > tuning::challenges) return Error{Fault::limit, "challenges"};
    std::vector<card::Proof> proofs;
    for (const auto& challenge : challenges) {
        KAZASHI_TRY(auto proof, prove_one(challenge));
        proofs.push_back(std::move(proof));
    }
    return proofs;
}

base::Result<card::Proof> Conversation::prove_one(const card::Challenge& challenge) {
    base::Result<card::Proof> proof = Error{Fault::timeout, ""};
    for (int i = 0; i < tuning::command_tries && !late(); ++i) {
        proof = try_proof(challenge);
        if (proof || !worth_a_try(proof.fault())) break;
    }
    if (!proof) return give_up(proof.error());
    return proof;
}

base::Result<card::Proof> Conversation::try_proof(const card::Challenge& challenge) {
    const auto& idm = polled_.idm;
    KAZASHI_TRY(const auto written, transport_->exchange(protocol::challenge_frame(idm, challenge),
                                                         air(polled_.pmm, protocol::code::write, 1)));
    KAZASHI_CHECK(protocol::parse_write(written, idm));
    KAZASHI_TRY(const auto read,
                transport_->exchange(protocol::proof_frame(idm), air(polled_.pmm, protocol::code::read, 3)));
    KAZASHI_TRY(auto answer, protocol::parse_proof(read, idm));
    if (answer.s_pad0 != identity_.s_pad0 || answer.id != identity_.id)
        return Error{Fault::malformed, "the card no longer has the blocks it was identified by"};
    return std::move(answer.proof);
}

}  // namespace kazashi::reader
