#include "sync/fhir/looks.h"

#include <nlohmann/json.hpp>

#include "sync/fhir/tuning.h"
#include "tests/catch.h"

using namespace kazashi;
using nlohmann::json;

namespace {

fhir::Look look(fhir::Look::Kind kind, std::uint8_t id) {
    fhir::Look made;
    made.view.bytes.fill(id);
    made.at = model::UtcTime{std::chrono::milliseconds{1'772'460'000'123}};
    made.facility = "臼杵たちばな薬局";
    made.kind = kind;
    made.sections = model::SectionSet{}.with(model::Section::emergency).with(model::Section::medication);
    return made;
}

std::vector<fhir::Look> one_of_each() {
    std::vector<fhir::Look> looks{look(fhir::Look::Kind::grant, 1), look(fhir::Look::Kind::view, 2),
                                  look(fhir::Look::Kind::emergency, 3), look(fhir::Look::Kind::withdrawal, 4),
                                  look(fhir::Look::Kind::self, 5)};
    looks[2].reason = "unconscious";
    looks[2].notice_pending = true;
    looks[3].sections = {};
    looks[4].sections = looks[4].sections.with(model::Section::history);
    return looks;
}

std::vector<fhir::Look> read(const std::string& text) {
    auto looks = fhir::read_looks(text);
    REQUIRE(looks);
    return *looks;
}

}  // namespace

TEST_CASE("looks: what is written is read again") {
    const auto looks = one_of_each();
    CHECK(read(fhir::looks_bundle(looks)) == looks);
    CHECK(read(fhir::looks_bundle({})).empty());
}

TEST_CASE("looks: every event is an AuditEvent with what R4 requires") {
    const auto bundle = json::parse(fhir::looks_bundle(one_of_each()));
    CHECK(bundle["resourceType"] == "Bundle");
    CHECK(bundle["type"] == "collection");
    REQUIRE(bundle["entry"].size() == 5);
    for (const auto& entry : bundle["entry"]) {
        const auto& event = entry["resource"];
        CHECK(event["resourceType"] == "AuditEvent");
        CHECK(event["type"]["code"] == "rest");
        CHECK(event["recorded"] == "2026-03-02T14:00:00.123Z");
        CHECK(event["agent"][0]["requestor"] == true);
        CHECK(event["agent"][0]["who"]["display"] == "臼杵たちばな薬局");
        CHECK(event["source"]["observer"]["display"] == "Kazashi");
        CHECK(event["entity"][0]["what"]["identifier"]["value"].get<std::string>().size() == 32);
    }
    const auto purpose = [&](std::size_t at) {
        return bundle["entry"][at]["resource"]["purposeOfEvent"][0]["coding"][0]["code"].get<std::string>();
    };
    CHECK(purpose(1) == "TREAT");
    CHECK(purpose(2) == "ETREAT");
    CHECK(purpose(4) == "PATRQT");
    CHECK(bundle["entry"][2]["resource"]["meta"]["tag"][0]["code"] == "notice-pending");
    CHECK_FALSE(bundle["entry"][1]["resource"].contains("meta"));
}

TEST_CASE("looks: no more than a patient can read") {
    const std::vector<fhir::Look> many(fhir::looks_limit + 5, look(fhir::Look::Kind::view, 7));
    auto bundle = json::parse(fhir::looks_bundle(many));
    CHECK(bundle["entry"].size() == fhir::looks_limit);
    for (int i = 0; i < 5; ++i) bundle["entry"].push_back(bundle["entry"][0]);
    CHECK(read(bundle.dump()).size() == fhir::looks_limit);
}

TEST_CASE("looks: what is not understood is left out") {
    auto bundle = json::parse(fhir::looks_bundle(one_of_each()));
    auto& event = bundle["entry"][1]["resource"];
    SECTION("another resource") { event["resourceType"] = "Patient"; }
    SECTION("a kind not known yet") { event["subtype"][0]["code"] = "dreamt"; }
    SECTION("another system's kind") { event["subtype"][0]["system"] = "urn:other"; }
    SECTION("no kind") { event.erase("subtype"); }
    SECTION("no grant") { event["entity"] = json::array(); }
    SECTION("a short grant") { event["entity"][0]["what"]["identifier"]["value"] = "0202"; }
    SECTION("no time") { event.erase("recorded"); }
    SECTION("no such day") { event["recorded"] = "2026-02-30T14:00:00.123Z"; }
    SECTION("no such hour") { event["recorded"] = "2026-03-02T24:00:00.123Z"; }
    SECTION("letters for figures") { event["recorded"] = "2026-03-02T1x:00:00.123Z"; }
    SECTION("a minus for a figure") { event["recorded"] = "-026-03-02T14:00:00.123Z"; }
    SECTION("something behind it") { event["recorded"] = "2026-03-02T14:00:00.123Z "; }
    SECTION("cut short") { event["recorded"] = "2026-03-02"; }
    SECTION("a list where an object belongs") { event = json::array({1, "x", nullptr}); }
    const auto looks = read(bundle.dump());
    REQUIRE(looks.size() == 4);
    CHECK(looks[0].kind == fhir::Look::Kind::grant);
    CHECK(looks[1].kind == fhir::Look::Kind::emergency);
}

TEST_CASE("looks: a notice is for a break-glass view only") {
    auto bundle = json::parse(fhir::looks_bundle(one_of_each()));
    bundle["entry"][1]["resource"]["meta"] = bundle["entry"][2]["resource"]["meta"];
    const auto looks = read(bundle.dump());
    CHECK_FALSE(looks[1].notice_pending);
    CHECK(looks[2].notice_pending);
}

TEST_CASE("looks: what is no Bundle is refused") {
    CHECK(fhir::read_looks("").fault() == base::Fault::malformed);
    CHECK(fhir::read_looks("{").fault() == base::Fault::malformed);
    CHECK(fhir::read_looks(R"({"resourceType":"Patient"})").fault() == base::Fault::malformed);
    CHECK(read(R"({"resourceType":"Bundle","entry":{"resource":7}})").empty());
}

TEST_CASE("looks: any damage to the text is survived") {
    const auto good = fhir::looks_bundle(one_of_each());
    std::size_t understood = 0;
    for (std::size_t at = 0; at < good.size(); ++at) {
        auto bad = good;
        bad[at] = static_cast<char>(bad[at] ^ 0x11);
        if (const auto looks = fhir::read_looks(bad)) understood += looks->size();
        if (const auto looks = fhir::read_looks(good.substr(0, at))) understood += looks->size();
    }
    CHECK(understood > 0);
}
