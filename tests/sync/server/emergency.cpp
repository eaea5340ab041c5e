#include "sync/server/emergency.h"

#include "sync/server/name_index.h"
#include "sync/server/reports.h"
#include "tests/sync/server/visits.h"

using namespace kazashi;
using namespace kazashi::test;

namespace {

// The emergency key as a terminal opens it; nullopt when it was given none.
std::optional<vault::EmergencyKey> key_of(Visits& visits, const TestTerminal& terminal) {
    const auto wraps = all<model::EmergencyKeyWrap>(visits.town.feed(terminal));
    if (wraps.empty()) return std::nullopt;
    REQUIRE(wraps.size() == 1);
    return must(vault::open_emergency_key(terminal.sealing, wraps[0]));
}
int opened(Visits& visits, const TestTerminal& terminal, const vault::EmergencyKey& key) {
    int count = 0;
    for (const auto& wrap : all<model::Wrap>(visits.town.feed(terminal))) {
        if (wrap.way != model::WrapFor::emergency) continue;
        const auto data_key = vault::unwrap(key, wrap.package, wrap.sealed);
        if (!data_key) continue;
        for (const auto& package : all<model::Package>(visits.town.feed(terminal))) {
            if (package.id == wrap.package) count += vault::open_package(*data_key, package) ? 1 : 0;
        }
    }
    return count;
}
std::vector<wire::NameEntry> names(Visits& visits, const vault::EmergencyKey& key) {
    std::vector<wire::NameEntry> found;
    for (const auto& page : all<model::NamePage>(visits.town.feed(visits.ambulance))) {
        const auto plain = must(fhir::decompress(must(vault::open_names(key, page)).view()));
        for (auto& name : must(wire::decode_names(plain.view()))) found.push_back(std::move(name));
    }
    return found;
}
void seal(Visits& visits) {
    must(
        visits.write([&](server::Records& records) { return server::seal_names(records, visits.town.region().keys); }));
}
json resident(const std::string& number, const std::string& kana) {
    auto made = patient_of(number, kana);
    made["gender"] = "male";
    made["telecom"] = json::array(
        {{{"system", "email"}, {"value", "1@example.jp"}}, {{"system", "phone"}, {"value", "０９７２－00-0123"}}});
    made["address"] = json::array({{{"use", "old"}, {"text", "大分市"}}, {{"city", "臼杵市"}, {"line", {"海添1-2"}}}});
    return made;
}

}  // namespace

TEST_CASE("emergency: who may break the glass holds the key, and nobody else hears of it") {
    Visits visits;
    const auto key = key_of(visits, visits.ambulance);
    REQUIRE(key.has_value());
    CHECK(opened(visits, visits.ambulance, *key) == 2);  // emergency and medication
    CHECK_FALSE(key_of(visits, visits.pharmacy).has_value());
    CHECK_FALSE(key_of(visits, visits.kiosk).has_value());
    for (const auto* other : {&visits.pharmacy, &visits.kiosk}) {
        for (const auto& wrap : all<model::Wrap>(visits.town.feed(*other))) CHECK(wrap.way == model::WrapFor::card);
    }
    // A record that changes afterwards is opened by the same key.
    visits.town.import(bundle({patient_of(visitor_number), medicine(visitor_number, "m2", "ロキソニン")}));
    CHECK(opened(visits, visits.ambulance, *key) == 2);
    // Nobody's history.
    visits.tap(visits.pharmacy);
    CHECK(opened(visits, visits.ambulance, *key) == 2);
}

TEST_CASE("emergency: a new epoch makes everything again and the old key opens none of it") {
    Visits visits;
    seal(visits);
    const auto old_key = key_of(visits, visits.ambulance);
    CHECK(names(visits, *old_key).size() == 1);
    must(visits.write([&](server::Records& records) {
        return server::new_emergency_epoch(records, visits.town.region().keys, visits.town.now());
    }));
    const auto key = key_of(visits, visits.ambulance);
    REQUIRE(key.has_value());
    CHECK(opened(visits, visits.ambulance, *old_key) == 0);
    CHECK(opened(visits, visits.ambulance, *key) == 2);
    CHECK(names(visits, *key).size() == 1);
    for (const auto& page : all<model::NamePage>(visits.town.feed(visits.ambulance))) {
        CHECK(page.epoch == 2);
        CHECK_FALSE(vault::open_names(*old_key, page));
    }
}

TEST_CASE("name index: what a search needs, once per person, for emergency terminals alone") {
    Visits visits;
    visits.town.import(bundle({resident("0000000002", "オオイタ タロウ")}));
    seal(visits);
    const auto key = key_of(visits, visits.ambulance);
    const auto found = names(visits, *key);
    REQUIRE(found.size() == 2);
    const auto& one = found[0].patient == visits.patient() ? found[1] : found[0];
    CHECK(one.kana == "オオイタ タロウ");
    CHECK(one.born == "1950-04-01");
    CHECK(one.phone == "0972000123");
    CHECK(one.address == "臼杵市海添1-2");
    CHECK(one.sex == 1);
    CHECK(all<model::NamePage>(visits.town.feed(visits.pharmacy)).empty());
}

TEST_CASE("name index: one change seals one page, and a batch seals none until it is asked for") {
    Visits visits;
    for (int i = 2; i <= 40; ++i) {
        visits.town.import(bundle({resident("00000000" + std::to_string(10 + i), "ジュウミン")}));
    }
    CHECK(all<model::NamePage>(visits.town.feed(visits.ambulance)).empty());
    CHECK(visits.read<bool>([](server::Records& records) { return server::names_wait(records); }));
    seal(visits);
    const auto key = key_of(visits, visits.ambulance);
    CHECK(names(visits, *key).size() == 40);
    CHECK_FALSE(visits.read<bool>([](server::Records& records) { return server::names_wait(records); }));

    const auto cursor = visits.town.page(visits.ambulance, {}).head;
    visits.town.import(bundle({resident("0000000012", "カイメイ")}));
    seal(visits);
    CHECK(all<model::NamePage>(visits.town.feed(visits.ambulance, cursor)).size() == 1);
    CHECK(names(visits, *key).size() == 40);
    // A record that changes without its person seals nothing.
    visits.town.import(bundle({resident("0000000012", "カイメイ"), medicine("0000000012", "m1", "ロキソニン")}));
    CHECK_FALSE(visits.read<bool>([](server::Records& records) { return server::names_wait(records); }));
    // Who must not be found leaves.
    auto hidden = resident("0000000012", "カイメイ");
    hidden["meta"]["tag"] = json::array({{{"code", "UNINFORMED"}}});
    visits.town.import(bundle({hidden}));
    seal(visits);
    CHECK(names(visits, *key).size() == 39);
}

TEST_CASE("break-glass: accepted, listed for review, and waiting for the patient's next tap") {
    Visits visits;
    const auto body = visits.broken(visits.ambulance);
    visits.accepted(visits.push(visits.ambulance, model::LedgerKind::break_glass, body));
    CHECK(visits.news_of(visits.ambulance, *body.grant)->state == model::GrantState::confirmed);
    CHECK(all<model::SharedWindow>(visits.town.feed(visits.ambulance)).empty());
    CHECK(visits.facility_wraps(visits.ambulance) == 0);
    auto looks = visits.history(visits.pharmacy);
    REQUIRE(looks.size() == 1);
    CHECK(looks[0].kind == fhir::Look::Kind::emergency);
    CHECK(looks[0].reason == "unconscious");
    CHECK(looks[0].view == body.grant->id);
    CHECK(looks[0].notice_pending);

    const auto review = [&](bool all) {
        return json::parse(visits.read<std::string>(
            [&](server::Records& records) { return server::to_review(records, all, server::ReportForm::json); }));
    };
    REQUIRE(review(false).size() == 1);
    CHECK(review(false)[0]["staff"] == "F0002-1");
    CHECK(review(false)[0]["patient"] == visitor_number);
    CHECK(review(false)[0]["refused"] == "");
    CHECK(review(false)[0]["patient_told_at"].is_null());

    wire::LedgerBody told;
    told.patient = visits.patient();
    told.grant_id = body.grant->id;
    visits.accepted(visits.push(visits.pharmacy, model::LedgerKind::notice_shown, told));
    looks = visits.history(visits.ambulance);
    REQUIRE(looks.size() == 1);
    CHECK_FALSE(looks[0].notice_pending);
    CHECK_FALSE(review(false)[0]["patient_told_at"].is_null());
    // Nothing changes by telling it twice.
    const auto head = visits.town.page(visits.pharmacy, {}).head;
    visits.accepted(visits.push(visits.pharmacy, model::LedgerKind::notice_shown, told));
    CHECK(visits.town.page(visits.pharmacy, {}).head == head);

    const auto done = [&] {
        return visits.read<bool>(
            [&](server::Records& records) { return records.reviewed(body.grant->id, visits.town.now(), "reviewer"); });
    };
    CHECK(done());
    CHECK_FALSE(done());
    CHECK(review(false).empty());
    REQUIRE(review(true).size() == 1);
    CHECK(review(true)[0]["reviewed_by"] == "reviewer");
}

TEST_CASE("break-glass: no number of other looks crowds out what the patient was not told of") {
    Visits visits;
    visits.push(visits.ambulance, model::LedgerKind::break_glass, visits.broken(visits.ambulance));
    visits.town.clock.pass(std::chrono::hours{1});
    const auto grant = visits.tap(visits.pharmacy);
    std::vector<model::LedgerEntry> many;
    for (int i = 0; i < 250; ++i) {
        many.push_back(visits.town.write(visits.pharmacy, model::LedgerKind::view, visits.viewed(grant)));
    }
    must(visits.town.push(visits.pharmacy, many));
    const auto looks = visits.history(visits.pharmacy);
    CHECK(looks.size() == 200);
    CHECK(looks.back().notice_pending);
}

TEST_CASE("break-glass: refused where it is not theirs, and reviewed and told all the same") {
    Visits visits;
    auto body = visits.broken(visits.ambulance);
    auto& grant = *body.grant;
    auto* terminal = &visits.ambulance;
    std::string reason;
    SECTION("a pharmacy") {
        terminal = &visits.pharmacy;
        grant.facility = terminal->facility.id;
        grant.terminal = terminal->id;
        reason = "not_entitled";
    }
    SECTION("a treatment") {
        grant.purpose = model::purpose::treatment;
        reason = "not_entitled";
    }
    SECTION("more than the emergency sections") {
        grant.sections = grant.sections.with(model::Section::clinical);
        reason = "not_entitled";
    }
    SECTION("nothing of them") {
        grant.sections = {};
        reason = "not_entitled";
    }
    SECTION("longer") {
        grant.expires_at += std::chrono::milliseconds{1};
        reason = "window_too_long";
    }
    SECTION("without a reason") {
        body.note.clear();
        reason = "reason_missing";
    }
    SECTION("staff of another facility") {
        grant.staff = model::StaffId{"F0001-1"};
        reason = "staff_unknown";
    }
    SECTION("staff who left") {
        must(visits.write([&](server::Records& records) -> base::Status {
            KAZASHI_TRY([[maybe_unused]] const bool fresh,
                        records.put_staff({grant.staff, grant.facility, "x", false}));
            return base::ok();
        }));
        reason = "staff_unknown";
    }
    visits.refused(visits.push(*terminal, model::LedgerKind::break_glass, body), reason);
    CHECK(visits.news_of(*terminal, grant)->state == model::GrantState::refused);
    const auto views = visits.read<std::vector<server::EmergencyView>>(
        [](server::Records& records) { return records.emergency_views(false); });
    REQUIRE(views.size() == 1);
    CHECK(views[0].refused == reason);
    CHECK(visits.history(visits.kiosk)[0].notice_pending);
}

TEST_CASE("break-glass: where two must agree, two who work there and are not one") {
    Visits visits;
    visits.town.facility("F0004", model::FacilityType::hospital);
    auto hospital = visits.town.enrol("F0004");
    visits.staff("F0004");
    auto body = visits.broken(hospital);
    std::string reason;
    SECTION("two") { body.second_staff = model::StaffId{"F0004-2"}; }
    SECTION("one") { reason = "second_staff_needed"; }
    SECTION("the same") {
        body.second_staff = body.grant->staff;
        reason = "same_staff";
    }
    SECTION("from elsewhere") {
        body.second_staff = model::StaffId{"F0001-1"};
        reason = "staff_unknown";
    }
    const auto receipt = visits.push(hospital, model::LedgerKind::break_glass, body);
    if (reason.empty()) return visits.accepted(receipt);
    visits.refused(receipt, reason);
}

TEST_CASE("break-glass: its id cannot be used twice, nor by another, and nobody's record is not opened") {
    Visits visits;
    auto second = visits.town.enrol("F0002");
    const auto body = visits.broken(visits.ambulance);
    visits.refused(visits.push(second, model::LedgerKind::break_glass, body), "not_entitled");
    visits.accepted(visits.push(visits.ambulance, model::LedgerKind::break_glass, body));
    visits.accepted(visits.push(visits.ambulance, model::LedgerKind::break_glass, body));
    CHECK(visits.history(visits.kiosk).size() == 1);
    auto other = body;
    other.grant->expires_at -= std::chrono::hours{1};
    visits.refused(visits.push(visits.ambulance, model::LedgerKind::break_glass, other), "grant_repeated");
    auto nobody = visits.broken(visits.ambulance);
    vault::random_bytes(nobody.grant->id.bytes.data(), model::GrantId::size);
    nobody.grant->patient.bytes[0] ^= 1U;
    visits.refused(visits.push(visits.ambulance, model::LedgerKind::break_glass, nobody), "wrong_patient");
    visits.refused(visits.push(visits.ambulance, model::LedgerKind::break_glass, {}), "grant_incomplete");
}
