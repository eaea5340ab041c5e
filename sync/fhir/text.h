// Japanese text as it stands in records: U+3000, full-width figures, half-width kana (fhir.md §1.2, §9.2).
#pragma once

#include <string>
#include <string_view>

namespace kazashi::fhir {

// For the screen: U+3000, tabs and line ends become one blank, control and direction characters go, ends trimmed.
std::string tidy(std::string_view text);

// For comparing: tidy, full-width ASCII made half-width, half-width kana and hiragana made full-width katakana, lower
// case, no blanks, μ → u.
std::string folded(std::string_view text);

// Kana names: half-width and hiragana become full-width katakana; tidied.
std::string katakana(std::string_view text);

// Whether there is nothing but kana (and blanks, marks) in it.
bool is_kana(std::string_view text);

// "a", "b" → "a、b"; what is empty or already in it is not joined.
void join(std::string& to, std::string_view more, std::string_view between);

}  // namespace kazashi::fhir
