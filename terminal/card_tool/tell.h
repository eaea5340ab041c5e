// What the verbs print: answers as lines or as JSON, and failures as a sentence and an exit code.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "cardio/reader/conversation.h"

namespace kazashi::card_tool {

int fail(const base::Error& error);
std::string kind_of(const reader::Sight& sight);  // "patient", "transit", "my_number", "several" …
// What identifies a person is shown only on demand; its mask changes with each run.
nlohmann::json describe(const std::string& reader_name, const reader::Sight& sight, bool show);
void print(const nlohmann::json& object, bool as_json);

}  // namespace kazashi::card_tool
