// One presentation on a libnfc device. There is nobody to share it with but our own monitor, so a deed holds the device
// and a transaction is nothing more.
#pragma once

#include <optional>

#include "cardio/reader/card_session.h"
#include "cardio/reader/nfc_reader.h"

namespace kazashi::reader {

class NfcSession final : public CardSession {
public:
    NfcSession(NfcReader& reader, const base::Clock& clock);
    ~NfcSession() override;

    base::Result<Sight> identify(ReaderTraits& traits, const Wanted& wanted) override;
    base::Result<std::vector<card::Proof>> prove(const std::vector<card::Challenge>& challenges) override;
    base::Result<std::vector<card::Block>> read_pads() override;
    base::Result<Relay> relay(const std::vector<base::SecretBytes>& frames) override;
    base::Result<IdAnswer> sign(card::IdCardKind kind, const base::SecretBytes& pin,
                                const card::Digest& digest) override;

    bool connected() const override { return conversation_.has_value() || processor_; }
    bool answered() const override { return answered_; }
    bool holds_transaction() const override { return false; }
    void end_transaction() override {}
    void hang_up(CardIs card) override;

private:
    base::Result<Sight> look_at(const NfcDevice::Card& card, ReaderTraits& traits, const Wanted& wanted);

    NfcReader& reader_;
    const base::Clock& clock_;
    std::unique_ptr<ApduLink> link_;  // to a processor card
    std::optional<Conversation> conversation_;
    bool processor_{false};
    bool answered_{false};
};

}  // namespace kazashi::reader
