#include "sync/fhir/references.h"

#include <algorithm>

namespace kazashi::fhir {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string_view without_version(std::string_view reference) {
    return reference.substr(0, reference.find("/_history/"));
}

bool is_relative(std::string_view reference) {
    return reference.find("://") == std::string_view::npos && !reference.starts_with("urn:");
}

// "http://example.org/fhir/" of "http://example.org/fhir/Patient/1".
std::string_view base_of(std::string_view full_url) {
    const auto id = full_url.rfind('/');
    if (id == std::string_view::npos || id == 0 || full_url.starts_with("urn:")) return {};
    const auto type = full_url.rfind('/', id - 1);
    return type == std::string_view::npos ? std::string_view{} : full_url.substr(0, type + 1);
}

}  // namespace

std::string url_key(std::string_view url) {
    std::string key{url};
    if (url.starts_with("urn:")) std::transform(key.begin(), key.end(), key.begin(), lower);
    return key;
}

TypeAndId type_and_id(std::string_view reference) {
    reference = without_version(reference);
    const auto slash = reference.rfind('/');
    if (slash == std::string_view::npos) return {};
    const auto before = slash == 0 ? std::string_view::npos : reference.rfind('/', slash - 1);
    const auto type = before == std::string_view::npos ? 0 : before + 1;
    return {reference.substr(type, slash - type), reference.substr(slash + 1)};
}

void Entries::add(Node resource, std::string_view full_url) {
    const auto place = entries_.size();
    const auto& entry =
        entries_.emplace_back(Entry{resource, full_url, resource["resourceType"].text(), resource["id"].text()});
    if (!full_url.empty()) by_url_.emplace(url_key(full_url), place);
    if (!entry.id.empty()) by_id_.emplace(std::string{entry.type}.append("/").append(entry.id), place);
}

std::size_t Entries::with_url(std::string_view url) const {
    const auto found = by_url_.find(url_key(url));
    return found == by_url_.end() ? nowhere : found->second;
}

std::size_t Entries::find(std::string_view reference, const Entry& from) const {
    reference = without_version(reference);
    if (reference.empty() || reference.starts_with('#')) return nowhere;
    if (const auto exact = with_url(reference); exact != nowhere) return exact;
    if (is_relative(reference))
        if (const auto base = base_of(from.full_url); !base.empty())
            if (const auto based = with_url(std::string{base}.append(reference)); based != nowhere) return based;
    const auto [type, id] = type_and_id(reference);
    if (type.empty() || id.empty()) return nowhere;
    const auto tolerant = by_id_.find(std::string{type}.append("/").append(id));
    return tolerant == by_id_.end() ? nowhere : tolerant->second;
}

Node Entries::resolve(Node reference, const Entry& from) const {
    const auto text = reference["reference"].text();
    if (!text.starts_with('#')) {
        const auto found = find(text, from);
        return found == nowhere ? Node{} : entries_[found].resource;
    }
    if (text == "#") return from.resource;
    for (const auto contained : from.resource["contained"])
        if (contained["id"].text() == text.substr(1)) return contained;
    return {};
}

}  // namespace kazashi::fhir
