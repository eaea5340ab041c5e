#include "sync/fhir/diagnosis.h"

#include <algorithm>
#include <array>

#include "sync/fhir/tuning.h"

namespace kazashi::fhir {
namespace {

using Kind = Node::Kind;

// Names come from outside: only what is a FHIR element name goes into an answer.
std::string element_name(std::string_view name) {
    const auto fine = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    };
    if (name.empty() || name.size() > 64 || !std::all_of(name.begin(), name.end(), fine)) return "?";
    return std::string{name};
}

std::string inside(const std::string& path, Node member) { return path + "." + element_name(member.name()); }
std::string inside(const std::string& path, std::size_t index) { return path + "[" + std::to_string(index) + "]"; }

std::string top(Node root) {
    return element_name(root["resourceType"].text().empty() ? "Bundle" : root["resourceType"].text());
}

bool has_double_name(Node object, std::string_view& which) {
    std::vector<std::string_view> names;
    for (const auto member : object) names.push_back(member.name());
    std::sort(names.begin(), names.end());
    const auto twice = std::adjacent_find(names.begin(), names.end());
    if (twice == names.end()) return false;
    which = *twice;
    return true;
}

std::optional<Refusal> diagnose_at(Node node, const std::string& path) {
    if (node.is(Kind::string) && node.text().size() > text_limit)
        return refuse("too-long", path, "one element is longer than this server takes", 413);
    std::string_view twice;
    if (node.is(Kind::object) && has_double_name(node, twice))
        return refuse("structure", path + "." + element_name(twice), "this name stands twice in one object");
    std::size_t index = 0;
    for (const auto child : node) {
        const bool leaf = !child.is(Kind::object) && !child.is(Kind::array);
        const bool fine = leaf && child.text().size() <= text_limit;
        if (!fine)
            if (auto found = diagnose_at(child, node.is(Kind::array) ? inside(path, index) : inside(path, child)))
                return found;
        ++index;
    }
    return std::nullopt;
}

struct Longest {
    std::size_t size{};
    std::string path;
};

void measure(Node node, const std::string& path, Longest& longest) {
    if (node.text().size() > longest.size) longest = {node.text().size(), path};
    std::size_t index = 0;
    for (const auto child : node) {
        const bool dull = !child.is(Kind::object) && !child.is(Kind::array) && child.text().size() <= longest.size;
        if (!dull) measure(child, node.is(Kind::array) ? inside(path, index) : inside(path, child), longest);
        ++index;
    }
}

constexpr std::array<std::string_view, 8> booleans{"active",       "asNeededBoolean",      "deceasedBoolean",
                                                   "doNotPerform", "multipleBirthBoolean", "primarySource",
                                                   "userSelected", "reportedBoolean"};
constexpr std::array<std::string_view, 14> strings{
    "birthDate", "gender",        "family",     "system",       "display",
    "reference", "unit",          "authoredOn", "recordedDate", "effectiveDateTime",
    "issued",    "onsetDateTime", "intent",     "valueString"};
constexpr std::array<std::string_view, 11> quantities{
    "valueQuantity", "low",         "high",           "doseQuantity",           "quantity",    "daysSupply",
    "numerator",     "denominator", "boundsDuration", "expectedSupplyDuration", "rateQuantity"};

template <std::size_t N>
bool among(const std::array<std::string_view, N>& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

const char* wrong(Node node) {
    const bool primitive = node.is(Kind::string) || node.is(Kind::number) || node.is(Kind::boolean);
    if (!primitive) return nullptr;
    if (!node.is(Kind::boolean) && among(booleans, node.name())) return "should be a JSON boolean";
    if (!node.is(Kind::string) && among(strings, node.name())) return "should be a JSON string";
    return nullptr;
}

}  // namespace

Issue problem(Issue::Severity severity, std::string code, std::string expression, std::string what) {
    return {severity, std::move(code), std::move(expression), std::move(what)};
}

Refusal refuse(std::string code, std::string expression, std::string what, int http_status) {
    return {http_status, {problem(Issue::Severity::error, std::move(code), std::move(expression), std::move(what))}};
}

std::optional<Refusal> diagnose(Node root) { return diagnose_at(root, top(root)); }

std::string longest_element(Node root) {
    Longest longest;
    const auto path = top(root);
    for (const auto member : root) measure(member, inside(path, member), longest);
    return longest.path;
}

void tell_wrong_types(Node node, const std::string& path, std::vector<Issue>& issues) {
    std::size_t index = 0;
    for (const auto child : node) {
        if (issues.size() >= issue_limit) return;
        const auto here = [&] { return node.is(Kind::array) ? inside(path, index) : inside(path, child); };
        if (const auto* what = wrong(child)) issues.push_back(problem(Issue::Severity::warning, "value", here(), what));
        if (child.is(Kind::object) && among(quantities, child.name()) && child["value"].is(Kind::string))
            issues.push_back(problem(Issue::Severity::warning, "value", here() + ".value", "should be a JSON number"));
        if (child.is(Kind::object) || child.is(Kind::array)) tell_wrong_types(child, here(), issues);
        ++index;
    }
}

}  // namespace kazashi::fhir
