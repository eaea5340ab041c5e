#include "cardio/reader/nfc_session.h"

#include <algorithm>

#include "cardio/protocol/atr.h"
#include "cardio/reader/bounded_link.h"

namespace kazashi::reader {

namespace {

using base::Error;
using base::Fault;

// The device's lock is held by whoever calls these.
base::Result<NfcDevice*> device_of(NfcReader& reader) {
    if (!reader.device) return Error{Fault::reader_off, "the libnfc device is gone"};
    return &*reader.device;
}

class NfcTransport final : public Transport {
public:
    explicit NfcTransport(NfcReader& reader) : reader_{reader} {}
    base::Result<base::Bytes> exchange(base::ByteView frame, std::chrono::microseconds air) override {
        KAZASHI_TRY(auto* const device, device_of(reader_));
        const auto wait = std::chrono::ceil<std::chrono::milliseconds>(air) + tuning::nfc_line;
        return device->exchange(frame, wait);
    }

private:
    NfcReader& reader_;
};

class NfcLink final : public ApduLink {
public:
    explicit NfcLink(NfcReader& reader) : reader_{reader} {}
    base::Result<base::Bytes> transmit(base::ByteView apdu) override {
        KAZASHI_TRY(auto* const device, device_of(reader_));
        auto answer = device->transmit(apdu, tuning::nfc_processor);
        if (!answer && answer.fault() == Fault::timeout) return Error{Fault::card_left, answer.error().detail};
        return answer;
    }

private:
    NfcReader& reader_;
};

}  // namespace

NfcSession::NfcSession(NfcReader& reader, const base::Clock& clock)
    : reader_{reader}, clock_{clock}, link_{std::make_unique<NfcLink>(reader)} {}

NfcSession::~NfcSession() = default;

void NfcSession::hang_up(CardIs) {
    conversation_.reset();
    processor_ = false;
}

base::Result<Sight> NfcSession::identify(ReaderTraits& traits, const Wanted& wanted) {
    const std::lock_guard lock{reader_.mutex};
    hang_up(CardIs::there);
    answered_ = false;
    KAZASHI_TRY(auto* const device, device_of(reader_));
    KAZASHI_TRY(const auto card, device->look());
    answered_ = card.has_value();
    if (!card) return Error{Fault::card_left, "no card answers"};
    return look_at(*card, traits, wanted);
}

base::Result<Sight> NfcSession::look_at(const NfcDevice::Card& card, ReaderTraits& traits, const Wanted& wanted) {
    if (card.kind == NfcDevice::Kind::storage) return Sight{card::ForeignCard::storage};
    if (card.kind == NfcDevice::Kind::processor) {
        processor_ = true;
        Patience patience{clock_};
        patience.renew(tuning::id_card_look);
        BoundedLink link{*link_, patience};
        KAZASHI_TRY(const auto kind, look_at_processor_card(link));
        return std::visit([](const auto& what) { return Sight{what}; }, kind);
    }
    conversation_.emplace(std::make_unique<NfcTransport>(reader_), clock_, traits);
    auto sight = conversation_->identify(protocol::felica_atr(), wanted.region, wanted.profiles);
    traits = conversation_->traits();
    return sight;
}

base::Result<std::vector<card::Proof>> NfcSession::prove(const std::vector<card::Challenge>& challenges) {
    const std::lock_guard lock{reader_.mutex};
    if (!conversation_) return Error{Fault::unsupported, "this card proves nothing"};
    return conversation_->prove(challenges);
}

base::Result<std::vector<card::Block>> NfcSession::read_pads() {
    const std::lock_guard lock{reader_.mutex};
    if (!conversation_) return Error{Fault::unsupported, "this card has no S_PADs"};
    return conversation_->read_pads();
}

base::Result<Relay> NfcSession::relay(const std::vector<base::SecretBytes>& frames) {
    const std::lock_guard lock{reader_.mutex};
    if (!conversation_) return Error{Fault::unsupported, "nothing is written to this card"};
    return conversation_->relay(frames);
}

base::Result<IdAnswer> NfcSession::sign(card::IdCardKind kind, const base::SecretBytes& pin,
                                        const card::Digest& digest) {
    const std::lock_guard lock{reader_.mutex};
    if (!processor_) return Error{Fault::unsupported, "this card signs nothing"};
    KAZASHI_TRY(auto* const device, device_of(reader_));
    KAZASHI_TRY(const auto card, device->look());  // the monitor's looks have ended the chip's session with it
    if (!card) return Error{Fault::card_left, "no card answers"};
    Patience patience{clock_};
    patience.renew(tuning::signature);
    BoundedLink link{*link_, patience};
    auto answer = sign_with_id_card(link, kind, pin, digest);
    // Selected anew, it takes the PIN for given no longer.
    static_cast<void>(bool{device->look()});
    return answer;
}

}  // namespace kazashi::reader
