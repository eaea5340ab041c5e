#include "sync/fhir/dates.h"

#include <charconv>

namespace kazashi::fhir {
namespace {

using namespace std::chrono;

std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
    if (text.size() < at + count) return std::nullopt;
    int value{};
    for (const char c : text.substr(at, count)) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

std::string two(unsigned value) { return {static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)}; }

// Minutes east of Greenwich at the end of "…T09:47:14.000+09:00".
minutes zone_of(std::string_view time) {
    constexpr minutes japan{9 * 60};
    if (time.ends_with('Z') || time.ends_with('z')) return minutes{0};
    const auto sign = time.find_last_of("+-");
    if (sign == std::string_view::npos) return japan;
    const auto hour = digits(time, sign + 1, 2);
    const auto minute = digits(time, sign + 4, 2);
    if (!hour || !minute || *hour > 14) return japan;
    const minutes east{*hour * 60 + *minute};
    return time[sign] == '-' ? -east : east;
}

// The Japanese day of a time of day elsewhere.
base::Date shifted(base::Date day, std::string_view time) {
    const auto hour = digits(time, 1, 2);
    const auto minute = digits(time, 4, 2);
    if (!hour || !minute || *hour > 24 || *minute > 59) return day;
    const auto local = sys_time<minutes>{sys_days{day}} + minutes{*hour * 60 + *minute} - zone_of(time) + hours{9};
    return base::Date{floor<days>(local)};
}

}  // namespace

model::RecordDate record_date(base::Date day) {
    const auto y = std::to_string(static_cast<int>(day.year()));
    return {std::string(y.size() < 4 ? 4 - y.size() : 0, '0') + y + "-" + two(static_cast<unsigned>(day.month())) +
                "-" + two(static_cast<unsigned>(day.day())),
            day};
}

model::RecordDate record_date(std::string_view text) {
    const auto y = digits(text, 0, 4);
    if (!y || *y < 1850 || *y > 2200) return {};
    const auto first = year{*y} / 1 / 1;
    if (text.size() == 4) return {std::string{text}, first};
    const auto m = digits(text, 5, 2);
    if (text[4] != '-' || !m || *m < 1 || *m > 12) return {};
    if (text.size() == 7) return {std::string{text}, year{*y} / *m / 1};
    const auto d = digits(text, 8, 2);
    if (text[7] != '-' || !d) return {};
    const auto day = year{*y} / *m / *d;
    if (!day.ok() || (text.size() > 10 && text[10] != 'T')) return {};
    return record_date(text.size() > 10 ? shifted(day, text.substr(10)) : day);
}

base::Date plus_days(base::Date day, int count) { return sys_days{day} + days{count}; }

int days_between(base::Date from, base::Date to) { return static_cast<int>((sys_days{to} - sys_days{from}).count()); }

}  // namespace kazashi::fhir
