// The one libnfc device of a station, for the two threads that use it: the monitor looks for cards between the deeds of
// the session. Whoever uses it holds its lock.
#pragma once

#include <mutex>
#include <optional>
#include <string>

#include "cardio/reader/nfc_device.h"

namespace kazashi::reader {

struct NfcReader {
    explicit NfcReader(std::string to) : connection{std::move(to)} {}

    const std::string connection;
    std::mutex mutex;
    std::optional<NfcDevice> device;  // under the mutex; none: not opened, or gone
};

}  // namespace kazashi::reader
