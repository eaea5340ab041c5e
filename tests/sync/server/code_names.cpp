// `kazashi-region names`: tables of what codes are called.
#include <fstream>
#include <iostream>
#include <sstream>

#include "sync/server/code_name_office.h"
#include "sync/server/verbs.h"
#include "sync/wire/tuning.h"
#include "tests/sync/server/town.h"

using namespace kazashi;
using namespace kazashi::test;
using base::Fault;
using model::CodeName;
using model::CodeSystem;

namespace {

struct Desk {
    Town town;

    std::filesystem::path file(const std::string& name, const std::string& text) {
        const auto path = town.folder / name;
        std::ofstream{path, std::ios::binary} << text;
        return path;
    }
    base::Result<server::CodeNameReport> take(const std::string& text) {
        return server::take_code_name_files(town.region(), {file("names.toml", text)});
    }
    std::vector<CodeName> names() {
        std::vector<CodeName> found;
        must(town.repository().read([&](server::Records& records) -> base::Status {
            KAZASHI_TRY(found, records.code_names());
            return base::ok();
        }));
        return found;
    }
    std::string refused(const std::string& text) {
        const auto before = names();
        const auto done = take(text);
        REQUIRE_FALSE(done);
        CHECK(names() == before);
        return done.error().detail;
    }
};

// The verb itself, as the program runs it; what it prints.
struct Ran {
    base::Status status{base::ok()};
    std::string out;
    bool usage{};
};
Ran run(std::vector<std::string> words) {
    CLI::App app{"test"};
    server::Options options;
    server::Verbs verbs{app, options};
    server::add_region_verbs(verbs);
    std::ostringstream out;
    auto* const before = std::cout.rdbuf(out.rdbuf());
    Ran ran;
    try {
        std::reverse(words.begin(), words.end());
        app.parse(words);
        ran.status = verbs.chosen()();
    } catch (const CLI::ParseError&) {
        ran.usage = true;
    }
    std::cout.rdbuf(before);
    ran.out = out.str();
    return ran;
}

constexpr const char* two = R"([yj7]
1149019 = ["ロキソプロフェン", "Loxoprofen"]
[icd10]
I10 = ["高血圧症"]
)";

}  // namespace

TEST_CASE("names of codes: a table is loaded, and loaded again it changes nothing") {
    Desk desk;
    const auto terminal = desk.town.enrol("F0001");
    const auto first = must(desk.take(two));
    CHECK(first.changed == 2);
    CHECK(first.names == 2);
    CHECK(desk.names() == std::vector<CodeName>{{CodeSystem::yj7, "1149019", "ロキソプロフェン", "Loxoprofen"},
                                                {CodeSystem::icd10, "I10", "高血圧症", ""}});
    const auto feed = desk.town.feed(terminal);
    REQUIRE(all<model::Glossary>(feed).size() == 1);
    CHECK(all<model::Glossary>(feed)[0].version == 1);
    const auto again = must(desk.take(two));
    CHECK(again.changed + again.removed == 0);
    CHECK(desk.town.feed(terminal) == feed);
}

TEST_CASE("names of codes: each system a file names is replaced whole, the others stay") {
    Desk desk;
    const auto terminal = desk.town.enrol("F0001");
    must(desk.take(two));
    const auto report = must(desk.take("[yj7]\n6132016 = [\"セフカペン\"]\n"));
    CHECK(report.changed == 1);
    CHECK(report.removed == 1);
    CHECK(report.names == 2);
    CHECK(desk.names()[0].code == "6132016");
    CHECK(desk.names()[1].code == "I10");
    CHECK(must(desk.take("[icd10]\nI10 = [\"本態性高血圧症\"]\n")).changed == 1);
    CHECK(must(desk.take("[yj7]\n[icd10]\n")).removed == 2);
    CHECK(desk.names().empty());
    // The terminals are told of every change, and of nothing else.
    const auto told = all<model::Glossary>(desk.town.feed(terminal));
    REQUIRE(told.size() == 1);
    CHECK(told[0].version == 4);
}

TEST_CASE("names of codes: a file with anything wrong in it is refused with its line, and nothing is taken") {
    Desk desk;
    must(desk.take(two));
    CHECK(desk.refused("[yj7]\n1149019 = [\"x\"]\n114901 = [\"y\"]\n") == "names.toml:3: 114901 is no code of yj7");
    CHECK(desk.refused("[icd10]\n\n\"E11.9\" = [\"x\"]\n") == "names.toml:3: E11.9 is no code of icd10");
    CHECK(desk.refused("[jfagy]\n1149019 = [\"x\"]\n") == "names.toml:2: 1149019 is no code of jfagy");
    CHECK(desk.refused("[hot9]\n1 = [\"x\"]\n").starts_with("names.toml:1: hot9 is none of"));
    CHECK(desk.refused("yj7 = 4\n").starts_with("names.toml:1: yj7 is none of"));
    for (const auto* wrong : {"\"x\"", "[]", "[\"a\", \"b\", \"c\"]"})
        CHECK(desk.refused("[yj7]\n1149019 = " + std::string{wrong} + "\n").starts_with("names.toml:2: not a list"));
    CHECK(desk.refused("[yj7]\n1149019 = [\"\"]\n") == "names.toml:2: a name is missing");
    CHECK(desk.refused("[yj7]\n1149019 = [\"a\", 4]\n") == "names.toml:2: a name is missing");
    CHECK(desk.refused("[yj7]\n1149019 = [\"a\\tb\"]\n") == "names.toml:2: a name holds a control character");
    CHECK(desk.refused("[yj7]\n1149019 = [\"" + std::string(241, 'x') + "\"]\n") ==
          "names.toml:2: a name is longer than 240 octets");
    CHECK(desk.refused("[yj7]\n1149019 = [\"x\"]\n1149019 = [\"y\"]\n").starts_with("names.toml:3: "));
    CHECK(desk.refused("[yj7\n").starts_with("names.toml:1: "));
    const auto twice = server::take_code_name_files(
        desk.town.region(), {desk.file("one.toml", two), desk.file("two.toml", "[icd10]\nI10 = [\"x\"]\n")});
    REQUIRE_FALSE(twice);
    CHECK(twice.error().detail == "two.toml:2: I10 has a name already, from a file before");
    CHECK(server::take_code_name_files(desk.town.region(), {desk.town.folder / "none.toml"}).fault() ==
          Fault::not_found);
}

TEST_CASE("names of codes: more than a terminal takes are refused") {
    Desk desk;
    std::string text = "[yj7]\n";
    for (std::size_t i = 0; i <= wire::tuning::glossary_names; ++i)
        text += std::to_string(1'000'000 + i) + " = [\"x\"]\n";
    CHECK(desk.refused(text) == "names.toml:" + std::to_string(wire::tuning::glossary_names + 2) + ": more than " +
                                    std::to_string(wire::tuning::glossary_names) + " names");
    // Within the number, but all of them as long as can be.
    text = "[yj7]\n";
    for (int i = 0; i < 12'000; ++i) {
        std::string name(240, 'x');
        const auto number = std::to_string(i);
        name.replace(0, number.size(), number);
        text += std::to_string(1'000'000 + i) + " = [\"" + name + "\", \"" + name + "\"]\n";
    }
    CHECK(desk.refused(text).find("more than a terminal takes") != std::string::npos);
}

TEST_CASE("names of codes: the verb says what it did, lists, and says what is wrong with its use") {
    std::filesystem::path folder;
    Desk desk;
    const auto dir = (desk.town.folder / "region").string();
    const auto file = desk.file("names.toml", two).string();
    const auto taken = run({"names", "--dir", dir, file});
    must(taken.status);
    CHECK(taken.out == "2 names new or changed, 0 removed; there are 2 now\n");
    const auto list = run({"names", "--dir", dir, "--list"});
    must(list.status);
    CHECK(list.out.find("yj7\t1149019\tロキソプロフェン\tLoxoprofen\n") != std::string::npos);
    CHECK(json::parse(run({"names", "--dir", dir, "--list", "--json"}).out)[1]["japanese"] == "高血圧症");
    const auto refused = run({"names", "--dir", dir, desk.file("bad.toml", "[yj7]\n1 = [\"x\"]\n").string()});
    REQUIRE_FALSE(refused.status);
    CHECK(refused.status.error().detail == "bad.toml:2: 1 is no code of yj7");
    CHECK(run({"names", "--dir", dir}).usage);
    CHECK(run({"names", file}).usage);
    CHECK(run({"names", "--dir", dir, "--list", file}).usage);
}
