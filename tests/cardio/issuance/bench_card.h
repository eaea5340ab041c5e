// A blank virtual card, the plan for it, and a way to it that breaks where a test says.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cardio/protocol/felica.h"
#include "cardio/protocol/issuance.h"
#include "cardio/simulator/virtual_card.h"
#include "tests/catch.h"

namespace kazashi::test {

inline constexpr card::Idm blank_idm{{0x01, 0x2E, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66}};

inline protocol::IssuePlan plan_for(const card::Idm& idm, std::uint8_t seed = 1, bool with_pads = true) {
    protocol::IssuePlan plan;
    plan.idm = idm;
    plan.s_pad0 = card::make_regional_record({card::CardKind::patient, 44, "000000000" + std::to_string(seed % 10)});
    std::copy(idm.bytes.begin(), idm.bytes.end(), plan.id.bytes.begin());
    for (std::size_t i = 10; i < 16; ++i) plan.id.bytes[i] = static_cast<std::uint8_t>(seed + i);
    plan.ckv = 1;
    for (std::uint8_t i = 0; i < 16; ++i) plan.ck.data()[i] = static_cast<std::uint8_t>(0x10 + 7 * i + seed);
    if (with_pads) {
        plan.pads.emplace();
        for (std::size_t i = 0; i < plan.pads->size(); ++i)
            plan.pads->at(i).bytes.fill(static_cast<std::uint8_t>(i + seed));
    }
    return plan;
}

// A different challenge every time it is asked; the tests need no randomness.
class Challenges {
public:
    card::Challenge next() {
        card::Challenge out;
        ++count_;
        for (std::uint8_t i = 0; i < 16; ++i) out.bytes[i] = static_cast<std::uint8_t>(count_ * 31 + i * 7);
        return out;
    }

private:
    std::uint8_t count_{0};
};

// Brings frames to a card. `disturb` sees the number of the exchange and the answer: it may change it, or return
// nothing for silence, with which the field is gone too.
class Way {
public:
    enum class Reach { card, nowhere };  // whether a frame that finds silence was carried out
    using Disturb = std::function<std::optional<base::Bytes>(std::size_t exchange, base::Bytes answer)>;

    explicit Way(simulator::VirtualCard& card) : card_{card} {}

    std::size_t silent_at{~std::size_t{0}};
    Reach reach{Reach::card};
    Disturb disturb;
    std::size_t exchanges{0};

    std::vector<base::Bytes> relay(const std::vector<base::SecretBytes>& frames) {
        std::vector<base::Bytes> answers;
        for (const auto& frame : frames) {
            const auto number = exchanges++;
            if (number == silent_at && reach == Reach::nowhere) return torn(answers);
            auto answer = card_.answer(frame.view());
            if (!answer || number == silent_at) return torn(answers);
            if (disturb) answer = disturb(number, std::move(*answer));
            if (!answer) return torn(answers);
            answers.push_back(std::move(*answer));
        }
        return answers;
    }

private:
    std::vector<base::Bytes> torn(std::vector<base::Bytes>& answers) {
        card_.power_off();
        return std::move(answers);
    }
    simulator::VirtualCard& card_;
};

// As the region drives it: what cannot be read is looked at again, and so is what cannot be ours, once.
inline protocol::CardStage issue(Way& way, const protocol::IssuePlan& plan, Challenges& challenges) {
    auto rc = challenges.next();
    auto turn = protocol::first_turn(plan, rc);
    int doubts = 0;
    for (int turns = 0; turns < 20; ++turns) {
        const auto answers = way.relay(turn.frames);
        const protocol::Asked asked{turn.writes, rc, turn.chip};
        rc = challenges.next();
        auto next = protocol::next_turn(plan, asked, answers, rc);
        const bool over = next && next->frames.empty();
        if (over && (next->stage == protocol::CardStage::complete || ++doubts > 1)) return *next->stage;
        turn = next && !over ? std::move(*next) : protocol::first_turn(plan, rc);
    }
    FAIL("no end");
    return {};
}

inline card::Block read_block(simulator::VirtualCard& card, std::uint8_t number) {
    const auto answer = card.answer(protocol::read_frame(card.idm(), protocol::service_read_only, std::array{number}));
    REQUIRE(answer.has_value());
    const auto blocks = protocol::parse_read(*answer, card.idm(), 1);
    REQUIRE(static_cast<bool>(blocks));
    return blocks->front();
}

// As a terminal asks for it.
inline bool proves(simulator::VirtualCard& card, const protocol::IssuePlan& plan) {
    const card::Challenge rc{{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}};
    REQUIRE(card.answer(protocol::challenge_frame(card.idm(), rc)).has_value());
    const auto answer = card.answer(protocol::proof_frame(card.idm(), card.chip()));
    REQUIRE(answer.has_value());
    const auto proof = protocol::parse_proof(*answer, card.idm());
    REQUIRE(static_cast<bool>(proof));
    const auto expected = protocol::proof_of(plan.ck, rc, plan.s_pad0, plan.id, card.chip());
    return base::equal_secret(proof->proof.view(), expected.view());
}

}  // namespace kazashi::test
