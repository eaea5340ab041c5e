#include "terminal/doctor/devices.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "cardio/reader/service_look.h"
#include "terminal/doctor/known_readers.h"
#include "terminal/doctor/small_files.h"
#include "terminal/doctor/tuning.h"
#include "terminal/doctor/usb.h"
#include "terminal/doctor/within.h"

namespace kazashi::doctor {

namespace {

using base::Error;
using base::Fault;

constexpr auto group = DoctorGroup::devices;
constexpr std::array modules{"pn533_usb", "pn533", "port100"};  // of the kernel's own NFC (felica.md §6.3)
constexpr const char* service_program = "pcscd";
constexpr const char* held_by_program = "usbfs";  // the driver of whatever a program has claimed
constexpr const char* unseen_program = "?";

using Names = std::vector<std::string>;

// nullopt: the service cannot be asked, so nobody knows what it would list.
std::optional<Names> listed_readers(const DeviceWays& ways) {
    const auto look = within(ways.patience, reader::look_at_service);
    if (!look || look->answer != reader::ServiceAnswer::answers) return std::nullopt;
    Names names;
    for (const auto& sight : look->readers)
        if (!is_key_slot(sight.name)) names.push_back(sight.name);
    return names;
}

struct Plugged {
    const UsbDevice* device;
    const KnownReader* known;  // null: a reader by its class only
    std::string name;
};

std::string own_name(const UsbDevice& device) {
    return device.model.empty() ? fmt::format("USB {:04x}:{:04x}", device.vendor, device.product) : device.model;
}

std::vector<Plugged> plugged_readers(const std::vector<UsbDevice>& devices) {
    std::vector<Plugged> plugged;
    for (const auto& device : devices) {
        const auto* known = known_reader(device.vendor, device.product);
        if (known != nullptr)
            plugged.push_back({&device, known, std::string{known->name}});
        else if (device.card_reader)
            plugged.push_back({&device, nullptr, own_name(device)});
    }
    return plugged;
}

// One we do not know may be listed under any name that none of the known ones bears.
bool is_listed(const Plugged& plugged, const std::vector<Plugged>& all, const Names& names) {
    return std::ranges::any_of(names, [&](const std::string& name) {
        if (plugged.known != nullptr) return name.find(plugged.name) != std::string::npos;
        return std::ranges::none_of(all, [&](const Plugged& other) {
            return other.known != nullptr && name.find(other.name) != std::string::npos;
        });
    });
}

const char* kernel_module(const UsbDevice& device) {
    for (const auto* module : modules)
        if (std::ranges::find(device.drivers, module) != device.drivers.end()) return module;
    return nullptr;
}

// A program that is not the service has the device open: libnfc, most likely.
std::string claimed_by(const Names& holders) {
    for (const auto& program : holders)
        if (program != service_program) return program.empty() ? unseen_program : program;
    return {};
}

// What another user's programs have open is not shown to us; that some program has claimed the device is.
bool claimed_unseen(const Names& holders, const UsbDevice& device) {
    return holders.empty() && std::ranges::find(device.drivers, held_by_program) != device.drivers.end();
}

std::optional<unsigned> short_of_power(const UsbDevice& device, const std::vector<UsbDevice>& all) {
    if (!device.configured) return device.milliamperes;
    const auto* hub = hub_of(device, all);
    const bool weak = hub != nullptr && !hub->own_supply && device.milliamperes > tuning::unpowered_hub_milliamperes;
    return weak ? std::optional{device.milliamperes} : std::nullopt;
}

// Why a reader that is plugged in is not there for us; from the wire upwards.
std::optional<Finding> why_missing(const DeviceWays& ways, const Plugged& plugged, const std::vector<UsbDevice>& all,
                                   bool service_answers) {
    const auto& device = *plugged.device;
    const std::pair<std::string, std::string> who{"reader", plugged.name};
    if (!device.authorised) return found(group, "reader_not_authorised", {who});
    if (const auto needs = short_of_power(device, all))
        return *needs == 0 ? found(group, "reader_unpowered", {who})
                           : found(group, "reader_no_power", {who, {"milliamperes", std::to_string(*needs)}});
    if (const auto* module = kernel_module(device)) {
        const Figures figures{who, {"module", module}};
        return ways.unload.empty() ? found(group, "reader_kernel_module", figures)
                                   : repairable(group, "reader_kernel_module", figures);
    }
    const auto holders = holders_of(ways.proc, ways.nodes / device.node);
    if (auto program = claimed_by(holders); !program.empty())
        return found(group, "reader_claimed", {who, {"program", program}});
    if (!service_answers) return std::nullopt;  // then the service is what is missing
    if (claimed_unseen(holders, device)) return found(group, "reader_claimed", {who, {"program", unseen_program}});
    if (plugged.known != nullptr && plugged.known->linux_driver == KnownReader::Linux::none)
        return found(group, "reader_not_linux", {who});
    return found(group, "reader_no_driver", {who});
}

Names chosen_of(const Names& names, const std::string& wanted) {
    Names chosen;
    std::ranges::copy_if(names, std::back_inserter(chosen),
                         [&](const std::string& name) { return name.find(wanted) != std::string::npos; });
    return chosen;
}

void judge_listed(const DeviceWays& ways, const Names& names, Findings& findings) {
    const auto chosen = chosen_of(names, ways.reader);
    if (chosen.empty()) return findings.push_back(found(group, "reader_not_chosen", {{"wanted", ways.reader}}));
    for (const auto& name : chosen) {
        const auto* known = known_reader(name);
        const bool contact_only = known != nullptr && !known->felica;
        findings.push_back(contact_only ? found(group, "reader_contact_only", {{"reader", name}})
                                        : well(group, "reader_ok", {{"reader", name}}));
    }
    if (chosen.size() > 1) findings.push_back(noted(group, "two_readers", {{"count", std::to_string(chosen.size())}}));
}

}  // namespace

Findings probe_devices(const DeviceWays& ways) {
    Findings findings;
    const auto listed = listed_readers(ways);
    const auto devices = usb_devices(ways.usb);
    const auto all_plugged = plugged_readers(devices);
    for (const auto& plugged : all_plugged) {
        const bool there = listed && is_listed(plugged, all_plugged, *listed);
        const auto program =
            there ? claimed_by(holders_of(ways.proc, ways.nodes / plugged.device->node)) : std::string{};
        // Two programs on one device: both see half of its answers.
        if (!program.empty())
            findings.push_back(found(group, "reader_claimed", {{"reader", plugged.name}, {"program", program}}));
        if (there) continue;
        if (auto why = why_missing(ways, plugged, devices, listed.has_value())) findings.push_back(std::move(*why));
    }
    if (listed && !listed->empty()) judge_listed(ways, *listed, findings);
    if (!findings.empty() || !listed) return findings;
    if (over_currents(ways.usb) > 0) return {found(group, "port_over_current")};
    return {found(group, "no_reader")};
}

base::Status repair_devices(const DeviceWays& ways, const Finding& finding) {
    if (finding.key != "reader_kernel_module") return Error{Fault::unsupported, finding.key};
    auto command = ways.unload;
    for (const auto& [name, value] : finding.figures)
        if (name == "module" && std::ranges::find(modules, value) != modules.end()) command.push_back(value);
    if (command.size() == ways.unload.size()) return Error{Fault::malformed, "no module"};
    KAZASHI_CHECK(run_command(command, tuning::repair_wait));
    return ways.restart.empty() ? base::ok() : run_command(ways.restart, tuning::repair_wait);
}

}  // namespace kazashi::doctor
