#include "sync/model/policy.h"

#include "tests/catch.h"

using namespace kazashi::model;
namespace base = kazashi::base;
using namespace std::chrono;
using namespace std::chrono_literals;

namespace {

constexpr auto tokyo = minutes{9h};

UtcTime utc(int y, unsigned m, unsigned d, milliseconds time_of_day = 0ms) {
    return UtcTime{sys_days{year{y} / month{m} / day{d}}} + time_of_day;
}
// A time of day on a Tokyo wall clock.
UtcTime tokyo_time(int y, unsigned m, unsigned d, milliseconds time_of_day = 0ms) {
    return utc(y, m, d, time_of_day) - tokyo;
}

struct Row {
    UtcTime tapped;
    int days;
    UtcTime end;
};

}  // namespace

TEST_CASE("policy: a window ends at 24:00 of its last day by the local calendar") {
    const Row rows[] = {
        {tokyo_time(2026, 1, 1, 10h), 60, tokyo_time(2026, 3, 3)},  // over the end of February
        {tokyo_time(2024, 1, 1, 10h), 60, tokyo_time(2024, 3, 2)},  // the same with a leap day
        {tokyo_time(2024, 2, 28, 23h), 1, tokyo_time(2024, 3, 1)},  // the leap day is the last day
        {tokyo_time(2023, 2, 28, 23h), 1, tokyo_time(2023, 3, 2)},
        {tokyo_time(2025, 12, 31, 8h), 1, tokyo_time(2026, 1, 2)},  // over the end of the year
        {tokyo_time(2025, 12, 2, 8h), 60, tokyo_time(2026, 2, 1)},
        {tokyo_time(2026, 4, 30), 31, tokyo_time(2026, 6, 1)},  // month end to month end
        {tokyo_time(2026, 1, 1), 0, tokyo_time(2026, 1, 2)},    // no day more than today
    };
    for (const auto& row : rows) CHECK(window_end(row.tapped, row.days, TimeZone{}) == row.end);
}

TEST_CASE("policy: the day of the tap is the local one and not the one of Greenwich") {
    // 08:59 and 09:00 UTC+0 of one Tokyo day lie on two days of Greenwich.
    CHECK(window_end(utc(2026, 5, 9, 14h + 59min + 59s + 999ms), 60, TimeZone{}) == tokyo_time(2026, 7, 9));
    CHECK(window_end(utc(2026, 5, 9, 15h), 60, TimeZone{}) == tokyo_time(2026, 7, 10));
    CHECK(window_end(utc(2026, 5, 9, 15h), 60, *TimeZone::named("UTC")) == utc(2026, 7, 9));
    CHECK(window_end(utc(2026, 5, 9, 3h), 1, *TimeZone::named("America/Panama")) == utc(2026, 5, 10, 5h));
}

namespace {

// A moment and an end on the wall clock of a zone, each with the offset from Greenwich that is in force then.
struct ZoneRow {
    const char* zone;
    UtcTime tapped;
    int days;
    UtcTime end;
    const char* why;
};

}  // namespace

TEST_CASE("policy: a window ends at local midnight also where the clocks are changed") {
    const ZoneRow rows[] = {
        // The window's days begin in one offset and end in the other.
        {"Europe/London", utc(2026, 3, 20, 10h), 60, utc(2026, 5, 19, 23h), "spring lies between: +0 to +1"},
        {"Europe/London", utc(2026, 9, 20, 9h), 60, utc(2026, 11, 20), "autumn lies between: +1 to +0"},
        {"America/New_York", utc(2026, 2, 1, 15h), 60, utc(2026, 4, 3, 4h), "spring lies between: -5 to -4"},
        {"America/New_York", utc(2026, 10, 1, 15h), 60, utc(2026, 12, 1, 5h), "autumn lies between: -4 to -5"},
        {"Australia/Lord_Howe", utc(2026, 3, 1), 60, utc(2026, 4, 30, 13h + 30min), "half an hour back: +11 to +10:30"},
        {"Australia/Lord_Howe", utc(2026, 9, 1), 60, utc(2026, 10, 31, 13h), "half an hour on: +10:30 to +11"},
        // The days of change themselves: the first 0:00 there is.
        {"Europe/London", utc(2026, 3, 28, 12h), 1, utc(2026, 3, 29, 23h), "the last day has 23 hours"},
        {"Europe/London", utc(2026, 10, 24, 12h), 1, utc(2026, 10, 26), "the last day has 25 hours"},
        {"Atlantic/Azores", utc(2026, 3, 27, 12h), 1, utc(2026, 3, 29, 1h), "0:00 of the 29th is left out: 1:00 of it"},
        {"Atlantic/Azores", utc(2026, 10, 23, 12h), 1, utc(2026, 10, 25), "0:00 of the 25th comes twice: its first"},
        {"Asia/Beirut", utc(2026, 3, 27, 12h), 1, utc(2026, 3, 28, 22h), "0:00 of the 29th is left out: 1:00 of it"},
        {"Asia/Beirut", utc(2026, 10, 23, 12h), 1, utc(2026, 10, 24, 22h), "23:00 of the 24th comes twice"},
        {"America/Havana", utc(2026, 3, 6, 12h), 1, utc(2026, 3, 8, 5h), "0:00 of the 8th is left out"},
        {"America/Havana", utc(2026, 10, 30, 12h), 1, utc(2026, 11, 1, 4h), "0:00 of the 1st comes twice: its first"},
        {"Pacific/Apia", utc(2011, 12, 29, 12h), 0, utc(2011, 12, 30, 10h), "a whole day, the 30th, is left out"},
        // Tapped in the hour that comes twice: both times the same day.
        {"Europe/London", utc(2026, 10, 25, 0h + 30min), 0, utc(2026, 10, 26), "1:30 the first time"},
        {"Europe/London", utc(2026, 10, 25, 1h + 30min), 0, utc(2026, 10, 26), "1:30 the second time"},
        {"Asia/Beirut", utc(2026, 10, 24, 20h + 30min), 0, utc(2026, 10, 24, 22h), "23:30 the first time"},
        {"Asia/Beirut", utc(2026, 10, 24, 21h + 30min), 0, utc(2026, 10, 24, 22h), "23:30 the second time"},
        // No change at all.
        {"America/Panama", utc(2026, 3, 1, 4h + 59min), 60, utc(2026, 4, 30, 5h), "the day before, there"},
        {"America/Panama", utc(2026, 3, 1, 5h), 60, utc(2026, 5, 1, 5h), "the same day"},
        {"Asia/Kathmandu", utc(2026, 12, 31, 18h + 14min), 1, utc(2027, 1, 1, 18h + 15min), "23:59 of the year"},
        {"Asia/Kathmandu", utc(2026, 12, 31, 18h + 15min), 1, utc(2027, 1, 2, 18h + 15min), "0:00 of the year"},
    };
    for (const auto& row : rows) {
        const auto zone = TimeZone::named(row.zone);
        REQUIRE(zone);
        INFO(row.zone << ": " << row.why);
        CHECK(window_end(row.tapped, row.days, *zone) == row.end);
    }
}

TEST_CASE("policy: whatever day of four years it is tapped the end is a local midnight so many days later") {
    for (const auto* name : {"Asia/Tokyo", "Europe/London", "America/New_York", "Australia/Lord_Howe"}) {
        const auto zone = TimeZone::named(name);
        REQUIRE(zone);
        for (auto day = sys_days{year{2023} / 12 / 1}; day < sys_days{year{2028} / 3 / 2}; day += days{1}) {
            const auto noon = zone->start_of(base::Date{day}) + 12h;
            const auto end = window_end(noon, 60, *zone);
            REQUIRE(zone->date_at(end) == base::Date{day + days{61}});
            REQUIRE(zone->date_at(end - 1ms) == base::Date{day + days{60}});
        }
    }
}

TEST_CASE("policy: the default gives each facility type what the design says") {
    const auto policy = default_policy();
    const auto sees = [&policy](FacilityType type) { return policy.of(type).sections; };
    const auto set = [](std::initializer_list<Section> list) {
        SectionSet all;
        for (const auto section : list) all = all.with(section);
        return all;
    };
    using enum Section;
    CHECK(sees(FacilityType::pharmacy) == set({emergency, medication, clinical}));
    CHECK(sees(FacilityType::clinic) == set({emergency, medication, clinical, care}));
    CHECK(sees(FacilityType::hospital) == set({emergency, medication, clinical, care}));
    CHECK(sees(FacilityType::dentist) == set({emergency, medication, clinical}));
    CHECK(sees(FacilityType::care) == set({emergency, medication, Section::care}));
    CHECK(sees(FacilityType::fire) == set({emergency, medication}));
    CHECK(sees(FacilityType::city_hall) == set({emergency, medication, clinical, care}));
    CHECK(policy.of(FacilityType::pharmacy).window_days == 60);
    CHECK(policy.of(FacilityType::pharmacy).confirm == Confirm::first);
    CHECK(policy.of(FacilityType::fire).window_days == 1);
    CHECK(policy.of(FacilityType::fire).confirm == Confirm::never);
    CHECK(policy.types.size() == all_facility_types.size());
    for (const auto type : all_facility_types) {
        const auto& rules = policy.of(type);
        CHECK(rules.presented_sections.empty());  // nothing for a card that can only be read
        CHECK(!rules.sections.has(history));      // the patient's own
        CHECK(rules.self_service == (type == FacilityType::city_hall));
        CHECK(rules.issues_cards == (type == FacilityType::city_hall));
        CHECK(rules.emergency_sections.empty() == (rules.break_glass == BreakGlass::never));
        CHECK(rules.emergency_hours == 24);
    }
}

TEST_CASE("policy: by default the glass is broken by an ambulance crew alone and by two in a hospital") {
    const auto policy = default_policy();
    for (const auto type : all_facility_types) {
        const auto expected = type == FacilityType::fire       ? BreakGlass::one_staff
                              : type == FacilityType::hospital ? BreakGlass::two_staff
                                                               : BreakGlass::never;
        CHECK(policy.of(type).break_glass == expected);
    }
    const auto first_aid = SectionSet{}.with(Section::emergency).with(Section::medication);
    CHECK(policy.of(FacilityType::fire).emergency_sections == first_aid);
    CHECK(policy.of(FacilityType::hospital).emergency_sections == first_aid);
}

TEST_CASE("policy: the default has the times of the design") {
    const auto policy = default_policy();
    CHECK(policy.time_zone.name() == "Asia/Tokyo");
    CHECK(policy.patient_idle == 90s);
    CHECK(policy.staff_idle == 5min);
    CHECK(policy.idle_warning == 15s);
    CHECK(policy.shift == 4h);
    CHECK(policy.clock_tolerance == 24h);
    CHECK(policy.pin_tries == 5);
    CHECK(policy.pin_lock == 60s);
}

TEST_CASE("policy: a facility type the policy does not name may see nothing") {
    auto policy = default_policy();
    policy.types.erase(FacilityType::clinic);
    CHECK(policy.of(FacilityType::clinic).sections.empty());
    CHECK(policy.of(FacilityType::clinic).break_glass == BreakGlass::never);
    CHECK(!policy.of(FacilityType::clinic).self_service);
}

TEST_CASE("policy: names of sections and facility types lead back to them") {
    for (const auto type : all_facility_types) CHECK(facility_type_named(name(type)) == type);
    for (const auto section : all_sections) CHECK(section_named(name(section)) == section);
    CHECK(section_named(name(Section::history)) == Section::history);
    CHECK(SectionSet{1} != SectionSet{3});
    CHECK(!facility_type_named("shrine"));
    CHECK(!facility_type_named(""));
    CHECK(!section_named("Emergency"));
    // Whoever casts a number they should have checked gets a word that leads nowhere.
    CHECK(!facility_type_named(name(static_cast<FacilityType>(99))));
    CHECK(!section_named(name(static_cast<Section>(99))));
}
