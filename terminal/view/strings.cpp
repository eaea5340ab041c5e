#include "terminal/view/strings.h"

#include <toml++/toml.h>

namespace kazashi::view {
namespace {

using base::Error;
using base::Fault;

void flatten(const toml::table& table, const std::string& prefix, Strings::Table& into) {
    for (const auto& [name, node] : table) {
        const std::string key = prefix + std::string{name.str()};
        if (const auto* inner = node.as_table()) {
            flatten(*inner, key + ".", into);
        } else if (const auto text = node.value<std::string>()) {
            into.emplace(key, *text);
        }
    }
}

base::Result<Strings::Table> load_table(const std::filesystem::path& file) {
    try {
        Strings::Table table;
        flatten(toml::parse_file(file.string()), "", table);
        return table;
    } catch (const toml::parse_error& error) {
        if (!std::filesystem::exists(file)) return Error{Fault::not_found, "no strings file"};
        return Error{Fault::malformed, std::string{error.description()}};
    }
}

}  // namespace

base::Result<Strings> Strings::load(const std::filesystem::path& folder) {
    Strings strings;
    KAZASHI_TRY(strings.japanese_, load_table(folder / "strings" / "ja.toml"));
    KAZASHI_TRY(strings.english_, load_table(folder / "strings" / "en.toml"));
    return strings;
}

const Strings::Table& Strings::table(state::Language language) const {
    return language == state::Language::japanese ? japanese_ : english_;
}

std::string_view Strings::get(state::Language language, std::string_view key) const {
    const Table& words = table(language);
    const auto found = words.find(key);
    return found == words.end() ? key : std::string_view{found->second};
}

}  // namespace kazashi::view
