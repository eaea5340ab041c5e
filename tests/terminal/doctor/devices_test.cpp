#include "terminal/doctor/devices.h"

#include <filesystem>

#include "tests/fakes/temp_folder.h"
#include "tests/terminal/doctor/looking.h"

using namespace kazashi;
using namespace kazashi::test;
using namespace std::chrono_literals;
using doctor::DeviceWays;
using state::Finding;
namespace fs = std::filesystem;

namespace {

// A USB bus as the kernel shows one, in files.
class Bus {
public:
    Bus() {
        fs::create_directories(ways.usb = folder / "usb");
        fs::create_directories(ways.proc = folder / "proc");
        ways.nodes = "/dev/bus/usb";
        ways.patience = 5s;
        put("1-0:1.0/usb1-port1/over_current_count", "0");
    }
    void put(const std::string& file, const std::string& line) const {
        fs::create_directories((ways.usb / file).parent_path());
        std::ofstream{ways.usb / file} << line << '\n';
    }
    void plug(const std::string& place, const char* vendor, const char* product, const char* milliamperes = "100mA",
              const char* attributes = "80") const {
        put(place + "/idVendor", vendor);
        put(place + "/idProduct", product);
        put(place + "/authorized", "1");
        put(place + "/bConfigurationValue", "1");
        put(place + "/bmAttributes", attributes);
        put(place + "/bMaxPower", milliamperes);
        put(place + "/busnum", "1");
        put(place + "/devnum", "5");
        fs::create_directories(ways.usb / (place + ":1.0"));
    }
    void claim(const std::string& interface, const std::string& driver) const {
        fs::create_symlink("../../bus/usb/drivers/" + driver, ways.usb / interface / "driver");
    }
    // A program that has the first reader's device open.
    void open_by(const std::string& process, const std::string& program) const {
        fs::create_directories(ways.proc / process / "fd");
        std::ofstream{ways.proc / process / "comm"} << program << '\n';
        fs::create_symlink("/dev/bus/usb/001/005", ways.proc / process / "fd/7");
    }
    doctor::Findings look() const { return doctor::probe_devices(ways); }

    fakes::TempFolder folder;
    DeviceWays ways;
};

}  // namespace

TEST_CASE("doctor: readers that are listed are well; two of them are a note, unless one is chosen") {
    const VirtualStack stack;
    Bus bus;
    CHECK(is_note(bus.look(), "two_readers"));
    CHECK(figure(get(bus.look(), "two_readers"), "count") == "2");
    CHECK(is_ok(bus.look(), "reader_ok"));
    bus.ways.reader = "00 01";
    CHECK(find(bus.look(), "two_readers") == nullptr);
    CHECK(figure(get(bus.look(), "reader_ok"), "reader") == "Virtual PCD 00 01");
    bus.ways.reader = "ACR1252";
    CHECK(is_fault(bus.look(), "reader_not_chosen"));
    CHECK(find(bus.look(), "reader_ok") == nullptr);
}

TEST_CASE("doctor: a reader that is unplugged is missed, and a port that was switched off is named") {
    const VirtualStack stack;
    Bus bus;
    replug(stack, "");
    CHECK(is_fault(bus.look(), "no_reader"));
    bus.put("1-0:1.0/usb1-port1/over_current_count", "2");
    CHECK(is_fault(bus.look(), "port_over_current"));
    CHECK(find(bus.look(), "no_reader") == nullptr);
}

TEST_CASE("doctor: a reader of contact cards is not taken for one of ours") {
    const VirtualStack stack;
    replug(stack, "ACS ACR39U ICC Reader");
    CHECK(is_fault(Bus{}.look(), "reader_contact_only"));
    CHECK(find(Bus{}.look(), "reader_ok") == nullptr);
}

TEST_CASE("doctor: a known reader that is plugged in and not listed lacks its driver") {
    const VirtualStack stack;
    const Bus bus;
    bus.plug("1-2", "054c", "0dc8");
    const auto findings = bus.look();
    CHECK(is_fault(findings, "reader_no_driver"));
    CHECK(figure(get(findings, "reader_no_driver"), "reader") == "RC-S300/S");
}

TEST_CASE("doctor: the same reader, listed, is well") {
    const VirtualStack stack;
    replug(stack, "SONY FeliCa RC-S300/S");
    const Bus bus;
    bus.plug("1-2", "054c", "0dc8");
    CHECK(find(bus.look(), "reader_no_driver") == nullptr);
    CHECK(is_ok(bus.look(), "reader_ok"));
}

TEST_CASE("doctor: a reader no service can drive is named as such") {
    const VirtualStack stack;
    const Bus bus;
    bus.plug("1-2", "054c", "06c3");
    CHECK(is_fault(bus.look(), "reader_not_linux"));
}

TEST_CASE("doctor: a kernel module that holds the reader is unloaded") {
    const VirtualStack stack;
    Bus bus;
    bus.plug("1-2", "072f", "2200");
    bus.claim("1-2:1.0", "pn533_usb");
    CHECK(get(bus.look(), "reader_kernel_module").repair == Finding::Repair::none);
    // The module goes, and with it the link to its driver.
    const auto unload = bus.folder / "unload";
    std::ofstream{unload} << "#!/bin/sh\n[ \"$1\" = pn533_usb ] && rm " << (bus.ways.usb / "1-2:1.0/driver").string()
                          << "\n";
    fs::permissions(unload, fs::perms::owner_all);
    bus.ways.unload = {unload};
    const auto findings = bus.look();
    const auto& held = get(findings, "reader_kernel_module");
    CHECK(held.repair == Finding::Repair::possible);
    CHECK(figure(held, "module") == "pn533_usb");
    // The service does not look again by itself.
    const auto restart = bus.folder / "restart";
    std::ofstream{restart} << "#!/bin/sh\ntouch " << (bus.folder / "restarted").string() << "\n";
    fs::permissions(restart, fs::perms::owner_all);
    bus.ways.restart = {restart};
    REQUIRE(doctor::repair_devices(bus.ways, held));
    CHECK(fs::exists(bus.folder / "restarted"));
    CHECK(find(bus.look(), "reader_kernel_module") == nullptr);
    // Nothing else is ever unloaded, whatever a finding says.
    auto forged = held;
    forged.figures = {{"module", "ext4"}};
    CHECK(doctor::repair_devices(bus.ways, forged).fault() == base::Fault::malformed);
}

TEST_CASE("doctor: port100 is found on the reader it takes") {
    const VirtualStack stack;
    const Bus bus;
    bus.plug("1-2", "054c", "06c1");
    bus.claim("1-2:1.0", "port100");
    CHECK(figure(get(bus.look(), "reader_kernel_module"), "module") == "port100");
}

TEST_CASE("doctor: a reader that is not authorised") {
    const VirtualStack stack;
    const Bus bus;
    bus.plug("1-2", "072f", "223b");
    bus.put("1-2/authorized", "0");
    CHECK(is_fault(bus.look(), "reader_not_authorised"));
}

TEST_CASE("doctor: a reader on a hub without power") {
    const VirtualStack stack;
    const Bus bus;
    bus.plug("1-1", "05e3", "0608", "100mA", "a0");  // a hub that lives on its own port
    bus.plug("1-1.4", "072f", "223b", "200mA");
    CHECK(is_fault(bus.look(), "reader_no_power"));
    CHECK(figure(get(bus.look(), "reader_no_power"), "milliamperes") == "200");
    bus.put("1-1/bmAttributes", "e0");  // with a supply of its own
    CHECK(find(bus.look(), "reader_no_power") == nullptr);
    // The kernel itself left it without a configuration.
    bus.put("1-1.4/bConfigurationValue", "");
    CHECK(is_fault(bus.look(), "reader_no_power"));
    // Then it does not say either what was asked for; the device's own words do.
    bus.put("1-1.4/bMaxPower", "");
    CHECK(is_fault(bus.look(), "reader_unpowered"));
    bus.put("1-1.4/descriptors", std::string(26, '\0') + '\x7d');
    CHECK(figure(get(bus.look(), "reader_no_power"), "milliamperes") == "250");
}

TEST_CASE("doctor: libnfc of another user is known by what the kernel says of the device") {
    const VirtualStack stack;
    const Bus bus;
    bus.plug("1-2", "072f", "2200");
    bus.claim("1-2:1.0", "usbfs");
    CHECK(is_fault(bus.look(), "reader_claimed"));
    CHECK(find(bus.look(), "reader_no_driver") == nullptr);
    // The service itself holds it too: whatever it calls it.
    bus.open_by("400", "pcscd");
    CHECK(find(bus.look(), "reader_claimed") == nullptr);
}

TEST_CASE("doctor: a card reader nobody knows is known by its class, and lacks its driver when nothing is listed") {
    const VirtualStack stack;
    const Bus bus;
    bus.plug("1-2", "1234", "5678");
    bus.put("1-2/product", "New Reader 9000");
    CHECK(find(bus.look(), "reader_no_driver") == nullptr);
    bus.put("1-2:1.0/bInterfaceClass", "0b");
    CHECK(find(bus.look(), "reader_no_driver") == nullptr);  // it may be what is listed
    replug(stack, "");
    CHECK(figure(get(bus.look(), "reader_no_driver"), "reader") == "New Reader 9000");
}

TEST_CASE("doctor: the slot for a reader's own key card is no second reader") {
    const VirtualStack stack;
    replug(stack, "ACS ACR1252 1S CL Reader [ACR1252 Reader SAM]");
    const Bus bus;
    CHECK(find(bus.look(), "two_readers") == nullptr);
    CHECK(find(bus.look(), "reader_ok") == nullptr);
}

TEST_CASE("doctor: libnfc and the reader service on one device") {
    const VirtualStack stack;
    const Bus bus;
    bus.plug("1-2", "072f", "2200");
    bus.open_by("400", "pcscd");
    CHECK(find(bus.look(), "reader_claimed") == nullptr);
    bus.open_by("4711", "nfc-poll");
    CHECK(figure(get(bus.look(), "reader_claimed"), "program") == "nfc-poll");
    // Also when the service lists it: each of the two then sees half of the answers.
    replug(stack, "ACS ACR122U PICC Interface");
    CHECK(is_fault(bus.look(), "reader_claimed"));
}

TEST_CASE("doctor: without a service nobody knows what it would list, but the wire is still looked at") {
    const VirtualStack stack;
    stack.stop_service();
    REQUIRE(eventually([] { return !service_answers(); }));
    const Bus bus;
    CHECK(bus.look().empty());
    bus.plug("1-2", "054c", "0dc8");
    CHECK(bus.look().empty());
    bus.put("1-2/authorized", "0");
    CHECK(is_fault(bus.look(), "reader_not_authorised"));
}
