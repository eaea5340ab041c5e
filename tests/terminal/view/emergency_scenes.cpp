// Opened without the card: the search, the reason, what stands on the screen then.
#include "tests/terminal/view/scene_parts.h"

namespace kazashi::test {

using namespace std::chrono_literals;
using model::Section;
using state::Screen;
using state::State;

namespace {

desk::Candidate candidate(std::uint8_t number, const char* kanji, const char* kana, const char* born,
                          const char* address, model::Sex sex) {
    desk::Candidate made;
    made.patient.bytes[15] = number;
    made.kanji = kanji;
    made.kana = kana;
    made.born = born;
    made.address = address;
    made.sex = sex;
    made.record = true;
    return made;
}

State searching(state::Search::Field field) {
    State state = fire(signed_in());
    state.screen = Screen::search;
    state.search = std::make_unique<state::Search>();
    state.search->field = field;
    state.search->places = {"臼杵市二王座", "臼杵市野津町", "臼杵市大字深田"};
    return state;
}

State search_found(state::Search::Field field) {
    State state = searching(field);
    state.search->query.kana = "うすき";
    state.search->query.born = "1942";
    state.search->found = {
        candidate(1, "臼杵 花子", "ウスキ ハナコ", "1942-03-02", "臼杵市二王座23番4号", model::Sex::female),
        candidate(2, "臼杵 華子", "ウスキ ハナコ", "1942-11-30", "臼杵市野津町大字野津市1205番地", model::Sex::female),
        candidate(3, "臼杵 一郎", "ウスキ イチロウ", "1942", "臼杵市大字深田804番地", model::Sex::male)};
    state.search->found[2].record = false;
    return state;
}

State search_row() {
    State state = search_found(state::Search::Field::kana);
    state.search->kana_row = "か";
    return state;
}

State search_none() {
    State state = searching(state::Search::Field::kana);
    state.search->query.kana = "ぬえ";
    return state;
}

State search_nasty() {
    State state = search_found(state::Search::Field::address);
    state.search->query.kana = "てしがわらきちえもんのすけ";
    state.search->query.born = "19420302";
    state.search->query.phone = "09012345678";
    state.search->query.address = "臼杵市大字深田";
    state.search->found.clear();
    for (std::uint8_t i = 1; i <= 50; ++i)
        state.search->found.push_back(candidate(i, "勅使河原 𠮷右衛門之介クリストファー・髙槗",
                                                "テシガワラ キチエモンノスケクリストファー・タカハシ", "1942-03-02",
                                                very_long, model::Sex::unknown));
    for (int i = 0; i < 30; ++i) state.search->places.push_back("臼杵市野津町大字" + std::to_string(i));
    return state;
}

State reason_asked() {
    State state = search_found(state::Search::Field::kana);
    state.screen = Screen::reason;
    state.search->step = state::Search::Step::reason;
    state.search->chosen = state.search->found.front();
    return state;
}

State reason_two() {
    State state = reason_asked();
    state.facility = {model::FacilityId{"F0002"}, model::FacilityType::hospital, "臼杵市医師会立コスモス病院"};
    return state;
}

State second_for_emergency() {
    State state = reason_two();
    state.screen = Screen::lay_card;
    state.search->step = state::Search::Step::second_staff;
    state.search->reason = "unconscious";
    state.job.emplace();
    state.job->kind = state::StaffJob::Kind::break_glass;
    return state;
}

State reason_nasty() {
    State state = search_nasty();
    state.screen = Screen::reason;
    state.search->step = state::Search::Step::reason;
    state.search->chosen = state.search->found.front();
    return state;
}

State emergency(std::unique_ptr<model::Summary> summary) {
    State state = fire(signed_in());
    state.screen = Screen::summary;
    state.summary = std::move(summary);
    state.summary->sections = model::SectionSet{}.with(Section::emergency).with(Section::medication);
    state.summary_granted = state.summary->sections;
    state.summary_emergency = true;
    return state;
}

State emergency_whole() {
    State state = emergency(plain_summary());
    state.summary->sections = state.summary->sections.with(Section::clinical);
    state.summary_granted = state.summary->sections.with(Section::care);
    return state;
}

State emergency_unknown() {
    State state = emergency(empty_summary());
    state.summary->allergy_knowledge = model::AllergyKnowledge::unknown;
    state.summary->as_of = at(2026, 6, 1, 9, 0);
    state.last_touch = state.at - 80s;
    return state;
}

State windows_emergency() {
    State state = windows_searched();
    state.windows.insert(state.windows.begin(), window(30, "後藤 ミツ", "ゴトウ ミツ", 1));
    state.windows.front().emergency = true;
    state.windows.front().until = at(2026, 11, 21, 3, 12);
    state.windows.insert(state.windows.begin(), window(31, "", "", 60));
    return state;
}

}  // namespace

std::vector<Scene> emergency_scenes() {
    using Field = state::Search::Field;
    return {
        {"home-fire", [] { return ambulance(fire(signed_in())); }},
        {"home-fire-offline", [] { return fire(home_offline()); }},
        {"lay-second", second_for_emergency},
        {"search", [] { return searching(Field::kana); }},
        {"search-found", [] { return search_found(Field::kana); }},
        {"search-row", search_row},
        {"search-born", [] { return search_found(Field::born); }},
        {"search-phone", [] { return search_found(Field::phone); }},
        {"search-address", [] { return search_found(Field::address); }},
        {"search-none", search_none},
        {"search-nasty", search_nasty},
        {"reason", reason_asked},
        {"reason-two", reason_two},
        {"reason-nasty", reason_nasty},
        {"emergency", [] { return emergency(plain_summary()); }},
        {"emergency-ambulance", [] { return ambulance(emergency(plain_summary())); }},
        {"emergency-whole", emergency_whole},
        {"emergency-unknown", emergency_unknown},
        {"emergency-nasty", [] { return emergency(nasty_summary()); }},
        {"windows-emergency", windows_emergency},
    };
}

}  // namespace kazashi::test
