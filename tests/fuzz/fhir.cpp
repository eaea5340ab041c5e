// Bodies of POST /fhir: whatever is imported must pack into sections that can be read again, and nothing withheld may be
// in them.
#include <cstdlib>

#include "sync/fhir/import.h"
#include "sync/fhir/looks.h"
#include "sync/fhir/summary_reader.h"

using namespace kazashi;

namespace {

const base::Date today{std::chrono::year{2026} / 3 / 20};

void require(bool holds) {
    if (!holds) std::abort();
}

void pack_and_read(const fhir::Import& import, const fhir::ImportedPatient& patient) {
    std::vector<std::string> texts;
    for (const auto section : model::all_sections) {
        std::vector<const fhir::ImportedResource*> given;
        for (const auto& resource : patient.resources)
            if (!resource.section || *resource.section == section) given.push_back(&resource);
        for (const auto& shared : import.shared) given.push_back(&shared);
        texts.push_back(fhir::section_bundle(patient.patient, given));
    }
    std::vector<fhir::SectionBundle> sections;
    for (std::size_t i = 0; i < texts.size(); ++i) sections.push_back({model::all_sections[i], texts[i]});
    require(static_cast<bool>(fhir::read_summary(sections, today)));
    const auto plain = fhir::decompress(fhir::compress(texts.front()));
    require(plain && base::as_text(plain->view()) == texts.front());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view body{reinterpret_cast<const char*>(data), size};
    const auto result = fhir::import_bundle(body);
    if (const auto* import = std::get_if<fhir::Import>(&result)) {
        for (const auto& patient : import->patients) pack_and_read(*import, patient);
        fhir::operation_outcome(import->issues);
    } else {
        const auto& refusal = std::get<fhir::Refusal>(result);
        require(!refusal.issues.empty());
        fhir::operation_outcome(refusal.issues);
    }
    // A body that no source sent: what a terminal unpacks after its key opened it.
    static_cast<void>(fhir::read_summary({{model::Section::clinical, body}}, today));
    static_cast<void>(fhir::read_looks(body));
    static_cast<void>(fhir::decompress({data, size}));
    return 0;
}
