#include "sync/model/permit.h"

#include <type_traits>

#include "tests/catch.h"

using namespace kazashi::model;
using namespace std::chrono_literals;
using kazashi::base::Fault;
namespace base = kazashi::base;

namespace {

Grant sample() {
    Grant grant;
    grant.id.bytes[0] = 1;
    grant.patient.bytes[0] = 2;
    grant.sections = SectionSet{}.with(Section::medication);
    grant.granted_at = UtcTime{1'000s};
    grant.expires_at = UtcTime{2'000s};
    return grant;
}

constexpr TrustedTime sure(UtcTime now) { return {now, now, ClockQuality::wall}; }

base::Result<Permit> at(const Grant& grant, Section section, UtcTime now) {
    return permit(grant, section, sure(now), OpenedBy::window);
}

}  // namespace

TEST_CASE("permit: it lives from the grant until just before its end") {
    const auto grant = sample();
    CHECK(at(grant, Section::medication, UtcTime{1'000s}));
    CHECK(at(grant, Section::medication, UtcTime{2'000s} - 1ms));
    CHECK(at(grant, Section::medication, UtcTime{2'000s}).fault() == Fault::denied);
    CHECK(at(grant, Section::medication, UtcTime{9'000s}).fault() == Fault::denied);
    CHECK(at(grant, Section::medication, UtcTime{1'000s} - 1ms).fault() == Fault::denied);
}

TEST_CASE("permit: only for a section of the grant") {
    CHECK(at(sample(), Section::emergency, UtcTime{1'500s}).fault() == Fault::denied);
    CHECK(at(sample(), Section::care, UtcTime{1'500s}).fault() == Fault::denied);
}

TEST_CASE("permit: it says whose and which section it is for") {
    const auto grant = sample();
    const auto given = at(grant, Section::medication, UtcTime{1'500s});
    REQUIRE(given);
    CHECK(given->grant() == grant.id);
    CHECK(given->patient() == grant.patient);
    CHECK(given->section() == Section::medication);
}

TEST_CASE("permit: with an unsure clock only the act that makes a grant opens it and no window does") {
    const auto grant = sample();
    const TrustedTime unsure{UtcTime{1'500s}, UtcTime{1'500s}, ClockQuality::unsure};
    CHECK(permit(grant, Section::medication, unsure, OpenedBy::act));
    const auto refused = permit(grant, Section::medication, unsure, OpenedBy::window);
    CHECK(refused.fault() == Fault::denied);
    CHECK(refused.error().detail == "clock_unsure");
    for (const auto quality : {ClockQuality::wall, ClockQuality::region, ClockQuality::behind}) {
        const TrustedTime time{UtcTime{1'500s}, UtcTime{1'500s}, quality};
        CHECK(permit(grant, Section::medication, time, OpenedBy::window));
    }
}

TEST_CASE("permit: what may be deleted by now decides nothing about opening") {
    const TrustedTime time{UtcTime{1'500s}, UtcTime{9'000s}, ClockQuality::wall};
    CHECK(permit(sample(), Section::medication, time, OpenedBy::window));
    const TrustedTime late{UtcTime{2'000s}, UtcTime{1'000s}, ClockQuality::wall};
    CHECK(permit(sample(), Section::medication, late, OpenedBy::window).fault() == Fault::denied);
    CHECK(permit(sample(), Section::medication, late, OpenedBy::act).fault() == Fault::denied);
}

TEST_CASE("permit: nobody else can make one") {
    CHECK(!std::is_default_constructible_v<Permit>);
    CHECK(!(std::is_constructible_v<Permit, GrantId, PatientRef, Section>));
}
