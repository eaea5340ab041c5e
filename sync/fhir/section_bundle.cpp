#include <simdjson.h>

#include <nlohmann/json.hpp>

#include "sync/fhir/assignment.h"
#include "sync/fhir/code_systems.h"
#include "sync/fhir/import.h"
#include "sync/fhir/references.h"
#include "sync/fhir/resource.h"

namespace kazashi::fhir {
namespace {

// The same tokens without the blanks between them: numbers and strings stay as they were written.
std::string without_blanks(const std::string& json) {
    std::string out(json.size() + simdjson::SIMDJSON_PADDING, '\0');
    std::size_t size{};
    if (simdjson::minify(json.data(), json.size(), out.data(), size)) return json;
    out.resize(size);
    return out;
}

std::string quoted(const std::string& text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void write_entry(std::string& bundle, const ImportedResource& resource, bool first) {
    if (!first) bundle += ',';
    bundle += '{';
    if (!resource.full_url.empty()) bundle += "\"fullUrl\":" + quoted(resource.full_url) + ',';
    bundle += "\"resource\":" + without_blanks(resource.json) + '}';
}

bool has_institution_number(Node organization, std::string_view number) {
    for (const auto identifier : organization["identifier"])
        if (identifier["system"].text() == institution_system && identifier["value"].text() == number) return true;
    return false;
}

// Marks the supporting resources that shown ones point to, and what these point to.
class Support {
public:
    Support(const Entries& entries, std::vector<bool>& wanted) : entries_{entries}, wanted_{wanted} {
        for (std::size_t i = 0; i < wanted.size(); ++i)
            if (wanted[i]) open_.push_back(i);
    }

    void mark() {
        while (!open_.empty()) {
            const auto from = open_.back();
            open_.pop_back();
            for_references(entries_[from].resource,
                           [&](Node reference) { want(entries_.find(reference["reference"].text(), entries_[from])); });
            want_institutions(entries_[from].resource);
        }
    }

private:
    void want(std::size_t to) {
        if (to == Entries::nowhere || wanted_[to]) return;
        if (!is_support(entries_[to].type) || entries_[to].type == "Patient") return;
        wanted_[to] = true;
        open_.push_back(to);
    }

    // JP-CLINS names facilities by number, in an extension or as an identifier where others have a reference.
    void want_institutions(Node node) {
        for (const auto child : node) {
            if (child["system"].text() == institution_system) want_institution(child["value"].text());
            if (child.is(Node::Kind::object) || child.is(Node::Kind::array)) want_institutions(child);
        }
    }

    void want_institution(std::string_view number) {
        for (std::size_t i = 0; i < entries_.size(); ++i)
            if (entries_[i].type == "Organization" && has_institution_number(entries_[i].resource, number)) want(i);
    }

    const Entries& entries_;
    std::vector<bool>& wanted_;
    std::vector<std::size_t> open_;
};

}  // namespace

std::string section_bundle(const ImportedResource& patient, const std::vector<const ImportedResource*>& resources) {
    std::vector<std::unique_ptr<Json>> parsed;
    std::vector<const ImportedResource*> given;
    Entries entries;
    std::vector<bool> wanted;
    for (const auto* resource : resources) {
        auto json = Json::parse(resource->json);
        if (!json) continue;  // it was parsed when it was stored: only a damaged row comes here
        entries.add((*json)->root(), resource->full_url);
        parsed.push_back(std::move(*json));
        given.push_back(resource);
    }
    // What points to something withheld may have come in another Bundle, long before or after it.
    auto hidden = withheld_entries(entries);
    for (std::size_t i = 0; i < given.size(); ++i) {
        hidden[i] = hidden[i] || given[i]->withheld;
        wanted.push_back(given[i]->section && !hidden[i]);
    }
    const auto shown = wanted;
    Support{entries, wanted}.mark();

    std::string bundle = R"({"resourceType":"Bundle","type":"collection","entry":[)";
    write_entry(bundle, patient, true);
    for (const bool clinical : {true, false})
        for (std::size_t i = 0; i < given.size(); ++i)
            if (wanted[i] && !hidden[i] && shown[i] == clinical) write_entry(bundle, *given[i], false);
    return bundle + "]}";
}

}  // namespace kazashi::fhir
