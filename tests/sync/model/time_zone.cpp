#include "sync/model/time_zone.h"

#include "tests/catch.h"

using namespace kazashi::model;
using namespace std::chrono;
using namespace std::chrono_literals;
namespace base = kazashi::base;

namespace {

UtcTime utc(int y, unsigned m, unsigned d, milliseconds time_of_day = 0ms) {
    return UtcTime{sys_days{year{y} / month{m} / day{d}}} + time_of_day;
}
base::Date date(int y, unsigned m, unsigned d) { return year{y} / month{m} / day{d}; }
TimeZone zone(const char* name) {
    const auto found = TimeZone::named(name);
    REQUIRE(found);
    return *found;
}

}  // namespace

TEST_CASE("time zone: it is Tokyo's unless somebody says otherwise") {
    const TimeZone tokyo;
    CHECK(tokyo.name() == "Asia/Tokyo");
    CHECK(tokyo == zone("Asia/Tokyo"));
    CHECK(!(tokyo == zone("Asia/Seoul")));  // the same offset, another law
    CHECK(tokyo.offset_at(utc(2026, 7, 1)) == 9h);
    CHECK(tokyo.start_of(date(2026, 1, 1)) == utc(2025, 12, 31, 15h));
}

TEST_CASE("time zone: a name nobody knows is refused") {
    for (const auto* name : {"", "Asia/Usuki", "asia/tokyo", "Asia/Tokyo ", "../../etc/passwd", "/etc/localtime", "+9",
                             "Asia/", "Asia/Tokyo\n"}) {
        INFO(name);
        CHECK(!TimeZone::named(name));
    }
}

TEST_CASE("time zone: the offset changes at the moment the law says") {
    const struct {
        const char* zone;
        UtcTime change;
        minutes before, after;
    } rows[] = {
        {"America/New_York", utc(2026, 3, 8, 7h), -5h, -4h},
        {"America/New_York", utc(2026, 11, 1, 6h), -4h, -5h},
        {"Europe/London", utc(2026, 3, 29, 1h), 0h, 1h},
        {"Europe/London", utc(2026, 10, 25, 1h), 1h, 0h},
        {"Australia/Lord_Howe", utc(2026, 4, 4, 15h), 11h, 10h + 30min},
        {"Australia/Lord_Howe", utc(2026, 10, 3, 15h + 30min), 10h + 30min, 11h},
        {"Atlantic/Azores", utc(2026, 3, 29, 1h), -1h, 0h},
        {"Asia/Beirut", utc(2026, 3, 28, 22h), 2h, 3h},
    };
    for (const auto& row : rows) {
        INFO(row.zone);
        CHECK(zone(row.zone).offset_at(row.change - 1ms) == row.before);
        CHECK(zone(row.zone).offset_at(row.change) == row.after);
    }
    CHECK(zone("America/Panama").offset_at(utc(2026, 1, 1)) == -5h);
    CHECK(zone("America/Panama").offset_at(utc(2026, 7, 1)) == -5h);
}

TEST_CASE("time zone: a day starts at 0:00 or at the first moment after it where 0:00 is left out") {
    CHECK(zone("Asia/Beirut").start_of(date(2026, 3, 29)) == utc(2026, 3, 28, 22h));  // 1:00 by the new offset
    CHECK(zone("Atlantic/Azores").start_of(date(2026, 3, 29)) == utc(2026, 3, 29, 1h));
    CHECK(zone("Atlantic/Azores").start_of(date(2026, 10, 25)) == utc(2026, 10, 25));    // 0:00 comes twice
    CHECK(zone("Pacific/Apia").start_of(date(2011, 12, 30)) == utc(2011, 12, 30, 10h));  // no such day
    CHECK(zone("Pacific/Apia").start_of(date(2011, 12, 31)) == utc(2011, 12, 30, 10h));
}

TEST_CASE("time zone: every day follows the one before it without a gap or an overlap") {
    for (const auto* name : {"Asia/Tokyo", "America/New_York", "Europe/London", "Australia/Lord_Howe",
                             "Atlantic/Azores", "Asia/Beirut", "America/Panama", "America/Havana", "UTC"}) {
        const auto place = zone(name);
        for (auto day = sys_days{year{2025} / 1 / 1}; day < sys_days{year{2029} / 1 / 1}; day += days{1}) {
            const auto start = place.start_of(base::Date{day});
            REQUIRE(place.date_at(start) == base::Date{day});
            REQUIRE(place.date_at(start - 1ms) == base::Date{day - days{1}});
            const auto length = place.start_of(base::Date{day + days{1}}) - start;
            REQUIRE(length >= 23h);
            REQUIRE(length <= 25h);
        }
    }
}
