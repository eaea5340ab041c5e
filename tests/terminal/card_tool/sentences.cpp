// What kazashi-card says when there is no service, no reader, no card, or not the right one: a sentence, and the exit
// code of its help.
#include <sys/wait.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>

#include "cardio/reader/pcsc.h"
#include "tests/cardio/reader/virtual_stack.h"
#include "tests/catch.h"
#include "tests/fakes/temp_folder.h"

using namespace kazashi;
using nlohmann::json;
using test::VirtualStack;

namespace {

const std::string challenge = " --challenge 000102030405060708090A0B0C0D0E0F";
const std::vector<std::string> card_verbs{"read", "prove" + challenge, "trace", "trace" + challenge};

struct Ran {
    int code{};
    std::string text;
    bool says(const std::string& words) const { return text.find(words) != std::string::npos; }
};

Ran run(const std::string& words, const char* streams) {
    const auto command = std::string{KAZASHI_BIN} + "/kazashi-card " + words + streams;
    std::FILE* const out = ::popen(command.c_str(), "r");
    REQUIRE(out != nullptr);
    Ran ran;
    for (int letter = std::fgetc(out); letter != EOF; letter = std::fgetc(out)) ran.text += static_cast<char>(letter);
    const int status = ::pclose(out);
    ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return ran;
}
Ran complaint(const std::string& words) { return run(words, " 2>&1 >/dev/null"); }
Ran answer(const std::string& words) { return run(words, " 2>/dev/null"); }

bool eventually(const std::function<bool()>& condition) {
    for (int i = 0; i < 100; ++i) {
        if (condition()) return true;
    }
    return false;
}

// Until the service has seen what was laid or taken.
void wait_for_card(bool there) {
    REQUIRE(eventually([&] {
        const auto readers = json::parse(answer("list --json").text).at("readers");
        return readers.at(0).at("card") == there;
    }));
}

struct Stack : VirtualStack {
    void put(const json& what) const {
        take();
        wait_for_card(false);
        order(what);
        wait_for_card(true);
    }
};

void check_card_verbs(int code, const std::string& sentence) {
    for (const auto& verb : card_verbs) {
        const auto ran = complaint(verb);
        CAPTURE(verb, ran.text);
        CHECK(ran.code == code);
        CHECK(ran.says(sentence));
    }
}

std::string write(const fakes::TempFolder& folder, const std::string& text) {
    const auto file = folder.path() / "profiles.toml";
    std::ofstream{file} << text;
    return " --profiles " + file.string();
}

constexpr const char* old_card = R"([[card]]
name = "old-card"
system = 0x8AB0
service = 0x100B
blocks = [0, 1]
region = 44
coding = "bcd"
offset = 16
length = 5
)";

}  // namespace

TEST_CASE("card tool: without a service every verb asks whether it runs") {
    const Stack stack;
    stack.stop_service();
    REQUIRE(eventually([] { return complaint("list").code == 1; }));
    CHECK(complaint("list").says("does pcscd run?"));
    check_card_verbs(1, "does pcscd run?");
}

TEST_CASE("card tool: without a reader of that name it says so, and the list is empty") {
    const Stack stack;
    CHECK(complaint("list --reader Nowhere").says("no reader of that name is connected"));
    CHECK(complaint("list --reader Nowhere").code == 0);
    CHECK(json::parse(answer("list --json --reader Nowhere").text) == json{{"readers", json::array()}});
    for (const auto& verb : card_verbs) {
        const auto ran = complaint(verb + " --reader Nowhere");
        CHECK(ran.code == 1);
        CHECK(ran.says("no reader of that name is connected"));
    }
}

TEST_CASE("card tool: without a card it says so") {
    const Stack stack;
    check_card_verbs(3, "no card lies on a reader");
}

TEST_CASE("card tool: a foreign card and two cards are read for what they are, and prove nothing") {
    const Stack stack;
    stack.put({{"do", "lay"}, {"foreign", "transit"}});
    CHECK(answer("read").says("kind: transit"));
    CHECK(answer("read").code == 0);
    for (const auto* verb : {"prove", "trace"}) {
        const auto ran = complaint(verb + challenge);
        CHECK(ran.code == 4);
        CHECK(ran.says("of the kind transit"));
    }
    stack.put({{"do", "lay"}, {"card", "patient-1"}, {"with", "patient-2"}});
    CHECK(answer("read").says("kind: several"));
    for (const auto* verb : {"prove", "trace"}) {
        const auto ran = complaint(verb + challenge);
        CHECK(ran.code == 4);
        CHECK(ran.says("more than one card"));
    }
}

TEST_CASE("card tool: a card another program has is told, not waited for without end") {
    const Stack stack;
    stack.put({{"do", "lay"}, {"card", "patient-1"}});
    const auto context = reader::PcscContext::establish();
    REQUIRE(static_cast<bool>(context));
    auto other = reader::PcscConnection::open(*context, "Virtual PCD 00 00");
    REQUIRE(static_cast<bool>(other));
    REQUIRE(static_cast<bool>(other->begin_transaction()));
    check_card_verbs(1, "another program has the card");
    other->end_transaction();
    CHECK(answer("prove" + challenge).says("mac_a: "));
}

TEST_CASE("card tool: an older card is a patient's with its profile, and of nobody without") {
    const Stack stack;
    const fakes::TempFolder folder;
    const json layout{{"name", "old"}, {"system", 0x8AB0}, {"service", 0x100B}, {"blocks", {0, 1}}, {"kind", "patient"},
                      {"region", 44},  {"coding", "bcd"},  {"offset", 16},      {"length", 5},      {"prefix", ""}};
    stack.put({{"do", "lay_standard"}, {"profile", layout}, {"number", "0000004711"}});
    CHECK(json::parse(answer("read --json").text).at("kind") != "patient");
    const auto card = json::parse(answer("read --json --show" + write(folder, old_card)).text);
    CHECK(card.at("kind") == "patient");
    CHECK(card.at("chip") == "standard");
    CHECK(card.at("profile") == "old-card");
    CHECK(card.at("region") == 44);
    CHECK(card.at("number") == "0000004711");
    // It can be imitated by anybody, and says so when it shall prove itself.
    CHECK(complaint("prove" + challenge + write(folder, old_card)).code == 4);
}

TEST_CASE("card tool: a file of card profiles that is wrong is refused, with table and field") {
    const fakes::TempFolder folder;
    std::string wrong{old_card};
    wrong.replace(wrong.find("0x100B"), 6, "0x1008");
    const auto ran = complaint("read" + write(folder, wrong));
    CHECK(ran.code == 1);
    CHECK(ran.says("card profile 1: service"));
    CHECK(complaint("read" + write(folder, "[[card")).code == 1);
    CHECK(complaint("read --profiles " + (folder.path() / "none").string()).code == 2);
}

TEST_CASE("card tool: a folder that is no enrolled terminal's is a failure, and not a card that did not come") {
    const fakes::TempFolder folder;
    const auto empty = folder.path() / "empty";
    std::filesystem::create_directory(empty);
    for (const auto& state : {empty, folder.path() / "nowhere"}) {
        for (const std::string verb : {"verify", "issue --number 0000000001", "erase-demo"}) {
            const auto ran = complaint(verb + " --state " + state.string());
            CAPTURE(verb, ran.text);
            CHECK(ran.code == 1);
            CHECK(ran.says("no enrolled terminal"));
        }
    }
}
