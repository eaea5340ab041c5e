#include "terminal/view/view.h"

#include <imgui.h>

#include "terminal/view/bars.h"
#include "terminal/view/screens.h"

namespace kazashi::view {
namespace {

// One window over everything, without any of ImGui's own looks. Its ground is the page's colour, which the platform
// clears with: a rectangle over a whole screen would cost more than all the text on it.
class WholeScreen {
public:
    WholeScreen() {
        ImGui::SetNextWindowPos({0, 0});
        ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
        ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2{0, 0});
        ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.0F);
        ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0.0F);
        ImGui::PushStyleVar(ImGuiStyleVar_ChildBorderSize, 0.0F);
        ImGui::Begin("kazashi", nullptr,
                     ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoMove |
                         ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav |
                         ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoBringToFrontOnFocus);
    }
    ~WholeScreen() {
        ImGui::End();
        ImGui::PopStyleVar(4);
    }
    WholeScreen(const WholeScreen&) = delete;
    WholeScreen& operator=(const WholeScreen&) = delete;
};

void draw_body(const Page& page, Box body) {
    switch (page.state.screen) {
        case state::Screen::idle:
            return draw_idle(page, body);
        case state::Screen::sign_in:
            return draw_sign_in(page, body);
        case state::Screen::home:
            return draw_home(page, body);
        case state::Screen::consent:
            return draw_consent(page, body);
        case state::Screen::summary:
            return draw_summary(page, body);
        case state::Screen::windows:
            return draw_windows(page, body);
        case state::Screen::notice:
            return draw_notice(page, body);
        case state::Screen::fault:
            return draw_fault(page, body);
        case state::Screen::locked:
            return draw_locked(page, body);
        case state::Screen::told:
            return draw_told(page, body);
        case state::Screen::capsule:
            return draw_capsule(page, body);
        case state::Screen::history:
            return draw_history(page, body);
        case state::Screen::withdraw:
            return draw_withdraw(page, body);
        case state::Screen::staff_menu:
            return draw_staff_menu(page, body);
        case state::Screen::colleagues:
            return draw_colleagues(page, body);
        case state::Screen::id_card:
            return draw_id_card(page, body);
        case state::Screen::lay_card:
            return draw_lay_card(page, body);
        case state::Screen::confirm_removal:
            return draw_confirm_removal(page, body);
        case state::Screen::search:
            return draw_search(page, body);
        case state::Screen::reason:
            return draw_reason(page, body);
        case state::Screen::doctor:
            return draw_doctor(page, body);
        case state::Screen::issuing:
            return draw_issuing(page, body);
        case state::Screen::lost_card:
            return draw_lost_card(page, body);
    }
}

}  // namespace

float fitting_scale(float width, float height) { return std::min(width / 1280, height / 800); }

std::vector<state::Intent> draw(const state::State& state, const Context& context) {
    std::vector<state::Intent> intents;
    if (ImGui::IsMouseDown(ImGuiMouseButton_Left)) intents.push_back(state::Touched{});
    const WholeScreen window;
    Canvas canvas{state, context};
    const Words words{*context.strings, state.language, state.now, state.utc_offset};
    const Page page{state, canvas, words, intents};
    draw_top_bar(page);
    draw_body(page, body_of(canvas));
    return intents;
}

}  // namespace kazashi::view
