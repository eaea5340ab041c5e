// What must stand in no log and no file of a terminal: who the people of the region are, their cards, PINs and keys.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cardio/base/bytes.h"
#include "cardio/base/result.h"

namespace kazashi::story {

// Octets as programs print them: as they are, as hexadecimal in either case with and without spaces, as base64.
std::vector<std::string> forms_of(base::ByteView octets);

// IDm and card key of every card, in all forms; `cards` is the simulator's file.
base::Result<std::vector<std::string>> card_secrets(const std::filesystem::path& cards);
// Every *.key in the folder, in all forms; of a PEM file its lines.
base::Result<std::vector<std::string>> key_secrets(const std::filesystem::path& folder);
// The words of needles.txt, one a line.
base::Result<std::vector<std::string>> patient_words(const std::filesystem::path& data);

}  // namespace kazashi::story
