// The card's end of vpcd's protocol: a virtual reader of a real pcscd. Source: reference felica.md §5.1.
#pragma once

#include <cstdint>
#include <string>

#include "cardio/base/result.h"
#include "cardio/simulator/card_reader.h"
#include "cardio/simulator/file_descriptor.h"

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

    int fd() const { return socket_.get(); }  // readable: call serve
    // Takes one message and answers it. Errors: card_left (the card vanished during it) · io (vpcd has gone).
    base::Status serve(CardReader& reader);

private:
    explicit VpcdLink(FileDescriptor socket) : socket_{std::move(socket)} {}
    base::Status receive(std::uint8_t* to, std::size_t size);
    base::Status send(base::ByteView payload);

    FileDescriptor socket_;
};

}  // namespace kazashi::simulator
