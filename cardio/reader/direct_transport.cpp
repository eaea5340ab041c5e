// ACR1251, ACR1252, ACR1552: the frame as it is, in FF 00 00 00 (felica.md §3.5).
#include "cardio/reader/ask.h"
#include "cardio/reader/transports.h"

namespace kazashi::reader {

namespace {

class DirectTransport final : public Transport {
public:
    explicit DirectTransport(ApduLink& link) : link_{link} {}

    base::Result<base::Bytes> exchange(base::ByteView frame, std::chrono::microseconds) override {
        KAZASHI_TRY(auto answer, ask_reader(link_, protocol::direct_command(frame)));
        if (answer.empty()) return base::Error{base::Fault::timeout, "the reader answered without a card's frame"};
        return answer;
    }

private:
    ApduLink& link_;
};

}  // namespace

std::unique_ptr<Transport> make_direct(ApduLink& link) { return std::make_unique<DirectTransport>(link); }

}  // namespace kazashi::reader
