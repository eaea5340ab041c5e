#include "tests/terminal/view/scenes.h"

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

namespace {

constexpr const char* very_long =
    "社会福祉法人臼杵市社会福祉協議会野津地域包括支援センター付属居宅介護支援事業所および訪問看護ステーション";

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

void add_windows(State& state) {
    state.windows = {window(1, "臼杵 花子", "ウスキ ハナコ", 60), window(2, "髙橋 壽惠", "タカハシ ヒサエ", 60),
                     window(3, "佐藤 一郎", "サトウ イチロウ", 41), window(4, "後藤 ミツ", "ゴトウ ミツ", 5)};
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
State sign_in_wrong() {
    State state = sign_in(0);
    state.sign_in->tries_left = 3;
    return state;
}
State sign_in_locked() {
    State state = sign_in(0);
    state.sign_in->locked_until = state.now + 43s;
    return state;
}

State home_syncing() {
    State state = signed_in();
    state.windows.clear();
    state.sync.packages = 320;
    state.sync.caught_up = false;
    state.sync.ledger = {1, 1, 0};
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
State consent_nasty() {
    State state = consent(home_nasty());
    state.tap->start->sections = state.tap->start->sections.with(Section::care);
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
State windows_nasty() {
    State state = home_nasty();
    state.screen = Screen::windows;
    state.kana_search = "ながいなまえ";
    return state;
}

State notice(const char* name, state::Notice::Tone tone) {
    State state = signed_in();
    state.screen = Screen::notice;
    const std::string key = std::string{"notice."} + name;
    state.notice = state::Notice{key, key + ".now", tone};
    return state;
}
State fault(const char* key) {
    State state = signed_in();
    state.screen = Screen::fault;
    state.faults = {key};
    return state;
}

State reader_off() {
    State state = idle();
    state.reader.service = card::ReaderState::Service::no_reader;
    return state;
}

State home_reader_off() {
    State state = signed_in();
    state.reader.service = card::ReaderState::Service::off;
    state.staff->name.clear();
    return state;
}

State told() {
    State state = consent(signed_in());
    state.screen = Screen::told;
    state.tap->step = state::Tap::Step::told;
    state.emergency_views = {{grant(40), "臼杵市消防本部 野津分署", "unconscious", at(2026, 11, 18, 3, 12)}};
    return state;
}
State told_nasty() {
    State state = told();
    for (std::uint8_t i = 41; i < 49; ++i)
        state.emergency_views.push_back({grant(i), very_long, "other_urgent", at(2026, 11, 17, 3, i)});
    return state;
}

desk::Look look(base::UtcTime when, const char* facility, desk::Look::Kind kind, model::SectionSet sections) {
    desk::Look made;
    made.at = when;
    made.facility = facility;
    made.kind = kind;
    made.sections = sections;
    return made;
}
State history() {
    using Kind = desk::Look::Kind;
    const auto counter = model::SectionSet{}.with(Section::emergency).with(Section::medication).with(Section::clinical);
    const auto first_aid = model::SectionSet{}.with(Section::emergency).with(Section::medication);
    State state = consent(signed_in());
    state.screen = Screen::history;
    state.tap->history_asked = true;
    state.history = {look(at(2026, 11, 20, 13, 58), "臼杵たちばな薬局", Kind::view, counter),
                     look(at(2026, 11, 20, 9, 41), "野津あけぼの内科", Kind::view, counter.with(Section::care)),
                     look(at(2026, 11, 18, 3, 12), "臼杵市消防本部 野津分署", Kind::emergency, first_aid),
                     look(at(2026, 11, 2, 10, 5), "臼杵市役所", Kind::self, counter),
                     look(at(2026, 10, 30, 16, 20), "臼杵たちばな薬局", Kind::view, counter),
                     look(at(2026, 10, 30, 16, 20), "臼杵たちばな薬局", Kind::grant, counter),
                     look(at(2026, 10, 1, 11, 0), "野津ひまわり薬局", Kind::withdrawal, {}),
                     look(at(2026, 9, 30, 11, 0), "", Kind::withdrawal, {})};
    state.history[0].sent = false;
    state.history[2].reason = "unconscious";
    return state;
}
State history_nasty() {
    State state = history();
    for (auto& one : state.history) one.facility = one.facility.empty() ? "" : very_long;
    state.history[2].sent = false;
    state.history[2].sections = state.history[1].sections;
    return state;
}
State history_empty() {
    State state = history();
    state.history.clear();
    state.tap->history_asked = false;
    return state;
}

State withdraw(bool here, std::optional<bool> everybody) {
    State state = history();
    state.screen = Screen::withdraw;
    state.withdrawing.emplace();
    state.withdrawing->from = Screen::history;
    state.withdrawing->here = here;
    state.withdrawing->everybody = everybody;
    return state;
}
State withdraw_nasty() {
    State state = withdraw(true, std::nullopt);
    state.facility.name = very_long;
    return state;
}
State withdraw_sure_nasty() {
    State state = withdraw(true, false);
    state.facility.name = very_long;
    return state;
}

desk::Colleague colleague(const char* number, const char* name, bool slot, bool admitted) {
    desk::Colleague made;
    made.staff = model::StaffId{number};
    made.name = name;
    made.slot = slot;
    made.admitted = admitted;
    if (admitted) made.shift_until = at(2026, 11, 20, 17, 30);
    return made;
}
State locked() {
    State state = plain(Screen::locked);
    state.locked.emplace();
    state.locked->may_return = {colleague("0000000101", "薬剤師 大友 さくら", true, false),
                                colleague("0000000102", "薬剤師 安東 大輔", true, false)};
    for (auto& one : state.locked->may_return) one.shift_until = at(2026, 11, 20, 17, 30);
    return state;
}
State locked_nasty() {
    State state = locked();
    for (int i = 0; i < 7; ++i) {
        state.locked->may_return.push_back(state.locked->may_return.front());
        state.locked->may_return.back().name = i % 2 ? "" : "勅使河原 壽美惠エリザベス・マクドナルド";
    }
    return state;
}
State locked_alone() {
    State state = locked();
    state.locked->may_return.clear();
    return state;
}

State staff_screen(Screen screen, state::StaffJob::Kind kind) {
    State state = signed_in();
    state.screen = screen;
    state.job.emplace();
    state.job->kind = kind;
    state.colleagues = {
        colleague("0000000102", "薬剤師 安東 大輔", true, false), colleague("0000000103", "事務 首藤 恵", false, true),
        colleague("0000000104", "勅使河原 壽美惠エリザベス・マクドナルド", true, false),
        colleague("0000000105", "", false, true), colleague("0000000106", "薬剤師 小手川 仁", true, true)};
    return state;
}
State staff_job(Screen screen, state::StaffJob::Kind kind, std::size_t chosen) {
    State state = staff_screen(screen, kind);
    state.job->colleague = state.colleagues[chosen];
    return state;
}
State nobody_to_choose() {
    State state = staff_screen(Screen::colleagues, state::StaffJob::Kind::take_over);
    state.colleagues.clear();
    return state;
}
State wrong_card() {
    State state = staff_job(Screen::lay_card, state::StaffJob::Kind::let_in, 1);
    state.job->wrong_card = true;
    return state;
}
State sign_in_asking(state::SignIn::Asks asks, std::optional<state::StaffJob::Kind> kind) {
    State state = sign_in(4);
    state.sign_in->asks = asks;
    if (kind) {
        state.job.emplace();
        state.job->kind = *kind;
    }
    return state;
}
State sign_in_differed() {
    State state = sign_in_asking(state::SignIn::Asks::new_pin, state::StaffJob::Kind::change_pin);
    state.sign_in->pin = base::SecretBytes{0};
    state.sign_in->differed = true;
    return state;
}
State sign_in_shift() {
    State state = sign_in(0);
    state.sign_in->pin_needed = false;
    state.sign_in->step = state::SignIn::Step::proving;
    return state;
}

State fire(State state) {
    state.facility = {model::FacilityId{"F0090"}, model::FacilityType::fire, "臼杵市消防本部 野津分署"};
    if (state.staff) state.staff = desk::SignedIn{model::StaffId{"0000000901"}, "救急救命士 甲斐 亮", true};
    return state;
}
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
State kiosk(State state) {
    state.facility = {model::FacilityId{"F0050"}, model::FacilityType::city_hall, "臼杵市役所"};
    state.staff.reset();
    state.windows.clear();
    return state;
}
State kiosk_summary() {
    State state = kiosk(with_summary(signed_in(), plain_summary()));
    state.summary_self = true;
    state.tap->start->self = true;
    return state;
}
State summary_missing() {
    State state = with_summary(signed_in(), plain_summary());
    state.summary->sections = model::SectionSet{}.with(Section::emergency).with(Section::medication);
    state.summary_granted = state.summary->sections.with(Section::clinical);
    return state;
}
State locking_soon() {
    State state = signed_in();
    state.last_touch = state.at - 288s;
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

State ambulance(State state) {
    state.theme = state::Theme::ambulance;
    return state;
}

State stopped_shown() {
    State state = with_summary(signed_in(), plain_summary());
    state.stopped_medicines_shown = true;
    return state;
}

State old_and_closing() {
    State state = signed_in();
    state.screen = Screen::summary;
    state.summary = plain_summary();
    state.summary->as_of = at(2026, 6, 1, 9, 0);
    state.summary->allergy_knowledge = model::AllergyKnowledge::unknown;
    state.summary->allergies.clear();
    state.shown_grant = grant(4);
    state.last_touch = state.at - 80s;
    return state;
}

}  // namespace

State signed_in() {
    State state = plain(Screen::home);
    state.staff = desk::SignedIn{model::StaffId{"0000000101"}, "薬剤師 大友 さくら"};
    add_windows(state);
    return state;
}

std::vector<Scene> scenes() {
    using Tone = state::Notice::Tone;
    using Asks = state::SignIn::Asks;
    using Kind = state::StaffJob::Kind;
    using Field = state::Search::Field;
    return {
        {"idle", idle},
        {"idle-no-reader", reader_off},
        {"sign-in", [] { return sign_in(3); }},
        {"sign-in-wrong", sign_in_wrong},
        {"sign-in-locked", sign_in_locked},
        {"home", signed_in},
        {"home-syncing", home_syncing},
        {"home-offline", home_offline},
        {"home-nasty", home_nasty},
        {"home-reader-off", home_reader_off},
        {"consent", [] { return consent(signed_in()); }},
        {"consent-nasty", consent_nasty},
        {"summary", [] { return with_summary(signed_in(), plain_summary()); }},
        {"summary-stopped", stopped_shown},
        {"summary-nasty", [] { return with_summary(home_nasty(), nasty_summary()); }},
        {"summary-empty", [] { return with_summary(signed_in(), empty_summary()); }},
        {"summary-old", old_and_closing},
        {"summary-ambulance", [] { return ambulance(with_summary(signed_in(), plain_summary())); }},
        {"windows", windows_searched},
        {"windows-nasty", windows_nasty},
        {"notice-plain", [] { return notice("declined", Tone::plain); }},
        {"notice-torn", [] { return notice("card_torn", Tone::caution); }},
        {"notice-forged", [] { return notice("forged_card", Tone::refused); }},
        {"notice-forged-ambulance", [] { return ambulance(notice("forged_card", Tone::refused)); }},
        {"fault", [] { return fault("fault.store_moved_aside"); }},
        {"fault-unknown", [] { return fault("fault.never_heard_of"); }},
        {"home-ambulance", [] { return ambulance(signed_in()); }},
        {"home-fire", [] { return ambulance(fire(signed_in())); }},
        {"home-fire-offline", [] { return fire(home_offline()); }},
        {"home-locking", locking_soon},
        {"locked", locked},
        {"locked-nasty", locked_nasty},
        {"locked-alone", locked_alone},
        {"idle-kiosk", [] { return kiosk(idle()); }},
        {"sign-in-old", [] { return sign_in_asking(Asks::old_pin, Kind::change_pin); }},
        {"sign-in-new", [] { return sign_in_asking(Asks::new_pin, Kind::change_pin); }},
        {"sign-in-again", [] { return sign_in_asking(Asks::again, Kind::add_card); }},
        {"sign-in-second", [] { return sign_in_asking(Asks::pin, Kind::let_in); }},
        {"sign-in-differed", sign_in_differed},
        {"sign-in-shift", sign_in_shift},
        {"staff-menu", [] { return staff_screen(Screen::staff_menu, Kind::change_pin); }},
        {"colleagues-let-in", [] { return staff_screen(Screen::colleagues, Kind::let_in); }},
        {"colleagues-remove", [] { return staff_screen(Screen::colleagues, Kind::remove); }},
        {"colleagues-none", nobody_to_choose},
        {"lay-change-pin", [] { return staff_screen(Screen::lay_card, Kind::change_pin); }},
        {"lay-add-card", [] { return staff_screen(Screen::lay_card, Kind::add_card); }},
        {"lay-let-in", [] { return staff_job(Screen::lay_card, Kind::let_in, 2); }},
        {"lay-wrong-card", wrong_card},
        {"lay-second", second_for_emergency},
        {"removal", [] { return staff_job(Screen::confirm_removal, Kind::remove, 0); }},
        {"removal-nasty", [] { return staff_job(Screen::confirm_removal, Kind::remove, 2); }},
        {"told", told},
        {"told-nasty", told_nasty},
        {"history", history},
        {"history-nasty", history_nasty},
        {"history-empty", history_empty},
        {"withdraw", [] { return withdraw(true, std::nullopt); }},
        {"withdraw-kiosk", [] { return withdraw(false, std::nullopt); }},
        {"withdraw-nasty", withdraw_nasty},
        {"withdraw-here", [] { return withdraw(true, false); }},
        {"withdraw-everybody", [] { return withdraw(true, true); }},
        {"withdraw-sure-nasty", withdraw_sure_nasty},
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
        {"summary-kiosk", kiosk_summary},
        {"summary-missing", summary_missing},
        {"windows-emergency", windows_emergency},
    };
}

State scene(const std::string& name) {
    for (const auto& candidate : scenes())
        if (candidate.name == name) return candidate.make();
    std::abort();
}

}  // namespace kazashi::test
