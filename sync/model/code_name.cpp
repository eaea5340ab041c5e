#include "sync/model/code_name.h"

#include <algorithm>

#include "sync/model/capsule.h"

namespace kazashi::model {

namespace {

constexpr std::size_t yj_digits = 7;
constexpr std::size_t category_length = 3;

}  // namespace

std::string_view name(CodeSystem system) {
    switch (system) {
        case CodeSystem::yj7:
            return "yj7";
        case CodeSystem::jfagy:
            return "jfagy";
        case CodeSystem::icd10:
            return "icd10";
        case CodeSystem::institution:
            return "institution";
    }
    return {};
}

std::optional<CodeSystem> code_system_named(std::string_view wanted) {
    for (const auto system : all_code_systems)
        if (name(system) == wanted) return system;
    return {};
}

bool is_code(CodeSystem system, std::string_view code) {
    switch (system) {
        case CodeSystem::yj7:
            return code.size() == yj_digits && is_capsule_allergy(code);
        case CodeSystem::jfagy:
            return code.size() != yj_digits && is_capsule_allergy(code);
        case CodeSystem::icd10:
            return is_capsule_condition(code);
        case CodeSystem::institution:
            return is_capsule_hospital(code);
    }
    return false;
}

CodeSystem system_of_allergy(std::string_view code) {
    return code.size() == yj_digits ? CodeSystem::yj7 : CodeSystem::jfagy;
}

std::optional<std::string> broader_code(CodeSystem system, std::string_view code) {
    if (system != CodeSystem::icd10 || code.size() <= category_length) return {};
    return std::string{code.substr(0, category_length)};
}

const CodeName* find_name(const std::vector<CodeName>& names, CodeSystem system, std::string_view code) {
    const auto found = std::find_if(names.begin(), names.end(),
                                    [&](const CodeName& one) { return one.system == system && one.code == code; });
    return found == names.end() ? nullptr : &*found;
}

}  // namespace kazashi::model
