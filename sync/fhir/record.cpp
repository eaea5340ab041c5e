#include "sync/fhir/record.h"

#include "sync/fhir/code_systems.h"
#include "sync/fhir/resource.h"
#include "sync/fhir/text.h"

namespace kazashi::fhir {
namespace {

// Departments are part of hospitals are part of corporations; a circle must end as well.
constexpr int organization_levels = 4;

bool has_institution_number(Node organization, std::string_view number) {
    for (const auto identifier : organization["identifier"])
        if (identifier["system"].text() == institution_system && identifier["value"].text() == number) return true;
    return false;
}

}  // namespace

void Record::add(std::unique_ptr<Json> bundle) {
    for (const auto entry : bundle->root()["entry"]) {
        const auto resource = entry["resource"];
        if (!resource.is(Node::Kind::object) || is_uninformed(resource)) continue;
        const auto url = entry["fullUrl"].text();
        if (!url.empty()) {
            const auto known = entries_.find(url, {});
            if (known != Entries::nowhere && entries_[known].resource.raw() == resource.raw()) continue;
        }
        entries_.add(resource, url);
    }
    bundles_.push_back(std::move(bundle));
}

std::string Record::facility(const Entry& entry, std::initializer_list<std::string_view> members) const {
    for (const auto member : members) {
        const auto node = entry.resource[member];
        if (node.is(Node::Kind::object)) {
            if (auto name = facility_of(node, entry); !name.empty()) return name;
            continue;
        }
        for (const auto item : node) {
            const auto actor = item["actor"];
            if (auto name = facility_of(actor.present() ? actor : item, entry); !name.empty()) return name;
        }
    }
    for (const auto extension : entry.resource["extension"])
        if (extension["url"].text() == institution_extension)
            return institution(extension["valueIdentifier"]["value"].text());
    return {};
}

std::string Record::facility_of(Node reference, const Entry& from) const {
    const auto target = entries_.resolve(reference, from);
    const auto type = target["resourceType"].text();
    if (type == "Organization") return organization_name(target, from);
    if (type == "PractitionerRole") {
        const auto organization = entries_.resolve(target["organization"], from);
        if (organization.present()) return organization_name(organization, from);
        return tidy(target["organization"]["display"].text());
    }
    if (target.present()) return {};
    if (reference["identifier"]["system"].text() == institution_system) {
        auto shown = tidy(reference["display"].text());
        return shown.empty() ? institution(reference["identifier"]["value"].text()) : shown;
    }
    const bool organization =
        reference["type"].text() == "Organization" || type_and_id(reference["reference"].text()).type == "Organization";
    // A reference of nothing but words may be a person or a place; at a dispensing it is the pharmacy (fhir.md §1.6).
    const bool only_words = reference["reference"].text().empty() && from.type == "MedicationDispense";
    return organization || only_words ? tidy(reference["display"].text()) : std::string{};
}

std::string Record::organization_name(Node organization, const Entry& from) const {
    for (int level = 0; level < organization_levels; ++level) {
        const auto whole = entries_.resolve(organization["partOf"], from);
        if (whole["name"].text().empty()) break;
        organization = whole;
    }
    return tidy(organization["name"].text());
}

std::string Record::institution(std::string_view number) const {
    for (const auto& entry : entries_.all())
        if (entry.type == "Organization" && has_institution_number(entry.resource, number))
            return organization_name(entry.resource, entry);
    return std::string{number};
}

}  // namespace kazashi::fhir
