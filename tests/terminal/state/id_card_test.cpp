#include "tests/catch.h"
#include "tests/terminal/state/counter.h"

using namespace kazashi;
using namespace kazashi::test;
using card::IdCardKind;
using state::IdCard;

namespace {

constexpr card::SessionNumber id_card = 5;

struct IdCounter : Counter {
    IdCounter() { trust({{1}}, {{2}}); }

    void trust(std::vector<base::Bytes> my_number, std::vector<base::Bytes> hpki) {
        auto policy = state.policy;
        policy.id_card_roots = {std::move(my_number), std::move(hpki)};
        happens(state::PolicyKnown{policy});
    }
    void lay(IdCardKind kind, std::optional<int> tries = 3, card::SessionNumber session = id_card) {
        card(card::IdCardSeen{session, state.at, kind, tries});
    }
    void asked_for(card::SessionNumber session = id_card) {
        card::Digest digest;
        digest.bytes[0] = 9;
        happens(state::IdCardAsked{session, digest});
    }
    // A My Number card, its PIN typed and entered.
    void type_pin(std::optional<int> tries = 3) {
        lay(IdCardKind::my_number, tries);
        asked_for();
        enter("1234");
    }
    // The card says no, and the desk has written it down.
    void refuses(int tries_left, card::SessionNumber session = id_card) {
        card(card::IdCardPinRefused{session, tries_left});
        happens(state::WrongIdPinNoted{session, tries_left});
    }
    void fails(base::Fault fault, const char* detail) {
        happens(state::DeskFailed{id_card, state::DeskFailed::During::id_card, {fault, detail}});
    }
    std::string told() const { return state.notice ? state.notice->what : std::string{}; }
};

}  // namespace

TEST_CASE("ID card: a My Number card is asked for its PIN, and the signature opens the window") {
    IdCounter counter;
    counter.sign_in();
    counter.lay(IdCardKind::my_number);
    CHECK(counter.state.screen == Screen::id_card);
    REQUIRE(counter.asked<state::AskIdCard>());
    CHECK(counter.asked<state::AskIdCard>()->purpose == IdCard::For::holder);
    counter.type("12");  // before the desk has said what is to be signed
    CHECK(counter.state.id_card->pin.empty());
    counter.asked_for();
    counter.type("12345");
    CHECK(counter.state.id_card->pin.size() == 4);
    counter.does(state::PressEnter{});
    const auto* sign = counter.asked<state::SignWithIdCard>();
    REQUIRE(sign);
    CHECK(base::as_text(sign->pin.view()) == "1234");
    CHECK(sign->digest.bytes[0] == 9);
    CHECK(counter.state.id_card->pin.empty());
    counter.card(card::IdCardSigned{id_card, {1}, {2}});
    const auto* open = counter.asked<state::OpenWithIdCard>();
    REQUIRE(open);
    CHECK(open->answer.signature == base::Bytes{2});
    counter.card(card::CardGone{id_card});  // it is needed no more
    CHECK(counter.state.screen == Screen::id_card);
    counter.happens(state::HolderOpened{id_card, {grant(1), model::SectionSet{3}, false, summary()}});
    CHECK(counter.state.screen == Screen::summary);
    CHECK(counter.state.shown_grant == grant(1));
    CHECK(counter.state.summary_granted == model::SectionSet{3});
    CHECK(!counter.state.id_card);
}

TEST_CASE("ID card: too short a PIN is not sent") {
    IdCounter counter;
    counter.sign_in();
    counter.lay(IdCardKind::my_number);
    counter.asked_for();
    counter.enter("123");
    CHECK(!counter.asked<state::SignWithIdCard>());
    CHECK(counter.state.id_card->step == IdCard::Step::typing);
}

TEST_CASE("ID card: the last try is asked once more, and going back does not spend it") {
    IdCounter counter;
    counter.sign_in();
    counter.type_pin(1);
    CHECK(!counter.asked<state::SignWithIdCard>());
    CHECK(counter.state.id_card->step == IdCard::Step::last_try);
    counter.does(state::GoBack{});
    CHECK(counter.state.id_card->step == IdCard::Step::typing);
    CHECK(counter.state.id_card->pin.empty());
    counter.enter("1234");
    counter.does(state::ConfirmLastTry{});
    CHECK(counter.asked<state::SignWithIdCard>());
    counter.does(state::ConfirmLastTry{});
    CHECK(!counter.asked<state::SignWithIdCard>());
}

TEST_CASE("ID card: a wrong PIN is never tried again by itself, and tells what is left") {
    IdCounter counter;
    counter.sign_in();
    counter.type_pin();
    counter.refuses(2);
    CHECK(!counter.asked<state::SignWithIdCard>());
    CHECK(counter.state.id_card->step == IdCard::Step::typing);
    CHECK(counter.state.id_card->wrong);
    CHECK(counter.state.id_card->tries_left == 2);
    counter.enter("1111");
    counter.refuses(1);
    counter.enter("2222");
    CHECK(counter.state.id_card->step == IdCard::Step::last_try);
    counter.does(state::ConfirmLastTry{});
    counter.refuses(0);
    CHECK(counter.told() == "notice.my_number_blocked");
}

TEST_CASE("ID card: nobody is told of a wrong PIN before it is written down") {
    IdCounter counter;
    counter.lay(IdCardKind::hpki);
    counter.asked_for();
    counter.enter("123456");
    REQUIRE(counter.asked<state::SignWithIdCard>());
    counter.card(card::IdCardPinRefused{id_card, 2});
    const auto* note = counter.asked<state::NoteWrongIdPin>();
    REQUIRE(note);
    CHECK(note->session == id_card);
    CHECK(note->tries_left == 2);
    CHECK_FALSE(counter.asked<state::PlaySound>());
    CHECK_FALSE(counter.state.id_card->wrong);
    CHECK(counter.state.id_card->step == IdCard::Step::signing);
    counter.enter("123456");  // not yet
    CHECK_FALSE(counter.asked<state::SignWithIdCard>());
    SECTION("and then they are") {
        counter.happens(state::WrongIdPinNoted{id_card, 2});
        CHECK(counter.state.id_card->wrong);
        CHECK(counter.state.id_card->tries_left == 2);
        CHECK(counter.asked<state::PlaySound>());
    }
    SECTION("the card that blocked itself too") {
        counter.happens(state::WrongIdPinNoted{id_card, 0});
        CHECK(counter.told() == "notice.hpki_blocked");
    }
    SECTION("what cannot be written is said instead") {
        counter.fails(base::Fault::disk_full, "");
        CHECK(counter.state.screen == Screen::notice);
        CHECK(counter.told() != "notice.hpki_blocked");
        counter.happens(state::WrongIdPinNoted{id_card, 2});
        CHECK(counter.state.screen == Screen::notice);
    }
    SECTION("of a card that is gone by now nothing is told, and it was noted all the same") {
        counter.card(card::CardGone{id_card});
        const auto before = counter.told();
        counter.happens(state::WrongIdPinNoted{id_card, 2});
        CHECK(counter.told() == before);
        counter.card(card::IdCardPinRefused{id_card, 1});
        CHECK(counter.asked<state::NoteWrongIdPin>());
    }
}

TEST_CASE("ID card: a blocked one is explained before anything is typed") {
    IdCounter counter;
    counter.lay(IdCardKind::hpki, 0);
    CHECK(counter.told() == "notice.hpki_blocked");
    counter.sign_in(7);
    counter.lay(IdCardKind::my_number, 0, 8);
    CHECK(counter.told() == "notice.my_number_blocked");
    CHECK(!counter.asked<state::AskIdCard>());
}

TEST_CASE("ID card: where it is of no use it is said why, and no PIN is asked for") {
    IdCounter counter;
    counter.lay(IdCardKind::my_number);
    CHECK(counter.told() == "notice.my_number_sign_in");
    model::TypePolicy kiosk;
    kiosk.self_service = true;
    counter.rule(kiosk);
    counter.lay(IdCardKind::my_number, 3, 6);
    CHECK(counter.told() == "notice.my_number_kiosk");
    counter.sign_in(7);
    counter.lay(IdCardKind::hpki, 3, 8);
    CHECK(counter.told() == "notice.hpki_menu");
    counter.trust({}, {});
    counter.lay(IdCardKind::my_number, 3, 9);
    CHECK(counter.told() == "notice.my_number_unused");
    counter.lay(IdCardKind::hpki, 3, 10);
    CHECK(counter.told() == "notice.hpki_unused");
}

TEST_CASE("ID card: what the desk says of it is told in its own words") {
    struct Case {
        base::Fault fault;
        const char* detail;
        const char* notice;
    };
    for (const auto& one :
         {Case{base::Fault::not_found, "not_linked", "notice.my_number_not_linked"},
          Case{base::Fault::not_found, "no_window", "notice.my_number_no_window"},
          Case{base::Fault::denied, "id_card_not_valid", "notice.id_card_not_valid"},
          Case{base::Fault::denied, "excluded", "notice.excluded"},
          Case{base::Fault::not_found, "this ID card is not registered here", "notice.hpki_unknown"}}) {
        IdCounter counter;
        counter.sign_in();
        counter.type_pin();
        counter.card(card::IdCardSigned{id_card, {}, {}});
        counter.fails(one.fault, one.detail);
        CHECK(counter.told() == one.notice);
        CHECK(!counter.state.id_card);
    }
}

TEST_CASE("ID card: an HPKI card with its PIN signs in, a long one too") {
    IdCounter counter;
    counter.lay(IdCardKind::hpki, std::nullopt);
    CHECK(counter.asked<state::AskIdCard>()->purpose == IdCard::For::sign_in);
    counter.asked_for();
    counter.type("12345678901234567");
    CHECK(counter.state.id_card->pin.size() == 16);
    counter.does(state::PressEnter{});
    REQUIRE(counter.asked<state::SignWithIdCard>());
    counter.card(card::IdCardSigned{id_card, {1}, {2}});
    counter.happens(state::IdCardSignedIn{id_card, desk::SignedIn{model::StaffId{"0000000101"}, "薬剤師"}});
    CHECK(counter.state.screen == Screen::home);
    CHECK(counter.state.staff->name == "薬剤師");
}

TEST_CASE("ID card: somebody signed in by it whom nobody waits for is signed out again") {
    IdCounter counter;
    counter.happens(state::IdCardSignedIn{id_card, desk::SignedIn{model::StaffId{"0000000101"}, "薬剤師"}});
    CHECK(!counter.state.staff);
    CHECK(counter.asked<state::LockDesk>());
}

TEST_CASE("ID card: one's own HPKI card is registered from the staff menu, another kind is not taken") {
    IdCounter counter;
    counter.sign_in();
    counter.to_menu();
    counter.does(state::StartIdCard{});
    CHECK(counter.state.screen == Screen::id_card);
    counter.lay(IdCardKind::my_number, 3, 8);
    CHECK(counter.state.id_card->wrong_card);
    CHECK(!counter.asked<state::AskIdCard>());
    counter.lay(IdCardKind::hpki, 3, 9);
    REQUIRE(counter.asked<state::AskIdCard>());
    CHECK(counter.asked<state::AskIdCard>()->purpose == IdCard::For::registering);
    counter.asked_for(9);
    counter.enter("12345678");
    counter.card(card::IdCardSigned{9, {1}, {2}});
    counter.happens(state::IdSlotAdded{9});
    CHECK(counter.told() == "notice.id_slot_added");
}

TEST_CASE("ID card: the PIN of an HPKI card may have letters, that of a My Number card has none") {
    IdCounter counter;
    counter.lay(IdCardKind::hpki, 15);
    counter.does(state::TypeLetter{'a'});  // before the desk has said what is to be signed
    counter.does(state::ChooseKeys{IdCard::Keys::small});
    CHECK(counter.state.id_card->keys == IdCard::Keys::digits);
    counter.asked_for();
    counter.does(state::ChooseKeys{IdCard::Keys::capitals});
    CHECK(counter.state.id_card->keys == IdCard::Keys::capitals);
    counter.does(state::TypeLetter{'K'});
    counter.does(state::ChooseKeys{IdCard::Keys::small});
    counter.does(state::TypeLetter{'z'});
    for (const char nothing : {'-', '\0', '@', '[', '`', '{', '5'}) counter.does(state::TypeLetter{nothing});
    counter.does(state::ChooseKeys{IdCard::Keys::digits});
    counter.enter("07");
    REQUIRE(counter.asked<state::SignWithIdCard>());
    CHECK(base::as_text(counter.asked<state::SignWithIdCard>()->pin.view()) == "Kz07");
    counter.does(state::TypeLetter{'a'});  // on its way, it is not added to
    CHECK(counter.state.id_card->pin.empty());
    counter.refuses(14);
    for (int i = 0; i < 20; ++i) counter.does(state::TypeLetter{'x'});
    CHECK(counter.state.id_card->pin.size() == 16);

    IdCounter citizen;
    citizen.sign_in();
    citizen.lay(IdCardKind::my_number);
    citizen.asked_for();
    citizen.does(state::ChooseKeys{IdCard::Keys::capitals});
    citizen.does(state::TypeLetter{'A'});
    CHECK(citizen.state.id_card->keys == IdCard::Keys::digits);
    CHECK(citizen.state.id_card->pin.empty());

    Counter nobody;
    nobody.does(state::TypeLetter{'A'});
    nobody.does(state::ChooseKeys{IdCard::Keys::small});
    CHECK(nobody.state.screen == Screen::idle);
}

TEST_CASE("ID card: taken away, left alone or locked, its PIN is gone") {
    IdCounter counter;
    counter.sign_in();
    counter.lay(IdCardKind::my_number);
    counter.asked_for();
    counter.type("123");
    counter.card(card::CardGone{id_card});
    CHECK(!counter.state.id_card);
    CHECK(counter.told() == "notice.my_number_taken");

    counter.lay(IdCardKind::my_number, 3, 6);
    counter.asked_for(6);
    counter.type("123");
    counter.pass(61s);
    CHECK(!counter.state.id_card);
    counter.lay(IdCardKind::my_number, 3, 7);
    counter.does(state::LockNow{});
    CHECK(!counter.state.id_card);
}

TEST_CASE("ID card: an answer for a card that is gone opens nothing") {
    IdCounter counter;
    counter.sign_in();
    counter.type_pin();
    counter.card(card::CardGone{id_card});
    counter.card(card::IdCardSigned{id_card, {1}, {2}});
    CHECK(!counter.asked<state::OpenWithIdCard>());
    counter.happens(state::HolderOpened{id_card, {grant(1), model::SectionSet{3}, false, summary()}});
    CHECK(counter.state.screen != Screen::summary);
}
