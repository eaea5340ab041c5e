// The terminal's own words (assets/strings/ja.toml): which sentence stands on the screen is asked by its key.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/e2e/story/inspector_client.h"

namespace kazashi::story {

class Words {
public:
    static Result<Words> load(const std::filesystem::path& file);

    // The sentence as it stands in the file; empty when there is no such key.
    std::string of(const std::string& key) const;
    // Is it one of the terminal's own words, which it says of anybody? Such a word in memory tells of nobody.
    bool own(const std::string& word) const;
    // Does the frame say it? Where the sentence has placeholders in braces, the words between them must stand in one
    // text, in order.
    bool said(const Frame& frame, const std::string& key) const;

private:
    std::map<std::string, std::string> sentences_;
};

// "あと{days}日" → "あと", "日"
std::vector<std::string> fixed_parts(const std::string& sentence);
bool holds_in_order(const std::string& text, const std::vector<std::string>& parts);

}  // namespace kazashi::story
