// Watches a libnfc device for cards on a thread of its own. libnfc cannot wait for a card, so it is asked again and
// again; and its own presence check asks a Lite-S for something it never answers, so presence is a Polling and the IDm.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "cardio/reader/nfc_reader.h"
#include "cardio/reader/pcsc_monitor.h"

namespace kazashi::reader {

class NfcMonitor {
public:
    using Deliver = PcscMonitor::Deliver;
    // `reader` outlives it.
    NfcMonitor(NfcReader& reader, const base::Clock& clock, Deliver deliver);
    ~NfcMonitor();
    NfcMonitor(const NfcMonitor&) = delete;
    NfcMonitor& operator=(const NfcMonitor&) = delete;

private:
    void run();
    std::chrono::milliseconds look();
    void gone();
    void tell(const MonitorEvent& event);
    void tell_state(card::ReaderState::Service service, const std::string& name);
    bool pause(std::chrono::milliseconds time);

    NfcReader& reader_;
    const base::Clock& clock_;
    const Deliver deliver_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stop_{false};
    std::optional<card::ReaderState> told_;
    std::optional<NfcDevice::Card> there_;
    card::SessionNumber session_{0};
    int missed_{0};
    std::thread thread_;
};

}  // namespace kazashi::reader
