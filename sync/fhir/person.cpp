#include "sync/fhir/person.h"

#include "sync/fhir/dates.h"
#include "sync/fhir/names.h"
#include "sync/fhir/resource.h"
#include "sync/fhir/text.h"

namespace kazashi::fhir {
namespace {

model::Sex sex_of(std::string_view gender) {
    if (gender == "male") return model::Sex::male;
    if (gender == "female") return model::Sex::female;
    return gender == "other" ? model::Sex::other : model::Sex::unknown;
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::string without_scheme(std::string number) { return number.starts_with("tel:") ? number.substr(4) : number; }

// What was measured, in words: a coded value's text or display, or a string.
std::string value_words(Node observation) {
    auto value = words(observation["valueCodeableConcept"]);
    return value.empty() ? tidy(observation["valueString"].text()) : value;
}

// "A", "B", "O" or "AB" of "A型", "Blood group A Rh(D) positive" …; empty if it says none.
std::string abo_of(std::string text) {
    for (const auto* words : {"blood", "group", "type"})
        if (const auto at = text.find(words); at != std::string::npos) text.erase(at, std::string_view{words}.size());
    text = text.substr(0, text.find("rh"));
    if (text.starts_with("ab")) return "AB";
    if (text.starts_with("a")) return "A";
    if (text.starts_with("b")) return "B";
    return text.starts_with("o") ? "O" : "";
}

std::string rh_of(const std::string& text, bool bare) {
    if (!bare && !contains(text, "rh")) return {};
    if (contains(text, "-") || contains(text, "neg") || contains(text, "陰性")) return "Rh-";
    return contains(text, "+") || contains(text, "pos") || contains(text, "陽性") ? "Rh+" : "";
}

bool measures(Node observation, std::string_view loinc, std::string_view jlac) {
    for (const auto coding : observation["code"]["coding"])
        if (coding["code"].text() == loinc || coding["code"].text().starts_with(jlac)) return true;
    return false;
}

// Two records that disagree are worse than none: then nothing is shown.
struct Agreed {
    std::string value;
    bool broken{};
    void hear(const std::string& other) {
        if (other.empty()) return;
        broken = broken || (!value.empty() && value != other);
        value = other;
    }
    std::string told() const { return broken ? std::string{} : value; }
};

std::string blood_of(const Record& record) {
    Agreed abo, rh;
    record.each("Observation", [&](const Entry& entry) {
        const auto status = entry.resource["status"].text();
        if (!is_blood_group(entry.resource) || has_unknown_modifier(entry.resource)) return;
        if (status == "entered-in-error" || status == "cancelled") return;
        const auto value = folded(value_words(entry.resource));
        const bool only_rh = measures(entry.resource, "10331-7", "5H020");
        if (!only_rh) abo.hear(abo_of(value));
        rh.hear(rh_of(value, only_rh));
    });
    auto blood = abo.told();
    join(blood, rh.told(), " ");
    return blood;
}

}  // namespace

model::Person read_person(const Record& record) {
    model::Person person;
    record.each("Patient", [&](const Entry& entry) {
        if (!person.kanji.empty()) return;
        auto names = names_of(entry.resource);
        person.kanji = std::move(names.kanji);
        person.kana = std::move(names.kana);
        person.born = record_date(entry.resource["birthDate"].text());
        person.sex = sex_of(entry.resource["gender"].text());
        for (const auto telecom : entry.resource["telecom"])
            if (person.phone.empty() && (telecom["system"].text() == "phone" || telecom["system"].text().empty()))
                person.phone = without_scheme(tidy(telecom["value"].text()));
    });
    person.blood = blood_of(record);
    return person;
}

}  // namespace kazashi::fhir
