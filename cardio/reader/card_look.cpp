#include "cardio/reader/card_look.h"

#include <future>
#include <memory>
#include <thread>
#include <utility>

#include "cardio/base/clock.h"
#include "cardio/protocol/apdu.h"
#include "cardio/protocol/atr.h"
#include "cardio/protocol/felica.h"
#include "cardio/reader/conversation.h"
#include "cardio/reader/pcsc.h"
#include "cardio/reader/transport.h"
#include "cardio/reader/tuning.h"

namespace kazashi::reader {

namespace {

using base::Fault;
using Outcome = CardLook::Outcome;

base::Status poll(Transport& transport) {
    const auto frame =
        protocol::polling_frame(protocol::system_any, protocol::PollRequest::system_code, protocol::TimeSlots::one);
    KAZASHI_TRY(const auto answer, transport.exchange(frame, tuning::polling_air));
    const auto polled = protocol::parse_polling(answer);
    return polled ? base::ok() : base::Status{polled.error()};
}

// Sony's readers tell an IDm without passing a frame on: enough to read some cards, never to prove one.
bool tells_idm(ApduLink& link) {
    const auto answer = link.transmit(protocol::get_uid());
    const auto apdu =
        answer ? protocol::decode_response(*answer) : base::Result<protocol::ResponseApdu>{answer.error()};
    return apdu && apdu->sw == protocol::sw::ok && apdu->data.size() == card::Idm::size;
}

// The reader has answered, be it only that it does not know the command: the next dialect may fit.
bool of_the_reader(Fault fault) {
    return fault == Fault::timeout || fault == Fault::unsupported || fault == Fault::malformed || fault == Fault::limit;
}

// The first dialect a card answers in; else the first the reader understands; else none. An error: the card has left,
// or the service has.
base::Result<std::optional<protocol::Dialect>> find_dialect(ApduLink& link) {
    std::optional<protocol::Dialect> understood;
    for (const auto dialect : protocol::all_dialects) {
        const auto transport = make_transport(dialect, link);
        if (!transport) continue;
        for (int i = 0; i < tuning::command_tries; ++i) {
            const auto polled = poll(*transport);
            if (polled) return std::optional{dialect};
            if (!of_the_reader(polled.fault())) return polled.error();
            if (polled.fault() != Fault::timeout) break;
            if (!understood) understood = dialect;
        }
    }
    return understood;
}

void count_pollings(ApduLink& link, CardLook& look, const CardLookLimits& limits) {
    const base::SystemClock clock;
    const auto transport = make_transport(*look.dialect, link);
    const auto end = clock.boot() + limits.polling;
    for (unsigned i = 0; i < limits.pollings; ++i) {
        const auto begun = clock.boot();
        if (begun > end) return;
        if (poll(*transport))
            look.took.push_back(clock.boot() - begun);
        else
            ++look.lost;
    }
}

Outcome outcome_of(const Sight& sight) {
    if (std::holds_alternative<card::Identity>(sight)) return Outcome::ours;
    const auto* foreign = std::get_if<card::ForeignCard>(&sight);
    if (foreign == nullptr) return std::holds_alternative<Several>(sight) ? Outcome::several : Outcome::not_felica;
    if (*foreign == card::ForeignCard::other_region) return Outcome::other_region;
    if (*foreign == card::ForeignCard::empty_lite_s) return Outcome::empty;
    return Outcome::foreign;
}

// What a look needs for itself, so that whoever asked for it may stop waiting.
struct Parts {
    std::string reader;
    std::optional<std::uint16_t> region;
    std::vector<card::CardProfile> profiles;
    CardLookLimits limits;
    std::promise<void> begun;  // the card is ours, or never will be
    bool has_begun{false};
    std::promise<CardLook> done;

    void begin() {
        if (!std::exchange(has_begun, true)) begun.set_value();
    }
};

void talk(PcscConnection& link, const Parts& asked, CardLook& look) {
    look.t0 = link.t0();
    const bool felica = protocol::card_family(link.atr()) == protocol::CardFamily::felica;
    const auto dialect = find_dialect(link);
    if (!dialect) {
        look.detail = dialect.error().detail;
        return;  // gone
    }
    look.dialect = *dialect;
    const bool idm = tells_idm(link);
    if (!look.dialect && !idm) {
        look.outcome = felica ? Outcome::no_felica : Outcome::not_felica;
        return;
    }
    if (look.dialect)
        count_pollings(link, look, asked.limits);
    else
        look.dialect = protocol::Dialect::plain;
    const base::SystemClock clock;
    Conversation conversation{link, clock, look.dialect};
    const auto sight = conversation.identify(link.atr(), asked.region, asked.profiles);
    look.outcome = sight ? outcome_of(*sight) : Outcome::gone;
    // A card that answers no polling and has no FeliCa ATR is a card of another kind.
    if (look.took.empty() && !felica && !idm) look.outcome = Outcome::not_felica;
    if (!sight) look.detail = sight.error().detail;
}

CardLook without(Outcome outcome) {
    CardLook look;
    look.outcome = outcome;
    return look;
}

CardLook failed(const base::Error& error) {
    CardLook look;
    look.detail = error.detail;
    look.outcome = error.fault == Fault::reader_busy ? Outcome::held
                   : error.fault == Fault::card_left ? Outcome::gone
                   : error.fault == Fault::denied    ? Outcome::denied
                                                     : Outcome::no_contact;
    return look;
}

CardLook look(Parts& parts) {
    const auto context = PcscContext::establish();
    if (!context) return failed(context.error());
    auto link = PcscConnection::open(*context, parts.reader);
    if (!link) return failed(link.error());
    link->card_has_left();  // it stays powered: the terminal may be talking to it
    const auto transaction = link->begin_transaction();
    if (!transaction) return failed(transaction.error());
    parts.begin();
    CardLook look;
    talk(*link, parts, look);
    return look;
}

}  // namespace

// SCardBeginTransaction waits for as long as somebody else holds the card, and nothing ends that wait from outside.
CardLook look_at_card(const std::string& reader, std::optional<std::uint16_t> region,
                      std::vector<card::CardProfile> profiles, CardLookLimits limits) {
    auto parts = std::make_shared<Parts>();
    parts->reader = reader;
    parts->region = region;
    parts->profiles = std::move(profiles);
    parts->limits = limits;
    auto begun = parts->begun.get_future();
    auto done = parts->done.get_future();
    std::thread{[parts] {
        auto seen = look(*parts);
        parts->begin();
        parts->done.set_value(std::move(seen));
    }}.detach();
    if (begun.wait_for(limits.hold) != std::future_status::ready) return without(Outcome::held);
    if (done.wait_for(limits.whole) != std::future_status::ready) return without(Outcome::silent);
    return done.get();
}

}  // namespace kazashi::reader
