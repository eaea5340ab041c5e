#include "tests/terminal/view/scene_parts.h"

#include <cstdlib>

namespace kazashi::test {

using namespace std::chrono_literals;
using model::Section;
using state::Screen;
using state::State;

base::UtcTime at(int year, unsigned month, unsigned day, int hour, int minute) {
    const std::chrono::sys_days date{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}};
    return base::UtcTime{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} - 9h;
}

model::RecordDate day(const std::string& text) {
    model::RecordDate date{text, std::nullopt};
    if (text.size() < 4) return date;
    const int year = std::atoi(text.c_str());
    const unsigned month = text.size() >= 7 ? static_cast<unsigned>(std::atoi(text.c_str() + 5)) : 1;
    const unsigned of_month = text.size() >= 10 ? static_cast<unsigned>(std::atoi(text.c_str() + 8)) : 1;
    date.day = std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{of_month};
    return date;
}

model::GrantId grant(std::uint8_t number) {
    model::GrantId id;
    id.bytes[15] = number;
    return id;
}

State plain(Screen screen) {
    State state;
    state.screen = screen;
    state.demo = true;
    state.policy = model::default_policy();
    state.facility = {model::FacilityId{"F0001"}, model::FacilityType::pharmacy, "臼杵たちばな薬局"};
    state.reader = {card::ReaderState::Service::ready, "Virtual PCD 00 00"};
    state.now = at(2026, 11, 20, 14, 5);
    state.at = base::SteadyTime{std::chrono::hours{5}};
    state.last_touch = state.at;
    state.sync.line = engine::SyncStatus::Line::online;
    state.sync.since = at(2026, 11, 20, 9, 0);
    state.sync.packages = state.sync.packages_total = 500;
    state.sync.caught_up = true;
    state.sync.ledger = {12, 0, 0};
    return state;
}

desk::LiveWindow window(std::uint8_t number, std::string kanji, std::string kana, int days_left) {
    desk::LiveWindow live;
    live.grant = grant(number);
    live.kanji = std::move(kanji);
    live.kana = std::move(kana);
    live.days_left = days_left;
    live.granted_at = at(2026, 11, 20, 10, 30) - std::chrono::days{60 - days_left};
    live.until = at(2027, 1, 20, 0, 0) - std::chrono::days{60 - days_left};
    live.receipted = number % 2 == 0;
    return live;
}

namespace {

void add_windows(State& state) {
    state.windows = {window(1, "臼杵 花子", "ウスキ ハナコ", 60), window(2, "髙橋 壽惠", "タカハシ ヒサエ", 60),
                     window(3, "佐藤 一郎", "サトウ イチロウ", 41), window(4, "後藤 ミツ", "ゴトウ ミツ", 5)};
}

}  // namespace

State signed_in() {
    State state = plain(Screen::home);
    state.staff = desk::SignedIn{model::StaffId{"0000000101"}, "薬剤師 大友 さくら"};
    add_windows(state);
    return state;
}

desk::LiveWindow refused_window() {
    desk::LiveWindow refused;
    refused.grant = grant(9);
    refused.granted_at = refused.until = at(2026, 11, 20, 11, 2);
    refused.refused = true;
    refused.reason = "proof_wrong";
    return refused;
}

State idle() { return plain(Screen::idle); }

State sign_in(int digits) {
    State state = plain(Screen::sign_in);
    state.card = 1;
    state.sign_in.emplace();
    state.sign_in->session = 1;
    state.sign_in->pin = base::SecretBytes{static_cast<std::size_t>(digits)};
    return state;
}

State home_offline() {
    State state = signed_in();
    state.sync.line = engine::SyncStatus::Line::offline;
    state.sync.since = at(2026, 11, 20, 14, 2);
    state.sync.ledger = {15, 3, 1};
    state.windows.push_back(refused_window());
    return state;
}

State home_nasty() {
    State state = home_offline();
    state.facility.name = very_long;
    state.staff->name = "勅使河原 壽美惠エリザベス・マクドナルド";
    state.sync.line = engine::SyncStatus::Line::server_fault;
    state.sync.since = at(2026, 11, 18, 14, 2);
    state.sync.problem = "receipt_mismatch";
    state.sync.packages = 320;
    state.sync.ledger = {1500, 1333, 21};
    state.faults = {"fault.disk_full"};
    for (std::uint8_t i = 10; i < 40; ++i)
        state.windows.push_back(window(i, very_long, "ナガイナマエノカタガコノギョウニハイリマス", 60));
    return state;
}

State consent(State state) {
    state.screen = Screen::consent;
    state.card = 7;
    desk::TapStart start;
    start.confirm = true;
    start.until = at(2027, 1, 20, 0, 0);
    start.window_days = 60;
    start.sections = model::SectionSet{}.with(Section::emergency).with(Section::medication).with(Section::clinical);
    state.tap = state::Tap{state::Tap::Step::consent, 7, state.at, start};
    return state;
}

State with_summary(State state, std::unique_ptr<model::Summary> summary) {
    state = consent(std::move(state));
    state.tap->step = state::Tap::Step::open;
    state.screen = Screen::summary;
    state.summary_with_card = true;
    state.summary = std::move(summary);
    return state;
}

State windows_searched() {
    State state = signed_in();
    state.screen = Screen::windows;
    state.windows.push_back(refused_window());
    return state;
}

State kiosk(State state) {
    state.facility = {model::FacilityId{"F0050"}, model::FacilityType::city_hall, "臼杵市役所"};
    state.staff.reset();
    state.windows.clear();
    return state;
}

State fire(State state) {
    state.facility = {model::FacilityId{"F0090"}, model::FacilityType::fire, "臼杵市消防本部 野津分署"};
    if (state.staff) state.staff = desk::SignedIn{model::StaffId{"0000000901"}, "救急救命士 甲斐 亮", true};
    return state;
}

State ambulance(State state) {
    state.theme = state::Theme::ambulance;
    return state;
}

}  // namespace kazashi::test
