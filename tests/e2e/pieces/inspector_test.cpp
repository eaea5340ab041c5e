#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cassert>
#include <cstring>
#include <nlohmann/json.hpp>
#include <thread>

#include "tests/catch.h"
#include "tests/e2e/story/card_desk.h"
#include "tests/e2e/story/inspector_client.h"
#include "tests/fakes/temp_folder.h"

using namespace kazashi::story;
using namespace std::chrono_literals;

namespace {

// The other side of a line socket: accepts one client, then reads and writes whole lines.
class Peer {
public:
    explicit Peer(const std::filesystem::path& path) : listening_{::socket(AF_UNIX, SOCK_STREAM, 0)} {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, path.c_str(), path.native().size());
        [[maybe_unused]] int bound = ::bind(listening_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
        assert(bound == 0);
        ::listen(listening_, 1);
    }
    ~Peer() {
        ::close(listening_);
        hang_up();
    }
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;
    void accept() { client_ = ::accept(listening_, nullptr, nullptr); }
    void hang_up() {
        if (client_ >= 0) ::close(client_);
        client_ = -1;
    }
    void say(const std::string& text) const {
        const auto sent = ::send(client_, text.data(), text.size(), MSG_NOSIGNAL);
        assert(sent == static_cast<ssize_t>(text.size()));
    }
    std::string hear() const {
        std::string line;
        char c{};
        while (::recv(client_, &c, 1, 0) == 1 && c != '\n') line += c;
        return line;
    }

private:
    int listening_;
    int client_{-1};
};

const std::string idle_frame =
    R"({"frame":1,"screen":"idle","items":[{"id":"key.5","x":10,"y":20.5,"w":30,"h":40,"enabled":false}],"texts":["カードを"],"line":"offline","pending":2,"packages":3,"packages_total":9,"tap_to_summary_ms":null,"tap":0})"
    "\n";
const std::string summary_frame =
    R"({"frame":2,"screen":"summary","items":[],"texts":[],"clipped":true,"line":"online","pending":0,"packages":9,"packages_total":9,"tap_to_summary_ms":12.5,"tap":1})"
    "\n";

}  // namespace

TEST_CASE("inspector: frames are read and waited for and remembered") {
    const kazashi::fakes::TempFolder folder;
    Peer terminal{folder.path() / "s"};
    auto client = InspectorClient::connect(folder.path() / "s", 1s);
    REQUIRE(client);
    terminal.accept();
    terminal.say(idle_frame.substr(0, 40));
    terminal.say(idle_frame.substr(40));
    const auto idle = client->wait([](const Frame& f) { return f.screen == "idle"; }, 5s);
    REQUIRE(idle);
    REQUIRE(idle->item("key.5") != nullptr);
    CHECK(idle->item("key.5")->y == 20.5);
    CHECK_FALSE(idle->item("key.5")->enabled);
    CHECK(idle->item("key.6") == nullptr);
    CHECK(idle->says("ード"));
    CHECK(idle->pending == 2);
    CHECK(client->wait([](const Frame& f) { return f.screen == "summary"; }, 50ms).fault() ==
          kazashi::base::Fault::timeout);
    terminal.say(summary_frame);
    const auto summary = client->wait([](const Frame& f) { return f.screen == "summary"; }, 5s);
    REQUIRE(summary);
    CHECK(summary->tap_to_summary_ms == 12.5);
    const auto seen = client->glimpses();
    REQUIRE(seen.size() == 2);
    CHECK(seen[0].packages == 3);
    CHECK_FALSE(seen[0].clipped);
    CHECK(seen[1].clipped);
    terminal.say(summary_frame);  // the same tap told twice is one tap
    REQUIRE(client->wait([&](const Frame&) { return true; }, 5s));
    CHECK(client->tap_times() == std::vector<double>{12.5});
}

TEST_CASE("inspector: a screen is held until it is released") {
    const kazashi::fakes::TempFolder folder;
    Peer terminal{folder.path() / "s"};
    auto client = InspectorClient::connect(folder.path() / "s", 1s);
    REQUIRE(client);
    terminal.accept();
    REQUIRE(client->hold("summary"));
    CHECK(terminal.hear() == R"({"hold":"summary"})");
    CHECK_FALSE(client->wait_holding(50ms));
    terminal.say("{\"holding\":\"summary\"}\n");
    CHECK(client->wait_holding(5s));
    REQUIRE(client->release());
    CHECK(terminal.hear() == R"({"release":true})");
}

TEST_CASE("inspector: a terminal that is gone ends the wait at once") {
    const kazashi::fakes::TempFolder folder;
    Peer terminal{folder.path() / "s"};
    auto client = InspectorClient::connect(folder.path() / "s", 1s);
    REQUIRE(client);
    terminal.accept();
    terminal.hang_up();
    CHECK(client->wait([](const Frame&) { return false; }, 30s).fault() == kazashi::base::Fault::offline);
    CHECK(client->gone());
}

TEST_CASE("inspector: a line that is not a frame is not taken for one") {
    CHECK_FALSE(parse_frame(nlohmann::json::parse(R"({"holding":"summary"})")));
    CHECK_FALSE(parse_frame(nlohmann::json::parse(R"({"frame":"one"})")));
    CHECK_FALSE(parse_frame(nlohmann::json::parse("[]")));
}

TEST_CASE("card desk: an odd card is asked for in the simulator's words and a refusal is an error") {
    const kazashi::fakes::TempFolder folder;
    Peer simulator{folder.path() / "s"};
    auto desk = CardDesk::connect(folder.path() / "s", 1s);
    REQUIRE(desk);
    simulator.accept();
    std::string heard;
    std::thread answers{[&] {
        heard = simulator.hear();
        simulator.say("{\"ok\":true}\n");
        simulator.hear();
        simulator.say("{\"ok\":false,\"error\":\"no such card\"}\n");
        simulator.hear();
        simulator.say("{\"ok\":true,\"exchanges\":[{\"rc\":\"0A\",\"mac\":\"0B\"}]}\n");
    }};
    CHECK(desk->lay("patient-0000000001", {"00FF", 3, {{"01", "02"}}, "patient-0000000002"}));
    CHECK(desk->take().fault() == kazashi::base::Fault::denied);
    const auto trace = desk->trace();
    answers.join();
    CHECK(nlohmann::json::parse(heard) ==
          nlohmann::json::parse(R"({"do":"lay","card":"patient-0000000001","ck":"00FF","leave_after":3,
                                    "replay":[{"rc":"01","mac":"02"}],"with":"patient-0000000002"})"));
    REQUIRE(trace);
    REQUIRE(trace->size() == 1);
    CHECK(trace->front().answer == "0B");
}
