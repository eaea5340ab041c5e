#include "cardio/reader/nfc_device.h"

#include <nfc/nfc.h>

#include <array>
#include <utility>

#include "cardio/reader/tuning.h"

namespace kazashi::reader {

namespace {

using base::Error;
using base::Fault;

struct CloseDevice {
    void operator()(nfc_device* device) const { nfc_close(device); }
};
struct EndContext {
    void operator()(nfc_context* context) const { nfc_exit(context); }
};

Error translate(int code) {
    const std::string detail = "libnfc " + std::to_string(code);
    switch (code) {
        case NFC_ETIMEOUT:
        case NFC_ERFTRANS:  // almost every trouble on air
        case NFC_ETGRELEASED:
        case NFC_EMFCAUTHFAIL:
            return {Fault::timeout, detail};
        case NFC_EOVFLOW:
            return {Fault::limit, detail};
        case NFC_EINVARG:
        case NFC_EDEVNOTSUPP:
        case NFC_ENOTIMPL:
            return {Fault::unsupported, detail};
        case NFC_EOPABORTED:
            return {Fault::cancelled, detail};
        default:  // the line to the device, the chip, the driver
            return {Fault::reader_off, detail};
    }
}

NfcDevice::Card felica_card(const nfc_felica_info& info) {
    return {NfcDevice::Kind::felica, {std::begin(info.abtId), std::end(info.abtId)}};
}
NfcDevice::Card type_a_card(const nfc_iso14443a_info& info) {
    constexpr std::uint8_t iso14443_4 = 0x20;
    const auto kind = (info.btSak & iso14443_4) != 0 ? NfcDevice::Kind::processor : NfcDevice::Kind::storage;
    return {kind, {info.abtUid, info.abtUid + info.szUidLen}};
}
NfcDevice::Card type_b_card(const nfc_iso14443b_info& info) {
    return {NfcDevice::Kind::processor, {std::begin(info.abtPupi), std::end(info.abtPupi)}};
}

NfcDevice::Card card_of(const nfc_target& target) {
    switch (target.nm.nmt) {
        case NMT_FELICA:
            return felica_card(target.nti.nfi);
        case NMT_ISO14443B:
            return type_b_card(target.nti.nbi);
        default:
            return type_a_card(target.nti.nai);
    }
}

}  // namespace

struct NfcDevice::Handles {
    std::unique_ptr<nfc_context, EndContext> context;
    std::unique_ptr<nfc_device, CloseDevice> device;  // ends before its context
    bool framed_by_chip{true};                        // libnfc's default
};

NfcDevice::NfcDevice(std::unique_ptr<Handles> handles)
    : handles_{std::move(handles)}, name_{nfc_device_get_name(handles_->device.get())} {}
NfcDevice::NfcDevice(NfcDevice&&) noexcept = default;
NfcDevice& NfcDevice::operator=(NfcDevice&&) noexcept = default;
NfcDevice::~NfcDevice() = default;

base::Result<NfcDevice> NfcDevice::open(const std::string& connection) {
    auto handles = std::make_unique<Handles>();
    nfc_context* context = nullptr;
    nfc_init(&context);
    handles->context.reset(context);
    if (!handles->context) return Error{Fault::reader_off, "libnfc does not start"};
    nfc_connstring string{};
    if (connection.size() >= sizeof string) return Error{Fault::limit, "the connection string of libnfc"};
    connection.copy(static_cast<char*>(string), sizeof string - 1);
    handles->device.reset(nfc_open(handles->context.get(), static_cast<const char*>(string)));
    if (!handles->device) return Error{Fault::reader_off, "libnfc opens no such device"};
    auto* const device = handles->device.get();
    // Without the second one a look would last until a card comes.
    for (const int code : {nfc_initiator_init(device), nfc_device_set_property_bool(device, NP_INFINITE_SELECT, false)})
        if (code < 0) return Error{Fault::reader_off, translate(code).detail};
    return NfcDevice{std::move(handles)};
}

// InDataExchange keeps to the card the chip has selected and does ISO 14443-4; InCommunicateThru reaches every FeliCa
// card that is named.
base::Status NfcDevice::frame_by_chip(bool yes) {
    if (handles_->framed_by_chip == yes) return base::ok();
    const int code = nfc_device_set_property_bool(handles_->device.get(), NP_EASY_FRAMING, yes);
    if (code < 0) return translate(code);
    handles_->framed_by_chip = yes;
    return base::ok();
}

base::Result<std::optional<NfcDevice::Card>> NfcDevice::look() {
    constexpr std::array kinds{nfc_modulation{NMT_FELICA, NBR_212}, nfc_modulation{NMT_FELICA, NBR_424},
                               nfc_modulation{NMT_ISO14443A, NBR_106}, nfc_modulation{NMT_ISO14443B, NBR_106}};
    // Four time slots: in one, two cards garble each other, and none would be there.
    constexpr std::array<std::uint8_t, 5> any_felica{0x00, 0xFF, 0xFF, 0x01, 0x03};
    KAZASHI_CHECK(frame_by_chip(true));
    for (const auto& kind : kinds) {
        const bool felica = kind.nmt == NMT_FELICA;
        nfc_target target{};
        const int found =
            nfc_initiator_select_passive_target(handles_->device.get(), kind, felica ? any_felica.data() : nullptr,
                                                felica ? any_felica.size() : 0, &target);
        if (found > 0) return std::optional{card_of(target)};
        if (found < 0 && translate(found).fault == Fault::reader_off) return translate(found);
    }
    return std::optional<Card>{};
}

base::Result<base::Bytes> NfcDevice::transceive(base::ByteView bytes, std::chrono::milliseconds wait) {
    base::Bytes answer(tuning::answer);
    const int size = nfc_initiator_transceive_bytes(handles_->device.get(), bytes.data(), bytes.size(), answer.data(),
                                                    answer.size(), static_cast<int>(wait.count()));
    if (size < 0) return translate(size);
    answer.resize(std::min(static_cast<std::size_t>(size), answer.size()));
    if (answer.empty()) return Error{Fault::timeout, "libnfc gives no answer"};
    return answer;
}

base::Result<base::Bytes> NfcDevice::exchange(base::ByteView frame, std::chrono::milliseconds wait) {
    KAZASHI_CHECK(frame_by_chip(false));
    return transceive(frame, wait);
}

base::Result<base::Bytes> NfcDevice::transmit(base::ByteView apdu, std::chrono::milliseconds wait) {
    KAZASHI_CHECK(frame_by_chip(true));
    return transceive(apdu, wait);
}

}  // namespace kazashi::reader
