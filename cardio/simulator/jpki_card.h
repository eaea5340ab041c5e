// A My Number card with its public key infrastructure: the part for user authentication. Holder, keys and authority are
// invented. Source: reference felica.md §7.1, §7.2.
#pragma once

#include <memory>

#include "cardio/simulator/iso_card.h"
#include "cardio/simulator/test_authority.h"

namespace kazashi::simulator {

class JpkiCard final : public IsoCard {
public:
    JpkiCard(IdCardKey key, std::shared_ptr<Pin> pin, ApduForms forms);

    base::Bytes uid() const override;
    base::Bytes historical() const override;
    void power_off() override;

private:
    protocol::ResponseApdu run(const IsoCommand& command) override;
    protocol::ResponseApdu select(const IsoCommand& command);
    protocol::ResponseApdu read_file(const IsoCommand& command) const;
    protocol::ResponseApdu verify(const IsoCommand& command);
    protocol::ResponseApdu sign(const IsoCommand& command) const;

    IdCardKey key_;
    std::shared_ptr<Pin> pin_;
    bool selected_{false};
    std::uint16_t file_{0};
    bool verified_{false};
};

}  // namespace kazashi::simulator
