// What a kernel and udev would do for a reader on USB: a folder of sysfs, and messages to who listens for devices. All
// of it inside the private network and mounts of the stack, so that nobody else hears of it.
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <string_view>
#include <thread>

#include "cardio/reader/service_look.h"
#include "tests/cardio/reader/virtual_stack.h"
#include "tests/catch.h"

namespace kazashi::test {

namespace {

using namespace std::string_literals;
namespace fs = std::filesystem;

constexpr const char* vpcd_name = "libifdvpcd.so.0";  // by which it is linked
constexpr const char* interface = "/devices/virtual/1-1/1-1:1.0";

void write(const fs::path& file, const std::string& text) {
    fs::create_directories(file.parent_path());
    std::ofstream{file} << text;
}

std::string key(const std::string& name, const std::string& value) {
    return "<key>" + name + "</key><string>" + value + "</string>\n";
}
std::string keys(const std::string& name, const std::string& value) {
    return "<key>" + name + "</key><array><string>" + value + "</string></array>\n";
}

void write_driver(const fs::path& bundle, const fs::path& vpcd) {
    const auto contents = bundle / "Contents";
    write(contents / "Info.plist", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\">\n<dict>\n" +
                                       key("CFBundleExecutable", "libusb_reader_driver.so") +
                                       key("CFBundleName", "USBREADER") + keys("ifdVendorID", "0x054C") +
                                       keys("ifdProductID", "0x06C3") +
                                       keys("ifdFriendlyName", VirtualStack::UsbPort::reader) + "</dict>\n</plist>\n");
    const auto libraries = contents / "Linux";
    fs::remove_all(libraries);
    fs::create_directories(libraries);
    fs::copy_file(fs::path{KAZASHI_BIN}.parent_path() / "tests" / "libusb_reader_driver.so",
                  libraries / "libusb_reader_driver.so");
    fs::create_symlink(vpcd, libraries / vpcd_name);
}

// The line LIBPATH of vpcd's reader.conf.
fs::path driver_of(const fs::path& conf) {
    std::ifstream in{conf};
    for (std::string word; in >> word;)
        if (word == "LIBPATH" && in >> word) return word;
    return {};
}

// The device of the reader and its one interface, as below /sys/devices/virtual.
void write_device(const fs::path& virtual_devices) {
    const auto device = virtual_devices / "1-1";
    write(device / "uevent", "DEVTYPE=usb_device\nDEVNAME=bus/usb/001/002\n");
    write(device / "idVendor", "054c\n");
    write(device / "idProduct", "06c3\n");
    write(device / "1-1:1.0" / "uevent", "DEVTYPE=usb_interface\n");
    write(device / "1-1:1.0" / "bInterfaceNumber", "00\n");
    for (const auto& folder : {device, device / "1-1:1.0"}) {
        fs::remove(folder / "subsystem");
        fs::create_symlink("/sys/bus/usb", folder / "subsystem");
    }
}

// Of filters of messages: MurmurHash2, as libudev computes it.
std::uint32_t murmur(std::string_view text) {
    constexpr std::uint32_t m = 0x5bd1e995;
    auto h = static_cast<std::uint32_t>(text.size());
    for (; text.size() >= 4; text.remove_prefix(4)) {
        std::uint32_t k = 0;
        std::memcpy(&k, text.data(), 4);
        k *= m;
        k ^= k >> 24U;
        h = h * m ^ k * m;
    }
    std::uint32_t rest = 0;
    std::memcpy(&rest, text.data(), text.size());
    if (!text.empty()) h = (h ^ rest) * m;
    h ^= h >> 13U;
    h *= m;
    return h ^ h >> 15U;
}

// What udev tells who listens (systemd, src/libsystemd/sd-device/device-monitor.c).
struct Header {
    std::array<char, 8> prefix{'l', 'i', 'b', 'u', 'd', 'e', 'v', '\0'};
    std::uint32_t magic{::htonl(0xfeedcafe)};
    std::uint32_t size{sizeof(Header)};
    std::uint32_t properties_at{sizeof(Header)};
    std::uint32_t properties_size{};
    std::uint32_t subsystem{::htonl(murmur("usb"))};
    std::uint32_t type{::htonl(murmur("usb_interface"))};
    std::array<std::uint32_t, 2> tags{};
};

void tell_as_udev(const std::string& action) {
    const auto properties = "ACTION="s + action + '\0' + "DEVPATH=" + interface + '\0' + "SUBSYSTEM=usb" + '\0' +
                            "DEVTYPE=usb_interface" + '\0' + "SEQNUM=1" + '\0';
    Header header;
    header.properties_size = static_cast<std::uint32_t>(properties.size());
    std::string message(sizeof header, '\0');
    std::memcpy(message.data(), &header, sizeof header);
    message += properties;
    ::sockaddr_nl to{};
    to.nl_family = AF_NETLINK;
    to.nl_groups = 2;  // those who hear udev, not the kernel
    const int fd = ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_KOBJECT_UEVENT);
    const auto sent =
        ::sendto(fd, message.data(), message.size(), 0, reinterpret_cast<const ::sockaddr*>(&to), sizeof to);
    ::close(fd);
    CHECK(sent == static_cast<::ssize_t>(message.size()));
}

bool answers() { return reader::look_at_service().answer == reader::ServiceAnswer::answers; }

// In the network of process `pid`; a thread of its own has a network of its own.
void tell_in_network_of(::pid_t pid, const std::string& action) {
    std::thread{[&] {
        const int network = ::open(("/proc/" + std::to_string(pid) + "/ns/net").c_str(), O_RDONLY | O_CLOEXEC);
        const bool entered = network >= 0 && ::setns(network, CLONE_NEWNET) == 0;
        ::close(network);
        CHECK(entered);
        if (entered) tell_as_udev(action);
    }}.join();
}

}  // namespace

VirtualStack::UsbPort::UsbPort(const VirtualStack& stack) : stack_{stack} {
    const auto usb = stack.dir_ / "usb";
    write_driver(usb / "reader.bundle", driver_of(stack.dir_ / "conf" / "vpcd"));
    fs::create_directories(usb / "devices");
    // libudev listens for udev only where there is one.
    const auto mounts = "set -e; cd '" + usb.string() +
                        "'; bundle=$(ls -d /usr/lib/pcsc/drivers/*.bundle | head -n 1); "
                        "mount --bind reader.bundle \"$bundle\"; mount --bind devices /sys/devices/virtual; "
                        "[ -e /run/udev/control ] || { mount -t tmpfs none /run; mkdir /run/udev /run/pcscd; "
                        ": >/run/udev/control; mount --bind '" +
                        stack.dir_.string() + "' /run/pcscd; }";
    const auto command = "nsenter --mount=/proc/" + std::to_string(stack.process_) + "/ns/mnt -- sh -c \"$MOUNTS\"";
    ::setenv("MOUNTS", mounts.c_str(), 1);
    REQUIRE(std::system(command.c_str()) == 0);
    stack.unplug_readers();
    stack.stop_service();
    stack.start_service();
    // What is plugged in before it listens it would never learn.
    for (int i = 0; i < 500 && !answers(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds{20});
    REQUIRE(answers());
}

void VirtualStack::UsbPort::plug_in() const {
    write_device(stack_.dir_ / "usb" / "devices");
    tell_in_network_of(stack_.process_, "add");
}

// Without what it is linked with it cannot be loaded.
void VirtualStack::UsbPort::break_driver() const {
    const auto libraries = stack_.dir_ / "usb" / "reader.bundle" / "Contents" / "Linux";
    fs::rename(libraries / vpcd_name, libraries / "broken");
}
void VirtualStack::UsbPort::mend_driver() const {
    const auto libraries = stack_.dir_ / "usb" / "reader.bundle" / "Contents" / "Linux";
    fs::rename(libraries / "broken", libraries / vpcd_name);
}

void VirtualStack::UsbPort::pull_out() const {
    fs::remove_all(stack_.dir_ / "usb" / "devices" / "1-1");
    tell_in_network_of(stack_.process_, "remove");
}

}  // namespace kazashi::test
