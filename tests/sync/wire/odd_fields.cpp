// Fields of a body that are unknown, out of range, too many or too few.
#include <nlohmann/json.hpp>

#include "sync/wire/tuning.h"
#include "tests/catch.h"
#include "tests/sync/wire/samples.h"

using namespace kazashi;
using base::Bytes;
using base::Fault;
using nlohmann::json;

namespace {

Fault fault_of_body(const json& body) {
    const auto decoded = wire::decode_body(json::to_cbor(body));
    REQUIRE(!decoded);
    return decoded.fault();
}

}  // namespace

TEST_CASE("wire: unknown enum values and foreign types are refused") {
    const json news{{"kind", "grant_state"}, {"grant", json::binary(Bytes(16, 1))}, {"reason", ""}, {"state", 1}};
    REQUIRE(wire::decode_body(json::to_cbor(news)));
    for (const json& wrong : {json(0), json(4), json(-1), json("1"), json(true), json::array({1})}) {
        auto changed = news;
        changed["state"] = wrong;
        CHECK(fault_of_body(changed) == Fault::malformed);
    }
    CHECK(fault_of_body({{"kind", "facility"}, {"facility", {{"id", "F1"}, {"name", ""}, {"type", "shrine"}}}}) ==
          Fault::malformed);
    CHECK(fault_of_body({{"kind", 1}}) == Fault::malformed);
    CHECK(fault_of_body({{"kind", ""}}) == Fault::malformed);
    CHECK(fault_of_body(json::array({1})) == Fault::malformed);
    CHECK(fault_of_body(5) == Fault::malformed);
}

TEST_CASE("wire: text that is not UTF-8 or too long is refused") {
    json staff{{"kind", "staff"}, {"active", true}, {"facility", "F1"}, {"id", "1"}, {"name", "あ"}};
    REQUIRE(wire::decode_body(json::to_cbor(staff)));
    for (const auto* wrong : {"\xff", "\xe3\x81", "\xc0\x80", "\xed\xa0\x80"}) {
        staff["name"] = wrong;
        CHECK(fault_of_body(staff) == Fault::malformed);
    }
    staff["name"] = std::string(wire::tuning::name_bytes + 1, 'a');
    CHECK(fault_of_body(staff) == Fault::malformed);
}

TEST_CASE("wire: a present but empty field of a ledger body is not its absence") {
    CHECK(!wire::decode_ledger_body(json::to_cbor(json{{"note", ""}})));
    CHECK(!wire::decode_ledger_body(json::to_cbor(json{{"sections", 0}})));
    CHECK(!wire::decode_ledger_body(json::to_cbor(json{{"proof", json::binary(Bytes(7))}})));
    CHECK(wire::decode_ledger_body(json::to_cbor(json{{"proof", json::binary(Bytes(8))}})));
    CHECK(wire::decode_ledger_body(Bytes(wire::tuning::ledger_body_bytes + 1)).fault() == Fault::limit);
}

TEST_CASE("wire: each number of the new kinds has its limits") {
    const auto sealed = json::binary(Bytes(80, 1));
    const json key{{"kind", "emergency_key"}, {"epoch", 1}, {"sealed", sealed}};
    const json page{{"kind", "names"}, {"epoch", 1}, {"page", 0}, {"version", 0}, {"sealed", sealed}};
    const json exclusion{
        {"kind", "exclusion"}, {"active", true}, {"facility", "F1"}, {"patient", json::binary(Bytes(16, 1))}};
    for (const auto& good : {key, page, exclusion}) REQUIRE(wire::decode_body(json::to_cbor(good)));
    const auto refused = [](json body, const char* field, const json& value) {
        body[field] = value;
        CHECK(fault_of_body(body) == Fault::malformed);
    };
    refused(key, "epoch", 0);
    refused(key, "epoch", -1);
    refused(key, "sealed", json::binary(Bytes(wire::tuning::small_bytes + 1)));
    refused(key, "sealed", "text");
    refused(page, "epoch", 0);
    refused(page, "page", -1);
    refused(page, "version", -1);
    refused(page, "extra", 1);
    refused(exclusion, "facility", "");
    refused(exclusion, "active", 1);
    refused(exclusion, "patient", json::binary(Bytes(15, 1)));
    json window{{"kind", "window"}, {"grant", json::from_cbor(wire::encode(samples::grant()))}};
    REQUIRE(wire::decode_body(json::to_cbor(window)));
    window["grant"].erase("purpose");
    CHECK(fault_of_body(window) == Fault::malformed);
    CHECK(fault_of_body({{"kind", "window"}, {"grant", 5}}) == Fault::malformed);
    CHECK(fault_of_body({{"kind", "window"}}) == Fault::malformed);
}

TEST_CASE("wire: a policy out of its limits is refused") {
    const auto good = json::from_cbor(wire::encode(samples::policy()));
    REQUIRE(wire::decode_policy(json::to_cbor(good)));
    const auto refused = [&good](const char* pointer, const json& value) {
        auto policy = good;
        policy[json::json_pointer{pointer}] = value;
        CHECK(wire::decode_policy(json::to_cbor(policy)).fault() == Fault::malformed);
    };
    refused("/time_zone", "Asia/Usuki");
    refused("/time_zone", "");
    refused("/time_zone", 540);
    refused("/patient_idle_s", 0);
    refused("/staff_idle_s", 86'401);
    refused("/idle_warning_s", -1);
    refused("/shift_min", 7 * 24 * 60 + 1);
    refused("/clock_tolerance_min", -1);
    refused("/clock_tolerance_min", 366 * 24 * 60 + 1);
    refused("/pin_tries", 0);
    refused("/pin_lock_s", -1);
    refused("/types/shrine", good["types"]["clinic"]);
    refused("/types/clinic", 5);
    refused("/types/clinic/break_glass", 3);
    refused("/types/clinic/confirm", 3);
    refused("/types/clinic/emergency_hours", 0);
    refused("/types/clinic/emergency_hours", 24 * 60 + 1);
    refused("/types/clinic/self_service", 1);
    refused("/types/clinic/issues_cards", 1);
    refused("/types/clinic/issues_cards", false);  // then it is left out
    refused("/types/clinic/window_days", 3661);
    refused("/types/clinic/extra", 1);
    // The patient's own history is nobody else's, whoever writes the policy.
    for (const auto* set : {"sections", "presented_sections", "emergency_sections"}) {
        refused((std::string{"/types/clinic/"} + set).c_str(), 16);
        refused((std::string{"/types/clinic/"} + set).c_str(), 32);
    }
}

TEST_CASE("wire: a page of names is strict and has a limit") {
    const auto good = json::from_cbor(wire::encode_names(samples::names()));
    const auto fault = [](const json& page) {
        const auto names = wire::decode_names(json::to_cbor(page));
        REQUIRE(!names);
        return names.fault();
    };
    for (const auto* field : {"patient", "kanji", "kana", "born", "phone", "address", "sex"}) {
        auto page = good;
        page["names"][1].erase(field);
        CHECK(fault(page) == Fault::malformed);
        page = good;
        page["names"][1][field] = true;
        CHECK(fault(page) == Fault::malformed);
    }
    auto page = good;
    page["names"][0]["sex"] = 4;
    CHECK(fault(page) == Fault::malformed);
    page = good;
    page["names"][0]["nickname"] = "";
    CHECK(fault(page) == Fault::malformed);
    page = good;
    page["more"] = 1;
    CHECK(fault(page) == Fault::malformed);
    CHECK(fault(json{{"names", 5}}) == Fault::malformed);
    CHECK(fault(json::array()) == Fault::malformed);
    page = good;
    for (std::size_t i = page["names"].size(); i <= wire::tuning::names_a_page; ++i) {
        page["names"].push_back(page["names"][0]);
    }
    CHECK(fault(page) == Fault::limit);
    CHECK(wire::decode_names(Bytes(wire::tuning::names_bytes + 1)).fault() == Fault::limit);
}

TEST_CASE("wire: a withdrawal in a ledger body is strict") {
    const auto good = json::from_cbor(wire::encode(samples::ledger_body()));
    for (const auto* field : {"id", "patient", "terminal", "facility", "at"}) {
        auto body = good;
        body["withdrawal"].erase(field);
        CHECK(!wire::decode_ledger_body(json::to_cbor(body)));
    }
    for (const auto* field : {"second_staff", "other_staff", "staff"}) {
        auto body = good;
        body[field] = "";
        CHECK(!wire::decode_ledger_body(json::to_cbor(body)));
    }
    auto body = good;
    body["withdrawal"]["facility"] = "";  // everybody's
    CHECK(wire::decode_ledger_body(json::to_cbor(body)));
}

TEST_CASE("wire: a problem the protocol does not know is refused") {
    CHECK(!wire::decode_push_answer(wire::encode(wire::PushAnswer{{}, "moon_phase", {}})));
}

TEST_CASE("wire: a key nobody can seal to does not enrol") {
    vault::init();
    wire::EnrolRequest request{"CODE", "pem", {}, vault::make_sealing_pair().seal};
    CHECK(wire::decode_enrol_request(wire::encode(request)));
    request.seal = {};
    CHECK(wire::decode_enrol_request(wire::encode(request)).fault() == base::Fault::malformed);
}
