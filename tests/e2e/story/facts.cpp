#include "tests/e2e/story/facts.h"

#include <toml++/toml.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

namespace kazashi::story {

using base::Error;
using base::Fault;
using json = nlohmann::json;

namespace {

base::Result<json> read_json(const std::filesystem::path& file) {
    std::ifstream in{file};
    auto parsed = json::parse(in, nullptr, /*allow_exceptions=*/false);
    if (parsed.is_discarded()) return Error{Fault::malformed, "cannot read " + file.filename().string()};
    return parsed;
}

// Of a JFAGY code of a drug: "YCM" and a YJ code, whose first seven characters stand for the ingredient.
base::Result<std::string> name_of_ingredient(const std::filesystem::path& names, const std::string& code) {
    try {
        const auto table = toml::parse_file(names.string());
        if (const auto name = table["yj7"][code.substr(3, 7)][0].value<std::string>()) return *name;
    } catch (const std::exception&) {
        return Error{Fault::malformed, "cannot read names.toml"};
    }
    return Error{Fault::not_found, "the story's allergy has no name"};
}

base::Date parse_date(const std::string& text) {
    int year{};
    unsigned month{};
    unsigned day{};
    char dash{};
    std::istringstream{text} >> year >> dash >> month >> dash >> day;
    return std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day};
}

PatientFacts parse_patient(const json& patient) {
    PatientFacts facts;
    facts.number = patient.at("number").get<std::string>();
    facts.kanji = patient.at("kanji").get<std::string>();
    facts.kana = patient.at("kana").get<std::string>();
    facts.born = parse_date(patient.at("birth_date").get<std::string>());
    facts.allergy = patient.at("allergy").get<std::string>();
    facts.medicines = patient.at("medicines").get<std::vector<std::string>>();
    facts.pharmacy = patient.at("pharmacy").get<std::string>();
    facts.prescribers = {patient.at("clinic").get<std::string>(), patient.at("hospital").get<std::string>()};
    facts.problems = patient.at("problems").get<std::vector<std::string>>();
    for (const auto& lab : patient.at("labs")) {
        facts.labs.push_back({lab.at("name").get<std::string>(), lab.at("value").get<std::string>()});
    }
    facts.withheld = patient.at("withheld").get<std::string>();
    return facts;
}

}  // namespace

base::Result<Facts> load_facts(const std::filesystem::path& data) {
    KAZASHI_TRY(const json story, read_json(data / "story.json"));
    try {
        Facts facts{parse_patient(story.at("patient")), story.at("new_medicine").get<std::string>()};
        const auto code = story.at("patient").at("allergy_code").get<std::string>();
        KAZASHI_TRY(facts.patient.allergy_on_card, name_of_ingredient(data / "names.toml", code));
        return facts;
    } catch (const json::exception&) {
        return Error{Fault::malformed, "story.json lacks something the story looks for"};
    }
}

namespace {

base::Result<std::vector<std::string>> names_in(const std::filesystem::path& file) {
    KAZASHI_TRY(const json list, read_json(file));
    std::vector<std::string> names;
    for (const auto& one : list) names.push_back(one.value("name", ""));
    return names;
}

}  // namespace

base::Result<std::vector<std::string>> facility_names(const std::filesystem::path& data) {
    return names_in(data / "facilities.json");
}
base::Result<std::vector<std::string>> staff_names(const std::filesystem::path& data) {
    return names_in(data / "staff.json");
}

base::Result<std::vector<std::string>> public_texts(const std::filesystem::path& data) {
    KAZASHI_TRY(auto names, facility_names(data));
    KAZASHI_TRY(const auto staff, staff_names(data));
    names.insert(names.end(), staff.begin(), staff.end());
    return names;
}

}  // namespace kazashi::story
