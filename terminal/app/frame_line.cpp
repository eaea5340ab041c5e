#include "terminal/app/frame_line.h"

#include <nlohmann/json.hpp>

#include "terminal/state/update.h"

namespace kazashi::app {

namespace {

using Json = nlohmann::json;

std::string_view name(engine::SyncStatus::Line line) {
    switch (line) {
        case engine::SyncStatus::Line::unknown:
            return "unknown";
        case engine::SyncStatus::Line::online:
            return "online";
        case engine::SyncStatus::Line::offline:
            return "offline";
        case engine::SyncStatus::Line::server_fault:
            return "server_fault";
    }
    return "unknown";
}

Json items_of(const view::Drawn& drawn) {
    Json items = Json::array();
    for (const auto& item : drawn.items) {
        items.push_back({{"id", item.id},
                         {"x", item.x},
                         {"y", item.y},
                         {"w", item.width},
                         {"h", item.height},
                         {"enabled", item.enabled}});
    }
    return items;
}

std::string_view name(state::StaffJob::Kind kind) {
    switch (kind) {
        case state::StaffJob::Kind::change_pin:
            return "change_pin";
        case state::StaffJob::Kind::let_in:
            return "let_in";
        case state::StaffJob::Kind::add_card:
            return "add_card";
        case state::StaffJob::Kind::remove:
            return "remove";
        case state::StaffJob::Kind::take_over:
            return "take_over";
        case state::StaffJob::Kind::break_glass:
            return "break_glass";
    }
    return "";
}

std::string_view name(state::SignIn::Asks asks) {
    switch (asks) {
        case state::SignIn::Asks::pin:
            return "pin";
        case state::SignIn::Asks::old_pin:
            return "old_pin";
        case state::SignIn::Asks::new_pin:
            return "new_pin";
        case state::SignIn::Asks::again:
            return "again";
    }
    return "";
}

Json closing_of(const state::State& state) {
    const auto closing = state::closing_in(state);
    if (!closing) return nullptr;
    const bool lock = closing->what == state::Closing::What::lock;
    return {{"what", lock ? "lock" : "screen"}, {"left", closing->left.count()}};
}

Json who_may_return(const state::State& state) {
    Json staff = Json::array();
    if (!state.locked) return staff;
    for (const auto& colleague : state.locked->may_return) staff.push_back(colleague.staff.str());
    return staff;
}

Json missing_in(const state::State& state) {
    Json sections = Json::array();
    const auto missing = state::missing_sections(state);
    for (const auto section : model::all_sections)
        if (missing.has(section)) sections.push_back(name(section));
    return sections;
}

// Records may hold bytes that are no UTF-8; a line is written all the same.
std::string line_of(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"; }

}  // namespace

std::string_view name(state::Screen screen) {
    switch (screen) {
        case state::Screen::idle:
            return "idle";
        case state::Screen::sign_in:
            return "sign_in";
        case state::Screen::home:
            return "home";
        case state::Screen::consent:
            return "consent";
        case state::Screen::summary:
            return "summary";
        case state::Screen::capsule:
            return "capsule";
        case state::Screen::windows:
            return "windows";
        case state::Screen::notice:
            return "notice";
        case state::Screen::fault:
            return "fault";
        case state::Screen::locked:
            return "locked";
        case state::Screen::told:
            return "told";
        case state::Screen::history:
            return "history";
        case state::Screen::withdraw:
            return "withdraw";
        case state::Screen::id_card:
            return "id_card";
        case state::Screen::staff_menu:
            return "staff_menu";
        case state::Screen::colleagues:
            return "colleagues";
        case state::Screen::lay_card:
            return "lay_card";
        case state::Screen::confirm_removal:
            return "confirm_removal";
        case state::Screen::search:
            return "search";
        case state::Screen::reason:
            return "reason";
        case state::Screen::doctor:
            return "doctor";
        case state::Screen::issuing:
            return "issuing";
        case state::Screen::lost_card:
            return "lost_card";
    }
    return "idle";
}

std::string frame_line(const state::State& state, const view::Drawn& drawn, const FrameFacts& facts) {
    Json frame{{"frame", facts.number},
               {"screen", name(state.screen)},
               {"items", items_of(drawn)},
               {"texts", drawn.texts},
               {"clipped", drawn.clipped},
               {"line", name(state.sync.line)},
               {"pending", state.sync.ledger.pending},
               {"packages", state.sync.packages},
               {"packages_total", state.sync.packages_total},
               {"tap", facts.taps},
               {"tap_to_summary_ms", nullptr}};
    frame["signed_in"] = state.staff ? Json(state.staff->staff.str()) : Json(nullptr);
    frame["locked"] = who_may_return(state);
    frame["job"] = state.job ? Json(name(state.job->kind)) : Json(nullptr);
    frame["asks"] = state.sign_in ? Json(name(state.sign_in->asks)) : Json(nullptr);
    frame["self"] = state.summary_self;
    frame["emergency"] = state.summary_emergency;
    frame["missing"] = missing_in(state);
    frame["closing"] = closing_of(state);
    frame["notice"] = state.notice ? Json(state.notice->what) : Json(nullptr);
    frame["faults"] = state.faults;
    if (facts.tap_to_summary_ms) frame["tap_to_summary_ms"] = *facts.tap_to_summary_ms;
    return line_of(frame);
}

base::Result<InspectorRequest> parse_request(std::string_view line) {
    const Json json = Json::parse(line, nullptr, false);
    const base::Error refused{base::Fault::malformed, "neither hold nor release"};
    if (!json.is_object()) return refused;
    InspectorRequest request;
    if (const auto hold = json.find("hold"); hold != json.end() && hold->is_string()) {
        request.hold = hold->get<std::string>();
    }
    if (const auto release = json.find("release"); release != json.end() && release->is_boolean()) {
        request.release = release->get<bool>();
    }
    if (request.hold.empty() && !request.release) return refused;
    return request;
}

std::string holding_line(std::string_view screen) { return line_of({{"holding", screen}}); }
std::string refusal_line(std::string_view why) { return line_of({{"error", why}}); }

}  // namespace kazashi::app
