// The card's end of vpcd's protocol: a virtual reader of a real pcscd. Source: reference felica.md §5.1.
#pragma once

#include <cstdint>
#include <string>

#include "cardio/base/result.h"
#include "cardio/simulator/card_reader.h"
#include "cardio/simulator/file_descriptor.h"
#include "cardio/simulator/late_answer.h"

namespace kazashi::simulator {

struct VpcdAddress {
    std::string host{"127.0.0.1"};
    std::uint16_t port{35963};
};
std::optional<VpcdAddress> parse_address(std::string_view text);  // "127.0.0.1:35963"; IPv4 only, as vpcd

class VpcdLink {
public:
    // Being connected is being on the reader; closing is being taken off.
    static base::Result<VpcdLink> connect(const VpcdAddress& address);

    // Readable: call serve. -1 while an answer is on its way: vpcd says nothing before it has come.
    int fd() const { return late_ ? -1 : socket_.get(); }
    // Takes one message and answers it, now or when it is due. Errors: card_left (the card vanished during it) · io
    // (vpcd has gone).
    base::Status serve(CardReader& reader);
    std::optional<Moment> due() const { return late_ ? std::optional{late_->due} : std::nullopt; }
    base::Status deliver();  // what is due

private:
    explicit VpcdLink(FileDescriptor socket) : socket_{std::move(socket)} {}
    base::Status answer(base::Bytes octets, std::chrono::microseconds took);
    base::Status receive(std::uint8_t* to, std::size_t size);
    base::Status send(base::ByteView payload);

    FileDescriptor socket_;
    std::optional<LateAnswer> late_;
};

}  // namespace kazashi::simulator
