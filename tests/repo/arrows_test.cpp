// Folders point one way: terminal → sync → cardio, and inside each as the table says (design.md §3).
#include <map>
#include <regex>
#include <set>

#include "tests/catch.h"
#include "tests/repo/tree.h"

namespace {

using Allowed = std::map<std::string, std::set<std::string>>;

// What each second-level folder may include besides itself. A folder that is not here may not exist.
const Allowed& allowed() {
    static const Allowed table = [] {
        Allowed t;
        const auto with = [&](const std::string& folder, std::set<std::string> direct) {
            std::set<std::string> all = direct;
            for (const auto& d : direct) all.insert(t.at(d).begin(), t.at(d).end());
            t[folder] = all;
        };
        with("cardio/base", {});
        with("cardio/card", {"cardio/base"});
        with("cardio/protocol", {"cardio/card"});
        with("cardio/reader", {"cardio/protocol"});
        with("cardio/simulator", {"cardio/protocol"});
        with("sync/model", {"cardio/card"});
        with("sync/vault", {"sync/model"});
        with("sync/wire", {"sync/vault"});
        with("sync/fhir", {"sync/vault"});
        with("sync/store", {"sync/wire"});
        with("sync/desk", {"sync/store", "sync/fhir", "cardio/protocol"});
        with("sync/engine", {"sync/store"});
        with("sync/demo", {"cardio/card"});
        with("sync/server", {"sync/wire", "sync/fhir", "sync/demo", "cardio/protocol"});
        with("terminal/state", {"sync/desk", "sync/engine"});
        with("terminal/view", {"terminal/state"});
        with("terminal/platform", {"terminal/view"});
        with("terminal/doctor", {"terminal/platform", "cardio/reader"});
        with("terminal/app", {"terminal/doctor"});
        // A program of its own: it uses readers and simulator side by side, and a terminal's folder to issue cards.
        with("terminal/card_tool", {"terminal/app", "cardio/simulator"});
        return t;
    }();
    return table;
}

const std::set<std::string>& allowed_for(const std::string& path, const std::string& folder) {
    static const std::set<std::string> nothing;
    if (const auto own = allowed().find(path); own != allowed().end()) return own->second;
    const auto found = allowed().find(folder);
    return found == allowed().end() ? nothing : found->second;
}

}  // namespace

TEST_CASE("repo: includes follow the arrows") {
    const std::regex include{R"re(#include "((?:cardio|sync|terminal|tests)/[^"]+)")re"};
    int seen = 0;
    for (const auto& file : kazashi::repo::files({"cardio", "sync", "terminal"}, {".h", ".cpp"})) {
        const std::string folder = kazashi::repo::second_level(file.path);
        for (const auto& line : file.lines()) {
            std::smatch match;
            if (!std::regex_search(line, match, include)) continue;
            ++seen;
            const std::string target = kazashi::repo::second_level(match[1].str());
            if (target == folder || allowed_for(file.path, folder).contains(target)) continue;
            INFO(file.path << " includes " << match[1].str());
            CHECK(false);
        }
    }
    CHECK(seen > 100);
}

TEST_CASE("repo: libraries of the outside stay behind their doors") {
    struct Door {
        std::regex header;
        std::set<std::string> folders;
    };
    const std::vector<Door> doors{
        {std::regex{R"(#include <(winscard|PCSC/|wintypes|reader\.h))"}, {"cardio/reader"}},
        {std::regex{R"(#include <nfc/)"}, {"cardio/reader"}},
        {std::regex{R"(#include <sqlite3)"}, {"sync/store", "sync/server"}},
        {std::regex{R"(#include <sodium)"}, {"sync/vault"}},
        {std::regex{R"(#include <curl/)"}, {"sync/engine", "sync/server"}},
        // The simulator: keys of ID cards that belong to nobody.
        {std::regex{R"(#include <openssl/)"}, {"cardio/protocol", "cardio/simulator", "sync/engine", "sync/server"}},
        {std::regex{R"(#include <(SDL|GL/|GLES))"}, {"terminal/platform", "terminal/app"}},
        {std::regex{R"(#include [<"]imgui)"}, {"terminal/view", "terminal/platform", "terminal/app"}},
        {std::regex{R"(#include <boost/)"}, {"sync/server"}},
        {std::regex{R"(#include [<"]simdjson)"}, {"sync/fhir", "sync/wire"}},
        {std::regex{R"(#include <zstd)"}, {"sync/fhir"}},
    };
    for (const auto& file : kazashi::repo::files({"cardio", "sync", "terminal"}, {".h", ".cpp"})) {
        for (const auto& line : file.lines()) {
            for (const auto& door : doors) {
                if (!std::regex_search(line, door.header)) continue;
                INFO(file.path << ": " << line);
                CHECK(door.folders.contains(kazashi::repo::second_level(file.path)));
            }
        }
    }
}
