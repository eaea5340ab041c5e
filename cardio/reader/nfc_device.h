// libnfc behind an object that closes itself: one device, for readers that pcscd does not drive (a PN532 on UART, SPI
// or USB). Every nfc_* code stops here and becomes a Fault. Not for two threads at once. Source: reference felica.md
// §6.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "cardio/base/bytes.h"
#include "cardio/base/result.h"

namespace kazashi::reader {

class NfcDevice {
public:
    enum class Kind { felica, processor, storage };
    struct Card {
        Kind kind{};
        base::Bytes id;  // the IDm of a FeliCa card, the serial number of another
        bool operator==(const Card&) const = default;
    };

    // `connection` is libnfc's: "pn532_uart:/dev/ttyUSB0". reader_off when there is no such device.
    static base::Result<NfcDevice> open(const std::string& connection);
    NfcDevice(NfcDevice&&) noexcept;
    NfcDevice& operator=(NfcDevice&&) noexcept;
    ~NfcDevice();

    const std::string& name() const { return name_; }
    // One look round for a card of any kind; returns at once when there is none. FeliCa first.
    base::Result<std::optional<Card>> look();
    // A FeliCa frame with its LEN, to whichever card it names. Errors: timeout · limit · malformed · reader_off (the
    // device is gone: open it again).
    base::Result<base::Bytes> exchange(base::ByteView frame, std::chrono::milliseconds wait);
    // An APDU to the processor card that the last look() found.
    base::Result<base::Bytes> transmit(base::ByteView apdu, std::chrono::milliseconds wait);

private:
    struct Handles;
    explicit NfcDevice(std::unique_ptr<Handles> handles);
    base::Status frame_by_chip(bool yes);
    base::Result<base::Bytes> transceive(base::ByteView bytes, std::chrono::milliseconds wait);

    std::unique_ptr<Handles> handles_;
    std::string name_;
};

}  // namespace kazashi::reader
