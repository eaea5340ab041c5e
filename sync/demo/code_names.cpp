#include "sync/demo/code_names.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <fstream>
#include <sstream>

namespace kazashi::demo {
namespace {

using base::Error, base::Fault;

constexpr std::size_t yj7 = 7;
constexpr std::size_t icd10 = 4;
constexpr std::string_view drug_prefix = "YCM";

class Check {
public:
    explicit Check(const toml::table& names) : names_{names} {}

    void code(const char* system, const std::string& code) {
        const auto* both = names_[system][code].as_array();
        if (missing_.empty() && (both == nullptr || both->size() != 2)) missing_ = code;
    }
    void illness(const std::string& code) { this->code("icd10", code.substr(0, icd10)); }
    void drug(const std::string& code) { this->code("yj7", code.substr(0, yj7)); }
    void allergy(const std::string& code) {
        if (code.empty()) return;  // text alone
        code.starts_with(drug_prefix) ? drug(code.substr(drug_prefix.size())) : this->code("jfagy", code);
    }
    base::Status done() const {
        if (missing_.empty()) return base::ok();
        return Error{Fault::malformed, "names.toml: " + missing_ + " has no name in both languages"};
    }

private:
    const toml::table& names_;
    std::string missing_;
};

base::Status check(const toml::table& names, const Tables& tables) {
    Check check{names};
    for (const auto& [code, drug] : tables.drugs) check.drug(code);
    for (const auto* list : {&tables.illnesses, &tables.suspected, &tables.past, &tables.withheld})
        for (const auto& illness : *list) check.illness(illness.icd10);
    for (const auto& problem : tables.story.problems) check.illness(problem.icd10);
    for (const auto& allergy : tables.allergies) check.allergy(allergy.code);
    check.allergy(tables.story.allergy.code);
    return check.done();
}

}  // namespace

base::Result<std::string> code_names(const std::filesystem::path& folder, const Tables& tables, const Town& town) {
    std::ifstream in{folder / "names.toml", std::ios::binary};
    std::ostringstream text;
    if (!(text << in.rdbuf())) return Error{Fault::io, "names.toml cannot be read"};
    try {
        KAZASHI_CHECK(check(toml::parse(text.str()), tables));
    } catch (const toml::parse_error& error) {
        return Error{Fault::malformed, "names.toml: " + std::string{error.description()}};
    }
    text << "\n[institution]\n";
    for (const auto& place : town.places)
        if (!place.institution.empty()) text << fmt::format("{} = [\"{}\"]\n", place.institution, place.name);
    return text.str();
}

}  // namespace kazashi::demo
