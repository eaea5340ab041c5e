// The region's office with a live server: a terminal of the city hall orders cards over TLS, and the cards are virtual.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cardio/simulator/virtual_card.h"
#include "sync/engine/card_order.h"
#include "sync/engine/curl_transport.h"
#include "sync/server/card_notes.h"
#include "tests/sync/server/live_town.h"

namespace kazashi::test {

namespace note = server::card_note;
using wire::CardOutcome;
using wire::CardPurpose;

inline constexpr card::Idm first_idm{{0x01, 0x2E, 0x44, 0, 0, 0, 0, 1}};
inline constexpr card::Idm second_idm{{0x01, 0x2E, 0x44, 0, 0, 0, 0, 2}};
inline constexpr const char* somebody = "0000000001";

// A card at a reader of the terminal: frames go to it, and the field goes away where a test says.
struct Reader {
    simulator::VirtualCard* card{};
    std::size_t silent_at{~std::size_t{0}};
    bool carried_out{true};  // whether the frame that found silence reached the card
    std::size_t exchanges{0};

    std::vector<base::Bytes> relay(const std::vector<base::SecretBytes>& frames) {
        std::vector<base::Bytes> answers;
        for (const auto& frame : frames) {
            const bool silent = exchanges++ == silent_at;
            auto answer = silent && !carried_out ? std::nullopt : card->answer(frame.view());
            if (silent || !answer) {
                card->power_off();
                break;
            }
            answers.push_back(std::move(*answer));
        }
        return answers;
    }
};

// As a terminal asks for it, which goes by the chip.
inline card::Proof proof_from(simulator::VirtualCard& card, const card::Challenge& challenge) {
    REQUIRE(card.answer(protocol::challenge_frame(card.idm(), challenge)).has_value());
    const auto frame = card.answer(protocol::proof_frame(card.idm(), card.chip()));
    REQUIRE(frame.has_value());
    return std::move(must(protocol::parse_proof(*frame, card.idm())).proof);
}

class Office {
public:
    Office() { clerk_enrolment_ = live.enrol("F0003", clerk); }

    LiveTown live;
    TestTerminal clerk;
    TestTerminal pharmacist;

    engine::CurlTransport line() { return line(clerk_enrolment_); }
    engine::CurlTransport pharmacy_line() {
        if (pharmacist.id.empty()) pharmacy_enrolment_ = live.enrol("F0001", pharmacist);
        return line(pharmacy_enrolment_);
    }
    engine::CurlTransport line(const store::Enrolment& enrolment) {
        return {enrolment.server_url, enrolment.region_ca,
                engine::CurlTransport::Certificate{enrolment.tls_certificate, enrolment.tls_key}, never_};
    }

    engine::CardTurn order(const engine::CardWish& wish, simulator::VirtualCard& card) {
        Reader reader{&card};
        return order(wish, reader);
    }
    // To its end; what is torn is put back at once.
    engine::CardTurn order(const engine::CardWish& wish, Reader& reader) {
        auto transport = line();
        engine::CardOrder order{transport};
        auto turn = must(order.begin(wish, reader.card->idm()));
        for (int turns = 0; turn.outcome == CardOutcome::running; ++turns) {
            REQUIRE(turns < 20);
            steps.push_back(turn.step);
            turn = must(order.answer(reader.relay(turn.frames)));
        }
        return turn;
    }
    std::vector<std::int64_t> steps;

    template <class Value>
    Value read(const std::function<base::Result<Value>(server::Records&)>& work) {
        std::optional<Value> value;
        must(live.town.repository().read([&](server::Records& records) -> base::Status {
            KAZASHI_TRY(value, work(records));
            return base::ok();
        }));
        return std::move(*value);
    }
    std::optional<server::CardRecord> card_of(const card::Idm& idm) {
        return read<std::optional<server::CardRecord>>([&](auto& records) { return records.card_of(idm); });
    }
    std::optional<server::BegunCard> begun(const card::Idm& idm) {
        return read<std::optional<server::BegunCard>>([&](auto& records) { return records.begun_card(idm); });
    }
    // How many of the sections in the feed this card's two answers open, as at a pharmacy's terminal.
    int opens(simulator::VirtualCard& card) {
        if (pharmacist.id.empty()) pharmacy_enrolment_ = live.enrol("F0001", pharmacist);
        const auto feed = live.town.feed(pharmacist);
        const auto index = vault::card_index(live.town.region().keys.index, card.idm());
        int opened = 0;
        for (const auto& lock : all<model::Lock>(feed)) {
            if (lock.card != index) continue;
            const auto first = proof_from(card, lock.first);
            const auto key = vault::card_key(card.idm(), lock.first, first, lock.second, proof_from(card, lock.second));
            for (const auto& wrap : all<model::Wrap>(feed))
                if (wrap.card == index && vault::unwrap(key, wrap.package, wrap.sealed)) ++opened;
        }
        return opened;
    }
    bool revoked_in_feed(const card::Idm& idm) {
        if (pharmacist.id.empty()) pharmacy_enrolment_ = live.enrol("F0001", pharmacist);
        const auto index = vault::card_index(live.town.region().keys.index, idm);
        for (const auto& revoked : all<model::RevokedCard>(live.town.feed(pharmacist)))
            if (revoked.card == index) return true;
        return false;
    }

private:
    store::Enrolment clerk_enrolment_;
    store::Enrolment pharmacy_enrolment_;
    const std::atomic<bool> never_{false};
};

}  // namespace kazashi::test
