#include "sync/fhir/assignment.h"

#include <algorithm>
#include <array>

#include "sync/fhir/diagnosis.h"
#include "sync/fhir/resource.h"
#include "sync/fhir/tuning.h"

namespace kazashi::fhir {
namespace {

constexpr auto nowhere = Entries::nowhere;

std::string path_of(std::size_t index, Node reference) {
    return "Bundle.entry[" + std::to_string(index) + "].resource." +
           (reference.present() ? std::string{reference.name()} : "subject");
}

class Assigner {
public:
    Assigner(const Entries& entries, const std::vector<std::size_t>& patients, AssignmentContext context)
        : entries_{entries}, patients_{patients}, context_{context} {}

    std::variant<Owners, Refusal> run() {
        for (std::size_t i = 0; i < entries_.size(); ++i) {
            const auto& entry = entries_[i];
            if (entry.type == "Patient") {
                owners_[i] = i;
            } else if (!is_shared(entry.type)) {
                if (auto refusal = assign_one(i)) return *refusal;
            }
        }
        give_to_users();
        return owners_;
    }

private:
    bool alone() const { return patients_.size() == 1; }

    std::optional<Refusal> assign_one(std::size_t i) {
        const auto reference = patient_reference(entries_[i].resource);
        if (!reference.present()) return without_reference(i);
        owners_[i] = owner_named(reference, i);
        if (owners_[i] != nowhere) return std::nullopt;
        if (alone() && may_mean_the_only_one(reference)) {
            tell(i, reference, "points to no Patient by reference; taken for the only one of the Bundle");
            owners_[i] = patients_.front();
            return std::nullopt;
        }
        return refuse("not-found", path_of(i, reference), "the patient it points to is not in the Bundle");
    }

    std::optional<Refusal> without_reference(std::size_t i) {
        const auto& entry = entries_[i];
        if (alone()) {
            if (section_of(entry.resource)) tell(i, {}, "names no patient; taken for the only one of the Bundle");
            owners_[i] = patients_.front();
            return std::nullopt;
        }
        if (section_of(entry.resource))
            return refuse("required", path_of(i, {}), "names no patient, and the Bundle has several");
        return std::nullopt;
    }

    std::size_t owner_named(Node reference, std::size_t i) const {
        const auto text = reference["reference"].text();
        if (text.starts_with('#')) return owner_like(entries_.resolve(reference, entries_[i]));
        if (const auto found = entries_.find(text, entries_[i]); found != nowhere)
            return entries_[found].type == "Patient" ? found : nowhere;
        constexpr std::string_view conditional = "Patient?identifier=";
        if (text.starts_with(conditional)) return owner_with(text.substr(conditional.size()));
        if (!text.empty()) return nowhere;
        const auto identifier = reference["identifier"];
        return owner_with(std::string{identifier["system"].text()}.append("|").append(identifier["value"].text()));
    }

    // A contained copy of the patient: it is the one with which it shares an identifier.
    std::size_t owner_like(Node contained) const {
        if (contained["resourceType"].text() != "Patient") return nowhere;
        for (const auto identifier : contained["identifier"]) {
            const auto key = std::string{identifier["system"].text()}.append("|").append(identifier["value"].text());
            if (const auto owner = owner_with(key); owner != nowhere) return owner;
        }
        return nowhere;
    }

    std::size_t owner_with(std::string_view key) const {
        if (key.size() < 2) return nowhere;
        for (const auto patient : patients_)
            for (const auto identifier : entries_[patient].resource["identifier"])
                if (std::string{identifier["system"].text()}.append("|").append(identifier["value"].text()) == key)
                    return patient;
        return nowhere;
    }

    // Documents and CLINS collections are of one person by their rules, and name them by an insurance number the
    // Patient may not carry (fhir.md §1.9). A number of a system the Patient does carry must be theirs.
    bool may_mean_the_only_one(Node reference) const {
        if (context_.bundle_type != "document" && context_.bundle_type != "collection") return false;
        if (!reference["reference"].text().empty()) return false;
        const auto system = reference["identifier"]["system"].text();
        for (const auto identifier : entries_[patients_.front()].resource["identifier"])
            if (!system.empty() && identifier["system"].text() == system) return false;
        return true;
    }

    // In a Bundle of several people a Medication belongs to the one whose resources point to it.
    void give_to_users() {
        if (alone()) return;
        std::vector<bool> several(entries_.size(), false);
        for (std::size_t i = 0; i < entries_.size(); ++i) {
            if (owners_[i] == nowhere || entries_[i].type == "Patient") continue;
            for_references(entries_[i].resource, [&](Node reference) {
                const auto used = entries_.find(reference["reference"].text(), entries_[i]);
                if (used == nowhere || is_shared(entries_[used].type) || several[used] || used == i) return;
                if (owners_[used] == nowhere)
                    owners_[used] = owners_[i];
                else if (owners_[used] != owners_[i] && !patient_reference(entries_[used].resource).present() &&
                         entries_[used].type != "Patient")
                    several[used] = true;
            });
        }
        for (std::size_t i = 0; i < entries_.size(); ++i)
            if (several[i]) owners_[i] = nowhere;
    }

    void tell(std::size_t i, Node reference, std::string what) {
        if (context_.issues.size() < issue_limit)
            context_.issues.push_back(
                problem(Issue::Severity::warning, "incomplete", path_of(i, reference), std::move(what)));
    }

    const Entries& entries_;
    const std::vector<std::size_t>& patients_;
    AssignmentContext context_;
    Owners owners_ = Owners(entries_.size(), nowhere);
};

bool repeats_what_it_points_to(std::string_view type) {
    constexpr std::array<std::string_view, 8> types{
        "Composition",   "List", "DocumentReference", "CarePlan", "ClinicalImpression", "DiagnosticReport",
        "EpisodeOfCare", "Flag"};
    return std::find(types.begin(), types.end(), type) != types.end();
}

}  // namespace

std::variant<Owners, Refusal> assign(const Entries& entries, const std::vector<std::size_t>& patients,
                                     AssignmentContext context) {
    return Assigner{entries, patients, context}.run();
}

std::vector<bool> withheld_entries(const Entries& entries) {
    std::vector<bool> withheld(entries.size(), false);
    for (std::size_t i = 0; i < entries.size(); ++i) withheld[i] = is_uninformed(entries[i].resource);
    if (std::none_of(withheld.begin(), withheld.end(), [](bool is) { return is; })) return withheld;
    auto spread = withheld;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (withheld[i] || !repeats_what_it_points_to(entries[i].type)) continue;
        for_references(entries[i].resource, [&](Node reference) {
            const auto to = entries.find(reference["reference"].text(), entries[i]);
            if (to != nowhere && withheld[to]) spread[i] = true;
        });
    }
    return spread;
}

}  // namespace kazashi::fhir
