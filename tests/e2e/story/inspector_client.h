// What the terminal says it has just shown: the newest frame, and waiting for one. A thread reads all the time, so that
// the terminal never waits for us and no frame is missed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/e2e/story/line_socket.h"

namespace kazashi::story {

struct Item {
    std::string id;
    double x{}, y{}, width{}, height{};
    bool enabled{true};
};

struct Frame {
    std::int64_t number{};
    std::string screen;
    std::vector<Item> items;
    std::vector<std::string> texts;
    bool clipped{};
    std::string line;  // "online", "offline", "server_fault", "unknown"
    std::int64_t pending{};
    std::int64_t packages{};
    std::int64_t packages_total{};
    std::optional<double> tap_to_summary_ms;
    std::int64_t tap{};
    std::string signed_in;            // staff number; empty: nobody
    std::string asks;                 // what is typed: "pin", "old_pin" …; empty: nothing
    std::vector<std::string> locked;  // staff numbers that may come back with the card alone

    const Item* item(std::string_view id) const;  // nullptr when it is not on this frame
    bool says(std::string_view part) const;       // some text holds it
    std::vector<const Item*> items_named(std::string_view prefix) const;
};

// The numbers of every frame there was, for what must hold all the way: progress, pending, clipping.
struct Glimpse {
    std::int64_t number{};
    std::string screen;
    std::string line;
    std::int64_t pending{};
    std::int64_t packages{};
    std::int64_t packages_total{};
    bool clipped{};
    std::int64_t tap{};
    std::optional<double> tap_to_summary_ms;
};

class InspectorClient {
public:
    static Result<InspectorClient> connect(const std::filesystem::path& socket, milliseconds patience);
    ~InspectorClient();
    InspectorClient(InspectorClient&&) noexcept;
    InspectorClient& operator=(InspectorClient&&) noexcept;

    using Wanted = std::function<bool(const Frame&)>;
    // The newest frame as soon as it is as wanted; timeout when it never was.
    Result<Frame> wait(const Wanted& wanted, milliseconds patience);
    Frame last() const;
    std::vector<Glimpse> glimpses() const;
    // Tap to summary, in milliseconds, of every tap so far whose summary was shown.
    std::vector<double> tap_times() const;
    bool gone() const;

    // Before the first frame of `screen` is shown, the terminal waits for release().
    Status hold(const std::string& screen);
    Status wait_holding(milliseconds patience);
    Status release();

private:
    struct Parts;
    explicit InspectorClient(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

// One line of the inspector; nullopt when it is not a frame.
std::optional<Frame> parse_frame(const nlohmann::json& line);

}  // namespace kazashi::story
