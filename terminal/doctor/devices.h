// Readers on the USB against readers of the service: what is plugged in, and why it is not there for us.
#pragma once

#include <filesystem>

#include "cardio/base/result.h"
#include "terminal/doctor/command.h"
#include "terminal/doctor/findings.h"

namespace kazashi::doctor {

struct DeviceWays {
    std::filesystem::path usb;    // as /sys/bus/usb/devices
    std::filesystem::path proc;   // as /proc
    std::filesystem::path nodes;  // as /dev/bus/usb
    std::string reader;           // part of the name that was chosen; empty: any
    CommandLine unload;           // unloads the kernel module whose name is put behind it; empty: not from here
    std::chrono::milliseconds patience{};
    CommandLine restart{};  // the service again: after the kernel has let go it does not look by itself
};

// reader_ok{reader} · no_reader · two_readers{count} · reader_not_chosen{wanted} · reader_contact_only{reader}, and of
// one that is plugged in but not listed: reader_not_authorised · reader_no_power{milliamperes} · reader_unpowered ·
// reader_kernel_module{module} · reader_claimed{program} · reader_not_linux · reader_no_driver, each with {reader}
Findings probe_devices(const DeviceWays& ways);
base::Status repair_devices(const DeviceWays& ways, const Finding& finding);

}  // namespace kazashi::doctor
