#include "tests/e2e/story/play.h"

#include <fstream>
#include <thread>

namespace kazashi::story {

namespace {
using Now = std::chrono::steady_clock;
}

// Like a person, who sees one key answer before the next: a machine under load would take two presses for one.
bool Play::finger_on(const Item& item) {
    const auto before = screen().number;
    if (!must("touched " + item.id, stage.finger.touch(item))) return false;
    until([&](const Frame& frame) { return frame.number > before; }, tuning::answered);
    let_settle(tuning::drawn);
    return true;
}

bool Play::touch(const std::string& id) {
    const auto ready = [&](const Frame& frame) {
        const Item* item = frame.item(id);
        return item != nullptr && item->enabled;
    };
    const auto frame = stage.inspector.wait(ready, tuning::moment);
    return must("there is " + id, static_cast<bool>(frame)) && finger_on(*frame->item(id));
}

bool Play::touch_anyway(const std::string& id) {
    const Frame frame = screen();
    const Item* item = frame.item(id);
    return must("there is " + id, item != nullptr) && finger_on(*item);
}

void Play::drag_up() {
    must("a finger moves over the screen", stage.finger.drag({820, 620}, {820, 120}));
    let_settle();
}

void Play::type_pin(const std::string& pin) {
    for (const char digit : pin) {
        if (!touch(std::string{"key."} + digit)) return;
    }
    touch("key.enter");
}

void Play::lay(const std::string& card, const Odd& odd) {
    must("the simulator lays a card", stage.cards.lay(card, odd));
}
void Play::take_card() { must("the simulator takes the card off", stage.cards.take()); }

bool Play::until(const Wanted& wanted, milliseconds patience) {
    return static_cast<bool>(stage.inspector.wait(wanted, patience));
}
bool Play::until_screen(const std::string& name, milliseconds patience) {
    return until([&](const Frame& frame) { return frame.screen == name; }, patience);
}
bool Play::until_said(const std::string& key, milliseconds patience) {
    return until([&](const Frame& frame) { return stage.words.said(frame, key); }, patience);
}

bool Play::until_db(const std::function<bool(const DbPicture&)>& wanted, milliseconds patience) {
    for (const auto end = Now::now() + patience; Now::now() < end; std::this_thread::sleep_for(tuning::poll)) {
        const auto seen = stage.db.look();
        if (seen && wanted(*seen)) return true;
    }
    return false;
}

bool Play::until_region(const std::function<bool(const RegionStatus&)>& wanted, milliseconds patience) {
    for (const auto end = Now::now() + patience; Now::now() < end; std::this_thread::sleep_for(tuning::ask_again)) {
        const auto said = stage.region.status();
        if (said && wanted(*said)) return true;
    }
    return false;
}

// The log is emptied right after the transaction that ends a window, once nobody reads it any more.
bool Play::until_wraps_are_gone(const std::vector<Bytes>& wraps) {
    for (const auto end = Now::now() + tuning::moment; Now::now() < end; std::this_thread::sleep_for(tuning::poll)) {
        const auto still = stage.db.raw_holds_any(wraps);
        if (still && !*still) return true;
    }
    return false;
}

DbPicture Play::db() {
    auto seen = stage.db.look();
    must("the terminal's database can be read", static_cast<bool>(seen));
    return seen ? *seen : DbPicture{};
}

Screenshot Play::picture() {
    auto shot = take_screenshot(stage.display.get());
    must("the screen can be photographed", static_cast<bool>(shot));
    return shot ? *shot : Screenshot{};
}

void Play::keep_picture() {
    pictured_ = true;
    must("the picture is written", write_png(picture(), picture_));
}

void Play::keep_picture(const std::string& suffix) {
    const auto name = picture_.stem().string() + "-" + suffix + ".png";
    must("the picture is written", write_png(picture(), picture_.parent_path() / name));
}

void Play::without_picture() {
    pictured_ = true;
    report_.screenshot.clear();
}

void Play::keep_copy(const std::string& name) { must("the terminal's files are copied", stage.copy_state(name)); }

void Play::let_settle(milliseconds quiet) {
    for (auto number = screen().number;;) {
        std::this_thread::sleep_for(quiet);
        const auto newest = screen().number;
        if (newest == number || stage.inspector.gone()) return;
        number = newest;
    }
}

bool Play::sign_in(const StaffCard& staff) {
    lay(staff.card);
    if (!must("the PIN pad comes", until_screen("sign_in"))) return false;
    type_pin(staff.pin);
    const bool in = must("the PIN opens the terminal", until_screen("home"));
    take_card();
    return in;
}

void Play::dismiss_notice() {
    if (const auto name = screen().screen; name == "notice" || name == "fault") touch("notice.ok");
}

void Play::back_home() {
    take_card();
    dismiss_notice();
    must("home again", until_screen("home"));
}

bool Play::stop_reader_service() {
    const auto reader = stage.options.run / "reader";
    std::ofstream{reader / "hold"} << '\n';  // not started again until this file is gone
    const auto pid = read_pid(reader / "pcscd.pid");
    return must("the reader service runs", static_cast<bool>(pid)) && must("it ends", stop(*pid, tuning::stop)) &&
           check("a reader service that is gone is said", until_said("bar.reader_off"));
}

bool Play::start_reader_service() {
    std::filesystem::remove(stage.options.run / "reader" / "hold");
    // Where somebody works, only what is wrong with the reader takes up room in the bar.
    return check(
        "and comes back by itself",
        until([this](const Frame& frame) { return !stage.words.said(frame, "bar.reader_off"); }, tuning::start));
}

bool Play::change_to(Counter counter) {
    return must("the terminal stops", stage.stop_terminal()) &&
           must("another terminal starts", stage.start_terminal(counter)) &&
           must("it waits for a card", until_screen("idle", tuning::start));
}

bool Play::tap_and_agree(const std::string& card) {
    lay(card);
    return must("the consent screen comes", until_screen("consent")) && touch("consent.yes") &&
           must("the summary comes", until_screen("summary"));
}

}  // namespace kazashi::story
