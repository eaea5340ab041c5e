// OperationOutcome: what became of a request, in FHIR's words.
#include <nlohmann/json.hpp>

#include "sync/fhir/import.h"

namespace kazashi::fhir {
namespace {

const char* word(Issue::Severity severity) {
    switch (severity) {
        case Issue::Severity::error:
            return "error";
        case Issue::Severity::warning:
            return "warning";
        case Issue::Severity::information:
            return "information";
    }
    return "error";
}

}  // namespace

std::string operation_outcome(const std::vector<Issue>& issues) {
    auto list = nlohmann::ordered_json::array();
    for (const auto& issue : issues) {
        nlohmann::ordered_json one{
            {"severity", word(issue.severity)}, {"code", issue.code}, {"diagnostics", issue.what}};
        if (!issue.expression.empty()) one["expression"] = nlohmann::ordered_json::array({issue.expression});
        list.push_back(std::move(one));
    }
    // FHIR wants at least one issue, also when all went well.
    if (list.empty()) list.push_back({{"severity", "information"}, {"code", "informational"}});
    const nlohmann::ordered_json outcome{{"resourceType", "OperationOutcome"}, {"issue", std::move(list)}};
    return outcome.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace kazashi::fhir
