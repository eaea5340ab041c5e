// Something is wrong, and the terminal says what.
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/e2e/story/steps.h"

namespace kazashi::story {

namespace {

bool finished(const Frame& frame) { return frame.screen == "doctor" && frame.item("doctor.again") != nullptr; }

// Keys of the faults `kazashi doctor` finds, with how it ended.
struct Told {
    int status{-1};
    std::string keys;  // each with a blank behind it
};
Told ask_in_words(Play& play) {
    Told told;
    const auto& stage = play.stage;
    const auto ran = run({stage.first_command.front(), "doctor", "--state", stage.state(Counter::first).string(),
                          "--assets", stage.options.assets.string(), "--json"},
                         stage.options.out / "logs" / "doctor.log");
    if (!play.must("kazashi doctor can be asked", static_cast<bool>(ran))) return told;
    told.status = ran->status;
    std::istringstream lines{ran->out};
    for (std::string line; std::getline(lines, line);) {
        const auto group = nlohmann::json::parse(line, nullptr, false);
        if (!group.is_object()) continue;
        for (const auto& finding : group.value("findings", nlohmann::json::array()))
            if (finding.value("severity", "") == "fault") told.keys += finding.value("key", "") + ' ';
    }
    return told;
}

}  // namespace

void doctor(Play& play) {
    if (!play.stop_reader_service()) return;
    play.touch("home.staff");
    play.touch("staff.doctor");
    play.check("the fault is found within moments", play.until(finished));
    play.let_settle();
    play.check("and named", play.stage.words.said(play.screen(), "doctor.service_stopped"));
    play.check("nothing is clipped", !play.screen().clipped);
    play.keep_picture("stopped");
    const auto ill = ask_in_words(play);
    play.check("kazashi doctor names it too, by its exit status as well",
               ill.status == 1 && ill.keys.find("service_stopped ") != std::string::npos);
    if (!play.start_reader_service()) return;
    play.touch("doctor.again");
    play.check("looked at again, the service is well", play.until([&](const Frame& frame) {
        return finished(frame) && play.stage.words.said(frame, "doctor.service_ok");
    }));
    play.let_settle();
    play.check("and so is everything else", play.stage.words.said(play.screen(), "doctor.all_well"));
    const auto well = ask_in_words(play);
    play.check("kazashi doctor finds nothing any more", well.status == 0 && well.keys.empty());
    play.touch("back");
    play.must("the staff menu again", play.until_screen("staff_menu"));
    play.touch("back");
    play.must("home again", play.until_screen("home"));
}

}  // namespace kazashi::story
