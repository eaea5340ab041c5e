#include "sync/model/section.h"

namespace kazashi::model {

std::string_view name(Section section) {
    switch (section) {
        case Section::emergency:
            return "emergency";
        case Section::medication:
            return "medication";
        case Section::clinical:
            return "clinical";
        case Section::care:
            return "care";
        case Section::history:
            return "history";
    }
    return "unknown";
}

std::optional<Section> section_named(std::string_view text) {
    for (const auto section : all_sections) {
        if (name(section) == text) return section;
    }
    if (text == name(Section::history)) return Section::history;
    return std::nullopt;
}

}  // namespace kazashi::model
