// Whose record an entry belongs to. A wrong answer puts a medicine into another person's record, so everything that is
// not certain is refused.
#pragma once

#include <variant>
#include <vector>

#include "sync/fhir/import.h"
#include "sync/fhir/references.h"

namespace kazashi::fhir {

// Per entry the index of its Patient's entry; a Patient owns itself; Entries::nowhere: shared.
using Owners = std::vector<std::size_t>;

struct AssignmentContext {
    std::string_view bundle_type;
    std::vector<Issue>& issues;
};
std::variant<Owners, Refusal> assign(const Entries& entries, const std::vector<std::size_t>& patients,
                                     AssignmentContext context);

// Which entries must never be packed: those tagged UNINFORMED, and documents and lists that point to one, because
// their text would tell it.
std::vector<bool> withheld_entries(const Entries& entries);

// Calls `see` with every Reference element below `node`.
template <class See>
void for_references(Node node, const See& see) {
    for (const auto child : node) {
        if (child.is(Node::Kind::object) && child["reference"].is(Node::Kind::string)) see(child);
        if (child.is(Node::Kind::object) || child.is(Node::Kind::array)) for_references(child, see);
    }
}

}  // namespace kazashi::fhir
