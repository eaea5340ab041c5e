// RC-S300 and ACR125x: the transparent session of PC/SC v2 (felica.md §3.3).
#include "cardio/protocol/transparent.h"
#include "cardio/reader/ask.h"
#include "cardio/reader/transports.h"

namespace kazashi::reader {

namespace {

class TransparentTransport final : public Transport {
public:
    explicit TransparentTransport(ApduLink& link) : link_{link} {}
    TransparentTransport(const TransparentTransport&) = delete;
    TransparentTransport& operator=(const TransparentTransport&) = delete;
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

std::unique_ptr<Transport> make_transparent(ApduLink& link) { return std::make_unique<TransparentTransport>(link); }

}  // namespace kazashi::reader
