// ACR122U: a PN532, addressed through the reader (felica.md §3.6). A Polling lists the card as the chip's target; what
// follows goes to that target. Where nothing was listed, or the chip cannot list, frames go to whoever hears them.
#include "cardio/protocol/felica.h"
#include "cardio/protocol/pn532.h"
#include "cardio/reader/ask.h"
#include "cardio/reader/transports.h"

namespace kazashi::reader {

namespace {

using base::Fault;

class Pn532Transport final : public Transport {
public:
    explicit Pn532Transport(ApduLink& link) : link_{link} {}

    base::Result<base::Bytes> exchange(base::ByteView frame, std::chrono::microseconds) override {
        if (!quick_) KAZASHI_CHECK(be_quick());
        if (frame.size() < 2) return base::Error{Fault::malformed, "a frame without a command"};
        const bool polling = frame[1] == protocol::code::polling;
        if (polling && lists_) return list(frame);
        if (!polling && listed_) return to_target(frame);
        return through(frame);
    }

private:
    base::Status be_quick() {
        KAZASHI_TRY(const auto answer, ask_reader(link_, protocol::pn532_no_retries()));
        KAZASHI_CHECK(protocol::parse_pn532_no_retries(answer));
        quick_ = true;
        return base::ok();
    }

    base::Result<base::Bytes> list(base::ByteView polling) {
        listed_ = false;
        KAZASHI_TRY(const auto answer, ask_reader(link_, protocol::pn532_list_target(polling)));
        auto frame = protocol::parse_pn532_listed(answer);
        listed_ = bool{frame};
        if (frame || frame.fault() != Fault::unsupported) return frame;
        lists_ = false;
        return through(polling);
    }

    base::Result<base::Bytes> to_target(base::ByteView frame) {
        KAZASHI_TRY(const auto answer, ask_reader(link_, protocol::pn532_exchange(frame)));
        return protocol::parse_pn532_exchange(answer);
    }

    base::Result<base::Bytes> through(base::ByteView frame) {
        KAZASHI_TRY(const auto answer, ask_reader(link_, protocol::pn532_through(frame)));
        return protocol::parse_pn532_through(answer);
    }

    ApduLink& link_;
    bool quick_{false};
    bool lists_{true};
    bool listed_{false};
};

}  // namespace

std::unique_ptr<Transport> make_pn532(ApduLink& link) { return std::make_unique<Pn532Transport>(link); }

}  // namespace kazashi::reader
