#include "cardio/simulator/iso_card.h"

#include <algorithm>

#include "cardio/simulator/status_words.h"

namespace kazashi::simulator {

namespace {

constexpr std::uint8_t more_follows = 0x10;
constexpr std::uint16_t last_expected = 0x6883;
constexpr std::uint16_t no_chaining = 0x6884;
constexpr std::size_t most_chained = 4096;
constexpr std::size_t most_short = 256;

}  // namespace

void IsoCard::power_off() {
    chain_.clear();
    waiting_.clear();
}

base::Bytes IsoCard::answer(base::ByteView apdu) {
    auto command = take_apart_apdu(apdu);
    if (!command || (command->extended && forms_ == ApduForms::short_only)) return status(word::wrong_length);
    if ((command->cla & ~more_follows) != 0) return status(word::unknown_class);
    if (command->ins == instruction::get_response) return deliver({std::exchange(waiting_, {}), word::ok}, *command);
    waiting_.clear();
    return chained(std::move(*command));
}

base::Bytes IsoCard::chained(IsoCommand command) {
    const bool more = (command.cla & more_follows) != 0;
    if (more && forms_ == ApduForms::extended_only) return status(no_chaining);
    if (!chain_.empty() && command.ins != chained_instruction_) {
        chain_.clear();
        return status(last_expected);
    }
    if (chain_.size() + command.data.size() > most_chained) return status(word::wrong_length);
    base::append(chain_, command.data);
    chained_instruction_ = command.ins;
    if (more) return status(word::ok);
    command.data = std::exchange(chain_, {});
    return deliver(run(command), command);
}

// What is longer than the command can take stays until it is fetched.
base::Bytes IsoCard::deliver(protocol::ResponseApdu response, const IsoCommand& to) {
    const std::size_t most = to.extended ? to.le : std::min(to.le, most_short);
    if (response.sw != word::ok || response.data.size() <= most) return encode(response);
    if (to.le == 0) return status(word::ok);
    const auto cut = response.data.begin() + static_cast<std::ptrdiff_t>(most);
    waiting_.assign(cut, response.data.end());
    response.data.erase(cut, response.data.end());
    response.sw = static_cast<std::uint16_t>(0x6100U | std::min<std::size_t>(waiting_.size(), 0xFF));
    return encode(response);
}

protocol::ResponseApdu IsoCard::read(const base::Bytes& file, std::size_t offset, std::size_t le) {
    constexpr std::uint16_t end_of_file = 0x6282;
    if (offset >= file.size()) return say(word::beyond_end);
    const auto size = std::min(le, file.size() - offset);
    const auto from = file.begin() + static_cast<std::ptrdiff_t>(offset);
    const bool asked_exactly = le == 256 || le == 65536;  // "as many as there are" is no wish for more
    return {{from, from + static_cast<std::ptrdiff_t>(size)}, size < le && !asked_exactly ? end_of_file : word::ok};
}

std::uint16_t Pin::left() const {
    return tries_ == 0 ? word::blocked : static_cast<std::uint16_t>(0x63C0U | std::min(tries_, 15U));
}

std::uint16_t Pin::verify(base::ByteView given) {
    if (given.empty() || tries_ == 0) return left();
    if (base::as_text(given) == digits_) {
        tries_ = most_tries;
        return word::ok;
    }
    --tries_;
    return left();
}

}  // namespace kazashi::simulator
