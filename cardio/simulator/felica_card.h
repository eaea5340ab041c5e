// A card as a reader sees it: frames in, frames out, or silence.
#pragma once

#include <optional>

#include "cardio/base/bytes.h"
#include "cardio/card/card.h"
#include "cardio/protocol/felica.h"

namespace kazashi::simulator {

class FelicaCard {
public:
    virtual ~FelicaCard() = default;
    virtual card::Idm idm() const = 0;
    virtual protocol::Pmm pmm() const = 0;
    // `frame` with its LEN byte. nullopt is silence: not for this card, or not understood.
    virtual std::optional<base::Bytes> answer(base::ByteView frame) = 0;
    virtual void power_off() = 0;  // the field is gone: what is volatile is lost
};

// Whether a Polling for `asked` reaches a card with `system`; FF is a wildcard for its byte.
bool polled(std::uint16_t asked, std::uint16_t system);
// Answers a Polling that reaches the card; RD is added when asked for.
base::Bytes polling_answer(const card::Idm& idm, const protocol::Pmm& pmm, std::uint8_t request, std::uint16_t system);

// A Read or Write Without Encryption as the card takes it apart. Only what is cut or too long gives nullopt; what is
// out of range is for the card to refuse with a status flag.
struct Element {
    std::uint8_t access{};
    std::uint8_t service{};  // index into the services of the command
    std::uint16_t block{};
};
struct Command {
    std::uint8_t code{};
    card::Idm idm;
    std::vector<std::uint16_t> services;
    std::vector<Element> elements;
    base::Bytes data;
};
std::optional<Command> take_apart(base::ByteView frame);

base::Bytes status_answer(std::uint8_t answer_code, const card::Idm& idm, std::uint8_t flag1, std::uint8_t flag2);

}  // namespace kazashi::simulator
