// An ambulance's terminal, or whose type is asked for: with the emergency key, and a town's names to search.
#pragma once

#include "tests/sync/desk/fixture.h"

namespace kazashi::desk_tests {

struct Ambulance : Pharmacy {
    explicit Ambulance(model::FacilityType type = model::FacilityType::fire) : Pharmacy{{type, "F0001-T1", {}}} {
        hanako = admit_hanako();
        region.publish_emergency_wrap(hanako, Section::emergency, 1);
        region.publish_emergency_wrap(hanako, Section::medication, 1);
        region.entitle(facility_key.seal);
        region.publish_names(
            1,
            {{hanako.ref, "臼杵 花子", "ウスキ ハナコ", "1941-05-03", "0972631111", "大分県臼杵市大字臼杵72番地", 2},
             {other, "薄木 太郎", "ウスキ タロウ", "1960-01-31", "09012345678", "大分県臼杵市野津町大字野津市326", 1}});
        sync();
    }
    base::Result<std::unique_ptr<model::Summary>> break_glass(
        std::optional<desk::Desk::SecondStaff> second = std::nullopt) {
        KAZASHI_TRY(auto opened, desk->break_glass(hanako.ref, "unconscious", std::move(second)));
        opened_from = opened.grant;
        return std::move(opened.summary);
    }
    // A colleague's card on the reader, with these digits typed.
    desk::Desk::SecondStaff second(const SmallCard& card, std::optional<std::string_view> digits) {
        const auto challenge = desk->staff_card(card.identity);
        REQUIRE(challenge);
        desk::Desk::SecondStaff made{card.identity, card.answers(challenge->first, challenge->second), std::nullopt};
        if (digits) made.pin = pin(*digits);
        return made;
    }

    model::GrantId opened_from;  // the window of the last break_glass()
    fakes::SmallRegion::Patient hanako;
    model::PatientRef other{{9, 9, 9}};
};

}  // namespace kazashi::desk_tests
