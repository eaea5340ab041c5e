// Words live in assets/strings/*.toml, one file per language, the same keys in each (a test compares them).
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "cardio/base/result.h"
#include "terminal/state/state.h"

namespace kazashi::view {

class Strings {
public:
    // strings/ja.toml and strings/en.toml in `folder`. not_found, malformed.
    static base::Result<Strings> load(const std::filesystem::path& folder);
    // The sentence of `key`; the key itself when it is missing (a test keeps that from happening).
    std::string_view get(state::Language language, std::string_view key) const;
    bool has(std::string_view key) const { return japanese_.contains(key); }

    using Table = std::map<std::string, std::string, std::less<>>;
    const Table& table(state::Language language) const;

private:
    Table japanese_;
    Table english_;
};

}  // namespace kazashi::view
