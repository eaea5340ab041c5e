#include "tests/catch.h"
#include "tests/terminal/view/glass.h"
#include "tests/terminal/view/scenes.h"

using namespace kazashi;
using test::Glass;
using test::scene;

namespace {

// Pressing `id` brings one intent, of this kind.
template <class Intent>
Intent pressing(const state::State& state, std::string_view id) {
    Glass glass;
    auto intents = glass.press(state, id);
    REQUIRE(intents.size() == 1);
    REQUIRE(std::holds_alternative<Intent>(intents.front()));
    return std::get<Intent>(intents.front());
}

bool brings_nothing(const state::State& state, std::string_view id) {
    Glass glass;
    const bool nothing = glass.press(state, id).empty();
    REQUIRE(glass.item(id));
    CHECK(!glass.item(id)->enabled);
    return nothing;
}

state::State four_digits() {
    auto state = scene("sign-in");
    state.sign_in->pin = base::SecretBytes{4};
    return state;
}

}  // namespace

TEST_CASE("button: every digit of the pad") {
    for (int digit = 0; digit <= 9; ++digit)
        CHECK(pressing<state::PressDigit>(scene("sign-in"), "key." + std::to_string(digit)).digit == digit);
}

TEST_CASE("button: every letter of an HPKI card's PIN, and the way to them and back") {
    for (char small = 'a'; small <= 'z'; ++small) {
        const std::string key = std::string{"letter."} + small;
        CHECK(pressing<state::TypeLetter>(scene("id_card_letters_small"), key).letter == small);
        CHECK(pressing<state::TypeLetter>(scene("id_card_letters"), key).letter == small - 'a' + 'A');
    }
    using Keys = state::IdCard::Keys;
    CHECK(pressing<state::ChooseKeys>(scene("id_card_register"), "id_card.keys.capitals").keys == Keys::capitals);
    CHECK(pressing<state::ChooseKeys>(scene("id_card_letters"), "id_card.keys.small").keys == Keys::small);
    CHECK(pressing<state::ChooseKeys>(scene("id_card_letters"), "id_card.keys.digits").keys == Keys::digits);
    pressing<state::PressCancel>(scene("id_card_letters"), "key.cancel");
    pressing<state::PressClear>(scene("id_card_letters"), "key.clear");
    pressing<state::PressEnter>(scene("id_card_letters"), "key.enter");
}

TEST_CASE("button: clear of the pad") { pressing<state::PressClear>(scene("sign-in"), "key.clear"); }
TEST_CASE("button: cancel of the pad") { pressing<state::PressCancel>(scene("sign-in"), "key.cancel"); }
TEST_CASE("button: enter of the pad") { pressing<state::PressEnter>(four_digits(), "key.enter"); }
TEST_CASE("button: enter is off while the PIN is too short") { CHECK(brings_nothing(scene("sign-in"), "key.enter")); }
TEST_CASE("button: back of the sign-in") { pressing<state::GoBack>(scene("sign-in"), "back"); }

TEST_CASE("button: the pad is off while locked and while the PIN is tried") {
    CHECK(brings_nothing(scene("sign-in-locked"), "key.5"));
    auto trying = four_digits();
    trying.sign_in->step = state::SignIn::Step::trying;
    CHECK(brings_nothing(trying, "key.5"));
    CHECK(brings_nothing(trying, "key.enter"));
    CHECK(brings_nothing(trying, "key.clear"));
}

TEST_CASE("button: yes of the consent") { pressing<state::AgreeConsent>(scene("consent"), "consent.yes"); }
TEST_CASE("button: not now of the consent") { pressing<state::DeclineConsent>(scene("consent"), "consent.no"); }

TEST_CASE("button: consent is answered once") {
    auto answered = scene("consent");
    answered.tap->step = state::Tap::Step::drafting;
    CHECK(brings_nothing(answered, "consent.yes"));
    CHECK(brings_nothing(answered, "consent.no"));
}

TEST_CASE("button: close of the summary") { pressing<state::CloseSummary>(scene("summary"), "summary.close"); }
TEST_CASE("button: the fold of stopped medicines") {
    pressing<state::ToggleStoppedMedicines>(scene("summary"), "summary.stopped");
}

TEST_CASE("button: all windows on the home screen") { pressing<state::ShowWindows>(scene("home"), "home.windows"); }
TEST_CASE("button: all windows is off while a card is read") {
    auto reading = scene("home");
    reading.tap = state::Tap{};
    CHECK(brings_nothing(reading, "home.windows"));
}

TEST_CASE("button: a window on the home screen and in the list") {
    const std::string second = "window.00000000000000000000000000000002";
    CHECK(pressing<state::OpenWindow>(scene("home"), second).grant == test::grant(2));
    CHECK(pressing<state::OpenWindow>(scene("windows"), second).grant == test::grant(2));
}

TEST_CASE("button: back of the list of windows") { pressing<state::GoBack>(scene("windows"), "back"); }

TEST_CASE("button: every kana of the search pad") {
    for (const char* kana :
         {"あ", "い", "う", "え", "お", "か", "き", "く", "け", "こ", "さ", "し", "す", "せ", "そ", "た",
          "ち", "つ", "て", "と", "な", "に", "ぬ", "ね", "の", "は", "ひ", "ふ", "へ", "ほ", "ま", "み",
          "む", "め", "も", "や", "ゆ", "よ", "ら", "り", "る", "れ", "ろ", "わ", "を", "ん", "ー"})
        CHECK(pressing<state::TypeKana>(scene("windows"), std::string{"kana."} + kana).kana == kana);
}

TEST_CASE("button: erase of the search pad") {
    CHECK(brings_nothing(scene("windows"), "kana.erase"));
    pressing<state::EraseKana>(scene("windows-nasty"), "kana.erase");
}

TEST_CASE("button: a notice is closed") { pressing<state::DismissNotice>(scene("notice-forged"), "notice.ok"); }
TEST_CASE("button: a fault is acknowledged") { pressing<state::DismissNotice>(scene("fault"), "notice.ok"); }
TEST_CASE("button: sign out is in the bar while somebody is signed in") {
    pressing<state::SignOut>(scene("home"), "bar.sign_out");
    Glass glass;
    glass.draw(scene("idle"));
    CHECK(!glass.item("bar.sign_out"));
}

TEST_CASE("button: the language changes to the other one") {
    auto state = scene("idle");
    CHECK(pressing<state::SetLanguage>(state, "bar.language").language == state::Language::english);
    state.language = state::Language::english;
    CHECK(pressing<state::SetLanguage>(state, "bar.language").language == state::Language::japanese);
}

TEST_CASE("button: lock is in the bar while somebody is signed in") {
    pressing<state::LockNow>(scene("home"), "bar.lock");
    Glass glass;
    glass.draw(scene("locked"));
    CHECK(!glass.item("bar.lock"));
    CHECK(!glass.item("bar.sign_out"));
}

TEST_CASE("button: the staff menu and everything in it") {
    using Kind = state::StaffJob::Kind;
    pressing<state::ShowStaffMenu>(scene("home"), "home.staff");
    const auto menu = [] { return scene("staff-menu"); };
    CHECK(pressing<state::StartJob>(menu(), "staff.change_pin").kind == Kind::change_pin);
    CHECK(pressing<state::StartJob>(menu(), "staff.let_in").kind == Kind::let_in);
    CHECK(pressing<state::StartJob>(menu(), "staff.add_card").kind == Kind::add_card);
    CHECK(pressing<state::StartJob>(menu(), "staff.remove").kind == Kind::remove);
    CHECK(pressing<state::StartJob>(menu(), "staff.take_over").kind == Kind::take_over);
    pressing<state::LockNow>(menu(), "staff.lock");
    pressing<state::SignOut>(menu(), "staff.sign_out");
    pressing<state::GoBack>(menu(), "back");
}

TEST_CASE("button: a colleague is chosen; who cannot be chosen is not there") {
    CHECK(pressing<state::ChooseColleague>(scene("colleagues-let-in"), "colleague.0000000103").staff ==
          model::StaffId{"0000000103"});
    Glass glass;
    glass.draw(scene("colleagues-remove"));
    CHECK(glass.item("colleague.0000000102"));
    CHECK(!glass.item("colleague.0000000103"));  // has no card here
    pressing<state::GoBack>(scene("colleagues-none"), "back");
}

TEST_CASE("button: a removal is confirmed, once") {
    pressing<state::ConfirmRemoval>(scene("removal"), "removal.yes");
    pressing<state::GoBack>(scene("removal"), "back");
    auto asked = scene("removal");
    asked.job->asked = true;
    CHECK(brings_nothing(asked, "removal.yes"));
}

TEST_CASE("button: back while a card is waited for") {
    for (const char* name : {"lay-change-pin", "lay-add-card", "lay-let-in", "lay-second"})
        pressing<state::GoBack>(scene(name), "back");
}

TEST_CASE("button: the patient was told of break-glass") {
    pressing<state::AcknowledgeViews>(scene("told"), "told.ok");
}

TEST_CASE("button: who looked, from the consent and from the summary, only with the card") {
    pressing<state::ShowHistory>(scene("consent"), "consent.history");
    pressing<state::ShowHistory>(scene("summary"), "summary.history");
    pressing<state::ShowHistory>(scene("summary-kiosk"), "summary.history");
    Glass glass;
    glass.draw(scene("summary-old"));  // from the list of windows
    CHECK(!glass.item("summary.history"));
    CHECK(!glass.item("summary.withdraw"));
}

TEST_CASE("button: what the card itself says, where it is offered, and back") {
    pressing<state::ShowCapsule>(scene("capsule-offered"), "capsule.show");
    pressing<state::ShowCapsule>(scene("capsule-beside-a-summary"), "capsule.show");
    for (const char* name : {"capsule", "capsule-reading", "capsule-not-genuine"})
        pressing<state::GoBack>(scene(name), "back");
    Glass glass;
    glass.draw(scene("summary"));
    CHECK(!glass.item("capsule.show"));
}

TEST_CASE("button: taking it back, from the summary and the history") {
    pressing<state::StartWithdrawal>(scene("summary"), "summary.withdraw");
    pressing<state::StartWithdrawal>(scene("history"), "history.withdraw");
    pressing<state::GoBack>(scene("history"), "back");
}

TEST_CASE("button: whom the permission is taken from, and yes") {
    CHECK(!pressing<state::ChooseWithdrawal>(scene("withdraw"), "withdraw.here").everybody);
    CHECK(pressing<state::ChooseWithdrawal>(scene("withdraw"), "withdraw.everybody").everybody);
    pressing<state::GoBack>(scene("withdraw"), "back");
    pressing<state::ConfirmWithdrawal>(scene("withdraw-here"), "withdraw.yes");
    pressing<state::ConfirmWithdrawal>(scene("withdraw-everybody"), "withdraw.yes");
    pressing<state::GoBack>(scene("withdraw-here"), "back");
    Glass glass;
    glass.draw(scene("withdraw-kiosk"));
    CHECK(!glass.item("withdraw.here"));
    CHECK(glass.item("withdraw.everybody"));
    auto signing = scene("withdraw-here");
    signing.tap->step = state::Tap::Step::signing_withdrawal;
    CHECK(brings_nothing(signing, "withdraw.yes"));
}

TEST_CASE("button: emergency access is there for those who may, and for nobody else") {
    pressing<state::StartSearch>(scene("home-fire"), "home.emergency");
    Glass glass;
    glass.draw(scene("home"));
    CHECK(!glass.item("home.emergency"));
}

TEST_CASE("button: the fields of the search") {
    using Field = state::Search::Field;
    CHECK(pressing<state::ChooseField>(scene("search-born"), "search.kana").field == Field::kana);
    CHECK(pressing<state::ChooseField>(scene("search"), "search.born").field == Field::born);
    CHECK(pressing<state::ChooseField>(scene("search"), "search.phone").field == Field::phone);
    CHECK(pressing<state::ChooseField>(scene("search"), "search.address").field == Field::address);
    pressing<state::GoBack>(scene("search"), "back");
}

TEST_CASE("button: every kana of the search, row by row") {
    const std::vector<std::vector<const char*>> rows{{"あ", "い", "う", "え", "お"}, {"か", "き", "く", "け", "こ"},
                                                     {"さ", "し", "す", "せ", "そ"}, {"た", "ち", "つ", "て", "と"},
                                                     {"な", "に", "ぬ", "ね", "の"}, {"は", "ひ", "ふ", "へ", "ほ"},
                                                     {"ま", "み", "む", "め", "も"}, {"や", "ゆ", "よ"},
                                                     {"ら", "り", "る", "れ", "ろ"}, {"わ", "を", "ん", "ー"}};
    for (const auto& row : rows) {
        CHECK(pressing<state::OpenKanaRow>(scene("search"), std::string{"row."} + row.front()).row == row.front());
        auto open = scene("search");
        open.search->kana_row = row.front();
        for (const char* kana : row) CHECK(pressing<state::TypeKana>(open, std::string{"kana."} + kana).kana == kana);
        CHECK(pressing<state::OpenKanaRow>(open, "row.close").row.empty());
    }
}

TEST_CASE("button: every digit of the search") {
    for (const char* name : {"search-born", "search-phone"})
        for (int digit = 0; digit <= 9; ++digit)
            CHECK(pressing<state::PressDigit>(scene(name), "digit." + std::to_string(digit)).digit == digit);
}

TEST_CASE("button: erase of the search") {
    pressing<state::EraseKana>(scene("search-found"), "search.erase");
    CHECK(brings_nothing(scene("search"), "search.erase"));
}

TEST_CASE("button: an address is chosen, or none") {
    CHECK(pressing<state::ChooseAddress>(scene("search-address"), "place.1").address == "臼杵市野津町");
    CHECK(pressing<state::ChooseAddress>(scene("search-nasty"), "place.all").address.empty());
}

TEST_CASE("button: a person is chosen; one without a record to open is not") {
    CHECK(pressing<state::ChooseCandidate>(scene("search-found"), "person.00000000000000000000000000000002")
              .patient.bytes[15] == 2);
    auto none = scene("search-found");
    none.search->found.erase(none.search->found.begin(), none.search->found.begin() + 2);
    CHECK(brings_nothing(none, "person.00000000000000000000000000000003"));
}

TEST_CASE("button: every reason, once") {
    for (const std::string reason : state::emergency_reasons)
        CHECK(pressing<state::ChooseReason>(scene("reason"), "reason." + reason).reason == reason);
    pressing<state::GoBack>(scene("reason"), "back");
    auto opening = scene("reason");
    opening.search->step = state::Search::Step::opening;
    CHECK(brings_nothing(opening, "reason.unconscious"));
}

TEST_CASE("touch: a finger that lands a little low still hits, one that lands above does not") {
    Glass glass;
    const auto state = scene("sign-in");
    glass.draw(state);
    const auto key = *glass.item("key.5");
    CHECK(glass.press_at(state, key.x + 50, key.y + key.height + 6).size() == 1);
    CHECK(glass.press_at(state, key.x + key.width + 4, key.y + 50).empty());
}

TEST_CASE("touch: a finger anywhere on the glass is told") {
    Glass glass;
    const auto state = scene("summary");
    bool told = false;
    for (const auto& intent : glass.hold_at(state, 700, 300)) told |= std::holds_alternative<state::Touched>(intent);
    CHECK(told);
}

TEST_CASE("touch: nothing that can be touched is smaller than a thumb") {
    for (const auto& [name, make] : test::scenes()) {
        Glass glass;
        glass.draw(make());
        for (const auto& item : glass.drawn().items) {
            const bool bar = item.id.starts_with("bar.");  // the bar is 56 high and its areas reach 8 below it
            const bool cut_by_the_list = item.id.starts_with("window.") || item.id == "summary.stopped" ||
                                         item.id.starts_with("person.") || item.id.starts_with("place.") ||
                                         item.id.starts_with("colleague.") || item.id.starts_with("owner.");
            INFO(name << " " << item.id);
            CHECK(item.width >= 64);
            CHECK((item.height >= (bar ? 56 : 64) || cut_by_the_list));
            const bool key = item.id.starts_with("key.") || item.id.starts_with("digit.") ||
                             item.id.starts_with("row.") ||
                             (item.id.starts_with("kana.") && name.starts_with("search"));
            if (key) CHECK((item.width >= 106 && item.height >= 106));
        }
    }
}

TEST_CASE("touch: no two things share a place") {
    for (const auto& [name, make] : test::scenes()) {
        Glass glass;
        glass.draw(make());
        const auto& items = glass.drawn().items;
        for (std::size_t i = 0; i < items.size(); ++i)
            for (std::size_t k = i + 1; k < items.size(); ++k) {
                const bool apart =
                    items[i].x + items[i].width <= items[k].x || items[k].x + items[k].width <= items[i].x ||
                    items[i].y + items[i].height <= items[k].y || items[k].y + items[k].height <= items[i].y;
                INFO(name << " " << items[i].id << " " << items[k].id);
                CHECK(apart);
            }
    }
}
