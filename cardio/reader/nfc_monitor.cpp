#include "cardio/reader/nfc_monitor.h"

#include <utility>

#include "cardio/reader/tuning.h"

namespace kazashi::reader {

using Service = card::ReaderState::Service;

NfcMonitor::NfcMonitor(NfcReader& reader, const base::Clock& clock, Deliver deliver)
    : reader_{reader}, clock_{clock}, deliver_{std::move(deliver)}, thread_{[this] { run(); }} {}

NfcMonitor::~NfcMonitor() {
    {
        const std::lock_guard lock{mutex_};
        stop_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

// False when it is time to stop.
bool NfcMonitor::pause(std::chrono::milliseconds time) {
    std::unique_lock lock{mutex_};
    return !wake_.wait_for(lock, time, [this] { return stop_; });
}

void NfcMonitor::tell(const MonitorEvent& event) {
    while (!deliver_(event) && pause(tuning::mailbox_full)) {
    }
}

void NfcMonitor::tell_state(Service service, const std::string& name) {
    card::ReaderState state{service, name};
    if (told_ == state) return;
    tell(state);
    told_ = std::move(state);
}

void NfcMonitor::run() {
    while (pause(look())) {
    }
}

void NfcMonitor::gone() {
    if (there_) tell(CardDeparted{session_});
    there_.reset();
    missed_ = 0;
}

// How long to wait until the next look.
std::chrono::milliseconds NfcMonitor::look() {
    std::optional<NfcDevice::Card> card;
    std::string name;
    {
        const std::lock_guard lock{reader_.mutex};
        if (!reader_.device) {
            auto opened = NfcDevice::open(reader_.connection);
            if (opened) reader_.device.emplace(std::move(*opened));
        }
        if (reader_.device) {
            name = reader_.device->name();
            auto looked = reader_.device->look();
            if (looked)
                card = std::move(*looked);
            else
                reader_.device.reset();
        }
        if (!reader_.device) name.clear();
    }
    if (name.empty()) {
        gone();
        tell_state(Service::no_reader, {});
        return tuning::back_off_last;
    }
    tell_state(Service::ready, name);
    // At the edge of the field a card that is there does not answer every time.
    if (!card && there_ && ++missed_ < tuning::nfc_misses) return tuning::nfc_look;
    if (card) missed_ = 0;
    if (card != there_) {
        gone();
        there_ = card;
        if (there_) tell(CardArrived{++session_, name, clock_.boot()});
    }
    return there_ ? tuning::nfc_watch : tuning::nfc_look;
}

}  // namespace kazashi::reader
