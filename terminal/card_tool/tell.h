// What the verbs print: answers as lines or as JSON, and failures as a sentence and an exit code.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "cardio/reader/conversation.h"

namespace kazashi::card_tool {

// The detail and what it is called, on standard error; the exit code "failed".
int fail(const base::Error& error);
int fail_for_card(const std::string& kind);  // a card that cannot do what was asked
// What went wrong between us and a card, in a sentence; the detail follows it.
base::Error in_words(const base::Error& error);
std::string kind_of(const reader::Sight& sight);  // "patient", "transit", "my_number", "several" …
// What identifies a person is shown only on demand; its mask changes with each run.
nlohmann::json describe(const std::string& reader_name, const reader::Sight& sight, bool show);
void print(const nlohmann::json& object, bool as_json);

}  // namespace kazashi::card_tool
