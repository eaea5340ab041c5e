#include "sync/fhir/names.h"

#include "sync/fhir/text.h"

namespace kazashi::fhir {
namespace {

constexpr std::string_view representation = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation";

std::string_view written_as(Node name) {
    for (const auto extension : name["extension"])
        if (extension["url"].text() == representation) return extension["valueCode"].text();
    return {};
}

std::string spelled(Node name) {
    if (auto text = tidy(name["text"].text()); !text.empty()) return text;
    std::string parts = tidy(name["family"].text());
    for (const auto given : name["given"]) {
        const auto part = tidy(given.text());
        if (!parts.empty() && !part.empty()) parts += ' ';
        parts += part;
    }
    return parts;
}

// The better of two names of one kind: official over usual over anything else; nicknames and maiden names last.
int rank(Node name) {
    const auto use = name["use"].text();
    if (use == "official") return 4;
    if (use == "usual") return 3;
    if (use == "temp" || use == "anonymous") return 1;
    return use == "nickname" || use == "maiden" ? 0 : 2;
}

struct Best {
    std::string text;
    int rank{-1};
    void offer(std::string other, int other_rank) {
        if (other.empty() || other_rank <= rank) return;
        text = std::move(other);
        rank = other_rank;
    }
};

}  // namespace

Names names_of(Node patient) {
    Best ideographic, syllabic, unmarked, latin;
    for (const auto name : patient["name"]) {
        if (name["use"].text() == "old") continue;
        auto text = spelled(name);
        const auto kind = written_as(name);
        if (kind == "IDE")
            ideographic.offer(std::move(text), rank(name));
        else if (kind == "SYL" || (kind.empty() && is_kana(text)))
            syllabic.offer(katakana(text), rank(name));
        else if (kind == "ABC")
            latin.offer(std::move(text), rank(name));
        else
            unmarked.offer(std::move(text), rank(name));
    }
    Names names{.kanji = ideographic.text, .kana = syllabic.text};
    for (const auto* other : {&unmarked, &latin, &syllabic})
        if (names.kanji.empty()) names.kanji = other->text;
    return names;
}

}  // namespace kazashi::fhir
