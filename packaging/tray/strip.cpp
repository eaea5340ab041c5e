#include "packaging/tray/strip.h"

#include <SDL.h>
#include <SDL_opengl.h>
#include <imgui.h>
#if __has_include(<backends/imgui_impl_sdl2.h>)
#include <backends/imgui_impl_sdl2.h>
#else
#include <backends/imgui_impl_sdl.h>
#endif
#include <backends/imgui_impl_opengl3.h>
#include <toml++/toml.h>

#include <memory>

namespace kazashi::tray {

using base::Error;
using base::Fault;

namespace {

constexpr int width = 320;
constexpr int height = 800;
constexpr float letters = 20;
constexpr int look_every_ms = 500;     // the simulator may be asked by others: a story, a script
constexpr int frames_after_input = 3;  // ImGui spreads a click over some frames

constexpr ImU32 ground = IM_COL32(0xF7, 0xF6, 0xF2, 255);
constexpr ImU32 ink = IM_COL32(0x1F, 0x2A, 0x30, 255);
constexpr ImU32 teal = IM_COL32(0x0F, 0x5C, 0x63, 255);
constexpr ImU32 line = IM_COL32(0xD9, 0xDC, 0xDA, 255);
constexpr ImU32 hover = IM_COL32(0xC4, 0xCC, 0xCB, 255);
constexpr ImU32 white = IM_COL32(255, 255, 255, 255);

struct CloseWindow {
    void operator()(SDL_Window* window) const { SDL_DestroyWindow(window); }
};
struct EndGl {
    void operator()(void* context) const { SDL_GL_DeleteContext(context); }
};

// SDL, OpenGL and Dear ImGui, up as long as this lives.
class Glass {
public:
    static base::Result<std::unique_ptr<Glass>> open() {
        std::unique_ptr<Glass> glass{new Glass};
        SDL_SetHint(SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH, "1");  // the terminal has the focus; one click must do
        if (SDL_Init(SDL_INIT_VIDEO) != 0) return Error{Fault::io, SDL_GetError()};
        SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_CORE);
        SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
        SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 3);
        glass->window_.reset(SDL_CreateWindow("Kazashi demo", 0, SDL_WINDOWPOS_CENTERED, width, height,
                                              SDL_WINDOW_OPENGL | SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALWAYS_ON_TOP));
        if (!glass->window_) return Error{Fault::io, SDL_GetError()};
        glass->gl_.reset(SDL_GL_CreateContext(glass->window_.get()));
        if (!glass->gl_) return Error{Fault::unsupported, SDL_GetError()};
        ImGui::CreateContext();
        ImGui::GetIO().IniFilename = nullptr;
        glass->up_ = ImGui_ImplSDL2_InitForOpenGL(glass->window_.get(), glass->gl_.get()) &&
                     ImGui_ImplOpenGL3_Init("#version 330");
        if (!glass->up_) return Error{Fault::unsupported, "no OpenGL 3.3"};
        return glass;
    }
    ~Glass() {
        if (up_) {
            ImGui_ImplOpenGL3_Shutdown();
            ImGui_ImplSDL2_Shutdown();
        }
        if (ImGui::GetCurrentContext() != nullptr) ImGui::DestroyContext();
        gl_.reset();
        window_.reset();
        SDL_Quit();
    }
    Glass(const Glass&) = delete;
    Glass& operator=(const Glass&) = delete;

    template <class Draw>
    void frame(const Draw& draw) {
        ImGui_ImplOpenGL3_NewFrame();
        ImGui_ImplSDL2_NewFrame();
        ImGui::NewFrame();
        draw();
        ImGui::Render();
        const ImVec2 size = ImGui::GetIO().DisplaySize;
        glViewport(0, 0, static_cast<int>(size.x), static_cast<int>(size.y));
        glClear(GL_COLOR_BUFFER_BIT);
        ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
        SDL_GL_SwapWindow(window_.get());
    }

private:
    Glass() = default;
    std::unique_ptr<SDL_Window, CloseWindow> window_;
    std::unique_ptr<void, EndGl> gl_;
    bool up_{false};
};

// Only the letters on the cards: a whole Japanese font would take a second to load.
base::Status load_letters(const Tray& tray, const std::filesystem::path& fonts, const std::string& hint) {
    std::string file;
    try {
        file = toml::parse_file(fonts.string())["regular"][0]["file"].value_or(std::string{});
    } catch (const toml::parse_error&) {
        return Error{Fault::malformed, "the list of fonts cannot be read"};
    }
    if (!std::filesystem::exists(file)) return Error{Fault::not_found, "no Japanese font is installed"};
    ImFontGlyphRangesBuilder builder;
    builder.AddRanges(ImGui::GetIO().Fonts->GetGlyphRangesDefault());
    for (const auto& card : tray.cards()) builder.AddText(card.label.c_str());
    builder.AddText(hint.c_str());
    builder.AddText("かざす取る職員患者他暗証番号つき");
    static ImVector<ImWchar> ranges;  // ImGui keeps a pointer to it
    builder.BuildRanges(&ranges);
    ImGui::GetIO().Fonts->AddFontFromFileTTF(file.c_str(), letters, nullptr, ranges.Data);
    return base::ok();
}

const char* kind_word(const Card& card) {
    if (card.kind == "staff") return "職員 staff";
    if (card.is == Card::Is::id_card) return "暗証番号つき with a PIN";
    return card.kind == "patient" ? "患者 patient" : "他 other";
}

void colours() {
    ImGui::PushStyleColor(ImGuiCol_WindowBg, ground);
    ImGui::PushStyleColor(ImGuiCol_Text, ink);
    ImGui::PushStyleColor(ImGuiCol_Button, line);
    ImGui::PushStyleColor(ImGuiCol_ButtonHovered, hover);
    ImGui::PushStyleColor(ImGuiCol_ButtonActive, hover);
}

// The card that was clicked, if one was.
const Card* draw_cards(const Tray& tray) {
    const Card* clicked = nullptr;
    std::string kind;
    for (const auto& card : tray.cards()) {
        if (const char* const word = kind_word(card); word != kind) {
            kind = word;
            ImGui::Spacing();
            ImGui::TextUnformatted(word);
        }
        const bool on = tray.on_reader() == card.name;
        if (on) {
            ImGui::PushStyleColor(ImGuiCol_Button, teal);
            ImGui::PushStyleColor(ImGuiCol_ButtonHovered, teal);
            ImGui::PushStyleColor(ImGuiCol_Text, white);
        }
        const std::string text = card.label + (on ? "  取る take off" : "  かざす lay") + "##" + card.name;
        if (ImGui::Button(text.c_str(), ImVec2{ImGui::GetContentRegionAvail().x, 48})) clicked = &card;
        if (on) ImGui::PopStyleColor(3);
    }
    return clicked;
}

const Card* draw(const Tray& tray, const std::string& hint) {
    colours();
    ImGui::PushStyleVar(ImGuiStyleVar_ButtonTextAlign, ImVec2{0.06F, 0.5F});  // names are read from the left
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
    ImGui::Begin("cards", nullptr, ImGuiWindowFlags_NoDecoration & ~ImGuiWindowFlags_NoScrollbar);
    if (!hint.empty()) ImGui::TextWrapped("%s", hint.c_str());
    const Card* clicked = draw_cards(tray);
    ImGui::End();
    ImGui::PopStyleVar();
    ImGui::PopStyleColor(5);
    return clicked;
}

}  // namespace

base::Status show(Tray tray, const std::filesystem::path& fonts, const std::string& hint) {
    KAZASHI_TRY(const auto glass, Glass::open());
    KAZASHI_CHECK(load_letters(tray, fonts, hint));
    for (int owed = frames_after_input;;) {
        SDL_Event event{};
        bool input = SDL_WaitEventTimeout(&event, owed > 0 ? 1 : look_every_ms) != 0;
        if (input) {
            do {
                if (event.type == SDL_QUIT) return base::ok();
                ImGui_ImplSDL2_ProcessEvent(&event);
            } while (SDL_PollEvent(&event) != 0);
        }
        const auto before = tray.on_reader();
        if (!tray.look()) return base::ok();  // the demonstration is over
        if (input || before != tray.on_reader()) owed = frames_after_input;
        if (owed-- <= 0) continue;
        const Card* clicked = nullptr;
        glass->frame([&] { clicked = draw(tray, hint); });
        if (clicked == nullptr) continue;
        KAZASHI_CHECK(tray.on_reader() == clicked->name ? tray.take() : tray.lay(*clicked));
        owed = frames_after_input;
    }
}

}  // namespace kazashi::tray
