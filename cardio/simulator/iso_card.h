// What is common to cards with applications, files and PINs: short, extended and chained commands, GET RESPONSE, READ
// BINARY. Source: ISO/IEC 7816-4.
#pragma once

#include <map>
#include <string>

#include "cardio/protocol/apdu.h"
#include "cardio/simulator/iso_command.h"
#include "cardio/simulator/processor_card.h"

namespace kazashi::simulator {

enum class ApduForms { all, short_only, extended_only };  // extended_only: no chaining

class IsoCard : public ProcessorCard {
public:
    explicit IsoCard(ApduForms forms) : forms_{forms} {}
    base::Bytes answer(base::ByteView apdu) final;
    void power_off() override;

protected:
    // A whole command: chained parts are joined, CLA is 00.
    virtual protocol::ResponseApdu run(const IsoCommand& command) = 0;

    static protocol::ResponseApdu say(std::uint16_t sw) { return {{}, sw}; }
    // The part of `file` that a READ BINARY asks for.
    static protocol::ResponseApdu read(const base::Bytes& file, std::size_t offset, std::size_t le);

private:
    base::Bytes chained(IsoCommand command);
    base::Bytes deliver(protocol::ResponseApdu response, const IsoCommand& to);

    ApduForms forms_;
    base::Bytes chain_;
    std::uint8_t chained_instruction_{0};
    base::Bytes waiting_;
};

// A PIN with its counter.
class Pin {
public:
    explicit Pin(std::string digits) : digits_{std::move(digits)} {}
    void change(std::string digits) { digits_ = std::move(digits); }
    void set_tries(unsigned tries) { tries_ = tries; }
    // The status word of a VERIFY; one without data asks for the counter.
    std::uint16_t verify(base::ByteView given);

private:
    std::uint16_t left() const;

    static constexpr unsigned most_tries = 3;
    std::string digits_;
    unsigned tries_{most_tries};
};

}  // namespace kazashi::simulator
