#include "sync/fhir/summary_reader.h"

#include "sync/fhir/allergies.h"
#include "sync/fhir/labs.h"
#include "sync/fhir/medicines.h"
#include "sync/fhir/person.h"
#include "sync/fhir/problems.h"
#include "sync/fhir/resource.h"

namespace kazashi::fhir {

base::Result<std::unique_ptr<model::Summary>> read_summary(const std::vector<SectionBundle>& bundles,
                                                           base::Date today) {
    auto summary = std::make_unique<model::Summary>();
    Record record;
    for (const auto& bundle : bundles) {
        KAZASHI_TRY(auto json, Json::parse(bundle.json));
        if (json->root()["resourceType"].text() != "Bundle")
            return base::Error{base::Fault::malformed, "a section that is not a Bundle"};
        record.add(std::move(json));
        summary->sections = summary->sections.with(bundle.section);
    }
    summary->person = read_person(record);
    read_allergies(record, *summary);
    summary->medicines = read_medicines(record, today);
    summary->problems = read_problems(record);
    summary->labs = read_labs(record);
    for (const auto& entry : record.entries().all())
        if (!is_understood(entry.resource)) ++summary->not_understood;
    return summary;
}

}  // namespace kazashi::fhir
