#include "terminal/platform/window.h"

#include <SDL.h>
#include <SDL_opengl.h>
#include <imgui.h>

#include <array>

#if __has_include(<backends/imgui_impl_sdl2.h>)
#include <backends/imgui_impl_sdl2.h>
#else
#include <backends/imgui_impl_sdl.h>
#endif
#include <backends/imgui_impl_opengl3.h>

#include <cstdint>
#include <string_view>

#include "terminal/platform/tuning.h"

namespace kazashi::platform {

namespace {

struct CloseWindow {
    void operator()(SDL_Window* window) const { SDL_DestroyWindow(window); }
};
struct EndImGui {
    void operator()(ImGuiContext* context) const { ImGui::DestroyContext(context); }
};

// One kind of GL context, and the shader dialect ImGui's back-end then speaks.
struct Flavour {
    int profile;
    int major;
    int minor;
    const char* glsl;
};
// Desktop GL first: boards that have both are PCs, whose GLES is the less tested one.
constexpr std::array flavours{Flavour{SDL_GL_CONTEXT_PROFILE_CORE, 3, 3, "#version 330"},
                              Flavour{SDL_GL_CONTEXT_PROFILE_ES, 3, 0, "#version 300 es"}};

void ask_for(const Flavour& flavour) {
    SDL_GL_ResetAttributes();
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, flavour.profile);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, flavour.major);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, flavour.minor);
    SDL_GL_SetAttribute(SDL_GL_DOUBLEBUFFER, 1);
    SDL_GL_SetAttribute(SDL_GL_DEPTH_SIZE, 0);
    SDL_GL_SetAttribute(SDL_GL_STENCIL_SIZE, 0);
}

// Words that must be said to SDL before it starts.
void hint() {
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");  // SIGINT and SIGTERM are the application's (app/signals.h)
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "1");  // one finger is the pointer
    SDL_SetHint(SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH, "1");
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
    SDL_SetHint(SDL_HINT_IME_SHOW_UI, "0");
}

// SDL's last resorts draw where nobody sees it; only who asked for them by name may have that.
bool has_display() {
    const std::string_view driver{SDL_GetCurrentVideoDriver()};
    return SDL_getenv("SDL_VIDEODRIVER") != nullptr || (driver != "offscreen" && driver != "dummy");
}

base::Error sdl_error(base::Fault fault) { return {fault, SDL_GetError()}; }

}  // namespace

struct Window::Parts {
    struct Sdl {
        bool up{false};
        ~Sdl() {
            if (up) SDL_QuitSubSystem(SDL_INIT_VIDEO);
        }
    } sdl;
    std::unique_ptr<SDL_Window, CloseWindow> window;
    SDL_GLContext gl{nullptr};
    std::unique_ptr<ImGuiContext, EndImGui> imgui;
    Flavour flavour{};
    GLuint atlas{0};
    Pointer pointer;
    bool backends_up{false};

    ~Parts() {
        if (atlas != 0) glDeleteTextures(1, &atlas);
        if (backends_up) {
            ImGui_ImplOpenGL3_Shutdown();
            ImGui_ImplSDL2_Shutdown();
        }
        imgui.reset();
        if (gl != nullptr) SDL_GL_DeleteContext(gl);
    }

    // The window is made anew for each flavour: on X11 its visual belongs to the kind of context.
    base::Status open_window(const WindowOptions& options) {
        Uint32 flags = SDL_WINDOW_OPENGL | SDL_WINDOW_RESIZABLE;
        if (options.fullscreen) flags |= SDL_WINDOW_FULLSCREEN_DESKTOP;
        for (const auto& candidate : flavours) {
            ask_for(candidate);
            window.reset(SDL_CreateWindow(options.title.c_str(), SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
                                          options.width, options.height, flags));
            if (!window) continue;
            gl = SDL_GL_CreateContext(window.get());
            if (gl == nullptr) continue;
            flavour = candidate;
            SDL_SetWindowMinimumSize(window.get(), tuning::smallest_width, tuning::smallest_height);
            return base::ok();
        }
        return sdl_error(window ? base::Fault::unsupported : base::Fault::io);
    }

    base::Status start_imgui() {
        IMGUI_CHECKVERSION();
        imgui.reset(ImGui::CreateContext());
        auto& io = ImGui::GetIO();
        io.IniFilename = nullptr;  // nothing about a person's use of the screen is written anywhere
        io.LogFilename = nullptr;
        io.ConfigFlags |= ImGuiConfigFlags_NoMouseCursorChange;
        if (!ImGui_ImplSDL2_InitForOpenGL(window.get(), gl)) return base::Error{base::Fault::io, "imgui sdl2"};
        if (!ImGui_ImplOpenGL3_Init(flavour.glsl)) {
            ImGui_ImplSDL2_Shutdown();
            return base::Error{base::Fault::unsupported, "imgui opengl3"};
        }
        backends_up = true;
        // Shaders now; the atlas the back-end makes with them is not ours, and four times as large.
        ImGui_ImplOpenGL3_CreateDeviceObjects();
        ImGui_ImplOpenGL3_DestroyFontsTexture();
        io.Fonts->Clear();
        return base::ok();
    }
};

base::Result<std::unique_ptr<Window>> Window::open(const WindowOptions& options) {
    hint();
    auto parts = std::make_unique<Parts>();
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) return sdl_error(base::Fault::io);
    parts->sdl.up = true;
    if (!has_display()) return base::Error{base::Fault::io, "no display"};
    SDL_StopTextInput();  // our own keys only; an input method would start a helper process
    SDL_DisableScreenSaver();
    KAZASHI_CHECK(parts->open_window(options));
    SDL_GL_MakeCurrent(parts->window.get(), parts->gl);
    // One swap per refresh while a finger scrolls. After a rest the first swap returns at once, so a tap waits for
    // nothing; software rendering does not pace at all.
    SDL_GL_SetSwapInterval(1);
    if (options.fullscreen) SDL_ShowCursor(SDL_DISABLE);
    KAZASHI_CHECK(parts->start_imgui());
    return std::unique_ptr<Window>{new Window{std::move(parts)}};
}

Window::Window(std::unique_ptr<Parts> parts) : parts_{std::move(parts)} {}
Window::~Window() = default;

Window::Size Window::size() const {
    Size size;
    SDL_GetWindowSize(parts_->window.get(), &size.width, &size.height);
    return size;
}

void Window::begin_frame() {
    ImGui_ImplOpenGL3_NewFrame();
    ImGui_ImplSDL2_NewFrame();
#if IMGUI_VERSION_NUM < 18700
    // This back-end asks where the button is now, and forgets a press and release that are over. Newer ones queue them.
    auto& io = ImGui::GetIO();
    io.MousePos = {parts_->pointer.x, parts_->pointer.y};
    io.MouseDown[0] = parts_->pointer.down;
#endif
    ImGui::NewFrame();
}

void Window::end_frame() { ImGui::Render(); }

void Window::paint(view::Colour ground) {
    const auto& io = ImGui::GetIO();
    glViewport(0, 0, static_cast<int>(io.DisplaySize.x * io.DisplayFramebufferScale.x),
               static_cast<int>(io.DisplaySize.y * io.DisplayFramebufferScale.y));
    const auto part = [](std::uint8_t channel) { return static_cast<float>(channel) / 255.0F; };
    glClearColor(part(ground.red), part(ground.green), part(ground.blue), 1.0F);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

void Window::swap() { SDL_GL_SwapWindow(parts_->window.get()); }

// One byte of coverage per pixel; the swizzle makes it white with that alpha, which is what ImGui's shader expects.
void Window::new_atlas(const Fonts::Atlas& atlas) {
    if (parts_->atlas == 0) glGenTextures(1, &parts_->atlas);
    glBindTexture(GL_TEXTURE_2D, parts_->atlas);
    for (const auto side : {GL_TEXTURE_MIN_FILTER, GL_TEXTURE_MAG_FILTER}) {
        glTexParameteri(GL_TEXTURE_2D, static_cast<GLenum>(side), GL_LINEAR);
    }
    for (const auto channel : {GL_TEXTURE_SWIZZLE_R, GL_TEXTURE_SWIZZLE_G, GL_TEXTURE_SWIZZLE_B}) {
        glTexParameteri(GL_TEXTURE_2D, static_cast<GLenum>(channel), GL_ONE);
    }
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_SWIZZLE_A, GL_RED);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, atlas.width, atlas.height, 0, GL_RED, GL_UNSIGNED_BYTE, atlas.coverage);
    ImGui::GetIO().Fonts->SetTexID(reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(parts_->atlas)));
}

void Window::update_atlas(const Fonts::Atlas& atlas, const Fonts::Rows& rows) {
    glBindTexture(GL_TEXTURE_2D, parts_->atlas);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    const auto* first = atlas.coverage + std::ptrdiff_t{rows.first} * atlas.width;
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, rows.first, atlas.width, rows.count, GL_RED, GL_UNSIGNED_BYTE, first);
}

Pointer Window::pointer() const { return parts_->pointer; }
void Window::set_pointer(const Pointer& pointer) { parts_->pointer = pointer; }

bool Window::is_gles() const { return parts_->flavour.profile == SDL_GL_CONTEXT_PROFILE_ES; }

}  // namespace kazashi::platform
