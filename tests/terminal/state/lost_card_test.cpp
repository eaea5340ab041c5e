#include "terminal/state/search.h"
#include "tests/catch.h"
#include "tests/terminal/state/counter.h"

using namespace kazashi;
using namespace kazashi::test;
using state::LostVisit;

namespace {

desk::LiveWindow named(std::uint8_t number, std::string kanji, std::string kana) {
    auto person = window(number);
    person.kanji = std::move(kanji);
    person.kana = std::move(kana);
    return person;
}

struct LostCounter : Counter {
    LostCounter() {
        sign_in();
        does(state::ShowStaffMenu{});
        does(state::ShowLostCard{});
        happens(state::WindowsListed{{named(1, "臼杵 花子", "ウスキ ハナコ"), named(2, "野津 うた", "ノツ ウタ"),
                                      named(3, "大友 宗麟", "オオトモ ソウリン"), window(4), window(5, true)}});
    }
    void type_kana(std::initializer_list<const char*> letters) {
        for (const char* letter : letters) does(state::TypeKana{letter});
    }
    std::vector<model::GrantId> listed() const {
        std::vector<model::GrantId> grants;
        for (const auto* owner : state::owners_to_choose(state)) grants.push_back(owner->grant);
        return grants;
    }
};
using Grants = std::vector<model::GrantId>;

}  // namespace

TEST_CASE("lost card: chosen, confirmed, written; nothing before the yes") {
    Counter counter;
    counter.sign_in();
    counter.does(state::ShowStaffMenu{});
    counter.does(state::ShowLostCard{});
    CHECK(counter.state.screen == Screen::lost_card);
    counter.happens(state::WindowsListed{{window(1), window(2)}});
    counter.does(state::ChooseLost{grant(9)});
    CHECK(counter.state.lost->step == state::LostVisit::Step::choosing);
    counter.does(state::ChooseLost{grant(2)});
    CHECK(counter.state.lost->step == state::LostVisit::Step::confirming);
    CHECK(counter.effects.empty());
    counter.does(state::ReportLost{});
    REQUIRE(counter.effects.size() == 1);
    const auto& write = std::get<state::WriteLostCard>(counter.effects[0]);
    CHECK(write.window == grant(2));
    CHECK(write.number.empty());
    counter.happens(state::CardReportedLost{});
    REQUIRE(counter.state.notice.has_value());
    CHECK(counter.state.notice->what == "notice.card_reported_lost");
}

TEST_CASE("lost card: somebody without a window here is named by the regional id") {
    Counter counter;
    counter.sign_in();
    counter.does(state::ShowStaffMenu{});
    counter.does(state::ShowLostCard{});
    counter.type("0000000123");
    counter.does(state::GoOn{});
    CHECK(counter.state.lost->step == state::LostVisit::Step::confirming);
    counter.does(state::GoBack{});
    CHECK(counter.state.lost->step == state::LostVisit::Step::choosing);
    counter.does(state::GoOn{});
    counter.does(state::ReportLost{});
    REQUIRE(counter.effects.size() == 1);
    const auto& write = std::get<state::WriteLostCard>(counter.effects[0]);
    CHECK_FALSE(write.window.has_value());
    CHECK(write.number == "0000000123");
}

TEST_CASE("lost card: everybody whose name is known is listed, until a name is typed") {
    LostCounter counter;
    CHECK(counter.listed() == Grants{grant(1), grant(2), grant(3)});
    counter.type_kana({"う"});  // the keys are digits
    CHECK(counter.listed().size() == 3);
    counter.does(state::ChooseLostBy{LostVisit::By::name});
    counter.type_kana({"う"});
    CHECK(counter.listed() == Grants{grant(1), grant(2)});  // either part of the name
    counter.type_kana({"す"});
    CHECK(counter.listed() == Grants{grant(1)});
    counter.does(state::EraseKana{});
    CHECK(counter.listed().size() == 2);
    counter.type_kana({"ぬ"});
    CHECK(counter.listed().empty());
    counter.does(state::EraseKana{});
    counter.does(state::ChooseLost{grant(2)});
    CHECK(counter.state.lost->step == LostVisit::Step::confirming);
    counter.does(state::ReportLost{});
    REQUIRE(counter.asked<state::WriteLostCard>());
    CHECK(counter.asked<state::WriteLostCard>()->window == grant(2));
}

TEST_CASE("lost card: a row of kana is opened, and closes with the kana") {
    LostCounter counter;
    counter.does(state::OpenKanaRow{"か"});
    CHECK(counter.state.lost->kana_row.empty());
    counter.does(state::ChooseLostBy{LostVisit::By::name});
    counter.does(state::OpenKanaRow{"か"});
    CHECK(counter.state.lost->kana_row == "か");
    counter.type_kana({"く"});
    CHECK(counter.state.lost->kana_row.empty());
    CHECK(counter.state.lost->kana == "く");
}

TEST_CASE("lost card: what was typed stays when the keys change, and goes with the screen") {
    LostCounter counter;
    counter.type("00000");
    counter.does(state::ChooseLostBy{LostVisit::By::name});
    counter.type_kana({"う"});
    counter.does(state::ChooseLost{grant(1)});
    counter.does(state::ChooseLostBy{LostVisit::By::number});  // it is being confirmed
    counter.type_kana({"す"});
    counter.does(state::EraseKana{});
    counter.does(state::GoBack{});
    CHECK(counter.state.lost->by == LostVisit::By::name);
    CHECK(counter.state.lost->kana == "う");
    counter.does(state::ChooseLostBy{LostVisit::By::number});
    CHECK(counter.state.lost->number == "00000");
    counter.does(state::GoBack{});
    CHECK_FALSE(counter.state.lost);
    counter.does(state::ShowLostCard{});
    CHECK(counter.state.lost->kana.empty());
    CHECK(counter.state.lost->by == LostVisit::By::number);
}
