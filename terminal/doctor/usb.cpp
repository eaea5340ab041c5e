#include "terminal/doctor/usb.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <system_error>

#include "terminal/doctor/small_files.h"
#include "terminal/doctor/tuning.h"

namespace kazashi::doctor {

namespace {

namespace fs = std::filesystem;

constexpr const char* card_reader_class = "0b";  // USB-IF: Smart Card

unsigned number(const std::string& text, int base) {
    unsigned value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value, base);
    return value;
}

std::string three_digits(const std::string& text) {
    return text.size() < 3 ? std::string(3 - text.size(), '0') + text : text;
}

std::vector<fs::path> entries(const fs::path& folder) {
    std::vector<fs::path> all;
    std::error_code failed;
    for (auto it = fs::directory_iterator{folder, failed};
         !failed && it != fs::directory_iterator{} && all.size() < tuning::devices; it.increment(failed))
        all.push_back(it->path());
    std::ranges::sort(all);
    return all;
}

// bMaxPower of the first configuration, behind the device's own 18 octets: bMaxPower in sysfs is empty as long as none
// is chosen. USB 2.0 §9.6.3, in steps of 2 mA.
unsigned wanted_milliamperes(const fs::path& descriptors) {
    constexpr std::streamoff max_power = 18 + 8;
    std::ifstream in{descriptors, std::ios::binary};
    const auto octet = in.seekg(max_power) ? in.get() : std::ifstream::traits_type::eof();
    return octet == std::ifstream::traits_type::eof() ? 0 : 2 * static_cast<unsigned>(octet);
}

UsbDevice read_device(const fs::path& folder) {
    UsbDevice device;
    const auto line = [&](const char* name) { return first_line(folder / name); };
    device.place = folder.filename().string();
    device.vendor = static_cast<std::uint16_t>(number(line("idVendor"), 16));
    device.product = static_cast<std::uint16_t>(number(line("idProduct"), 16));
    device.authorised = line("authorized") != "0";
    device.configured = !line("bConfigurationValue").empty();
    constexpr unsigned self_powered = 0x40;  // bmAttributes, USB 2.0 §9.6.3
    device.own_supply = (number(line("bmAttributes"), 16) & self_powered) != 0;
    device.milliamperes = number(line("bMaxPower"), 10);
    if (device.milliamperes == 0) device.milliamperes = wanted_milliamperes(folder / "descriptors");
    device.model = line("product");
    device.node = three_digits(line("busnum")) + "/" + three_digits(line("devnum"));
    return device;
}

}  // namespace

std::vector<UsbDevice> usb_devices(const fs::path& usb) {
    std::vector<UsbDevice> devices;
    const auto all = entries(usb);
    for (const auto& folder : all) {
        if (first_line(folder / "idVendor").empty()) continue;
        devices.push_back(read_device(folder));
        const auto interfaces = devices.back().place + ":";
        for (const auto& other : all) {
            if (!other.filename().string().starts_with(interfaces)) continue;
            if (first_line(other / "bInterfaceClass") == card_reader_class) devices.back().card_reader = true;
            if (auto driver = link_name(other / "driver"); !driver.empty()) devices.back().drivers.push_back(driver);
        }
    }
    return devices;
}

// "1-1.4" hangs on "1-1".
const UsbDevice* hub_of(const UsbDevice& device, const std::vector<UsbDevice>& all) {
    const auto dot = device.place.rfind('.');
    if (dot == std::string::npos) return nullptr;
    const auto found = std::ranges::find(all, device.place.substr(0, dot), &UsbDevice::place);
    return found == all.end() ? nullptr : &*found;
}

unsigned over_currents(const fs::path& usb) {
    unsigned count = 0;
    for (const auto& interface : entries(usb))
        for (const auto& port : entries(interface)) {
            const auto name = port.filename().string();
            if (name.find("-port") == std::string::npos) continue;
            count += number(first_line(port / "over_current_count"), 10);
        }
    return count;
}

}  // namespace kazashi::doctor
