// The one window: SDL2 with OpenGL 3.3, or OpenGL ES 3 where a board offers no desktop GL, and Dear ImGui on top of it.
// Main thread only.
//
//   once    open → Fonts::attach → new_atlas
//   frame   begin_frame → view::draw → end_frame → update_atlas → paint → swap
#pragma once

#include <limits>
#include <memory>
#include <string>

#include "cardio/base/result.h"
#include "terminal/platform/fonts.h"
#include "terminal/view/theme.h"

namespace kazashi::platform {

struct WindowOptions {
    std::string title;
    int width{1280};
    int height{800};
    bool fullscreen{false};
};

// Where the finger or the mouse is. Outside every window at first.
struct Pointer {
    float x{-std::numeric_limits<float>::max()};
    float y{-std::numeric_limits<float>::max()};
    bool down{false};
};

class Window {
public:
    struct Size {
        int width{};
        int height{};
        bool operator==(const Size&) const = default;
    };

    // io when there is no display, unsupported when it offers neither OpenGL 3 nor OpenGL ES 3.
    static base::Result<std::unique_ptr<Window>> open(const WindowOptions& options);
    ~Window();
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;

    Size size() const;  // in the pixels ImGui and pointer events count in
    bool is_gles() const;
    Pointer pointer() const;
    void set_pointer(const Pointer& pointer);  // for the next frame

    void new_atlas(const Fonts::Atlas& atlas);                              // after it was built
    void update_atlas(const Fonts::Atlas& atlas, const Fonts::Rows& rows);  // after glyphs were added
    void begin_frame();
    void end_frame();
    void paint(view::Colour ground);  // what no screen draws over: cheaper than a rectangle over everything
    void swap();  // returns when the buffers are swapped

private:
    struct Parts;
    explicit Window(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace kazashi::platform
