// What the screens of lock, history, withdrawal and break-glass say.
#include "terminal/view/looks.h"
#include "terminal/view/people.h"
#include "tests/catch.h"
#include "tests/terminal/view/glass.h"
#include "tests/terminal/view/scenes.h"

using namespace kazashi;
using test::Glass;
using test::scene;

namespace {

void reads_all(const std::string& name, std::initializer_list<const char*> texts) {
    Glass glass;
    glass.draw(scene(name));
    for (const char* text : texts) {
        INFO(name << ": " << text);
        CHECK(glass.reads(text));
    }
}

std::size_t place_of(const Glass& glass, std::string_view text) {
    const auto& texts = glass.drawn().texts;
    return static_cast<std::size_t>(std::ranges::find(texts, text) - texts.begin());
}

view::Words words(state::Language language) {
    return {test::strings(), language, test::at(2026, 11, 20, 14, 5), std::chrono::hours{9}};
}

}  // namespace

TEST_CASE("locked: who may come back, until when, and nobody's record") {
    reads_all("locked", {"画面をロックしています", "薬剤師 大友 さくら", "17:30まで"});
    Glass glass;
    glass.draw(scene("locked-alone"));
    CHECK(!glass.reads("カードだけでもどれる方"));
    CHECK(glass.reads("職員カードをかざしてください"));
}

TEST_CASE("idle warning: the seconds that are left and what happens then, on every screen it can come over") {
    reads_all("home-locking", {"12", "あと12秒でロックします。画面にさわると続けられます。"});
    reads_all("summary-old", {"あと10秒で閉じます。画面にさわると続けられます。"});
    Glass glass;
    glass.draw(scene("home"));
    CHECK(!glass.reads("ロックします"));
}

TEST_CASE("sign-in: says which PIN is asked for, and of how many steps") {
    reads_all("sign-in-old", {"いまの暗証番号を入れてください", "1 / 3"});
    reads_all("sign-in-new", {"新しい暗証番号を入れてください", "2 / 3"});
    reads_all("sign-in-again", {"新しい暗証番号をもう一度入れてください", "2 / 2"});
    reads_all("sign-in-second", {"2人目の方は、暗証番号を入れてください"});
    reads_all("sign-in-differed", {"2回の番号がちがいました"});
}

TEST_CASE("sign-in: within a shift there is no pad") {
    Glass glass;
    glass.draw(scene("sign-in-shift"));
    CHECK(!glass.item("key.1"));
    CHECK(glass.reads("カードを確かめています"));
}

TEST_CASE("lay card: says whose card, for whom, and when it was the wrong one") {
    reads_all("lay-let-in", {"2人目の職員カードをかざしてください", "勅使河原 壽美惠エリザベス・マクドナルド"});
    reads_all("lay-second", {"臼杵 花子", "ウスキ ハナコ", "2人で開いたことが台帳に残ります"});
    reads_all("lay-wrong-card", {"このカードは使えません。ほかの職員のカードをかざしてください。"});
}

TEST_CASE("told: who opened it, when and why, in both languages") {
    reads_all("told", {"臼杵市消防本部 野津分署が、11月18日 3:12に開きました", "opened it, 18 Nov, 3:12",
                       "理由：意識がない", "Reason: Unconscious"});
}

TEST_CASE("history: in words, by day, newest first, with emergency and unsent ones marked") {
    Glass glass;
    glass.draw(scene("history"));
    for (const char* text :
         {"今日 2026年11月20日", "臼杵たちばな薬局が、アレルギー・お薬・病名・検査の記録を見ました", "13:58",
          "送信待ち", "2026年11月18日", "臼杵市消防本部 野津分署が、緊急閲覧でアレルギー・お薬の記録を見ました",
          "緊急閲覧", "理由：意識がない", "ご本人が、臼杵市役所で記録を見ました", "臼杵たちばな薬局に、アレルギー",
          "野津ひまわり薬局に見せるのをやめました", "すべての施設に見せるのをやめました",
          "You stopped every facility"}) {
        INFO(text);
        CHECK((glass.reads(text) || [&] {
            glass.scroll_down(scene("history"), 600, 400, 100);
            return glass.reads(text);
        }()));
    }
    glass.draw(scene("history"));
    CHECK(place_of(glass, "今日 2026年11月20日") < place_of(glass, "2026年11月18日"));
}

TEST_CASE("history: nothing is marked as unsent once the region has it") {
    Glass glass;
    auto state = scene("history");
    for (auto& look : state.history) look.sent = true;
    glass.draw(state);
    CHECK(!glass.reads("送信待ち"));
    CHECK(glass.reads("緊急閲覧"));
}

TEST_CASE("history: a record nobody looked at says so") {
    reads_all("history-empty", {"まだ、だれも記録を見ていません"});
}

TEST_CASE("looks: every kind has a sentence, in both languages") {
    using Kind = desk::Look::Kind;
    for (const auto language : {state::Language::japanese, state::Language::english})
        for (const Kind kind : {Kind::grant, Kind::view, Kind::emergency, Kind::withdrawal, Kind::self}) {
            desk::Look look;
            look.facility = "臼杵たちばな薬局";
            look.kind = kind;
            const std::string sentence = view::look_sentence(words(language), look);
            CHECK(sentence.find("臼杵たちばな薬局") != std::string::npos);
            CHECK(sentence.find('{') == std::string::npos);
        }
    CHECK(view::parts_of(words(state::Language::japanese), {}) == "記録");
}

TEST_CASE("withdraw: what happens is said before it happens") {
    reads_all("withdraw", {"臼杵たちばな薬局に見せるのをやめる", "すべての施設に見せるのをやめる",
                           "ほかの施設には、いままでどおり見せます", "Stop showing it to every facility"});
    reads_all("withdraw-here", {"臼杵たちばな薬局に、見せるのをやめますか", "すぐに見られなくなります"});
    reads_all("withdraw-everybody", {"すべての施設に、見せるのをやめますか", "つながりしだい見られなくなります"});
    reads_all("withdraw", {"緊急閲覧のほかは、どの施設も見られなくなります"});
}

TEST_CASE("search: two people of one name are told apart by birth date and address") {
    reads_all("search-found", {"臼杵 花子", "臼杵 華子", "昭和17年(1942年)3月2日・84歳・女性",
                               "昭和17年(1942年)11月30日・83歳・女性", "臼杵市野津町大字野津市1205番地", "3人"});
    Glass glass;
    auto state = scene("search-found");
    state.search->found.erase(state.search->found.begin());
    glass.draw(state);
    CHECK(glass.reads("緊急時に開ける記録がありません"));
}

TEST_CASE("search: nothing asked, nothing found, and too many are said in words") {
    reads_all("search", {"どれかで、さがします"});
    reads_all("search-none", {"あてはまる方がいません"});
    reads_all("search-nasty", {"50人以上います"});
    Glass glass;
    auto waiting = scene("search-none");
    waiting.search->waiting = true;
    glass.draw(waiting);
    CHECK(glass.reads("さがしています"));
    CHECK(!glass.reads("あてはまる方がいません"));
}

TEST_CASE("search: a birth date is shown in both calendars as soon as its year is typed") {
    Glass glass;
    auto state = scene("search-born");
    const auto shows = [&](const char* digits, const char* text) {
        state.search->query.born = digits;
        glass.draw(state);
        INFO(digits);
        CHECK(glass.reads(text));
    };
    shows("194", "194");
    shows("1942", "昭和17年(1942年)");
    shows("194203", "昭和17年(1942年)3月");
    shows("19420302", "昭和17年(1942年)3月2日");
    shows("19421399", "19421399");  // no such day: as it was typed
}

TEST_CASE("people: a birth date may lack its day, its month or sense") {
    desk::Candidate candidate;
    const auto born = [&](const char* text) {
        candidate.born = text;
        return view::born_of(candidate);
    };
    CHECK(born("1942-03-02").day == base::Date{std::chrono::year{1942} / 3 / 2});
    CHECK(born("1942").day == base::Date{std::chrono::year{1942} / 1 / 1});
    CHECK(!born("").day);
    CHECK(!born("S17.3.2").day);
    CHECK(!born("1942-02-31").day);
}

TEST_CASE("reason: who is opened, what opens, and what happens next") {
    reads_all("reason",
              {"臼杵 花子", "臼杵市二王座23番4号", "開くもの：アレルギー・お薬", "ご本人と地域に知らされます"});
    reads_all("reason-two", {"次に2人目の職員がカードをかざします"});
}

TEST_CASE("emergency: what matters is on one screen, with the time of the record") {
    reads_all("emergency",
              {"臼杵 花子", "ペニシリン系抗菌薬", "いまのお薬 3件", "ワルファリンK錠1mg", "血液型 A Rh+（表示のみ）",
               "2026年11月20日 6:00 現在の記録", "緊急閲覧", "病名と検査結果は、この施設では開けません",
               "24時間で終わります", "この画面に出せない記録が2件あります"});
    reads_all("emergency-whole",
              {"本態性高血圧症、心房細動、慢性腎臓病（疑い）", "まだこの端末に届いていない記録：介護"});
    reads_all("emergency-unknown", {"不明。記録がありません。", "3か月以上前"});
}

TEST_CASE("emergency: it does not say what kind a medicine is, and says that it does not") {
    reads_all("emergency", {"自動では見分けていません"});
}

TEST_CASE("summary: what was granted and has not arrived is named") {
    reads_all("summary-missing", {"まだこの端末に届いていない記録：病名・検査"});
    Glass glass;
    glass.draw(scene("summary"));
    CHECK(!glass.reads("まだこの端末に届いていない"));
    CHECK(!glass.reads("このカードで見られるのは"));
}

TEST_CASE("summary: of a card that proves nothing it is said that there may be more") {
    reads_all("summary-presented", {"次の部分だけです", "アレルギー"});
}

TEST_CASE("summary: at a kiosk nobody's window is shown") {
    Glass glass;
    glass.draw(scene("summary-kiosk"));
    CHECK(!glass.reads("あと60日"));
    CHECK(glass.reads("おわる"));
}

TEST_CASE("windows: break-glass is marked, and a name that has not come is not left blank") {
    reads_all("windows-emergency", {"緊急閲覧", "3:12まで", "お名前はまだ届いていません"});
}

TEST_CASE("idle: a kiosk says that one's own card will do") {
    reads_all("idle-kiosk", {"ご自分の石仏カードをかざすと"});
}

TEST_CASE("notice: at a kiosk it is said in both languages which card is needed") {
    reads_all("notice-kiosk-my-number", {"ここでは石仏カードが必要です", "The regional card is needed here",
                                         "お持ちでない方は", "If you have none"});
    reads_all("notice-kiosk-several", {"1枚だけにして", "Hold one card only"});
    Glass glass;
    glass.draw(scene("notice-torn"));  // among staff, in theirs
    CHECK(!glass.reads("Hold it here again"));
}

TEST_CASE("doctor: to press Repair is said only where there is something to repair") {
    reads_all("doctor-ill", {"直せるものは"});
    Glass glass;
    glass.draw(scene("doctor-well"));
    CHECK(!glass.reads("直せるものは"));
    CHECK(glass.reads("いまの状態を調べ直します"));
}

TEST_CASE("issuing: whose card lies there is said until it is handed over") {
    for (const auto* name : {"issuing-lay", "issuing-working", "issuing-put-back", "issuing-done"})
        reads_all(name, {"住民のカード", "0000000123"});
}

TEST_CASE("issuing: a card begun for another number is never shown under the one typed") {
    for (const auto* name : {"issuing-unfinished", "issuing-unfinished-whose", "issuing-finished"}) {
        INFO(name);
        Glass glass;
        glass.draw(scene(name));
        CHECK(!glass.reads("0000000123"));
        CHECK(glass.reads("0000000456") == (std::string_view{name} != "issuing-unfinished-whose"));
    }
}

TEST_CASE("issuing: nobody is asked to take the card that the button would write") {
    for (const auto* name : {"issuing-unfinished", "issuing-has-card"}) {
        INFO(name);
        Glass glass;
        glass.draw(scene(name));
        CHECK(!glass.reads("カードを取ってください"));
    }
}

TEST_CASE("issuing: what is wrong with the card that was laid on is said") {
    reads_all("issuing-two-cards", {"カードが2枚以上あります", "0000000123"});
    reads_all("issuing-no-proof", {"カードを確かめられません"});
}

TEST_CASE("lost card: people of one name are told apart by the day they were born") {
    reads_all("lost-card", {"昭和17年(1942年)3月2日"});
    reads_all("lost-card-confirm", {"昭和17年(1942年)3月2日"});
}

TEST_CASE("patients' screens: what can be pressed is said in both languages") {
    reads_all("consent", {"はい", "Yes", "今回はやめる", "Not now", "記録を見られている履歴", "Who has looked"});
    reads_all("summary-kiosk", {"見せるのをやめる", "Stop showing it"});
    reads_all("history", {"見せるのをやめる", "Stop showing it"});
    reads_all("told", {"わかりました", "I understand"});
}
