#include "terminal/view/looks.h"

namespace kazashi::view {
namespace {

using Kind = desk::Look::Kind;

std::string key_of(const desk::Look& look) {
    switch (look.kind) {
        case Kind::grant:
            return "history.grant";
        case Kind::view:
            return "history.view";
        case Kind::emergency:
            return "history.emergency";
        case Kind::withdrawal:
            return look.facility.empty() ? "history.withdrawal_all" : "history.withdrawal";
        case Kind::self:
            return "history.self";
    }
    return "history.view";
}

}  // namespace

std::string parts_of(const Words& words, model::SectionSet sections) {
    std::string all;
    for (const model::Section section : model::all_sections) {
        if (!sections.has(section)) continue;
        all += (all.empty() ? "" : words.say("summary.dot")) + words.say("part." + std::string{name(section)});
    }
    return all.empty() ? words.say("part.none") : all;
}

std::string look_sentence(const Words& words, const desk::Look& look) {
    return words.say(key_of(look), {{"facility", look.facility}, {"sections", parts_of(words, look.sections)}});
}

}  // namespace kazashi::view
