#include "cardio/reader/transport.h"

#include "cardio/protocol/apdu.h"
#include "cardio/protocol/transparent.h"

namespace kazashi::reader {

namespace {

class DirectTransport final : public Transport {
public:
    explicit DirectTransport(ApduLink& link) : link_{link} {}

    base::Result<base::Bytes> exchange(base::ByteView frame, std::chrono::microseconds) override {
        KAZASHI_TRY(const auto answer, link_.transmit(protocol::direct_command(frame)));
        KAZASHI_TRY(auto apdu, protocol::decode_response(answer));
        if (const auto fault = protocol::reader_fault(apdu.sw)) return *fault;
        if (apdu.data.empty()) return base::Error{base::Fault::timeout, "the reader answered without a card's frame"};
        return std::move(apdu.data);
    }

private:
    ApduLink& link_;
};

class TransparentTransport final : public Transport {
public:
    explicit TransparentTransport(ApduLink& link) : link_{link} {}
    ~TransparentTransport() override {
        // If the card has left, the reader has ended the session by itself.
        if (open_) static_cast<void>(bool{link_.transmit(protocol::transparent_end())});
    }

    base::Result<base::Bytes> exchange(base::ByteView frame, std::chrono::microseconds air) override {
        if (!felica_) KAZASHI_CHECK(open());
        KAZASHI_TRY(const auto answer, link_.transmit(protocol::transparent_exchange_apdu(frame, air)));
        return protocol::parse_transparent_exchange(answer);
    }

private:
    base::Status open() {
        if (!open_) KAZASHI_CHECK(step(protocol::transparent_start()));
        open_ = true;
        KAZASHI_CHECK(step(protocol::transparent_felica()));
        felica_ = true;
        return base::ok();
    }
    base::Status step(const base::Bytes& apdu) {
        KAZASHI_TRY(const auto answer, link_.transmit(apdu));
        return protocol::parse_transparent_status(answer);
    }

    ApduLink& link_;
    bool open_{false};
    bool felica_{false};
};

}  // namespace

std::unique_ptr<Transport> make_transport(protocol::Dialect dialect, ApduLink& link) {
    switch (dialect) {
        case protocol::Dialect::direct:
            return std::make_unique<DirectTransport>(link);
        case protocol::Dialect::transparent:
            return std::make_unique<TransparentTransport>(link);
        case protocol::Dialect::pn532:
        case protocol::Dialect::identiv:
        case protocol::Dialect::plain:
            break;  // probed for only once they are here
    }
    return nullptr;
}

}  // namespace kazashi::reader
