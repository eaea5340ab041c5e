// The tables of assets/demo-region as values. Where the codes come from stands in the tables.
#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "cardio/base/result.h"

namespace kazashi::demo {

struct FamilyName {
    std::string kanji;
    std::string kana;
    int weight{};
};
struct GivenName {
    std::string kanji;
    std::string kana;
    std::string sex;   // "male", "female"
    std::string born;  // "old", "middle", "young"
};
struct LongName {
    std::string kanji;
    std::string kana;
    std::string latin;
    std::string sex;
};

struct Usage {
    std::string text;
    std::string code;  // JAMI 16; may be empty
    double times{};    // a day; 0: as needed or external
    double dose{1};
    bool as_needed{};
};
struct Drug {
    std::string code;  // YJ
    std::string name;
    std::string usage;
    std::string unit{"錠"};
    int days{};
    int amount{};
};

struct Lab {
    std::string key;
    std::string code;  // JLAC10
    std::string name;
    std::string unit;
    std::array<double, 2> male{};  // low, high; high 0: no upper limit
    std::array<double, 2> female{};
    double usual{};
    double step{};
    int digits{};
};

struct Illness {
    std::string name;
    std::string icd10;
    std::string key;  // MEDIS; may be empty
    std::string sex;  // empty: any
    std::array<int, 4> share{};
    std::vector<std::vector<std::string>> drugs;
    std::vector<std::string> labs;
    std::map<std::string, double> shift;
    std::string at;
    bool brief{};
};

struct AllergyKind {
    std::string what;
    std::string code;
    std::string reaction;
    bool drug{};
    bool severe{};
};

struct AgeBand {
    int from{};
    int to{};
    int share{};
};
struct FacilityKind {
    std::string type;
    std::string field;  // of a clinic: "general", "eye" …
    int digit{};        // of the institution number; 0: has none
    std::vector<std::string> names;
};

struct StoryLab {
    std::string key;
    std::vector<std::string> values;  // oldest first
    std::string at;
};
struct StoryMedicine {
    std::string code;
    std::string at;
};
struct StoryProblem {
    std::string name;
    std::string icd10;
    std::string key;
    std::string since;
    std::string at;
};
struct Story {
    FamilyName family;
    GivenName given;
    int age{};
    int birth_month{};
    int birth_day{};
    std::string district;
    std::string blood;
    std::map<std::string, std::string> facilities;  // "clinic", "hospital", "pharmacy" → name
    std::string new_medicine;
    AllergyKind allergy;
    std::vector<StoryProblem> problems;
    std::vector<StoryMedicine> medicines;
    std::vector<StoryLab> labs;
    StoryProblem withheld;
};

struct Tables {
    std::vector<FamilyName> families;
    std::vector<GivenName> givens;
    std::vector<LongName> long_names;
    std::map<std::string, Usage> usages;
    std::map<std::string, Drug> drugs;  // by YJ code
    std::map<std::string, Lab> labs;    // by key
    std::vector<Illness> illnesses;
    std::vector<Illness> withheld;
    std::vector<Illness> suspected;
    std::vector<Illness> past;
    std::vector<AllergyKind> allergies;
    std::string prefecture;
    std::string city;
    std::string postal;
    std::vector<std::string> districts;
    std::vector<AgeBand> ages;
    std::vector<FacilityKind> facilities;
    Story story;
};

// io: a table is missing · malformed: not TOML, or it names a drug, usage or laboratory item no table has.
base::Result<Tables> read_tables(const std::filesystem::path& folder);

}  // namespace kazashi::demo
