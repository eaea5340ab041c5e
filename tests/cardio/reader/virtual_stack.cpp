#include "tests/cardio/reader/virtual_stack.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstring>
#include <fstream>
#include <thread>

#include "tests/cardio/cards.h"
#include "tests/catch.h"

namespace kazashi::test {

namespace {

using nlohmann::json;
using namespace std::chrono_literals;

// One for the whole process: libpcsclite asks for the socket's name once.
struct Directory {
    Directory() : path{std::filesystem::temp_directory_path() / ("kazashi-reader-" + std::to_string(::getpid()))} {
        std::filesystem::create_directories(path);
        ::setenv("PCSCLITE_CSOCK_NAME", (path / "pcscd.comm").c_str(), 1);
        ::setenv("SYSTEMD_DEVICE_VERIFY_SYSFS", "0", 1);  // the devices of UsbPort are files of ours
    }
    Directory(const Directory&) = delete;
    Directory& operator=(const Directory&) = delete;
    ~Directory() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    const std::filesystem::path path;
};

const std::filesystem::path& directory() {
    static const Directory directory;
    return directory.path;
}

json card_json(const std::string& name, const simulator::CardImage& image) {
    return {{"name", name},
            {"kind", name.substr(0, name.find('-'))},
            {"label", name},
            {"idm", base::to_hex(image.idm.view())},
            {"id", base::to_hex(image.id.view())},
            {"s_pad0", base::to_hex(image.s_pad0.view())},
            {"ck", base::to_hex(image.ck.view())}};
}

void write_cards(const std::filesystem::path& file) {
    json cards = json::array();
    cards.push_back(card_json("patient-1", image()));
    cards.push_back(card_json("patient-2", image(card::CardKind::patient, 44, "0000000002", second_serial)));
    cards.push_back(card_json("staff-1", image(card::CardKind::staff, 44, "0000000003", 0x33)));
    cards.push_back(card_json("elsewhere", image(card::CardKind::patient, 45, "0000000004", 0x44)));
    std::ofstream{file} << json{{"cards", cards}}.dump();
}

int connect_to(const std::filesystem::path& path) {
    ::sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::connect(fd, reinterpret_cast<const ::sockaddr*>(&address), sizeof address) == 0) return fd;
    ::close(fd);
    return -1;
}

template <class Condition>
bool eventually(Condition condition) {
    for (int i = 0; i < 500; ++i) {
        if (condition()) return true;
        std::this_thread::sleep_for(20ms);
    }
    return false;
}

json send_order(const std::filesystem::path& control, const json& order) {
    const int fd = connect_to(control);
    REQUIRE(fd >= 0);
    const std::string line = order.dump() + '\n';
    REQUIRE(::send(fd, line.data(), line.size(), MSG_NOSIGNAL) == static_cast<::ssize_t>(line.size()));
    std::string answer;
    std::array<char, 4096> chunk{};
    while (answer.empty() || answer.back() != '\n') {
        const auto got = ::recv(fd, chunk.data(), chunk.size(), 0);
        REQUIRE(got > 0);
        answer.append(chunk.data(), static_cast<std::size_t>(got));
    }
    ::close(fd);
    auto object = json::parse(answer);
    REQUIRE(object.at("ok").get<bool>());
    return object;
}

}  // namespace

VirtualStack::VirtualStack(const std::string& reader, const std::vector<std::string>& more) : dir_{directory()} {
    const auto cards = (dir_ / "cards.json").string();
    const auto control = (dir_ / "control").string();
    const auto script = std::string{KAZASHI_SOURCE} + "/packaging/virtual-reader";
    const auto tool = std::string{KAZASHI_BIN} + "/kazashi-card";
    const auto out = (dir_ / "out").string();
    write_cards(cards);
    std::filesystem::remove(out);
    std::filesystem::remove(dir_ / "hold");

    std::vector<std::string> words{script, dir_.string(), "--",    tool,       "simulate", "--cards",
                                   cards,  "--control",   control, "--reader", reader};
    words.insert(words.end(), more.begin(), more.end());
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ::posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    REQUIRE(::posix_spawn(&process_, script.c_str(), &actions, nullptr, arguments.data(), environ) == 0);
    ::posix_spawn_file_actions_destroy(&actions);

    REQUIRE(eventually([&] {
        std::string line;
        std::ifstream in{out};
        return std::getline(in, line) && line == "ready";
    }));
    REQUIRE(eventually([&] {
        const int fd = connect_to(control);
        if (fd >= 0) ::close(fd);
        return fd >= 0;
    }));
}

VirtualStack::~VirtualStack() {
    ::kill(process_, SIGTERM);
    int status = 0;
    ::waitpid(process_, &status, 0);
}

json VirtualStack::order(const json& order) const { return send_order(dir_ / "control", order); }

// Inside the private network of the stack, where its readers listen; the second one is on the next port.
VirtualStack::SecondReader::SecondReader(const VirtualStack& stack, const std::string& reader)
    : control_{stack.dir_ / "second"} {
    std::vector<std::string> words{"nsenter",
                                   "--net=/proc/" + std::to_string(stack.process_) + "/ns/net",
                                   std::string{KAZASHI_BIN} + "/kazashi-card",
                                   "simulate",
                                   "--cards",
                                   (stack.dir_ / "cards.json").string(),
                                   "--control",
                                   control_.string(),
                                   "--reader",
                                   reader,
                                   "--vpcd",
                                   "127.0.0.1:35964"};
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    REQUIRE(::posix_spawnp(&process_, "nsenter", nullptr, nullptr, arguments.data(), environ) == 0);
    REQUIRE(eventually([&] {
        const int fd = connect_to(control_);
        if (fd >= 0) ::close(fd);
        return fd >= 0;
    }));
}

VirtualStack::SecondReader::~SecondReader() {
    ::kill(process_, SIGTERM);
    int status = 0;
    ::waitpid(process_, &status, 0);
}

void VirtualStack::SecondReader::lay(const std::string& card) const {
    send_order(control_, {{"do", "lay"}, {"card", card}});
}
void VirtualStack::SecondReader::take() const { send_order(control_, {{"do", "take"}}); }

void VirtualStack::unplug_readers() const { std::filesystem::rename(dir_ / "conf" / "vpcd", dir_ / "unplugged"); }
void VirtualStack::plug_in_readers() const { std::filesystem::rename(dir_ / "unplugged", dir_ / "conf" / "vpcd"); }

void VirtualStack::stop_service() const {
    std::ofstream{dir_ / "hold"} << "\n";
    ::pid_t pid = 0;
    std::ifstream{dir_ / "pcscd.pid"} >> pid;
    REQUIRE(pid > 1);
    REQUIRE(::kill(pid, SIGKILL) == 0);
}

void VirtualStack::start_service() const { std::filesystem::remove(dir_ / "hold"); }

}  // namespace kazashi::test
