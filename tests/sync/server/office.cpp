#include "sync/server/office.h"

#include <algorithm>
#include <sstream>

#include "sync/server/files.h"
#include "sync/server/policy_file.h"
#include "tests/sync/server/visits.h"

using namespace kazashi;
using namespace kazashi::test;

namespace {

struct Clerk {
    Visits visits;
    std::ostringstream out;

    server::Office office(server::ReportForm form = server::ReportForm::json) {
        out.str("");
        return {visits.town.region(), visits.town.now(), form, out};
    }
    json said() const { return json::parse(out.str()); }
    base::Status set_policy(const std::string& text) {
        const auto file = visits.town.folder / "policy";
        must(server::write_file(file, base::as_bytes(text), server::FileMode::open));
        return office().set_policy(file);
    }
    model::Policy policy() {
        return visits.read<model::Policy>([](server::Records& records) { return records.policy(); });
    }
};

}  // namespace

TEST_CASE("policy: what is shown can be set again, and what is named changes") {
    Clerk clerk;
    must(clerk.office().show_policy());
    auto shown = clerk.said();
    CHECK(shown["types"]["fire"]["break_glass"] == "one_staff");
    must(clerk.set_policy(shown.dump()));
    auto expected = model::default_policy();
    expected.version = 2;
    CHECK(clerk.policy() == expected);

    must(
        clerk.set_policy("staff_idle_s = 600\n[types.pharmacy]\nwindow_days = 30\nconfirm = \"always\"\n"
                         "sections = [\"emergency\", \"medication\"]\n"));
    const auto policy = clerk.policy();
    CHECK(policy.version == 3);
    CHECK(policy.staff_idle == std::chrono::seconds{600});
    CHECK(policy.of(model::FacilityType::pharmacy).window_days == 30);
    CHECK(policy.of(model::FacilityType::pharmacy).confirm == model::Confirm::always);
    CHECK(policy.of(model::FacilityType::pharmacy).sections.bits() == 3);
    CHECK(policy.of(model::FacilityType::clinic) == expected.of(model::FacilityType::clinic));
    const auto told = all<model::Policy>(clerk.visits.town.feed(clerk.visits.kiosk));
    REQUIRE(told.size() == 1);
    CHECK(told[0] == policy);
    // Made from an older one.
    const auto late = clerk.set_policy(shown.dump());
    REQUIRE_FALSE(late);
    CHECK(late.error().detail.find("version 1") != std::string::npos);
}

TEST_CASE("policy: nonsense is refused with the place it stands") {
    Clerk clerk;
    const std::vector<std::pair<std::string, std::string>> nonsense{
        {"{", "line 1"},
        {"[1]", "1 is nothing"},
        {R"({"staff_idle": 5})", "staff_idle "},
        {R"({"staff_idle_s": "long"})", "staff_idle_s"},
        {R"({"staff_idle_s": 1.5})", "staff_idle_s"},
        {R"({"staff_idle_s": -1})", "staff_idle_s"},
        {R"({"pin_tries": 99999999999})", "pin_tries"},
        {R"({"idle_warning_s": 90})", "idle_warning_s"},
        {R"({"time_zone": "Asia/Usuki"})", "time_zone"},
        {R"({"types": 5})", "types"},
        {R"({"types": {"spaceship": {}}})", "types.spaceship"},
        {R"({"types": {"fire": 5}})", "types.fire"},
        {R"({"types": {"fire": {"window_days": 367}}})", "types.fire.window_days"},
        {R"({"types": {"fire": {"window": 3}}})", "types.fire.window "},
        {R"({"types": {"fire": {"confirm": "maybe"}}})", "types.fire.confirm"},
        {R"({"types": {"fire": {"self_service": 1}}})", "types.fire.self_service"},
        {R"({"types": {"fire": {"sections": "emergency"}}})", "types.fire.sections"},
        {R"({"types": {"fire": {"sections": ["history"]}}})", "types.fire.sections"},
        {R"({"types": {"fire": {"sections": ["secrets"]}}})", "types.fire.sections"},
        {R"({"types": {"fire": {"emergency_hours": 0}}})", "types.fire.emergency_hours"},
        {R"({"types": {"fire": {"emergency_sections": []}}})", "types.fire.emergency_sections"},
        {R"({"types": {"fire": {"self_service": true}}})", "types.fire"},
        {R"({"types": {"pharmacy": {"presented_sections": ["care"]}}})", "types.pharmacy.presented_sections"},
        {R"({"version": 9})", "version 9"},
    };
    for (const auto& [text, place] : nonsense) {
        INFO(text);
        const auto done = clerk.set_policy(text);
        REQUIRE_FALSE(done);
        CHECK(done.fault() == base::Fault::malformed);
        INFO(done.error().detail);
        CHECK(done.error().detail.find(place) != std::string::npos);
    }
    CHECK(clerk.policy() == model::default_policy());
}

TEST_CASE("policy: who may not break the glass any more loses the key's next epoch") {
    Clerk clerk;
    auto& visits = clerk.visits;
    CHECK(all<model::EmergencyKeyWrap>(visits.town.feed(visits.ambulance)).size() == 1);
    must(clerk.set_policy("[types.clinic]\nwindow_days = 10\n"));
    CHECK(all<model::EmergencyKeyWrap>(visits.town.feed(visits.ambulance))[0].epoch == 1);
    must(clerk.set_policy("[types.fire]\nbreak_glass = \"never\"\n"));
    CHECK(all<model::EmergencyKeyWrap>(visits.town.feed(visits.ambulance)).empty());
    CHECK(all<model::NamePage>(visits.town.feed(visits.ambulance)).empty());
    must(clerk.office(server::ReportForm::text).emergency_epoch());
    CHECK(clerk.out.str() == "emergency epoch 2\n");
    must(clerk.set_policy("[types.fire]\nbreak_glass = \"one_staff\"\n"));
    const auto wraps = all<model::EmergencyKeyWrap>(visits.town.feed(visits.ambulance));
    REQUIRE(wraps.size() == 1);
    CHECK(wraps[0].epoch == 3);
}

TEST_CASE("office: who looked, what is to be reviewed, which terminals there are") {
    Clerk clerk;
    auto& visits = clerk.visits;
    visits.tap(visits.pharmacy);
    visits.town.clock.pass(std::chrono::minutes{1});
    const auto body = visits.broken(visits.ambulance);
    visits.accepted(visits.push(visits.ambulance, model::LedgerKind::break_glass, body));

    must(clerk.office().who_looked(visitor_number));
    auto looks = clerk.said();
    REQUIRE(looks.size() == 2);
    CHECK(looks[0]["kind"] == "emergency");
    CHECK(looks[0]["notice_pending"] == true);
    CHECK(looks[1]["facility"] == "facility F0001");
    must(clerk.office(server::ReportForm::text).who_looked(visitor_number));
    const auto lines = clerk.out.str();
    CHECK(std::count(lines.begin(), lines.end(), '\n') == 2);
    CHECK(clerk.office().who_looked("0000009999").fault() == base::Fault::not_found);

    must(clerk.office().review(false));
    REQUIRE(clerk.said().size() == 1);
    const auto id = clerk.said()[0]["id"].get<std::string>();
    CHECK(clerk.office().review_done(id, "").fault() == base::Fault::malformed);
    CHECK(clerk.office().review_done("42", "Abe").fault() == base::Fault::malformed);
    CHECK(clerk.office().review_done(std::string(32, '0'), "Abe").fault() == base::Fault::not_found);
    must(clerk.office().review_done(id, "Abe"));
    CHECK(clerk.office().review_done(id, "Abe").fault() == base::Fault::not_found);
    must(clerk.office().review(false));
    CHECK(clerk.said().empty());
    must(clerk.office().review(true));
    CHECK(clerk.said()[0]["reviewed_by"] == "Abe");

    must(clerk.office().lost_terminal(visits.pharmacy.id.str()));
    CHECK(clerk.said()["opens_without_a_card"] == "nothing");
    CHECK(clerk.said()["windows"].size() == 1);
    must(clerk.office().terminals());
    REQUIRE(clerk.said().size() == 3);
    CHECK(clerk.said()[0]["state"] == "lost");
    CHECK(clerk.said()[1]["state"] == "in service");

    must(clerk.office().remove_staff("F0001-2"));
    must(clerk.office().staff());
    CHECK(clerk.said()[1] == json{{"id", "F0001-2"}, {"facility", "F0001"}, {"active", false}});
    must(clerk.office().new_emergency_epoch());
    CHECK(clerk.out.str() == "emergency epoch 2\n");
    must(clerk.office().withdraw(visitor_number, ""));
    must(clerk.office().exclude({visitor_number, model::FacilityId{"F0001"}, false}));
    for (const auto& record : visits.town.grants()) CHECK(record.state == model::GrantState::withdrawn);
}
