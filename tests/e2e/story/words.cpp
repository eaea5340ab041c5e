#include "tests/e2e/story/words.h"

#include <toml++/toml.h>

#include <algorithm>

namespace kazashi::story {

using base::Error;
using base::Fault;

namespace {

// U+200B marks where a sentence may break; what the screen says is told without it.
std::string without_breaks(std::string text) {
    for (std::size_t at = 0; (at = text.find("\u200B", at)) != std::string::npos;) text.erase(at, 3);
    return text;
}

void collect(const toml::table& table, const std::string& prefix, std::map<std::string, std::string>& into) {
    for (const auto& [key, node] : table) {
        const std::string name = prefix + std::string{key.str()};
        if (const auto* inner = node.as_table()) {
            collect(*inner, name + ".", into);
        } else if (const auto text = node.value<std::string>()) {
            into[name] = without_breaks(*text);
        }
    }
}

}  // namespace

Result<Words> Words::load(const std::filesystem::path& file) {
    Words words;
    try {
        collect(toml::parse_file(file.string()), "", words.sentences_);
    } catch (const toml::parse_error&) {
        return Error{Fault::malformed, "the terminal's words could not be read"};
    }
    return words;
}

std::string Words::of(const std::string& key) const {
    const auto found = sentences_.find(key);
    return found == sentences_.end() ? std::string{} : found->second;
}

bool Words::own(const std::string& word) const {
    return std::any_of(sentences_.begin(), sentences_.end(),
                       [&](const auto& sentence) { return sentence.second.find(word) != std::string::npos; });
}

bool Words::said(const Frame& frame, const std::string& key) const {
    const auto parts = fixed_parts(of(key));
    if (parts.empty()) return false;
    return std::any_of(frame.texts.begin(), frame.texts.end(),
                       [&](const std::string& text) { return holds_in_order(text, parts); });
}

std::vector<std::string> fixed_parts(const std::string& sentence) {
    std::vector<std::string> parts;
    std::string part;
    bool inside = false;
    for (const char c : sentence) {
        if (c == '{' || c == '}') {
            inside = c == '{';
            if (inside && !part.empty()) parts.push_back(std::exchange(part, {}));
        } else if (!inside) {
            part += c;
        }
    }
    if (!part.empty()) parts.push_back(part);
    return parts;
}

bool holds_in_order(const std::string& text, const std::vector<std::string>& parts) {
    std::size_t from = 0;
    for (const auto& part : parts) {
        const auto at = text.find(part, from);
        if (at == std::string::npos) return false;
        from = at + part.size();
    }
    return true;
}

}  // namespace kazashi::story
