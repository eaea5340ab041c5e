// A finger: real pointer events of the X server (XTEST), as a touch screen without multi-touch makes them.
#pragma once

#include "tests/e2e/story/inspector_client.h"
#include "tests/e2e/story/x_display.h"

namespace kazashi::story {

class XInput {
public:
    static base::Result<XInput> open();

    void move(int x, int y);
    void press();
    void release();
    // Moves to the middle of the item, presses and releases, with the pauses of a finger.
    base::Status touch(const Item& item);

    // One finger moves from a point of the window to another and is lifted there.
    struct Point {
        int x{}, y{};
    };
    base::Status drag(Point from, Point to);

private:
    explicit XInput(XDisplay display) : display_{std::move(display)} {}
    XDisplay display_;
};

}  // namespace kazashi::story
