#include "sync/model/permit.h"

#include <type_traits>

#include "tests/catch.h"

using namespace kazashi::model;
using namespace std::chrono_literals;
using kazashi::base::Fault;

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

}  // namespace

TEST_CASE("permit: it lives from the grant until just before its end") {
    const auto grant = sample();
    CHECK(permit(grant, Section::medication, UtcTime{1'000s}));
    CHECK(permit(grant, Section::medication, UtcTime{2'000s} - 1ms));
    CHECK(permit(grant, Section::medication, UtcTime{2'000s}).fault() == Fault::denied);
    CHECK(permit(grant, Section::medication, UtcTime{9'000s}).fault() == Fault::denied);
    CHECK(permit(grant, Section::medication, UtcTime{1'000s} - 1ms).fault() == Fault::denied);
}

TEST_CASE("permit: only for a section of the grant") {
    CHECK(permit(sample(), Section::emergency, UtcTime{1'500s}).fault() == Fault::denied);
    CHECK(permit(sample(), Section::care, UtcTime{1'500s}).fault() == Fault::denied);
}

TEST_CASE("permit: it says whose and which section it is for") {
    const auto grant = sample();
    const auto given = permit(grant, Section::medication, UtcTime{1'500s});
    REQUIRE(given);
    CHECK(given->grant() == grant.id);
    CHECK(given->patient() == grant.patient);
    CHECK(given->section() == Section::medication);
}

TEST_CASE("permit: nobody else can make one") {
    CHECK(!std::is_default_constructible_v<Permit>);
    CHECK(!(std::is_constructible_v<Permit, GrantId, PatientRef, Section>));
}
