// Every sample Bundle: imported with these counts, or refused for this reason. A new or changed file fails the test.
#include "tests/sync/fhir/sample.h"

#include <map>

#include "sync/fhir/json.h"
#include "tests/catch.h"
#include "tests/sync/fhir/bundles.h"

using namespace kazashi;

namespace {

struct Expected {
    int entries{};
    int understood{};
    std::size_t shared{};
    const char* refused{};  // expression
};

const std::map<std::string, Expected> bundles{
    {"fhir-ips/ig-examples/bundle-minimal.json", {8, 7, 2, nullptr}},
    {"fhir-ips/ig-examples/bundle-no-info-required-sections.json", {8, 5, 4, nullptr}},
    {"fhir-ips/kit-validated/IPS_IG-bundle-01.json", {20, 18, 3, nullptr}},
    {"fhir-ips/kit-validated/IPS_IG_bundle-minimal.json", {8, 7, 2, nullptr}},
    {"fhir-ips/kit-validated/IPS_IG_bundle-no-info-required-sections.json", {8, 5, 4, nullptr}},
    {"jp-core/example-creation/Bundle-bundleReferralExample01.json", {21, 16, 6, nullptr}},
    {"jp-core/jp-clins/Bundle-Bundle-CLINS-Observations-Example-01.json", {5, 5, 0, nullptr}},
    {"jp-core/jp-clins/Bundle-Bundle-CLINS-PCS-Example-01.json", {8, 5, 2, nullptr}},
    {"jp-core/jp-clins/Bundle-Bundle-CLINS-Referral-Example-01.json", {18, 13, 4, nullptr}},
    {"jp-core/jp-clins/Bundle-Bundle-CLINS-Referral-NoEntry-Example-01.json", {6, 5, 4, nullptr}},
    {"jp-core/sketches/Bundle-document.json", {5, 4, 1, nullptr}},
    {"jp-core/sketches/Bundle-searchset.json", {0, 0, 0, "Bundle.type"}},
    {"jp-core/sketches/Bundle-transaction.json", {3, 3, 1, nullptr}},
};

std::string type_of(const std::string& text) {
    const auto json = fhir::Json::parse(text);
    REQUIRE(json);
    return std::string{(*json)->root()["resourceType"].text()};
}

std::unique_ptr<model::Summary> summary(const std::string& name) {
    const auto body = tests::sample(name);
    if (!body) return nullptr;
    const auto outcome = tests::import(*body);
    REQUIRE(outcome.imported());
    const auto& patient = outcome.import().patients.front();
    std::vector<std::string> texts;
    for (const auto section : model::all_sections) {
        std::vector<const fhir::ImportedResource*> given;
        for (const auto& resource : patient.resources)
            if (!resource.section || *resource.section == section) given.push_back(&resource);
        for (const auto& shared : outcome.import().shared) given.push_back(&shared);
        texts.push_back(fhir::section_bundle(patient.patient, given));
    }
    std::vector<fhir::SectionBundle> sections;
    for (std::size_t i = 0; i < texts.size(); ++i) sections.push_back({model::all_sections[i], texts[i]});
    auto read = fhir::read_summary(sections, tests::today);
    REQUIRE(read);
    return std::move(*read);
}

}  // namespace

TEST_CASE("samples: every JP and IPS Bundle has the outcome we know") {
    std::size_t seen = 0;
    for (const auto* folder : {"fhir-ips", "jp-core"}) {
        for (const auto& name : tests::samples_below(folder)) {
            INFO(name);
            const auto body = tests::sample(name);
            REQUIRE(body);
            const auto outcome = tests::import(*body);
            if (const auto known = bundles.find(name); known != bundles.end()) {
                ++seen;
                const auto& expected = known->second;
                REQUIRE(outcome.imported() == (expected.refused == nullptr));
                if (!outcome.imported()) {
                    CHECK(outcome.issue().expression == expected.refused);
                    continue;
                }
                CHECK(outcome.import().entries == expected.entries);
                CHECK(outcome.import().understood == expected.understood);
                CHECK(outcome.import().shared.size() == expected.shared);
                CHECK(outcome.import().patients.size() == 1);
            } else {
                // A single resource, or no resource at all.
                const auto type = type_of(*body);
                CHECK(type != "Bundle");
                CHECK(outcome.refused(type.empty() ? "structure" : "not-supported",
                                      type.empty() ? "resourceType" : type));
            }
        }
    }
    CHECK((seen == 0 || seen == bundles.size()));
}

TEST_CASE("samples: Synthea Bundles are imported whole") {
    for (const auto& name : tests::samples_below("synthea")) {
        INFO(name);
        const auto body = tests::sample(name);
        REQUIRE(body);
        const auto json = fhir::Json::parse(*body);
        REQUIRE(json);
        int entries = 0;
        for (const auto entry : (*json)->root()["entry"]) entries += entry.present() ? 1 : 0;
        const auto outcome = tests::import(*body);
        REQUIRE(outcome.imported());
        const auto& import = outcome.import();
        CHECK(import.entries == entries);
        CHECK(import.patients.size() == 1);
        CHECK(static_cast<int>(import.patients.front().resources.size() + import.shared.size()) + 1 == entries);
        for (const auto& issue : import.issues) CHECK(issue.severity == fhir::Issue::Severity::information);
    }
}

TEST_CASE("samples: the CLINS referral reads as its text says") {
    const auto read = summary("jp-core/jp-clins/Bundle-Bundle-CLINS-Referral-Example-01.json");
    if (!read) return;
    CHECK(read->person.kanji == "牧野 爛漫");
    CHECK(read->person.kana == "マキノ ランマン");
    CHECK(read->person.born.text == "1930-06-28");
    REQUIRE(read->allergies.size() == 3);
    CHECK(read->allergies.front().what == "ヨードうがい液");
    CHECK(read->allergies.front().severe);
    CHECK(read->allergies.front().medicine);
    CHECK(read->problems.size() == 4);
}

TEST_CASE("samples: an IPS without information knows nothing of allergies") {
    const auto read = summary("fhir-ips/ig-examples/bundle-no-info-required-sections.json");
    if (!read) return;
    CHECK(read->allergy_knowledge == model::AllergyKnowledge::unknown);
    CHECK(read->medicines.empty());
}

TEST_CASE("samples: an IPS with no known food allergy lists only the penicillin") {
    const auto read = summary("fhir-ips/kit-validated/IPS_IG-bundle-01.json");
    if (!read) return;
    REQUIRE(read->allergies.size() == 1);
    CHECK(read->allergies.front().code == "373270004");
    CHECK(read->person.blood == "A Rh+");
    CHECK(read->problems.front().code == "N951");
}

TEST_CASE("samples: the document sketch says that there are no allergies") {
    const auto read = summary("jp-core/sketches/Bundle-document.json");
    if (!read) return;
    CHECK(read->allergy_knowledge == model::AllergyKnowledge::none_confirmed);
    CHECK(read->allergies.empty());
}
