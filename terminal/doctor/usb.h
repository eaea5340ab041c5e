// The USB devices the kernel shows (/sys/bus/usb/devices), as far as a reader's trouble can be read from them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace kazashi::doctor {

struct UsbDevice {
    std::string place;  // "1-1.4": bus, and the ports on the way
    std::uint16_t vendor{};
    std::uint16_t product{};
    bool authorised{true};
    bool configured{true};             // the kernel leaves a device without, whose hub cannot feed it
    bool own_supply{false};            // it does not live on its hub's current
    unsigned milliamperes{};           // what it asks for; 0: it does not say
    bool card_reader{false};           // by the class of an interface (CCID), whoever made it
    std::string model;                 // as it calls itself; perhaps empty
    std::string node;                  // below the folder of device nodes: "001/005"
    std::vector<std::string> drivers;  // of its interfaces: "usbfs", "pn533_usb" …
};
std::vector<UsbDevice> usb_devices(const std::filesystem::path& usb);

// The hub it is plugged into; null for a device at the machine itself.
const UsbDevice* hub_of(const UsbDevice& device, const std::vector<UsbDevice>& all);

// How often ports were switched off because something drew too much current.
unsigned over_currents(const std::filesystem::path& usb);

}  // namespace kazashi::doctor
