// On a real X server of our own (Xvfb).
#include <stdlib.h>
#include <unistd.h>

#include <array>
#include <thread>

#include "tests/catch.h"
#include "tests/e2e/story/process.h"
#include "tests/e2e/story/screenshot.h"
#include "tests/e2e/story/x_input.h"
#include "tests/fakes/temp_folder.h"

using namespace kazashi::story;
using namespace std::chrono_literals;

namespace {

class OwnScreen {
public:
    OwnScreen() {
        // A number far from the ones people use; the X server refuses one that is taken.
        for (int number = 8100 + ::getpid() % 500; number < 8700; ++number) {
            const std::string name = ":" + std::to_string(number);
            const auto pid = start({"Xvfb", name, "-screen", "0", "320x200x24", "-nolisten", "tcp", "-noreset"},
                                   folder_.path() / "log");
            if (!pid) return;
            ::setenv("DISPLAY", name.c_str(), 1);
            for (int i = 0; i < 200 && alive(*pid); ++i) {
                if (open_display()) {
                    pid_ = *pid;
                    return;
                }
                std::this_thread::sleep_for(50ms);
            }
            (void)stop(*pid, 5s);
        }
    }
    ~OwnScreen() {
        if (pid_ > 0) (void)stop(pid_, 5s);
    }
    OwnScreen(const OwnScreen&) = delete;
    OwnScreen& operator=(const OwnScreen&) = delete;
    bool up() const { return pid_ > 0; }

private:
    kazashi::fakes::TempFolder folder_;
    Pid pid_{0};
};

}  // namespace

TEST_CASE("screen: a touch reaches the window at the middle of the item and a picture shows its colour") {
    const OwnScreen screen;
    REQUIRE(screen.up());
    const auto display = open_display();
    REQUIRE(display);
    Display* d = display->get();
    const Window window = XCreateSimpleWindow(d, DefaultRootWindow(d), 20, 30, 200, 100, 0, 0, 0x0F5C63);
    XSelectInput(d, window, ButtonPressMask | ButtonReleaseMask | ExposureMask);
    XMapWindow(d, window);
    XEvent event{};
    XWindowEvent(d, window, ExposureMask, &event);

    auto finger = XInput::open();
    REQUIRE(finger);
    REQUIRE(finger->touch({"key.5", 40, 10, 20, 30, true}));
    XWindowEvent(d, window, ButtonPressMask, &event);
    CHECK(event.xbutton.x == 50);
    CHECK(event.xbutton.y == 25);
    XWindowEvent(d, window, ButtonReleaseMask, &event);

    REQUIRE(finger->drag({10, 90}, {10, 20}));
    XWindowEvent(d, window, ButtonPressMask, &event);
    CHECK(event.xbutton.y == 90);
    XWindowEvent(d, window, ButtonReleaseMask, &event);
    CHECK(event.xbutton.y == 90 - 70);

    const auto shot = take_screenshot(d);
    REQUIRE(shot);
    CHECK(shot->width == 320);
    CHECK(shot->at(100, 80) == Rgb{0x0F, 0x5C, 0x63});
    CHECK(pixels_of(*shot, {0, 0, 320, 200}, {0x0F, 0x5C, 0x63}) == 200 * 100);
    XSetWindowBackground(d, window, 0xFBEAE8);
    XClearWindow(d, window);
    XSync(d, 0);
    const auto later = take_screenshot(d);
    REQUIRE(later);
    CHECK(difference(*shot, *shot) == 0);
    CHECK(difference(*shot, *later) == 200.0 * 100 / (320 * 200));

    const kazashi::fakes::TempFolder folder;
    REQUIRE(write_png(*shot, folder.path() / "shot.png"));
    CHECK(std::filesystem::file_size(folder.path() / "shot.png") > 100);
    CHECK_FALSE(write_png(*shot, folder.path() / "no/such/folder.png"));
}

TEST_CASE("screen: without a window there is nothing to touch") {
    const OwnScreen screen;
    REQUIRE(screen.up());
    auto finger = XInput::open();
    REQUIRE(finger);
    CHECK(finger->touch({"key.5", 0, 0, 10, 10, true}).fault() == kazashi::base::Fault::not_found);
}
