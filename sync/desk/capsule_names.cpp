// Names for the codes of one capsule, out of the glossary: opened for it, and gone again with what is not in it.
#include "sync/desk/capsule_names.h"

#include "cardio/base/log.h"
#include "sync/fhir/import.h"
#include "sync/vault/glossary.h"
#include "sync/wire/glossary.h"

namespace kazashi::desk {

namespace {

using base::Result;
using model::CodeName;
using model::CodeSystem;

Result<std::vector<CodeName>> open_glossary(store::Store& store, const std::vector<vault::CapsuleEpochKey>& keys) {
    KAZASHI_TRY(const auto glossary, store.glossary());
    if (!glossary) return std::vector<CodeName>{};
    KAZASHI_TRY(const auto packed, vault::open_glossary(keys, *glossary));
    KAZASHI_TRY(const auto plain, fhir::decompress(packed.view()));
    return wire::decode_glossary(plain.view());
}

class Picker {
public:
    explicit Picker(const std::vector<CodeName>& all) : all_{all} {}

    void pick(CodeSystem system, const std::string& code) {
        if (code.empty() || model::find_name(picked, system, code) != nullptr) return;
        if (const auto* found = model::find_name(all_, system, code)) return picked.push_back(*found);
        if (const auto broader = model::broader_code(system, code)) pick(system, *broader);
    }
    std::vector<CodeName> picked;

private:
    const std::vector<CodeName>& all_;
};

}  // namespace

// A glossary that does not open must not keep a medic from the facts: they are shown as codes then.
std::vector<CodeName> names_for(const model::Capsule& capsule, store::Store& store,
                                const std::vector<vault::CapsuleEpochKey>& keys) {
    const auto all = open_glossary(store, keys);
    if (!all) {
        base::log(base::LogLevel::warning, "desk", "the glossary does not open");
        return {};
    }
    Picker picker{*all};
    for (const auto& allergy : capsule.allergies) picker.pick(model::system_of_allergy(allergy.code), allergy.code);
    for (const auto& condition : capsule.conditions) picker.pick(CodeSystem::icd10, condition);
    picker.pick(CodeSystem::institution, capsule.preferred_hospital);
    return std::move(picker.picked);
}

}  // namespace kazashi::desk
