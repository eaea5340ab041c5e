// What is true of the demonstration region: the patient of the story as the generator wrote them down (story.json), and
// who works at the facility.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cardio/base/clock.h"
#include "cardio/base/result.h"

namespace kazashi::story {

struct LabFact {
    std::string name;
    std::string value;  // the latest, as written
};

struct PatientFacts {
    std::string number;
    std::string kanji;
    std::string kana;
    base::Date born;
    std::string allergy;
    std::string allergy_on_card;         // what its code is called: a card carries no names
    std::vector<std::string> medicines;  // now taken
    std::string pharmacy;                // that dispenses all of them
    std::vector<std::string> prescribers;
    std::vector<std::string> problems;
    std::vector<LabFact> labs;
    std::string withheld;  // a diagnosis the patient has not been told
};

struct Facts {
    PatientFacts patient;
    std::string new_medicine;  // what data/later brings
};

base::Result<Facts> load_facts(const std::filesystem::path& data);

// Names of facilities and staff: public tables of the region.
base::Result<std::vector<std::string>> facility_names(const std::filesystem::path& data);
base::Result<std::vector<std::string>> staff_names(const std::filesystem::path& data);
base::Result<std::vector<std::string>> public_texts(const std::filesystem::path& data);

}  // namespace kazashi::story
