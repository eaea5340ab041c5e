// The vectors of tests/data/felica_vectors.json, read once.
#pragma once

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cardio/base/bytes.h"
#include "cardio/base/secret.h"
#include "cardio/base/strong_id.h"
#include "tests/catch.h"

namespace kazashi::test {

inline std::vector<nlohmann::json> vectors(const std::string& kind) {
    std::ifstream in{std::string{KAZASHI_SOURCE} + "/tests/data/felica_vectors.json"};
    const auto all = nlohmann::json::parse(in);
    std::vector<nlohmann::json> out;
    for (const auto& vector : all.at("vectors"))
        if (vector.at("kind") == kind) out.push_back(vector);
    REQUIRE(!out.empty());
    return out;
}

inline base::Bytes bytes_of(const nlohmann::json& hex) {
    const auto bytes = base::from_hex(hex.get<std::string>());
    REQUIRE(bytes.has_value());
    return *bytes;
}

template <std::size_t N>
base::Secret<N> secret(const nlohmann::json& hex) {
    const auto bytes = bytes_of(hex);
    REQUIRE(bytes.size() == N);
    return base::Secret<N>{std::span<const std::uint8_t, N>{bytes}};
}

template <class Id>
Id id_of(const nlohmann::json& hex) {
    const auto bytes = bytes_of(hex);
    REQUIRE(bytes.size() == Id::size);
    Id id;
    std::copy(bytes.begin(), bytes.end(), id.bytes.begin());
    return id;
}

}  // namespace kazashi::test
