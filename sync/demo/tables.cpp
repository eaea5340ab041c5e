#include "sync/demo/tables.h"

#include <toml++/toml.h>

namespace kazashi::demo {
namespace {

using base::Error, base::Fault;

std::string text(const toml::table& row, std::string_view key) { return row[key].value_or(std::string{}); }
int number(const toml::table& row, std::string_view key) {
    return static_cast<int>(row[key].value_or(std::int64_t{0}));
}

double real(const toml::node* node, double otherwise = 0) {
    return node == nullptr ? otherwise : node->value<double>().value_or(otherwise);
}

template <class Read>
void each_row(const toml::table& file, std::string_view name, const Read& read) {
    if (const auto* rows = file[name].as_array())
        for (const auto& row : *rows)
            if (const auto* table = row.as_table()) read(*table);
}

std::vector<std::string> texts(const toml::node* node) {
    std::vector<std::string> out;
    if (const auto* list = node == nullptr ? nullptr : node->as_array())
        for (const auto& item : *list) out.push_back(item.value_or(std::string{}));
    return out;
}

std::array<double, 2> range(const toml::table& row, std::string_view key) {
    const auto* list = row[key].as_array();
    if (list == nullptr || list->size() != 2) return {};
    return {real(list->get(0)), real(list->get(1))};
}

Illness read_illness(const toml::table& row) {
    Illness illness;
    illness.name = text(row, "name");
    illness.icd10 = text(row, "icd10");
    illness.key = text(row, "key");
    illness.sex = text(row, "sex");
    illness.at = text(row, "at");
    illness.brief = row["short"].value_or(false);
    illness.labs = texts(row.get("labs"));
    if (const auto* shares = row["share"].as_array())
        for (std::size_t i = 0; i < illness.share.size() && i < shares->size(); ++i)
            illness.share[i] = static_cast<int>(real(shares->get(i)));
    if (const auto* drugs = row["drugs"].as_array())
        for (const auto& choice : *drugs) illness.drugs.push_back(texts(&choice));
    if (const auto* shift = row["shift"].as_table())
        for (const auto& [key, value] : *shift) illness.shift[std::string{key.str()}] = real(&value);
    return illness;
}

AllergyKind read_allergy(const toml::table& row) {
    return {text(row, "what"), text(row, "code"), text(row, "reaction"), row["drug"].value_or(false),
            row["severe"].value_or(false)};
}

void read_people(const toml::table& file, Tables& tables) {
    each_row(file, "family", [&](const toml::table& row) {
        tables.families.push_back({text(row, "kanji"), text(row, "kana"), number(row, "weight")});
    });
    each_row(file, "given", [&](const toml::table& row) {
        tables.givens.push_back({text(row, "kanji"), text(row, "kana"), text(row, "sex"), text(row, "born")});
    });
    each_row(file, "long", [&](const toml::table& row) {
        tables.long_names.push_back({text(row, "kanji"), text(row, "kana"), text(row, "latin"), text(row, "sex")});
    });
}

void read_medicines(const toml::table& usages, const toml::table& drugs, Tables& tables) {
    each_row(usages, "usage", [&](const toml::table& row) {
        tables.usages[text(row, "key")] = {text(row, "text"), text(row, "code"), real(row.get("times")),
                                           real(row.get("dose"), 1), row["as_needed"].value_or(false)};
    });
    each_row(drugs, "drug", [&](const toml::table& row) {
        Drug drug{.code = text(row, "code"), .name = text(row, "name"), .usage = text(row, "usage")};
        if (row.contains("unit")) drug.unit = text(row, "unit");
        drug.days = number(row, "days");
        drug.amount = number(row, "amount");
        tables.drugs[drug.code] = drug;
    });
}

void read_labs(const toml::table& file, Tables& tables) {
    each_row(file, "lab", [&](const toml::table& row) {
        Lab lab;
        lab.key = text(row, "key");
        lab.code = text(row, "code");
        lab.name = text(row, "name");
        lab.unit = text(row, "unit");
        lab.male = range(row, "male");
        lab.female = range(row, "female");
        lab.usual = real(row.get("usual"));
        lab.step = real(row.get("step"));
        lab.digits = number(row, "digits");
        tables.labs[lab.key] = lab;
    });
}

void read_illnesses(const toml::table& file, Tables& tables) {
    const auto read = [&](std::string_view name, std::vector<Illness>& to) {
        each_row(file, name, [&](const toml::table& row) { to.push_back(read_illness(row)); });
    };
    read("illness", tables.illnesses);
    read("withheld", tables.withheld);
    read("suspected", tables.suspected);
    read("past", tables.past);
}

StoryProblem read_problem(const toml::table& row) {
    return {text(row, "name"), text(row, "icd10"), text(row, "key"), text(row, "since"), text(row, "at")};
}

Story read_story(const toml::table& row) {
    Story story;
    story.family = {text(row, "family"), text(row, "family_kana"), 1};
    story.given = {text(row, "given"), text(row, "given_kana"), text(row, "sex"), "old"};
    story.age = number(row, "age");
    story.birth_month = number(row, "birth_month");
    story.birth_day = number(row, "birth_day");
    story.district = text(row, "district");
    story.blood = text(row, "blood");
    for (const auto* kind : {"clinic", "hospital", "pharmacy"}) story.facilities[kind] = text(row, kind);
    story.new_medicine = text(row, "new_medicine");
    if (const auto* allergy = row["allergy"].as_table()) story.allergy = read_allergy(*allergy);
    if (const auto* withheld = row["withheld"].as_table()) story.withheld = read_problem(*withheld);
    each_row(row, "problems", [&](const toml::table& one) { story.problems.push_back(read_problem(one)); });
    each_row(row, "medicines", [&](const toml::table& one) {
        story.medicines.push_back({text(one, "code"), text(one, "at")});
    });
    each_row(row, "labs", [&](const toml::table& one) {
        story.labs.push_back({text(one, "key"), texts(one.get("values")), text(one, "at")});
    });
    return story;
}

void read_town(const toml::table& file, Tables& tables) {
    tables.prefecture = text(file, "prefecture");
    tables.city = text(file, "city");
    tables.postal = text(file, "postal");
    tables.districts = texts(file.get("districts"));
    each_row(file, "ages", [&](const toml::table& row) {
        tables.ages.push_back({number(row, "from"), number(row, "to"), number(row, "share")});
    });
    each_row(file, "facilities", [&](const toml::table& row) {
        tables.facilities.push_back(
            {text(row, "type"), text(row, "field"), number(row, "digit"), texts(row.get("names"))});
    });
    if (const auto* story = file["story"].as_table()) tables.story = read_story(*story);
}

// Every name one table uses must stand in the other.
base::Status check(const Tables& tables) {
    const auto missing = [](const std::string& what) { return Error{Fault::malformed, "no table has " + what}; };
    for (const auto& [code, drug] : tables.drugs)
        if (!tables.usages.contains(drug.usage)) return missing(drug.usage);
    for (const auto& illness : tables.illnesses) {
        for (const auto& choice : illness.drugs)
            for (const auto& code : choice)
                if (!tables.drugs.contains(code)) return missing(code);
        for (const auto& key : illness.labs)
            if (!tables.labs.contains(key)) return missing(key);
    }
    for (const auto& medicine : tables.story.medicines)
        if (!tables.drugs.contains(medicine.code)) return missing(medicine.code);
    if (!tables.drugs.contains(tables.story.new_medicine)) return missing("the new medicine");
    for (const auto& lab : tables.story.labs)
        if (!tables.labs.contains(lab.key)) return missing(lab.key);
    const bool whole = !tables.families.empty() && !tables.givens.empty() && !tables.long_names.empty() &&
                       !tables.ages.empty() && !tables.districts.empty() && !tables.facilities.empty() &&
                       !tables.allergies.empty() && !tables.withheld.empty() && !tables.suspected.empty() &&
                       !tables.past.empty();
    return whole ? base::ok() : base::Status{missing("rows enough")};
}

}  // namespace

base::Result<Tables> read_tables(const std::filesystem::path& folder) {
    Tables tables;
    try {
        const auto file = [&](const char* name) { return toml::parse_file((folder / name).string()); };
        read_people(file("people.toml"), tables);
        read_medicines(file("usages.toml"), file("drugs.toml"), tables);
        read_labs(file("labs.toml"), tables);
        read_illnesses(file("illnesses.toml"), tables);
        each_row(file("allergies.toml"), "allergy",
                 [&](const toml::table& row) { tables.allergies.push_back(read_allergy(row)); });
        read_town(file("town.toml"), tables);
    } catch (const toml::parse_error& error) {
        const bool there = std::filesystem::exists(folder / "town.toml");
        return Error{there ? Fault::malformed : Fault::io, std::string{error.description()}};
    }
    KAZASHI_CHECK(check(tables));
    return tables;
}

}  // namespace kazashi::demo
