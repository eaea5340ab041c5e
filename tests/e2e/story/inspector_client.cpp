#include "tests/e2e/story/inspector_client.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

namespace kazashi::story {

using base::Error;
using base::Fault;
using json = nlohmann::json;

const Item* Frame::item(std::string_view id) const {
    const auto found = std::find_if(items.begin(), items.end(), [&](const Item& i) { return i.id == id; });
    return found == items.end() ? nullptr : &*found;
}

bool Frame::says(std::string_view part) const {
    return std::any_of(texts.begin(), texts.end(),
                       [&](const std::string& text) { return text.find(part) != std::string::npos; });
}

std::vector<const Item*> Frame::items_named(std::string_view prefix) const {
    std::vector<const Item*> found;
    for (const auto& i : items) {
        if (i.id.starts_with(prefix)) found.push_back(&i);
    }
    return found;
}

namespace {

std::optional<double> number_or_none(const json& line, const char* key) {
    const auto found = line.find(key);
    if (found == line.end() || !found->is_number()) return std::nullopt;
    return found->get<double>();
}

std::string text_or_empty(const json& line, const char* key) {
    const auto found = line.find(key);
    return found != line.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

Item parse_item(const json& item) {
    return {item.at("id").get<std::string>(), item.at("x").get<double>(), item.at("y").get<double>(),
            item.at("w").get<double>(),       item.at("h").get<double>(), item.value("enabled", true)};
}

Glimpse glimpse_of(const Frame& f) {
    return {f.number, f.screen, f.line, f.pending, f.packages, f.packages_total, f.clipped, f.tap, f.tap_to_summary_ms};
}

}  // namespace

std::optional<Frame> parse_frame(const json& line) {
    if (!line.is_object() || !line.contains("frame")) return std::nullopt;
    try {
        Frame frame;
        frame.number = line.at("frame").get<std::int64_t>();
        frame.screen = line.at("screen").get<std::string>();
        for (const auto& item : line.at("items")) frame.items.push_back(parse_item(item));
        frame.texts = line.at("texts").get<std::vector<std::string>>();
        frame.clipped = line.value("clipped", false);
        frame.line = line.value("line", "unknown");
        frame.pending = line.value("pending", std::int64_t{0});
        frame.packages = line.value("packages", std::int64_t{0});
        frame.packages_total = line.value("packages_total", std::int64_t{0});
        frame.tap_to_summary_ms = number_or_none(line, "tap_to_summary_ms");
        frame.tap = line.value("tap", std::int64_t{0});
        frame.signed_in = text_or_empty(line, "signed_in");
        frame.asks = text_or_empty(line, "asks");
        frame.locked = line.value("locked", std::vector<std::string>{});
        return frame;
    } catch (const json::exception&) {
        return std::nullopt;
    }
}

struct InspectorClient::Parts {
    explicit Parts(LineSocket s) : socket{std::move(s)} {}

    void read() {
        while (!stop) {
            auto line = socket.receive(milliseconds{100});
            const std::lock_guard lock{mutex};
            if (!line && line.fault() == Fault::timeout) continue;
            if (!line) {
                gone = true;
                changed.notify_all();
                return;
            }
            if (line->is_object() && line->contains("holding")) holding = true;
            if (auto frame = parse_frame(*line)) {
                glimpses.push_back(glimpse_of(*frame));
                last = std::move(*frame);
            }
            changed.notify_all();
        }
    }

    LineSocket socket;  // the thread receives, the owner sends: the two directions do not share anything
    mutable std::mutex mutex;
    std::condition_variable changed;
    Frame last;
    std::vector<Glimpse> glimpses;
    bool holding{false};
    bool gone{false};
    std::atomic<bool> stop{false};
    std::thread thread;
};

Result<InspectorClient> InspectorClient::connect(const std::filesystem::path& path, milliseconds patience) {
    auto socket = LineSocket::connect(path, patience);
    if (!socket) return socket.error();
    auto parts = std::make_unique<Parts>(std::move(*socket));
    parts->thread = std::thread{[p = parts.get()] { p->read(); }};
    return InspectorClient{std::move(parts)};
}

InspectorClient::InspectorClient(std::unique_ptr<Parts> parts) : parts_{std::move(parts)} {}
InspectorClient::InspectorClient(InspectorClient&&) noexcept = default;
InspectorClient& InspectorClient::operator=(InspectorClient&& other) noexcept {
    std::swap(parts_, other.parts_);
    return *this;
}
InspectorClient::~InspectorClient() {
    if (!parts_) return;
    parts_->stop = true;
    parts_->thread.join();
}

Result<Frame> InspectorClient::wait(const Wanted& wanted, milliseconds patience) {
    std::unique_lock lock{parts_->mutex};
    const bool came = parts_->changed.wait_for(
        lock, patience, [&] { return parts_->gone || (parts_->last.number > 0 && wanted(parts_->last)); });
    if (parts_->gone) return Error{Fault::offline, "the terminal is gone"};
    if (!came) return Error{Fault::timeout, "the screen never was as wanted"};
    return parts_->last;
}

Frame InspectorClient::last() const {
    const std::lock_guard lock{parts_->mutex};
    return parts_->last;
}
std::vector<Glimpse> InspectorClient::glimpses() const {
    const std::lock_guard lock{parts_->mutex};
    return parts_->glimpses;
}
std::vector<double> InspectorClient::tap_times() const {
    const std::lock_guard lock{parts_->mutex};
    std::vector<double> times;
    std::int64_t last_tap = -1;
    for (const auto& seen : parts_->glimpses) {
        if (!seen.tap_to_summary_ms || seen.tap == last_tap) continue;
        last_tap = seen.tap;
        times.push_back(*seen.tap_to_summary_ms);
    }
    return times;
}
bool InspectorClient::gone() const {
    const std::lock_guard lock{parts_->mutex};
    return parts_->gone;
}

Status InspectorClient::hold(const std::string& screen) {
    {
        const std::lock_guard lock{parts_->mutex};
        parts_->holding = false;
    }
    return parts_->socket.send({{"hold", screen}});
}

Status InspectorClient::wait_holding(milliseconds patience) {
    std::unique_lock lock{parts_->mutex};
    parts_->changed.wait_for(lock, patience, [&] { return parts_->holding || parts_->gone; });
    if (!parts_->holding) return Error{Fault::timeout, "the terminal did not hold"};
    return base::ok();
}

Status InspectorClient::release() { return parts_->socket.send({{"release", true}}); }

}  // namespace kazashi::story
