#include "cardio/reader/transport.h"

#include "cardio/reader/transports.h"

namespace kazashi::reader {

namespace {

class Forgetful final : public Transport {
public:
    Forgetful(protocol::Dialect dialect, ApduLink& link) : inner_{make_transport(dialect, link, traits_)} {}
    base::Result<base::Bytes> exchange(base::ByteView frame, std::chrono::microseconds air) override {
        return inner_->exchange(frame, air);
    }
    bool chooses_system() const override { return inner_->chooses_system(); }

private:
    ReaderTraits traits_;
    std::unique_ptr<Transport> inner_;
};

}  // namespace

std::unique_ptr<Transport> make_transport(protocol::Dialect dialect, ApduLink& link, ReaderTraits& traits) {
    switch (dialect) {
        case protocol::Dialect::direct:
            return make_direct(link);
        case protocol::Dialect::pn532:
            return make_pn532(link);
        case protocol::Dialect::transparent:
            return make_transparent(link);
        case protocol::Dialect::identiv:
            return make_identiv(link, traits);
        case protocol::Dialect::plain:
            return make_plain(link);
    }
    return nullptr;
}

std::unique_ptr<Transport> make_transport(protocol::Dialect dialect, ApduLink& link) {
    return std::make_unique<Forgetful>(dialect, link);
}

}  // namespace kazashi::reader
