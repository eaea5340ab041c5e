// Things that have one home: SQL, words, absolute paths (none at all), long READMEs (none either).
#include <toml++/toml.h>

#include <map>
#include <regex>
#include <set>

#include "tests/catch.h"
#include "tests/repo/tree.h"

namespace {

using kazashi::repo::files;

// Every dotted key of a strings file.
std::set<std::string> keys_of(const toml::table& table, const std::string& prefix = "") {
    std::set<std::string> keys;
    for (const auto& [key, node] : table) {
        const std::string name = prefix.empty() ? std::string{key.str()} : prefix + "." + std::string{key.str()};
        if (const auto* inner = node.as_table()) {
            keys.merge(keys_of(*inner, name));
        } else {
            keys.insert(name);
        }
    }
    return keys;
}

std::map<std::string, std::set<std::string>> languages() {
    std::map<std::string, std::set<std::string>> found;
    for (const auto& file : files({"assets/strings"}, {".toml"})) found[file.path] = keys_of(toml::parse(file.text));
    return found;
}

}  // namespace

TEST_CASE("repo: SQL stands in sql.h and migrations.h and nowhere else") {
    const std::regex statement{
        R"re("\s*(SELECT\s|INSERT\s+(OR|INTO)|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+TABLE))re"};
    int homes = 0;
    for (const auto& file : files({"cardio", "sync", "terminal"}, {".h", ".cpp"})) {
        if (file.path.ends_with("/sql.h") || file.path.ends_with("/migrations.h")) {
            ++homes;
            continue;
        }
        for (const auto& line : file.lines()) {
            INFO(file.path << ": " << line);
            CHECK_FALSE(std::regex_search(line, statement));
        }
    }
    CHECK(homes == 4);
}

TEST_CASE("repo: every language has the same words") {
    const auto all = languages();
    REQUIRE(all.size() >= 2);
    const auto& reference = all.begin()->second;
    CHECK(reference.size() > 50);
    for (const auto& [path, keys] : all) {
        for (const auto& key : reference) {
            INFO(path << " lacks " << key);
            CHECK(keys.contains(key));
        }
        for (const auto& key : keys) {
            INFO(path << " alone has " << key);
            CHECK(reference.contains(key));
        }
    }
}

TEST_CASE("repo: every word is used and every word used is there") {
    const auto all = languages();
    REQUIRE_FALSE(all.empty());
    const auto& keys = all.begin()->second;
    std::set<std::string> sections;
    for (const auto& key : keys) sections.insert(key.substr(0, key.find('.')));
    const std::regex literal{R"re("([a-z_]+(?:\.[a-z0-9_]+)*\.?)")re"};
    std::set<std::string> mentioned;
    for (const auto& file : files({"cardio", "sync", "terminal"}, {".h", ".cpp"})) {
        for (std::sregex_iterator it{file.text.begin(), file.text.end(), literal}, end; it != end; ++it) {
            mentioned.insert((*it)[1].str());
        }
    }
    const auto used = [&](const std::string& key) {
        if (mentioned.contains(key)) return true;
        // "notice.refused." + reason, and key + ".now": a literal that ends in a dot uses all below it.
        for (std::size_t dot = key.find('.'); dot != std::string::npos; dot = key.find('.', dot + 1)) {
            if (mentioned.contains(key.substr(0, dot + 1)) || mentioned.contains(key.substr(0, dot))) return true;
        }
        return false;
    };
    for (const auto& key : keys) {
        INFO("nobody uses " << key);
        CHECK(used(key));
    }
    for (const auto& file : files({"terminal/view", "terminal/state", "terminal/app"}, {".h", ".cpp"})) {
        const std::regex wanted{R"re((?:words?|get|say|text_of)\w*\([^;"]*"([a-z_]+\.[a-z0-9_.]+[a-z0-9_])")re"};
        for (std::sregex_iterator it{file.text.begin(), file.text.end(), wanted}, end; it != end; ++it) {
            const std::string key = (*it)[1].str();
            if (!sections.contains(key.substr(0, key.find('.')))) continue;
            INFO(file.path << " says " << key);
            CHECK(keys.contains(key));
        }
    }
}

TEST_CASE("repo: no sentence for a person stands in the terminal's code") {
    // Two Japanese characters in a plain literal are words. One is a key of the kana pad, and a U"…" literal is a table
    // of single characters (kana, line breaking).
    const std::regex sentence{"(^|[^U])\"[^\"]*[\x80-\xff]{4}"};
    for (const auto& file : files({"terminal/state", "terminal/view"}, {".h", ".cpp"})) {
        for (const auto& line : file.lines()) {
            INFO(file.path << ": " << line);
            CHECK_FALSE(std::regex_search(line.substr(0, line.find("//")), sentence));
        }
    }
}

TEST_CASE("repo: a README of a part has at most 30 lines") {
    const auto readmes = files({"cardio", "sync", "terminal"}, {"README.md"});
    CHECK(readmes.size() >= 3);
    for (const auto& file : readmes) {
        if (file.path == "sync/vault/README.md") continue;  // the threat table, which is as long as the threats are
        INFO(file.path);
        CHECK(file.lines().size() <= 30);
    }
}

TEST_CASE("repo: no path of anybody's machine is written down") {
    const std::regex path{R"((^|[^A-Za-z0-9_.])/(home|root|work|Users)/[a-z])"};
    for (const auto& file : files({"cardio", "sync", "terminal", "tests", "assets", "packaging", "cmake"},
                                  {".h", ".cpp", ".md", ".txt", ".toml", ".cmake"})) {
        for (const auto& line : file.lines()) {
            INFO(file.path << ": " << line);
            CHECK_FALSE(std::regex_search(line, path));
        }
    }
}
