// The key of a card passes through memory once: when its order is over it stands nowhere in this process, though
// region, TLS, terminal and reader are all in it. The card alone knew it, and it is gone.
#include "tests/fakes/sanitizer.h"
#include "tests/sync/desk/own_memory.h"
#include "tests/sync/issuing/office.h"

using namespace kazashi;
using namespace kazashi::test;

namespace {

desk_tests::Wanted wanted_key(Office& office, const card::Idm& idm) {
    const auto card = office.card_of(idm);
    REQUIRE(card.has_value());
    return desk_tests::Wanted{protocol::diversify(office.live.town.region().keys.master, card->id).view()};
}

}  // namespace

TEST_CASE("issuing: no key of a card is left in memory, on the line or in the order's record") {
    Office office;
    office.live.town.import(bundle({patient_of(somebody)}));
    auto card = std::make_unique<simulator::VirtualCard>(simulator::VirtualCard::blank(first_idm));
    std::vector<base::Bytes> heard;  // everything on the line
    {
        struct Listening final : engine::Transport {
            Listening(engine::Transport& line, std::vector<base::Bytes>& all) : line_{line}, all_{all} {}
            base::Result<base::Bytes> get(const std::string& path, std::size_t most) override {
                return line_.get(path, most);
            }
            base::Result<base::Bytes> post(const std::string& path, base::ByteView body, std::size_t most) override {
                all_.emplace_back(body.begin(), body.end());
                auto answer = line_.post(path, body, most);
                if (answer) all_.push_back(*answer);
                return answer;
            }
            engine::Transport& line_;
            std::vector<base::Bytes>& all_;
        };
        auto line = office.line();
        Listening listening{line, heard};
        engine::CardOrder order{listening};
        Reader reader{card.get()};
        auto turn = must(order.begin({CardPurpose::issue, card::CardKind::patient, somebody}, first_idm));
        while (turn.outcome == CardOutcome::running) turn = must(order.answer(reader.relay(turn.frames)));
        REQUIRE(turn.note == note::issued);
    }
    REQUIRE(heard.size() > 10);
    const auto wanted = wanted_key(office, first_idm);
#ifndef KAZASHI_ASAN
    // As long as the card is there, it is found: the search can see.
    CHECK(wanted.times_in_memory() == 1);
#endif
    card.reset();
    CHECK(wanted.times_in_memory() == 0);
}
