#include "sync/model/policy.h"

#include "tests/catch.h"

using namespace kazashi::model;
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
    CHECK(sees(FacilityType::city_hall).empty());
    CHECK(policy.of(FacilityType::pharmacy).window_days == 60);
    CHECK(policy.of(FacilityType::pharmacy).confirm == Confirm::first);
    CHECK(policy.of(FacilityType::fire).window_days == 1);
    CHECK(policy.of(FacilityType::fire).confirm == Confirm::never);
    CHECK(policy.types.size() == all_facility_types.size());
}

TEST_CASE("policy: a facility type the policy does not name may see nothing") {
    auto policy = default_policy();
    policy.types.erase(FacilityType::clinic);
    CHECK(policy.of(FacilityType::clinic).sections.empty());
}

TEST_CASE("policy: names of sections and facility types lead back to them") {
    for (const auto type : all_facility_types) CHECK(facility_type_named(name(type)) == type);
    for (const auto section : all_sections) CHECK(section_named(name(section)) == section);
    CHECK(!facility_type_named("shrine"));
    CHECK(!facility_type_named(""));
    CHECK(!section_named("Emergency"));
}
