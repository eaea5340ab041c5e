#include "terminal/view/strings.h"

#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "tests/catch.h"
#include "tests/terminal/view/glass.h"

using namespace kazashi;
using state::Language;

namespace {

std::string sources() {
    std::ostringstream all;
    for (const char* folder : {"terminal/view", "terminal/state", "terminal/app"})
        for (const auto& entry : std::filesystem::directory_iterator{std::filesystem::path{KAZASHI_SOURCE} / folder})
            if (entry.path().extension() == ".cpp") all << std::ifstream{entry.path()}.rdbuf();
    return all.str();
}

std::set<std::string> found(const std::string& text, const char* pattern) {
    std::set<std::string> all;
    const std::regex expression{pattern};
    for (std::sregex_iterator match{text.begin(), text.end(), expression}, end; match != end; ++match)
        all.insert((*match)[1]);
    return all;
}

// Keys of these tables are put together at run time; other tests try each of them.
bool put_together(const std::string& key) {
    for (const char* table : {"month.", "section.", "part.", "notice.", "problem.", "reason.", "fault.", "colleague.",
                              "lay.", "issuing.note.", "doctor.", "class."})
        if (key.starts_with(table)) return true;
    return key.ends_with(".now") || (key.starts_with("staff.") && key.ends_with(".what"));
}

}  // namespace

TEST_CASE("strings: both languages have the same keys") {
    std::set<std::string> japanese, english;
    for (const auto& [key, words] : test::strings().table(Language::japanese)) japanese.insert(key);
    for (const auto& [key, words] : test::strings().table(Language::english)) english.insert(key);
    CHECK(japanese == english);
    CHECK(japanese.size() > 100);
}

TEST_CASE("strings: a sentence has the same places to fill in both languages") {
    for (const auto& [key, words] : test::strings().table(Language::japanese)) {
        INFO(key);
        const std::string english{test::strings().get(Language::english, key)};
        if (key.starts_with("date.")) continue;  // a language may leave out a part of a date
        CHECK(found(words, R"(\{([a-z_]+)\})") == found(english, R"(\{([a-z_]+)\})"));
        CHECK(!words.empty());
        CHECK(!english.empty());
    }
}

TEST_CASE("strings: every key that is said exists") {
    constexpr const char* said =
        R"re((?:say|say_known|mark|both|with_facility|paragraph)\([^"\n]*"([a-z_]+(?:\.[a-z_]+)*)")re";
    for (const auto& key : found(sources(), said)) {
        if (key.find('.') == std::string::npos && key != "back") continue;  // the name of a place, not a key
        INFO(key);
        CHECK(test::strings().has(key));
    }
    for (const auto& name : found(sources(), R"re(notice\([^"\n]*"([a-z_]+)")re")) {
        INFO(name);
        CHECK(test::strings().has("notice." + name));
        CHECK(test::strings().has("notice." + name + ".now"));
    }
}

TEST_CASE("strings: no key is unused") {
    const std::string all = sources();
    for (const auto& [key, words] : test::strings().table(Language::japanese)) {
        if (put_together(key)) continue;
        INFO(key);
        CHECK(all.find("\"" + key + "\"") != std::string::npos);
    }
    for (const auto& [key, words] : test::strings().table(Language::japanese)) {
        if (!key.starts_with("notice.") || !test::strings().has(key + ".now")) continue;
        INFO(key);
        CHECK(all.find("\"" + key.substr(7) + "\"") != std::string::npos);
    }
}

TEST_CASE("strings: a folder without strings and a broken file are told apart") {
    const auto folder = std::filesystem::temp_directory_path() / "kazashi-strings-test";
    std::filesystem::remove_all(folder);
    CHECK(view::Strings::load(folder).fault() == base::Fault::not_found);
    std::filesystem::create_directories(folder / "strings");
    std::ofstream{folder / "strings" / "ja.toml"} << "back = ";
    CHECK(view::Strings::load(folder).fault() == base::Fault::malformed);
    std::filesystem::remove_all(folder);
}
