// Waits for something that may never come back. What is still under way then is left to itself: it holds what it needs
// and nothing of ours.
#pragma once

#include <chrono>
#include <future>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

namespace kazashi::doctor {

template <class Ask>
auto within(std::chrono::milliseconds most, Ask ask) -> std::optional<decltype(ask())> {
    using Answer = decltype(ask());
    auto promise = std::make_shared<std::promise<Answer>>();
    auto answer = promise->get_future();
    std::thread{[promise, ask = std::move(ask)]() mutable { promise->set_value(ask()); }}.detach();
    if (answer.wait_for(most) != std::future_status::ready) return std::nullopt;
    return answer.get();
}

}  // namespace kazashi::doctor
