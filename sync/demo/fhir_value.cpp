#include "sync/demo/fhir_value.h"

#include <fmt/format.h>

namespace kazashi::demo {
namespace {

constexpr std::string_view number_begin = "⟦";
constexpr std::string_view number_end = "⟧";

}  // namespace

Fhir coding(const std::string& system, const std::string& code, const std::string& display) {
    Fhir one{{"system", system}, {"code", code}};
    if (!display.empty()) one["display"] = display;
    return one;
}

Fhir concept_of(Fhir code, const std::string& text) {
    Fhir one{{"coding", Fhir::array({std::move(code)})}};
    if (!text.empty()) one["text"] = text;
    return one;
}

Fhir hl7(const std::string& table, const std::string& code) {
    return concept_of(coding("http://terminology.hl7.org/CodeSystem/" + table, code));
}

Fhir in_days(int count) {
    return {{"value", count}, {"unit", "日"}, {"system", "http://unitsofmeasure.org"}, {"code", "d"}};
}

Fhir amount(double value, const std::string& unit) { return {{"value", decimal(short_number(value))}, {"unit", unit}}; }

std::string short_number(double value) {
    auto text = fmt::format("{:.2f}", value);
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
    return text;
}

Fhir decimal(const std::string& digits) { return std::string{number_begin} + digits + std::string{number_end}; }

std::string written(const Fhir& whole) {
    auto text = whole.dump();
    const auto drop = [&](const std::string& mark) {
        for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) text.erase(at, mark.size());
    };
    drop('"' + std::string{number_begin});
    drop(std::string{number_end} + '"');
    return text;
}

}  // namespace kazashi::demo
