// A staff card of the healthcare PKI: two applications, one to sign documents with and one to authenticate, each with
// key, certificate and directory. Issuers differ: one as the guideline's example has it, and the medical association's,
// which has no directory. Holder, keys and authority are invented. Source: reference felica.md §7.4.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "cardio/simulator/iso_card.h"
#include "cardio/simulator/test_authority.h"

namespace kazashi::simulator {

enum class HpkiIssuer { guideline, association };

class HpkiCard final : public IsoCard {
public:
    HpkiCard(IdCardKey signing, IdCardKey authentication, std::shared_ptr<Pin> pin, HpkiIssuer issuer, ApduForms forms);

    void refuse_question() { refuses_question_ = true; }  // how often the PIN may be tried: 69 83

    base::Bytes uid() const override;
    base::Bytes historical() const override;
    void power_off() override;

private:
    struct Application {
        base::Bytes name;
        IdCardKey key;
        bool consent{};                              // a VERIFY before every signature
        std::map<std::uint16_t, base::Bytes> files;  // by file id, or by short id where that is below 1F
        std::uint8_t pin_reference{};
        std::optional<std::uint16_t> pin_file;  // to be selected before VERIFY
        std::uint8_t key_tag{};
        std::uint16_t key_file{};
    };
    static Application make(IdCardKey key, bool consent, HpkiIssuer issuer);

    protocol::ResponseApdu run(const IsoCommand& command) override;
    protocol::ResponseApdu select(const IsoCommand& command);
    protocol::ResponseApdu select_application(const IsoCommand& command);
    protocol::ResponseApdu read_file(const IsoCommand& command);
    protocol::ResponseApdu verify(const IsoCommand& command);
    protocol::ResponseApdu choose_key(const IsoCommand& command);
    protocol::ResponseApdu sign(const IsoCommand& command);

    std::vector<Application> applications_;
    std::shared_ptr<Pin> pin_;
    Application* selected_{nullptr};
    std::uint16_t file_{0};
    bool verified_{false};
    bool key_chosen_{false};
    bool refuses_question_{false};
};

}  // namespace kazashi::simulator
