#include "sync/server/fhir_routes.h"

#include <fmt/format.h>

#include <utility>

#include "cardio/base/log.h"
#include "sync/server/capability_statement.h"

namespace kazashi::server {

namespace {

constexpr const char* fhir_json = "application/fhir+json; charset=utf-8";

HttpAnswer refused(const fhir::Refusal& refusal) {
    return {refusal.http_status, fhir_json, fhir::operation_outcome(refusal.issues)};
}

// What the sender may want to know, after the warnings the import had anyway.
HttpAnswer stored(const Imported& done, std::vector<fhir::Issue> issues) {
    const auto say = [&](std::string what) {
        issues.push_back({fhir::Issue::Severity::information, "informational", "Bundle", std::move(what)});
    };
    say(fmt::format("{} entries, {} of them understood; {} new or changed", done.entries, done.understood,
                    done.changed));
    if (done.members < done.patients) {
        say(fmt::format("{} patients without a regional number: kept, but not for terminals",
                        done.patients - done.members));
    }
    return {200, fhir_json, fhir::operation_outcome(issues)};
}

HttpAnswer failed(const base::Error& error) {
    base::log(base::LogLevel::error, "fhir", error.detail);
    if (error.fault == base::Fault::limit) {
        return fhir_refusal(413, "too-long", "a section of this patient's record is larger than a terminal takes");
    }
    return fhir_refusal(500, "exception", "nothing was stored");
}

}  // namespace

HttpAnswer fhir_refusal(int status, const std::string& code, const std::string& what) {
    return refused({status, {{fhir::Issue::Severity::error, code, "", what}}});
}

HttpAnswer FhirRoutes::post_bundle(const HttpRequest& request) const {
    if (!request.content_type.empty() && request.content_type.find("json") == std::string::npos) {
        return fhir_refusal(415, "not-supported", "JSON is taken here: application/fhir+json");
    }
    auto read = fhir::import_bundle(request.body);
    if (const auto* refusal = std::get_if<fhir::Refusal>(&read)) return refused(*refusal);
    auto& import = std::get<fhir::Import>(read);
    const auto result = desk_.store(*region_.repository, import, clock_.now());
    if (!result) return failed(result.error());
    if (const auto* refusal = std::get_if<fhir::Refusal>(&*result)) return refused(*refusal);
    return stored(std::get<Imported>(*result), std::move(import.issues));
}

HttpAnswer FhirRoutes::metadata() const {
    return {200, fhir_json, capability_statement(region_.profile.name, clock_.now())};
}

}  // namespace kazashi::server
