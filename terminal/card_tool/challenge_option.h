// --challenge: RC, 32 hexadecimal digits.
#pragma once

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>

#include "cardio/card/card.h"

namespace kazashi::card_tool {

inline CLI::Option* add_challenge(CLI::App& verb, card::Challenge& challenge) {
    return verb
        .add_option_function<std::string>(
            "--challenge",
            [&challenge](const std::string& text) {
                const auto octets = base::from_hex(text);
                if (!octets || octets->size() != card::Challenge::size)
                    throw CLI::ValidationError{"--challenge", "a challenge has 32 hexadecimal digits"};
                std::copy(octets->begin(), octets->end(), challenge.bytes.begin());
            },
            "Challenge RC, 32 hexadecimal digits")
        ->type_name("HEX");
}

}  // namespace kazashi::card_tool
