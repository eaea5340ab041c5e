#include "sync/model/policy.h"

#include <initializer_list>

namespace kazashi::model {

namespace {

SectionSet sections(std::initializer_list<Section> list) {
    SectionSet set;
    for (const auto section : list) set = set.with(section);
    return set;
}

}  // namespace

const std::vector<base::Bytes>& IdCardRoots::of(card::IdCardKind kind) const {
    switch (kind) {
        case card::IdCardKind::my_number:
            return my_number;
        case card::IdCardKind::hpki:
            return hpki;
    }
    return hpki;
}

const TypePolicy& Policy::of(FacilityType type) const {
    static const TypePolicy nothing{};
    const auto found = types.find(type);
    return found == types.end() ? nothing : found->second;
}

Policy default_policy() {
    using enum Section;
    const auto everything = sections({emergency, medication, clinical, care});
    Policy policy;
    policy.version = 1;
    const auto care_sections = sections({emergency, medication, Section::care});
    auto rules = [](int days, Confirm confirm, SectionSet set) {
        TypePolicy made;
        made.window_days = days;
        made.confirm = confirm;
        made.sections = set;
        return made;
    };
    auto with_break_glass = [](TypePolicy made, BreakGlass rule, SectionSet set) {
        made.break_glass = rule;
        made.emergency_sections = set;
        return made;
    };
    const auto counter = sections({emergency, medication, clinical});
    const auto first_aid = sections({emergency, medication});
    policy.types[FacilityType::pharmacy] = rules(60, Confirm::first, counter);
    policy.types[FacilityType::clinic] = rules(60, Confirm::first, everything);
    policy.types[FacilityType::hospital] =
        with_break_glass(rules(60, Confirm::first, everything), BreakGlass::two_staff, first_aid);
    policy.types[FacilityType::dentist] = rules(60, Confirm::first, counter);
    policy.types[FacilityType::care] = rules(60, Confirm::first, care_sections);
    // An ambulance crew cannot ask an unconscious patient, and needs the record for one journey.
    policy.types[FacilityType::fire] =
        with_break_glass(rules(1, Confirm::never, first_aid), BreakGlass::one_staff, first_aid);
    policy.types[FacilityType::city_hall] = rules(60, Confirm::first, everything);
    policy.types[FacilityType::city_hall].self_service = true;
    policy.types[FacilityType::city_hall].issues_cards = true;
    return policy;
}

UtcTime window_end(UtcTime tapped, int days, const TimeZone& zone) {
    const std::chrono::sys_days day_of_tap{zone.date_at(tapped)};
    // 24:00 of a day is 0:00 of the next.
    return zone.start_of(base::Date{day_of_tap + std::chrono::days{days + 1}});
}

}  // namespace kazashi::model
