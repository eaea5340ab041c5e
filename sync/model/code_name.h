// What the codes of a capsule are called. The region's operator loads the names from official tables; they are nobody's
// and no secret. A record's own words never become a name: they could say anything of anybody.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kazashi::model {

enum class CodeSystem : std::uint8_t {
    yj7 = 1,          // first seven digits of a YJ code: class, ingredient, way
    jfagy = 2,        // JFAGY code of a food or another substance that is no drug
    icd10 = 3,        // three or four characters, without a dot
    institution = 4,  // ten-digit number of a hospital or clinic
};
inline constexpr std::array all_code_systems{CodeSystem::yj7, CodeSystem::jfagy, CodeSystem::icd10,
                                             CodeSystem::institution};
std::string_view name(CodeSystem system);  // "yj7", "jfagy", "icd10", "institution"
std::optional<CodeSystem> code_system_named(std::string_view name);

// Is it spelled as a capsule spells codes of this system (sync/model/capsule.h)?
bool is_code(CodeSystem system, std::string_view code);
CodeSystem system_of_allergy(std::string_view code);

struct CodeName {
    CodeSystem system{};
    std::string code;
    std::string japanese;
    std::string english;  // empty: none
    bool operator==(const CodeName&) const = default;
};

// Where a code without a name of its own finds one: four characters of ICD-10 are a kind of what the first three say.
// nullopt: nowhere.
std::optional<std::string> broader_code(CodeSystem system, std::string_view code);

// nullptr: it has none among these.
const CodeName* find_name(const std::vector<CodeName>& names, CodeSystem system, std::string_view code);

}  // namespace kazashi::model
