// Parts of a summary, and who may see which (design §2). `history` is the patient's own: who looked at the record. It
// is sealed like the others but no facility is entitled to it: only the patient's card opens it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace kazashi::model {

enum class Section : std::uint8_t { emergency, medication, clinical, care, history };
// What a facility may be entitled to: every section but `history`.
inline constexpr std::array all_sections{Section::emergency, Section::medication, Section::clinical, Section::care};

std::string_view name(Section section);
std::optional<Section> section_named(std::string_view name);

class SectionSet {
public:
    constexpr SectionSet() = default;
    constexpr explicit SectionSet(std::uint8_t bits) : bits_{static_cast<std::uint8_t>(bits & 0x1fU)} {}
    constexpr SectionSet with(Section section) const {
        return SectionSet{static_cast<std::uint8_t>(bits_ | (1U << static_cast<unsigned>(section)))};
    }
    constexpr bool has(Section section) const { return (bits_ >> static_cast<unsigned>(section) & 1U) != 0; }
    constexpr bool empty() const { return bits_ == 0; }
    constexpr std::uint8_t bits() const { return bits_; }
    bool operator==(const SectionSet&) const = default;

private:
    std::uint8_t bits_{0};
};

}  // namespace kazashi::model
