// A PN532 on a terminal line of its own, so that libnfc's real driver for a PN532 on a UART can talk to it.
#pragma once

#include <optional>
#include <string>

#include "cardio/base/result.h"
#include "cardio/simulator/card_reader.h"
#include "cardio/simulator/file_descriptor.h"
#include "cardio/simulator/late_answer.h"
#include "cardio/simulator/pn532_line.h"

namespace kazashi::simulator {

class Pn532Tty {
public:
    static base::Result<Pn532Tty> open();  // io: the system has no line to give

    const std::string& path() const { return path_; }  // libnfc: pn532_uart:PATH
    int fd() const { return late_ ? -1 : master_.get(); }
    base::Status serve(CardReader& reader);  // card_left: it vanished during the exchange
    std::optional<Moment> due() const { return late_ ? std::optional{late_->due} : std::nullopt; }
    base::Status deliver();

private:
    Pn532Tty(FileDescriptor master, FileDescriptor other_end, std::string path)
        : master_{std::move(master)}, other_end_{std::move(other_end)}, path_{std::move(path)} {}
    base::Status write(base::ByteView octets) const;

    FileDescriptor master_;
    FileDescriptor other_end_;  // kept open, so that the line is not hung up when a program closes it
    std::string path_;
    Pn532Line line_;
    std::optional<LateAnswer> late_;
};

}  // namespace kazashi::simulator
