// The FHIR door: POST /fhir and GET /fhir/metadata. Whatever happens, the answer is a FHIR resource.
#pragma once

#include "sync/server/http_types.h"
#include "sync/server/import_desk.h"
#include "sync/server/region_clock.h"

namespace kazashi::server {

class FhirRoutes {
public:
    FhirRoutes(Region& region, RegionClock& clock, const ImportDesk& desk)
        : region_{region}, clock_{clock}, desk_{desk} {}

    HttpAnswer post_bundle(const HttpRequest& request) const;
    HttpAnswer metadata() const;

private:
    Region& region_;
    RegionClock& clock_;
    const ImportDesk& desk_;
};

HttpAnswer fhir_refusal(int status, const std::string& code, const std::string& what);

}  // namespace kazashi::server
