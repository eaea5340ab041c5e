// Laying virtual cards on the reader and taking them off, through the simulator's control socket.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cardio/card/profile.h"
#include "tests/e2e/story/line_socket.h"

namespace kazashi::story {

// One challenge and answer as an eavesdropper between card and reader hears them. Hexadecimal, card order.
struct Exchange {
    std::string challenge;
    std::string answer;
};

// How a card differs from the honest one of its image.
struct Odd {
    std::optional<std::string> other_key;    // hexadecimal CK: the forged card
    std::optional<int> leaves_after;         // vanishes during the Nth exchange after it was laid
    std::vector<Exchange> replays;           // does not know CK, repeats what was heard
    std::optional<std::string> second_card;  // two cards at once
};

struct IdCard {
    std::string kind;    // "my_number", "hpki"
    std::string holder;  // whose keys it has
    std::string pin;
};

class CardDesk {
public:
    static Result<CardDesk> connect(const std::filesystem::path& socket, milliseconds patience);

    // Both wait as long as a hand needs for the next card: a quicker change nobody at the reader would notice.
    Status lay(const std::string& card, const Odd& odd = {});
    Status lay_foreign(const std::string& kind);  // "transit", "bank", "empty_lite_s"
    // A factory-new card; the same IDm again is the same card, with all that was written on it.
    Status lay_blank(const std::string& idm, std::optional<int> leaves_after = {});
    Status lay_id_card(const IdCard& card);
    Status lay_standard(const card::CardProfile& profile, const std::string& number);  // it can only be read
    Status make_authorities();  // of the ID cards, where the simulator keeps them
    // Another reader in place of this one. The reader service must be gone meanwhile.
    Status exchange_reader(const std::string& kind);
    // What stands on a block of the card on the reader, hexadecimal: "01" is S_PAD1. Empty: no such block.
    Result<std::string> block(const std::string& number);
    Status take();
    Result<std::vector<Exchange>> trace();
    struct Card {
        std::string name;   // "patient-0000000001"
        std::string kind;   // "patient", "staff"
        std::string label;  // what a person would read on it
    };
    struct Cards {
        std::vector<Card> all;
        std::optional<std::string> on_reader;
        std::string reader;  // its kind: "acr1252"
    };
    Result<Cards> list();

private:
    explicit CardDesk(LineSocket socket) : socket_{std::move(socket)} {}
    Result<nlohmann::json> ask(const nlohmann::json& request);
    void fetch_card();
    LineSocket socket_;
    bool leaves_by_itself_{false};
    std::chrono::steady_clock::time_point taken_at_{};
};

}  // namespace kazashi::story
