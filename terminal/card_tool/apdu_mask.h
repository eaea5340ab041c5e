// APDUs as they may be shown: a PIN never, nothing between a challenge and its MAC, nothing of a new key, and what
// identifies a person or a card only on demand. Knows no dialect: it finds frames by their own shape.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cardio/base/bytes.h"

namespace kazashi::card_tool {

class ApduMask {
public:
    // `show`: IDm, blocks and certificates are printed. Secrets never are.
    explicit ApduMask(bool show) : show_{show} {}

    // In the order they travel. Octets in hexadecimal with blanks; 12 masked ones are "··×12".
    std::string command(base::ByteView apdu);
    std::string answer(base::ByteView apdu);  // of the command before it

private:
    using Shown = std::vector<bool>;
    void learn_idm(base::ByteView answer);
    void hide_idm(base::ByteView bytes, Shown& shown) const;
    void hide_blocks(base::ByteView answer, Shown& shown) const;

    bool show_;
    std::optional<base::Bytes> idm_;
    bool in_proof_{false};  // RC has been written, its MAC not read yet
    // Of the command before this answer, and before the GET RESPONSEs that fetch the rest of it:
    bool ends_proof_{false};   // it reads a MAC
    bool certificate_{false};  // it reads a file or a signature of an ID card
    bool single_block_{false};
};

}  // namespace kazashi::card_tool
