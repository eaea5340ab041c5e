// The entries of a Bundle and what points where (fhir.md §1.10, 5): #contained → fullUrl → relative to the base of the
// entry that points → tolerant Type/id.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "sync/fhir/json.h"

namespace kazashi::fhir {

struct Entry {
    Node resource;
    std::string_view full_url;
    std::string_view type;
    std::string_view id;
};

class Entries {
public:
    static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

    void add(Node resource, std::string_view full_url);
    const std::vector<Entry>& all() const { return entries_; }
    std::size_t size() const { return entries_.size(); }
    const Entry& operator[](std::size_t index) const { return entries_[index]; }

    // Which entry a reference written in entry `from` means; nowhere: none of these.
    std::size_t find(std::string_view reference, const Entry& from) const;
    // What a Reference element means: a contained resource or an entry's; absent if neither.
    Node resolve(Node reference, const Entry& from) const;

private:
    std::size_t with_url(std::string_view url) const;

    std::vector<Entry> entries_;
    std::unordered_map<std::string, std::size_t> by_url_;  // the first one where several claim a place
    std::unordered_map<std::string, std::size_t> by_id_;   // "Type/id"
};

// A fullUrl as a key: urn:uuid and its kin are compared without regard to case.
std::string url_key(std::string_view url);

// "Type/id" at the end of a reference.
struct TypeAndId {
    std::string_view type;
    std::string_view id;
};
TypeAndId type_and_id(std::string_view reference);

}  // namespace kazashi::fhir
