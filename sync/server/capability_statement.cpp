#include "sync/server/capability_statement.h"

#include <fmt/chrono.h>

#include <nlohmann/json.hpp>

namespace kazashi::server {

std::string capability_statement(const std::string& region_name, model::UtcTime now) {
    using nlohmann::ordered_json;
    const auto seconds = std::chrono::floor<std::chrono::seconds>(now);
    const ordered_json rest{
        {"mode", "server"},
        {"documentation",
         "POST a Bundle of type transaction, batch, collection or document to the base. Every Bundle, a batch too, is "
         "stored whole or not at all; the answer is an OperationOutcome."},
        {"security", {{"description", "TLS 1.3; a source's client certificate of this region"}}},
        {"interaction", ordered_json::array({{{"code", "transaction"}}, {{"code", "batch"}}})}};
    const ordered_json statement{
        {"resourceType", "CapabilityStatement"},
        {"status", "active"},
        {"date", fmt::format("{:%Y-%m-%dT%H:%M:%S}Z", fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)))},
        {"kind", "instance"},
        {"software", {{"name", "Kazashi"}, {"version", KAZASHI_VERSION}}},
        {"implementation", {{"description", region_name}}},
        {"fhirVersion", "4.0.1"},
        {"format", ordered_json::array({"application/fhir+json"})},
        {"rest", ordered_json::array({rest})}};
    return statement.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace kazashi::server
