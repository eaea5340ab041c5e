// An office's desk where cards are made: what the clerk, the cards and the region do there.
#pragma once

#include "cardio/protocol/felica.h"
#include "tests/catch.h"
#include "tests/terminal/state/counter.h"

namespace kazashi::test::issuing {

inline constexpr card::Idm blank{{0x01, 0x2E, 1, 2, 3, 4, 5, 6}};
inline constexpr card::Idm other{{0x01, 0x2E, 9, 9, 9, 9, 9, 9}};
inline constexpr const char* number = "0000000123";

struct IssuingDesk : Counter {
    IssuingDesk() {
        sign_in();
        model::TypePolicy office;
        office.issues_cards = true;
        rule(office);
    }
    void open() {
        does(state::ShowStaffMenu{});
        does(state::ShowIssuing{});
    }
    void type_number() {
        type(number);
        does(state::GoOn{});
    }
    // A blank card is asked for its IDm, and tells it.
    void lay_blank(card::SessionNumber session, const card::Idm& idm = blank) {
        card(card::CardForeign{session, card::ForeignCard::empty_lite_s});
        REQUIRE(wanted<state::RelayFrames>());
        base::Bytes answer{18, 0x01};
        answer.insert(answer.end(), idm.bytes.begin(), idm.bytes.end());
        answer.insert(answer.end(), {0x00, 0xF1, 0, 0, 0, 1, 0x43, 0});
        card(card::Relayed{session, {answer}});
    }
    void region_says(std::int64_t step, wire::CardOutcome outcome = wire::CardOutcome::running, std::string note = {}) {
        engine::CardTurn turn;
        turn.step = step;
        turn.steps = 6;
        turn.outcome = outcome;
        turn.note = std::move(note);
        if (outcome == wire::CardOutcome::running) turn.frames.emplace_back(std::size_t{16});
        happens(state::CardTurned{state.issue->call, std::move(turn)});
    }
    // From a blank card on the reader to frames on their way.
    void begin() {
        open();
        type_number();
        lay_blank(7);
        happens(state::CardOrderWritten{state.issue->call});
        region_says(1);
    }
    template <class Effect>
    const Effect* wanted() const {
        for (const auto& effect : effects)
            if (const auto* one = std::get_if<Effect>(&effect)) return one;
        return nullptr;
    }
    state::IssueVisit::Step step() const { return state.issue->step; }
};

}  // namespace kazashi::test::issuing
