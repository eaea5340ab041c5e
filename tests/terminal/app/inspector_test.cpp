#include "terminal/app/inspector.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <atomic>
#include <chrono>
#include <cstring>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>

#include "terminal/app/descriptor.h"
#include "terminal/app/frame_line.h"
#include "terminal/app/tuning.h"
#include "tests/catch.h"
#include "tests/fakes/temp_folder.h"

using namespace kazashi;
using Json = nlohmann::json;

namespace {

// A client as the story has one: lines out, lines in.
class Client {
public:
    explicit Client(const std::filesystem::path& path) : socket_{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, path.c_str(), path.native().size());
        REQUIRE(::connect(socket_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    }
    void say(const std::string& line) {
        REQUIRE(::send(socket_.get(), line.data(), line.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(line.size()));
    }
    // nullopt: nothing came in time.
    std::optional<Json> hear(int milliseconds = 2000) {
        for (;;) {
            if (const auto end = in_.find('\n'); end != std::string::npos) {
                const auto json = Json::parse(in_.substr(0, end));
                in_.erase(0, end + 1);
                return json;
            }
            pollfd waited{socket_.get(), POLLIN, 0};
            if (::poll(&waited, 1, milliseconds) <= 0) return std::nullopt;
            char bytes[4096];
            const auto got = ::recv(socket_.get(), bytes, sizeof bytes, 0);
            if (got <= 0) return std::nullopt;
            in_.append(bytes, static_cast<std::size_t>(got));
        }
    }

private:
    app::Descriptor socket_;
    std::string in_;
};

std::unique_ptr<app::Inspector> listen_at(const std::filesystem::path& path) {
    auto inspector = app::Inspector::listen(path);
    REQUIRE(inspector);
    return std::move(*inspector);
}

}  // namespace

TEST_CASE("inspector: its socket is for its owner alone and goes with it") {
    const fakes::TempFolder folder;
    {
        const auto inspector = listen_at(folder / "s");
        struct stat facts {};
        REQUIRE(::stat((folder / "s").c_str(), &facts) == 0);
        CHECK((facts.st_mode & 0777) == 0600);
    }
    CHECK_FALSE(std::filesystem::exists(folder / "s"));
}

TEST_CASE("inspector: a client that comes late is told the last frame") {
    const fakes::TempFolder folder;
    const auto inspector = listen_at(folder / "s");
    inspector->show("{\"frame\":1}\n");
    inspector->show("{\"frame\":2}\n");
    Client client{folder / "s"};
    const auto first = client.hear();
    REQUIRE(first);
    CHECK((*first)["frame"] == 2);
    inspector->show("{\"frame\":3}\n");
    const auto next = client.hear();
    REQUIRE(next);
    CHECK((*next)["frame"] == 3);
}

TEST_CASE("inspector: a held screen waits until it is released") {
    const fakes::TempFolder folder;
    const auto inspector = listen_at(folder / "s");
    inspector->show("{\"frame\":1}\n");
    Client client{folder / "s"};
    REQUIRE(client.hear());
    client.say("{\"hold\":\"summary\"}\n");
    // The wish travels on its own; until it is known, hold() lets every screen pass.
    std::atomic<bool> passed{false};
    std::thread loop{[&] {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{3};
        while (std::chrono::steady_clock::now() < deadline) {
            const auto before = std::chrono::steady_clock::now();
            inspector->hold("home");
            inspector->hold("summary");
            if (std::chrono::steady_clock::now() - before > std::chrono::milliseconds{100}) break;
        }
        passed.store(true);
    }};
    const auto told = client.hear();
    REQUIRE(told);
    CHECK((*told)["holding"] == "summary");
    std::this_thread::sleep_for(std::chrono::milliseconds{200});
    CHECK_FALSE(passed.load());
    client.say("{\"release\":true}\n");
    loop.join();
    CHECK(passed.load());
}

TEST_CASE("inspector: a hold that nobody releases ends by itself") {
    const fakes::TempFolder folder;
    const auto inspector = listen_at(folder / "s");
    inspector->show("{\"frame\":1}\n");
    Client client{folder / "s"};
    REQUIRE(client.hear());
    client.say("{\"hold\":\"idle\"}\n{\"no\":1}\n");
    const auto answered = client.hear();  // the second line is refused, so the first one is known
    REQUIRE(answered);
    CHECK(answered->contains("error"));
    const auto before = std::chrono::steady_clock::now();
    inspector->hold("idle");
    const auto held = std::chrono::steady_clock::now() - before;
    CHECK(held >= app::tuning::inspector_hold_most);
    CHECK(held < app::tuning::inspector_hold_most + std::chrono::seconds{2});
}

TEST_CASE("inspector: a client that does not read never stops the frames") {
    const fakes::TempFolder folder;
    const auto inspector = listen_at(folder / "s");
    const Client sleeper{folder / "s"};
    const std::string frame = "{\"texts\":\"" + std::string(20'000, 'x') + "\"}\n";
    const auto before = std::chrono::steady_clock::now();
    for (int i = 0; i < 1000; ++i) inspector->show(frame);
    CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds{2});
    inspector->show("{\"frame\":7}\n");
    Client reader{folder / "s"};
    const auto told = reader.hear();
    REQUIRE(told);
    CHECK((*told)["frame"] == 7);
}

TEST_CASE("frame line: says what the contract names") {
    state::State state;
    state.screen = state::Screen::summary;
    state.sync.line = engine::SyncStatus::Line::offline;
    state.sync.ledger.pending = 3;
    state.sync.packages = 10;
    state.sync.packages_total = 12;
    view::Drawn drawn;
    drawn.items.push_back({"key.5", 1.0F, 2.0F, 3.0F, 4.0F, true});
    drawn.texts = {"臼杵 花子", std::string("cut \xe8\x87", 6)};
    const auto line = app::frame_line(state, drawn, {7, 2, 12.5});
    REQUIRE(line.back() == '\n');
    CHECK(line.find('\n') == line.size() - 1);
    const auto json = Json::parse(line);
    CHECK(json["frame"] == 7);
    CHECK(json["tap"] == 2);
    CHECK(json["screen"] == "summary");
    CHECK(json["line"] == "offline");
    CHECK(json["pending"] == 3);
    CHECK(json["packages"] == 10);
    CHECK(json["packages_total"] == 12);
    CHECK(json["tap_to_summary_ms"] == 12.5);
    CHECK(json["clipped"] == false);
    CHECK(json["items"][0]["id"] == "key.5");
    CHECK(json["items"][0]["w"] == 3.0);
    CHECK(json["items"][0]["enabled"] == true);
    CHECK(json["texts"][0] == "臼杵 花子");
    CHECK(Json::parse(app::frame_line(state, drawn, {8, 2, std::nullopt}))["tap_to_summary_ms"].is_null());
}

TEST_CASE("inspector request: anything but hold and release is refused") {
    CHECK(app::parse_request(R"({"hold":"summary"})")->hold == "summary");
    CHECK(app::parse_request(R"({"release":true})")->release);
    for (const auto* bad :
         {"", "{}", "[]", "null", R"({"hold":7})", R"({"release":false})", "{\"hold\":", "\xff\xfe"}) {
        CHECK_FALSE(app::parse_request(bad));
    }
}

TEST_CASE("inspector: a frame tells who is there, what is asked, and what is about to close") {
    state::State state;
    state.screen = state::Screen::sign_in;
    state.staff = desk::SignedIn{model::StaffId{"0000000101"}, "a name", false};
    state.job = state::StaffJob{};
    state.job->kind = state::StaffJob::Kind::let_in;
    state.sign_in.emplace();
    state.faults = {"fault.clock_set_back"};
    state.at = state.last_touch + state.policy.staff_idle - std::chrono::seconds{7};
    const auto frame = Json::parse(app::frame_line(state, {}, {}));
    CHECK(frame["screen"] == "sign_in");
    CHECK(frame["signed_in"] == "0000000101");
    CHECK(frame["job"] == "let_in");
    CHECK(frame["asks"] == "pin");
    CHECK(frame["closing"]["what"] == "lock");
    CHECK(frame["closing"]["left"] == 7);
    CHECK(frame["faults"] == Json::array({"fault.clock_set_back"}));
    CHECK(frame["notice"].is_null());
    CHECK(frame.dump().find("a name") == std::string::npos);
}

TEST_CASE("inspector: a locked terminal's frame names who may return; a partial summary's what is missing") {
    state::State state;
    state.screen = state::Screen::locked;
    state.locked.emplace();
    desk::Colleague who;
    who.staff = model::StaffId{"0000000102"};
    state.locked->may_return = {who};
    auto frame = Json::parse(app::frame_line(state, {}, {}));
    CHECK(frame["screen"] == "locked");
    CHECK(frame["locked"] == Json::array({"0000000102"}));
    CHECK(frame["signed_in"].is_null());
    state.locked.reset();
    state.screen = state::Screen::summary;
    state.summary = std::make_unique<model::Summary>();
    state.summary_granted = model::SectionSet{}.with(model::Section::medication);
    state.summary_emergency = true;
    frame = Json::parse(app::frame_line(state, {}, {}));
    CHECK(frame["missing"] == Json::array({"medication"}));
    CHECK(frame["emergency"] == true);
}
