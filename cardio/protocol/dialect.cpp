#include "cardio/protocol/dialect.h"

namespace kazashi::protocol {

std::string_view name(Dialect dialect) {
    switch (dialect) {
        case Dialect::direct:
            return "direct";
        case Dialect::pn532:
            return "pn532";
        case Dialect::transparent:
            return "transparent";
        case Dialect::identiv:
            return "identiv";
        case Dialect::plain:
            return "plain";
    }
    return "";
}

std::optional<Dialect> dialect_named(std::string_view name) {
    for (const auto dialect : all_dialects)
        if (name == protocol::name(dialect)) return dialect;
    return std::nullopt;
}

}  // namespace kazashi::protocol
