#include "sync/model/time_zone.h"

#include <date/tz.h>

#include <exception>

namespace kazashi::model {

namespace {

// The library answers an unknown name with an exception. A zone is looked up in a table that is read once.
const date::time_zone* find(std::string_view name) {
    try {
        return date::locate_zone(std::string{name});
    } catch (const std::exception&) {
        return nullptr;
    }
}

}  // namespace

TimeZone::TimeZone() : name_{"Asia/Tokyo"} {}

std::optional<TimeZone> TimeZone::named(std::string_view name) {
    if (find(name) == nullptr) return std::nullopt;
    return TimeZone{name};
}

std::chrono::minutes TimeZone::offset_at(UtcTime time) const {
    const auto* zone = find(name_);
    // Without the machine's zone data: Japan's offset, which has not changed since 1951.
    if (zone == nullptr) return std::chrono::hours{9};
    return std::chrono::floor<std::chrono::minutes>(zone->get_info(time).offset);
}

base::Date TimeZone::date_at(UtcTime time) const {
    return base::Date{std::chrono::floor<std::chrono::days>(time + offset_at(time))};
}

UtcTime TimeZone::start_of(base::Date day) const {
    const auto* zone = find(name_);
    const std::chrono::sys_days days{day};
    if (zone == nullptr) return UtcTime{days} - std::chrono::hours{9};
    const date::local_seconds local{days.time_since_epoch()};
    return UtcTime{zone->to_sys(local, date::choose::earliest)};
}

}  // namespace kazashi::model
