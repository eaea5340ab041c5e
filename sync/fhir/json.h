// A parsed JSON text to read at random, every value with the text it was written as: FHIR decimals keep their
// precision (1.50 is not 1.5) and resources keep their bytes. simdjson does the parsing; this is only its tree.
// Absent members are nodes too, so that a chain of names never needs a check: resource["code"]["text"].text().
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "cardio/base/result.h"

namespace kazashi::fhir {

class Json;

class Node {
public:
    enum class Kind : std::uint8_t { absent, null, boolean, number, string, array, object };

    Node() = default;

    Kind kind() const;
    bool present() const { return kind() != Kind::absent; }
    bool is(Kind wanted) const { return kind() == wanted; }

    Node operator[](std::string_view member) const;  // of an object; the first one where a name is doubled
    Node at(std::size_t index) const;                // of an array; an object counts as an array of one
    Node front() const { return at(0); }
    std::string_view name() const;  // its name in the object it stands in

    // A string's text, a number or boolean as written, else empty. Tolerates "wrong" primitives ("active": "true").
    std::string_view text() const;
    std::optional<bool> boolean() const;   // true, false and their text forms
    std::optional<double> number() const;  // numbers and their text forms
    std::string_view raw() const;          // an object's bytes in the body

    class Iterator;
    Iterator begin() const;  // members of an object, items of an array; nothing of anything else
    Iterator end() const;

private:
    friend class Json;
    Node(const Json* json, std::uint32_t index) : json_{json}, index_{index} {}
    const Json* json_{};
    std::uint32_t index_{};
};

class Node::Iterator {
public:
    explicit Iterator(Node node) : node_{node} {}
    Node operator*() const { return node_; }
    Iterator& operator++();
    bool operator!=(const Iterator& other) const { return node_.index_ != other.node_.index_; }

private:
    Node node_;
};

class Json {
public:
    // malformed: not JSON, not UTF-8, or no object at the top · limit: deeper than tuning.h allows
    static base::Result<std::unique_ptr<Json>> parse(std::string_view text);
    ~Json();

    Node root() const;

private:
    friend class Node;
    friend class Node::Iterator;
    friend struct TreeBuilder;
    static constexpr std::uint32_t none = 0;  // item 0 stands for everything absent
    struct Item {
        Node::Kind kind{Node::Kind::absent};
        std::uint32_t next{none};
        std::uint32_t first{none};
        std::string_view name;
        std::string_view text;
    };
    struct Parsed;

    Json();
    std::unique_ptr<Parsed> parsed_;
    std::vector<Item> items_;
};

}  // namespace kazashi::fhir
