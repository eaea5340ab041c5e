#include "sync/model/trusted_clock.h"

#include <algorithm>
#include <charconv>

namespace kazashi::model {

namespace {

// Nothing of this system happened before: a clock that says so has lost its battery.
constexpr UtcTime beginning{std::chrono::sys_days{std::chrono::year{2020} / 1 / 1}};

bool agree(UtcTime one, UtcTime other) { return std::chrono::abs(one - other) <= TrustedClock::near; }

}  // namespace

std::string_view name(ClockFault fault) {
    switch (fault) {
        case ClockFault::set_back:
            return "set_back";
        case ClockFault::set_forward:
            return "set_forward";
        case ClockFault::rtc_dead:
            return "rtc_dead";
        case ClockFault::region_behind:
            return "region_behind";
        case ClockFault::region_far:
            return "region_far";
    }
    return "unknown";
}

TrustedClock::TrustedClock(const base::Clock& clock, const std::optional<ClockMark>& mark)
    : clock_{clock}, wall_{clock.wall()}, counted_at_{clock.boot()} {
    const auto before = mark.value_or(ClockMark{wall_, wall_, wall_ < beginning});
    proved_ = before.proved;
    now_ = std::max(before.now, wall_);
    unsure_ = before.unsure || wall_ < before.now - small;
}

void TrustedClock::count() {
    // Asleep between two questions, or a clock being moved: the answers would not belong together.
    auto boot = clock_.boot();
    for (;;) {
        wall_ = clock_.wall();
        const auto after = clock_.boot();
        if (after - boot < std::chrono::seconds{1}) break;
        boot = after;
    }
    // Whole milliseconds only, so that many reads in a row do not lose the rest.
    const auto passed = std::chrono::floor<std::chrono::milliseconds>(boot - counted_at_);
    proved_ += passed;
    now_ += passed;
    counted_at_ += passed;
    if (wall_ <= now_ + small) now_ = std::max(now_, wall_);
    about_wall_.set(judge_wall());
}

std::optional<ClockFault> TrustedClock::judge_wall() const {
    if (wall_ < beginning) return ClockFault::rtc_dead;
    if (wall_ < now_ - small) return ClockFault::set_back;
    if (wall_ > now_ + small && !unsure_) return ClockFault::set_forward;  // unsure: it may well be right
    return std::nullopt;
}

TrustedTime TrustedClock::read() {
    count();
    const auto certain = std::min(now_, proved_ + tolerance_);
    if (unsure_) return {now_, certain, ClockQuality::unsure};
    if (wall_ < now_ - small) return {now_, certain, ClockQuality::behind};
    return {now_, certain, heard_ ? ClockQuality::region : ClockQuality::wall};
}

ClockMark TrustedClock::mark() {
    count();
    return {proved_, now_, unsure_};
}

void TrustedClock::heard_region(UtcTime signed_time) {
    count();
    if (signed_time < proved_ - small) return about_region_.set(ClockFault::region_behind);
    // What the boot clock has counted bears witness too, unless more time is unproved than it can answer for.
    const bool counted = agree(signed_time, proved_) && agree(signed_time, now_);
    if (!unsure_ && !counted && !agree(signed_time, wall_)) {
        now_ = std::max(now_, signed_time);
        return about_region_.set(ClockFault::region_far);
    }
    proved_ = std::max(proved_, signed_time);
    now_ = proved_;
    unsure_ = false;
    heard_ = true;
    about_region_.set(std::nullopt);
}

void TrustedClock::Complaint::set(std::optional<ClockFault> now) {
    if (fault == now) return;
    fault = now;
    told = !now;
}

std::optional<ClockFault> TrustedClock::take_fault() {
    for (auto* about : {&about_wall_, &about_region_}) {
        if (about->told) continue;
        about->told = true;
        return about->fault;
    }
    return std::nullopt;
}

std::vector<ClockFault> TrustedClock::standing() const {
    std::vector<ClockFault> faults;
    for (const auto* about : {&about_wall_, &about_region_})
        if (about->fault) faults.push_back(*about->fault);
    return faults;
}

std::string to_text(const ClockMark& mark) {
    return std::to_string(mark.proved.time_since_epoch().count()) + ' ' +
           std::to_string(mark.now.time_since_epoch().count()) + (mark.unsure ? " 1" : " 0");
}

std::optional<ClockMark> clock_mark_from(std::string_view text) {
    const auto number = [&text]() -> std::optional<UtcTime> {
        std::int64_t value = 0;
        const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (failed != std::errc{} || value < 0) return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        return UtcTime{std::chrono::milliseconds{value}};
    };
    const auto proved = number();
    if (!proved) return std::nullopt;
    if (text.empty()) return ClockMark{*proved, *proved, false};
    if (!text.starts_with(' ')) return std::nullopt;
    text.remove_prefix(1);
    const auto now = number();
    if (!now || *now < *proved || (text != " 0" && text != " 1")) return std::nullopt;
    return ClockMark{*proved, *now, text == " 1"};
}

}  // namespace kazashi::model
