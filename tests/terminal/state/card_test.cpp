#include "tests/catch.h"
#include "tests/terminal/state/counter.h"

using namespace kazashi;
using namespace kazashi::test;

TEST_CASE("card: every kind of card that is none of ours has its own sentence") {
    using card::ForeignCard;
    const std::pair<ForeignCard, const char*> cases[] = {
        {ForeignCard::transit, "transit_card"},    {ForeignCard::bank, "bank_card"},
        {ForeignCard::empty_lite_s, "empty_card"}, {ForeignCard::other_region, "other_region"},
        {ForeignCard::unknown, "unknown_card"},
    };
    for (const auto& [kind, notice] : cases) {
        Counter counter;
        counter.card(card::CardForeign{1, kind});
        CHECK(counter.told(notice));
        CHECK(counter.asked<state::PlaySound>()->sound == state::PlaySound::Sound::refused);
    }
}

TEST_CASE("card: two cards at once are told apart by nobody") {
    Counter counter;
    counter.card(card::SeveralCards{1});
    CHECK(counter.told("several_cards"));
}

TEST_CASE("card: a card that fails to be read says so, and a busy or lost reader says that instead") {
    const std::pair<base::Fault, const char*> cases[] = {
        {base::Fault::card_refused, "card_fault"},
        {base::Fault::reader_busy, "reader_busy"},
        {base::Fault::reader_off, "reader_off"},
        {base::Fault::card_left, "card_torn"},
        {base::Fault::unsupported, "reader_no_proof"},
    };
    for (const auto& [fault, notice] : cases) {
        Counter counter;
        counter.card(card::CardFault{1, {fault, ""}});
        CHECK(counter.told(notice));
    }
}

TEST_CASE("card: one torn off before it was known asks to hold it again") {
    Counter counter;
    counter.card(card::CardTorn{1});
    CHECK(counter.told("card_torn"));
}

TEST_CASE("card: a notice gives way to the next card at once") {
    Counter counter;
    counter.sign_in();
    counter.card(card::CardTorn{2});
    counter.card(card::CardGone{2});
    counter.lay_patient(3);
    CHECK(counter.state.screen == Screen::home);
    CHECK(!counter.state.notice);
    CHECK(counter.state.tap->session == 3);
}

TEST_CASE("card: a foreign card ends a summary that was open without a card") {
    Counter counter;
    counter.sign_in();
    counter.list({window(1)});
    counter.reopen(1);
    REQUIRE(counter.state.summary);
    counter.card(card::CardForeign{8, card::ForeignCard::transit});
    CHECK(counter.told("transit_card"));
    CHECK(!counter.state.summary);
}

TEST_CASE("card: while a PIN is tried another card does not disturb it") {
    Counter counter;
    counter.lay_staff();
    counter.know_staff();
    counter.try_pin();
    counter.card(card::CardGone{staff_card});
    counter.card(card::CardForeign{2, card::ForeignCard::transit});
    CHECK(counter.state.screen == Screen::sign_in);
}

TEST_CASE("card: events of an older card than the one on the reader change nothing") {
    Counter counter;
    counter.sign_in();
    counter.to_consent(5);
    counter.card(card::CardForeign{4, card::ForeignCard::transit});
    counter.card(card::SeveralCards{4});
    counter.card(card::CardTorn{4});
    counter.card(card::CardGone{4});
    counter.lay_patient(4);
    CHECK(counter.state.screen == Screen::consent);
    CHECK(counter.state.tap->session == 5);
}

TEST_CASE("card: an open summary does not mind a fault of its card, only its leaving") {
    Counter counter;
    counter.sign_in();
    counter.to_summary();
    counter.card(card::CardTorn{patient_card});
    CHECK(counter.state.summary);
    counter.card(card::CardGone{patient_card});
    CHECK(!counter.state.summary);
}

TEST_CASE("reader: its state is kept, and when it goes its card counts as gone") {
    Counter counter;
    counter.sign_in();
    counter.to_summary();
    counter.card(card::ReaderState{card::ReaderState::Service::off, ""});
    CHECK(counter.state.reader.service == card::ReaderState::Service::off);
    CHECK(!counter.state.summary);
    CHECK(counter.state.screen == Screen::home);
    counter.card(card::ReaderState{card::ReaderState::Service::ready, "RC-S300"});
    counter.lay_patient(9);
    CHECK(counter.state.tap);
}
