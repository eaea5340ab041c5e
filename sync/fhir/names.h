// Names of a Patient: kanji and kana told apart by the iso21090 extension on the HumanName (fhir.md §1.2).
#pragma once

#include <string>

#include "sync/fhir/json.h"

namespace kazashi::fhir {

struct Names {
    std::string kanji;  // IDE; else a name that is not kana, else Latin, else the kana
    std::string kana;   // SYL; else a name written in kana; in full-width katakana
};
Names names_of(Node patient);

}  // namespace kazashi::fhir
