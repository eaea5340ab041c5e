#include "sync/fhir/import.h"

#include <algorithm>
#include <array>
#include <set>

#include "sync/fhir/assignment.h"
#include "sync/fhir/diagnosis.h"
#include "sync/fhir/names.h"
#include "sync/fhir/references.h"
#include "sync/fhir/resource.h"
#include "sync/fhir/tuning.h"
#include "sync/vault/seal.h"

namespace kazashi::fhir {
namespace {

using Kind = Node::Kind;
using Severity = Issue::Severity;

std::string place(std::size_t index) { return "Bundle.entry[" + std::to_string(index) + "]"; }

bool is_type_name(std::string_view type) {
    const auto letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
    return type.size() > 1 && type.size() <= 64 && type.front() >= 'A' && type.front() <= 'Z' &&
           std::all_of(type.begin(), type.end(), letter);
}

bool is_id(std::string_view id) {
    const auto fine = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    };
    return !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), fine);
}

std::optional<Refusal> check_bundle(Node root) {
    const auto type = root["resourceType"].text();
    if (!is_type_name(type)) return refuse("structure", "resourceType", "this is not a FHIR resource");
    if (type != "Bundle")
        return refuse("not-supported", std::string{type}, "only a Bundle is taken here, not a single resource");
    if (const auto diagnosis = diagnose(root)) return diagnosis;
    constexpr std::array<std::string_view, 4> types{"transaction", "batch", "collection", "document"};
    if (std::find(types.begin(), types.end(), root["type"].text()) == types.end())
        return refuse("not-supported", "Bundle.type", "taken are transaction, batch, collection and document");
    if (!root["entry"].is(Kind::array) || !root["entry"].front().present())
        return refuse("required", "Bundle.entry", "the Bundle has no entries");
    return std::nullopt;
}

std::optional<Refusal> check_entry(Node entry, std::size_t index) {
    const auto method = entry["request"]["method"].text();
    if (!method.empty() && method != "POST" && method != "PUT")
        return refuse("not-supported", place(index) + ".request.method", "only POST and PUT are taken");
    const auto resource = entry["resource"];
    if (!resource.present()) return refuse("required", place(index) + ".resource", "an entry without a resource");
    if (!resource.is(Kind::object)) return refuse("structure", place(index) + ".resource", "should be an object");
    const auto type = resource["resourceType"].text();
    if (!resource["resourceType"].is(Kind::string) || !is_type_name(type))
        return refuse("structure", place(index) + ".resource.resourceType", "this is not a FHIR resource");
    if (is_container(type))
        return refuse("not-supported", place(index) + ".resource", "this resource type is no part of a record");
    return std::nullopt;
}

// Where the source gave no id: that of its URL, else one made of what identifies it, the same at every sending.
std::string id_of(Node entry) {
    const auto resource = entry["resource"];
    if (is_id(resource["id"].text())) return std::string{resource["id"].text()};
    if (entry["request"]["method"].text() == "PUT")
        if (const auto id = type_and_id(entry["request"]["url"].text()).id; is_id(id)) return std::string{id};
    const auto url = url_key(entry["fullUrl"].text());
    const auto tail = url.substr(url.find_last_of(":/") + 1);
    if (url.size() > tail.size() && is_id(tail)) return tail;

    std::string basis{resource["resourceType"].text()};
    for (const auto extension : resource["extension"])
        if (extension["url"].text() == institution_extension)
            basis.append(extension["valueIdentifier"]["value"].text());
    std::string_view own = resource.raw();
    for (const auto identifier : resource["identifier"])
        if (identifier["system"].text() == resource_instance_system) own = identifier["value"].text();
    const auto hash = vault::hash("kazashi/fhir/id/1", base::as_bytes(basis.append("|").append(own)));
    return "k-" + base::to_hex(hash.view().first(16));
}

ImportedResource imported(Node entry, bool withheld) {
    const auto resource = entry["resource"];
    return {.type = std::string{resource["resourceType"].text()},
            .id = id_of(entry),
            .full_url = std::string{entry["fullUrl"].text()},
            .json = std::string{resource.raw()},
            .section = section_of(resource),
            .withheld = withheld};
}

bool is_regional_number(std::string_view value) {
    return value.size() == 10 && std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
}

class Importer {
public:
    explicit Importer(Node root) : root_{root} {}

    std::variant<Import, Refusal> run() {
        if (auto refusal = gather()) return *refusal;
        if (auto refusal = read_patients()) return *refusal;
        auto assigned = assign(entries_, patients_, {root_["type"].text(), import_.issues});
        if (auto* refusal = std::get_if<Refusal>(&assigned)) return *refusal;
        const auto withheld = withheld_entries(entries_);
        place_all(std::get<Owners>(assigned), withheld);
        return std::move(import_);
    }

private:
    std::optional<Refusal> gather() {
        std::set<std::string> urls, ids;
        for (const auto entry : root_["entry"]) {
            const auto index = raw_entries_.size();
            if (index >= entry_limit) return refuse("too-long", "Bundle.entry", "too many entries", 413);
            if (auto refusal = check_entry(entry, index)) return refusal;
            const auto resource = entry["resource"];
            const auto url = entry["fullUrl"].text();
            if (!url.empty() && !urls.insert(url_key(url)).second)
                return refuse("duplicate", place(index) + ".fullUrl", "another entry has the same fullUrl");
            const std::string id{resource["id"].text()};
            if (!id.empty() && !ids.insert(std::string{resource["resourceType"].text()} + "/" + id).second)
                return refuse("duplicate", place(index) + ".resource.id", "another entry has the same type and id");
            entries_.add(resource, url);
            raw_entries_.push_back(entry);
        }
        return std::nullopt;
    }

    std::optional<Refusal> read_patients() {
        for (std::size_t i = 0; i < entries_.size(); ++i) {
            if (entries_[i].type != "Patient") continue;
            patients_.push_back(i);
            auto& patient = import_.patients.emplace_back();
            if (auto refusal = read_patient(entries_[i].resource, place(i) + ".resource", patient)) return refusal;
        }
        if (patients_.empty()) return refuse("required", "Bundle.entry", "no Patient in the Bundle");
        return std::nullopt;
    }

    std::optional<Refusal> read_patient(Node resource, const std::string& path, ImportedPatient& patient) {
        for (const auto identifier : resource["identifier"]) {
            const auto system = identifier["system"].text();
            const auto value = identifier["value"].text();
            if (value.empty()) continue;
            patient.identifiers.push_back(std::string{system}.append("|").append(value));
            if (system != regional_id_system) continue;
            if (!is_regional_number(value)) {
                tell(Severity::warning, "value", path + ".identifier", "a regional number has ten digits");
            } else if (!patient.regional_number.empty() && patient.regional_number != value) {
                return refuse("invariant", path + ".identifier", "two regional numbers for one patient");
            } else {
                patient.regional_number = value;
            }
        }
        std::sort(patient.identifiers.begin(), patient.identifiers.end());
        const auto same = [&](const ImportedPatient& other) {
            return &other != &patient && !patient.regional_number.empty() &&
                   other.regional_number == patient.regional_number;
        };
        if (std::any_of(import_.patients.begin(), import_.patients.end(), same))
            return refuse("duplicate", path + ".identifier", "another Patient has the same regional number");
        patient.kana = names_of(resource).kana;
        patient.birth_date = resource["birthDate"].text();
        return std::nullopt;
    }

    void place_all(const Owners& owners, const std::vector<bool>& withheld) {
        std::set<std::string> unknown;
        for (std::size_t i = 0; i < entries_.size(); ++i) {
            const auto& entry = entries_[i];
            auto resource = imported(raw_entries_[i], withheld[i]);
            const auto patient = std::find(patients_.begin(), patients_.end(), owners[i]);
            if (owners[i] == Entries::nowhere) {
                import_.shared.push_back(std::move(resource));
            } else {
                auto& owner = import_.patients[static_cast<std::size_t>(patient - patients_.begin())];
                if (owners[i] == i)
                    owner.patient = std::move(resource);
                else
                    owner.resources.push_back(std::move(resource));
            }
            tell_wrong_types(entry.resource, place(i) + ".resource", import_.issues);
            if (is_understood(entry.resource))
                ++import_.understood;
            else if (unknown.insert(std::string{entry.type}).second)
                tell(Severity::information, "not-supported", place(i) + ".resource",
                     "kept, but no screen shows resources like this one");
        }
        import_.entries = static_cast<int>(entries_.size());
    }

    void tell(Severity severity, std::string code, std::string expression, std::string what) {
        if (import_.issues.size() < issue_limit)
            import_.issues.push_back(problem(severity, std::move(code), std::move(expression), std::move(what)));
    }

    Node root_;
    Entries entries_;
    std::vector<Node> raw_entries_;
    std::vector<std::size_t> patients_;
    Import import_;
};

}  // namespace

std::variant<Import, Refusal> import_bundle(std::string_view body) {
    if (body.size() > inspect_limit)
        return refuse("too-long", "Bundle", "the body is longer than this server takes", 413);
    const auto json = Json::parse(body);
    if (!json && json.fault() == base::Fault::limit) return refuse("structure", "Bundle", "nested too deep");
    if (!json) return refuse("structure", "Bundle", "the body is not JSON");
    const auto root = (*json)->root();
    if (body.size() > body_limit)
        return refuse("too-long", longest_element(root), "the body is longer than this server takes", 413);
    if (auto refusal = check_bundle(root)) return *refusal;
    return Importer{root}.run();
}

}  // namespace kazashi::fhir
