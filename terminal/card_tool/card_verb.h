// What `read`, `prove` and `trace` have in common: their options, finding the card, and learning what it is.
#pragma once

#include <optional>

#include "terminal/card_tool/card_there.h"
#include "terminal/card_tool/tell.h"
#include "terminal/card_tool/verb.h"

namespace kazashi::card_tool {

class CardVerb : public Verb {
public:
    int run() override;

protected:
    explicit CardVerb(CLI::App& verb);

    struct Met {
        reader::Conversation& talk;
        const reader::Sight& sight;
        const std::string& reader;
    };
    // What this verb wants of the card; the exit code.
    virtual int meet(const Met& met) = 0;
    // What is said to the card goes through here.
    virtual reader::ApduLink& listen_in(reader::ApduLink& link) { return link; }

    // `proof` is set when 0 is returned; else it was said why not.
    static int prove(const Met& met, const card::Challenge& challenge, card::Proof& proof);

    const CardOptions& options() const { return options_; }

private:
    CardOptions options_;
};

}  // namespace kazashi::card_tool
