// The floor under a window: SDL2 + OpenGL 3 + Dear ImGui with its built-in font, no data, no text of ours. What start,
// one frame after idling, and memory cost before Kazashi does anything (perf.md: P1, P5, P8).
// Prints one JSON object: {"first_frame_ms", "idle_frame_ms":[…], "pss_kb"}.
#include <SDL.h>
#include <imgui.h>
#include <imgui_impl_opengl3.h>
#if __has_include(<imgui_impl_sdl2.h>)
#include <imgui_impl_sdl2.h>
#else
#include <imgui_impl_sdl.h>
#endif
#include <GL/gl.h>

#include <chrono>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

namespace {

using Clock = std::chrono::steady_clock;

double since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

// A page with about as much ink as a summary: text lines and boxes.
void frame(SDL_Window* window, int number) {
    ImGui_ImplOpenGL3_NewFrame();
    ImGui_ImplSDL2_NewFrame();
    ImGui::NewFrame();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
    ImGui::Begin("page", nullptr, ImGuiWindowFlags_NoDecoration);
    for (int line = 0; line < 40; ++line) ImGui::Text("line %d of frame %d, about as long as a line on a page", line, number);
    ImGui::End();
    ImGui::Render();
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    glViewport(0, 0, static_cast<int>(size.x), static_cast<int>(size.y));
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    SDL_GL_SwapWindow(window);
}

long pss_kb() {
    std::ifstream in{"/proc/self/smaps_rollup"};
    for (std::string line; std::getline(in, line);) {
        if (line.rfind("Pss:", 0) == 0) return std::stol(line.substr(4));
    }
    return -1;
}

}  // namespace

int main() {
    const auto start = Clock::now();
    if (SDL_Init(SDL_INIT_VIDEO) != 0) return 1;
    SDL_Window* window = SDL_CreateWindow("floor", 0, 0, 1280, 800, SDL_WINDOW_OPENGL);
    SDL_GLContext context = window != nullptr ? SDL_GL_CreateContext(window) : nullptr;
    if (context == nullptr) return 1;
    SDL_GL_SetSwapInterval(0);
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;  // leaves no file behind
    ImGui_ImplSDL2_InitForOpenGL(window, context);
    ImGui_ImplOpenGL3_Init(nullptr);
    frame(window, 0);
    nlohmann::json out;
    out["first_frame_ms"] = since(start);
    out["idle_frame_ms"] = nlohmann::json::array();
    for (int i = 1; i <= 20; ++i) {
        SDL_Delay(200);
        const auto begin = Clock::now();
        frame(window, i);
        out["idle_frame_ms"].push_back(since(begin));
    }
    out["pss_kb"] = pss_kb();
    std::cout << out.dump() << '\n';
    ImGui_ImplOpenGL3_Shutdown();
    ImGui_ImplSDL2_Shutdown();
    ImGui::DestroyContext();
    SDL_GL_DeleteContext(context);
    SDL_DestroyWindow(window);
    SDL_Quit();
    return 0;
}
