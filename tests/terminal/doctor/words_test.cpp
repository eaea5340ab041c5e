// Every key a probe may answer with has its sentence, and what is wrong says what to do.
#include <filesystem>
#include <regex>
#include <set>
#include <sstream>

#include "terminal/view/words.h"
#include "tests/catch.h"

#include <fstream>

using namespace kazashi;

namespace {

// found(group, "key" … and its sisters, as they stand in the probes.
std::set<std::string> keys(const std::string& makers) {
    std::set<std::string> all;
    const std::regex made{"(?:" + makers +
                          R"re()\(\s*group,\s*(?:[^",()]*\?\s*)?"([a-z0-9_]+)"(?:\s*:\s*"([a-z0-9_]+)")?)re"};
    for (const auto& entry : std::filesystem::directory_iterator{KAZASHI_SOURCE "/terminal/doctor"}) {
        std::stringstream text;
        text << std::ifstream{entry.path()}.rdbuf();
        const auto source = text.str();
        for (std::sregex_iterator it{source.begin(), source.end(), made}, end; it != end; ++it)
            for (const std::size_t group : {1U, 2U})
                if ((*it)[group].matched) all.insert((*it)[group].str());
    }
    return all;
}

}  // namespace

TEST_CASE("doctor: every finding has its sentence in both languages, and every trouble what to do") {
    const auto strings = view::Strings::load(KAZASHI_SOURCE "/assets");
    REQUIRE(strings);
    const auto troubles = keys("found|repairable|noted");
    const auto wells = keys("well");
    CHECK(troubles.size() >= 45);
    CHECK(wells.size() >= 6);
    for (const auto language : {state::Language::japanese, state::Language::english}) {
        const auto& table = strings->table(language);
        for (const auto& key : wells) {
            INFO(key);
            CHECK(table.contains("doctor." + key));
        }
        for (const auto& key : troubles) {
            INFO(key);
            CHECK(table.contains("doctor." + key));
            CHECK(table.contains("doctor." + key + ".now"));
        }
        for (const auto group : state::doctor_groups)
            CHECK(table.contains("doctor.group." + std::string{state::name(group)}));
    }
}

TEST_CASE("doctor: no sentence stands for nothing") {
    const auto strings = view::Strings::load(KAZASHI_SOURCE "/assets");
    REQUIRE(strings);
    auto known = keys("found|repairable|noted|well");
    for (const auto* spelled : {"service_stale_socket", "service_stopped", "service_socket_denied", "not_repaired",
                                "failed", "reader_unpowered", "reader_no_power"})
        known.insert(spelled);
    for (const auto& [key, sentence] : strings->table(state::Language::english)) {
        const std::string prefix = "doctor.", now = key.ends_with(".not_here") ? ".not_here" : ".now";
        if (!key.starts_with(prefix) || !key.ends_with(now)) continue;
        const auto name = key.substr(prefix.size(), key.size() - prefix.size() - now.size());
        INFO(name);
        CHECK(known.contains(name));
    }
}
