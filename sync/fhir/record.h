// All opened Bundles of one patient as one set of resources to read.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "sync/fhir/json.h"
#include "sync/fhir/references.h"

namespace kazashi::fhir {

class Record {
public:
    // A resource that stands in several Bundles (the Patient, Organizations) is taken once. Resources tagged
    // UNINFORMED are not taken at all.
    void add(std::unique_ptr<Json> bundle);

    const Entries& entries() const { return entries_; }
    template <class See>
    void each(std::string_view type, const See& see) const {
        for (const auto& entry : entries_.all())
            if (entry.type == type) see(entry);
    }

    // Name of the organization behind the first of these members that leads to one; then that of the CLINS institution
    // number, then the number itself. Empty: the record does not say.
    std::string facility(const Entry& entry, std::initializer_list<std::string_view> members) const;

private:
    std::string facility_of(Node reference, const Entry& from) const;
    std::string organization_name(Node organization, const Entry& from) const;
    // Of the organization that has this institution number; the number itself where none has it.
    std::string institution(std::string_view number) const;

    std::vector<std::unique_ptr<Json>> bundles_;
    Entries entries_;
};

}  // namespace kazashi::fhir
