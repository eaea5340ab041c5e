// Every row of the threat table names tests, and they are there.
#include <regex>
#include <string>
#include <utility>
#include <vector>

#include "tests/catch.h"
#include "tests/repo/tree.h"

namespace {

using kazashi::repo::File;
using kazashi::repo::files;

using NamedTest = std::pair<std::string, std::string>;  // file, name

// `tests/…cpp` "name"
std::vector<NamedTest> named_in(const std::string& row) {
    static const std::regex one{R"re(`(tests/[^`]+\.cpp)` "([^"]+)")re"};
    std::vector<NamedTest> found;
    for (std::sregex_iterator at{row.begin(), row.end(), one}, end; at != end; ++at)
        found.emplace_back((*at)[1], (*at)[2]);
    return found;
}

bool has_test(const std::vector<File>& tests, const NamedTest& named) {
    for (const auto& file : tests) {
        if (file.path != named.first) continue;
        // A long name is broken over two lines of source.
        const auto text = std::regex_replace(file.text, std::regex{R"re("\s*\n\s*")re"}, "");
        const auto at = text.find("\"" + named.second + "\"");
        return at != std::string::npos && text.rfind("TEST_CASE(", at) != std::string::npos &&
               text.substr(text.rfind("TEST_CASE(", at), at - text.rfind("TEST_CASE(", at)).find(')') ==
                   std::string::npos;
    }
    return false;
}

}  // namespace

TEST_CASE("repo: every row of the threat table names tests that exist") {
    const auto tests = files({"tests"}, {".cpp"});
    const auto readmes = files({"sync/vault"}, {"README.md"});
    REQUIRE(readmes.size() == 1);
    int rows = 0;
    for (const auto& line : readmes.front().lines()) {
        if (!line.starts_with("| **")) continue;
        ++rows;
        INFO(line);
        const auto named = named_in(line);
        CHECK_FALSE(named.empty());
        for (const auto& one : named) {
            INFO(one.first << " \"" << one.second << "\"");
            CHECK(has_test(tests, one));
        }
    }
    CHECK(rows >= 12);
    // What is not there is noticed.
    CHECK_FALSE(has_test(tests, {"tests/sync/vault/slot.cpp", "slot: nobody has written this"}));
    CHECK_FALSE(has_test(tests, {"tests/sync/vault/nowhere.cpp", "slot: a wrong PIN and a wrong card fail alike"}));
    CHECK(has_test(tests, {"tests/sync/vault/slot.cpp", "slot: a wrong PIN and a wrong card fail alike"}));
}
