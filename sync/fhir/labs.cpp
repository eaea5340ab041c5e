#include "sync/fhir/labs.h"

#include <algorithm>
#include <unordered_map>

#include "sync/fhir/dates.h"
#include "sync/fhir/resource.h"
#include "sync/fhir/text.h"
#include "sync/fhir/tuning.h"

namespace kazashi::fhir {
namespace {

using model::LabFlag, model::LabPoint, model::LabValue;

// One measurement; `number` only where it is exact (no "<").
struct Measured {
    LabValue value;
    std::string key;
    std::string unit;
    std::optional<double> number;
    bool said{};  // whether the laboratory set the flag
};

std::string key_of(Node code, std::string& jlac) {
    for (const auto system : {CodeSystem::jlac10, CodeSystem::core_lab, CodeSystem::loinc}) {
        auto found = code_in(code, system);
        if (found.empty()) continue;
        if (system != CodeSystem::loinc) jlac = found;
        return found;
    }
    return folded(words(code));
}

std::string unit_of(Node quantity) {
    auto unit = tidy(quantity["unit"].text());
    return unit.empty() ? tidy(quantity["code"].text()) : unit;
}

// nullopt: the laboratory said nothing. Its N (normal) is a word of its own and is not overruled by our arithmetic.
std::optional<LabFlag> flag_said(Node observation) {
    for (const auto interpretation : observation["interpretation"]) {
        for (const auto coding : interpretation["coding"]) {
            const auto code = coding["code"].text();
            if (code == "L" || code == "LL" || code == "LU" || code == "<") return LabFlag::low;
            if (code == "H" || code == "HH" || code == "HU" || code == ">") return LabFlag::high;
            if (code == "A" || code == "AA" || code == "POS") return LabFlag::abnormal;
            if (code == "N" || code == "NEG") return LabFlag::none;
        }
    }
    return std::nullopt;
}

// The range for this patient, where there is only one: several are for ages and sexes, and it is not ours to choose.
Node range_of(Node observation) {
    const auto ranges = observation["referenceRange"];
    return ranges.at(1).present() ? Node{} : ranges.at(0);
}

std::string range_text(Node range) {
    const auto low = range["low"]["value"].text();
    const auto high = range["high"]["value"].text();
    if (low.empty() && high.empty()) return tidy(range["text"].text());
    return std::string{low}.append("–").append(high);
}

// Whether a limit speaks of the same thing as the value: a unit it does not name, or the same one.
std::optional<double> limit(Node limit, const std::string& unit) {
    const auto own = folded(unit_of(limit));
    return own.empty() || own == unit ? limit["value"].number() : std::nullopt;
}

LabFlag flag_computed(Node range, const std::string& unit, std::string_view comparator, double value) {
    const auto low = limit(range["low"], unit);
    const auto high = limit(range["high"], unit);
    if (low && comparator != ">" && comparator != ">=" && (value < *low || (comparator == "<" && value <= *low)))
        return LabFlag::low;
    if (high && comparator != "<" && comparator != "<=" && (value > *high || (comparator == ">" && value >= *high)))
        return LabFlag::high;
    return LabFlag::none;
}

void read_quantity(Node quantity, Node range, Measured& measured) {
    const auto comparator = quantity["comparator"].text();
    measured.value.value = std::string{comparator}.append(tidy(quantity["value"].text()));
    measured.value.unit = unit_of(quantity);
    measured.unit = folded(measured.value.unit);
    const auto number = quantity["value"].number();
    if (!number) return;
    if (comparator.empty()) measured.number = number;
    if (!measured.said) measured.value.flag = flag_computed(range, measured.unit, comparator, *number);
}

std::string other_value(Node observation) {
    if (auto value = words(observation["valueCodeableConcept"]); !value.empty()) return value;
    for (const auto* member : {"valueString", "valueInteger", "valueBoolean"})
        if (auto value = tidy(observation[member].text()); !value.empty()) return value;
    return {};
}

std::optional<Measured> measured(const Record& record, const Entry& entry) {
    const auto observation = entry.resource;
    const auto status = observation["status"].text();
    if (status == "entered-in-error" || status == "cancelled" || status == "registered") return std::nullopt;
    Measured one;
    one.key = key_of(observation["code"], one.value.code);
    one.value.name = words(observation["code"]);
    const auto said = flag_said(observation);
    one.said = said.has_value();
    one.value.flag = said.value_or(LabFlag::none);
    const auto range = range_of(observation);
    one.value.range = range_text(range);
    if (observation["valueQuantity"].present())
        read_quantity(observation["valueQuantity"], range, one);
    else
        one.value.value = other_value(observation);
    if (one.value.value.empty()) return std::nullopt;
    for (const auto date : {observation["effectiveDateTime"], observation["effectivePeriod"]["start"],
                            observation["effectiveInstant"], observation["issued"]})
        if (!one.value.taken.day) one.value.taken = record_date(date.text());
    one.value.facility = record.facility(entry, {"performer"});
    return one;
}

// Oldest first; the last one is what the row shows.
LabValue row_of(std::vector<Measured>& series) {
    std::stable_sort(series.begin(), series.end(),
                     [](const Measured& a, const Measured& b) { return a.value.taken.day < b.value.taken.day; });
    auto& latest = series.back();
    for (const auto& one : series)
        if (one.number && one.value.taken.day && one.unit == latest.unit)
            latest.value.history.push_back({*one.value.taken.day, *one.number});
    auto& history = latest.value.history;
    if (history.size() > history_limit)
        history.erase(history.begin(), history.end() - static_cast<std::ptrdiff_t>(history_limit));
    return std::move(latest.value);
}

}  // namespace

std::vector<LabValue> read_labs(const Record& record) {
    std::unordered_map<std::string, std::size_t> places;
    std::vector<std::vector<Measured>> series;
    record.each("Observation", [&](const Entry& entry) {
        if (is_blood_group(entry.resource) || !is_laboratory(entry.resource)) return;
        if (has_unknown_modifier(entry.resource)) return;
        auto one = measured(record, entry);
        if (!one) return;
        const auto [place, made] = places.emplace(one->key, series.size());
        if (made) series.emplace_back();
        series[place->second].push_back(std::move(*one));
    });
    std::vector<LabValue> labs;
    for (auto& of_one_code : series) labs.push_back(row_of(of_one_code));
    std::stable_sort(labs.begin(), labs.end(),
                     [](const LabValue& a, const LabValue& b) { return a.taken.day > b.taken.day; });
    return labs;
}

}  // namespace kazashi::fhir
