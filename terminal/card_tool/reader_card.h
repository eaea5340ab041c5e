// The card on a PC/SC reader, for verbs that talk to it more than once: found, watched for, and told what the region
// wants it told.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cardio/reader/conversation.h"
#include "terminal/card_tool/card_there.h"

namespace kazashi::card_tool {

class ReaderCard {
public:
    // `filter`: part of a reader's name; empty: any reader.
    explicit ReaderCard(std::string filter) : filter_{std::move(filter)} {}
    ~ReaderCard();

    // Waits until a Lite-S lies there, issued or blank, and holds a transaction with it. timeout: none came,
    // and what lay there at the end instead. The details of errors are sentences (tell.h).
    base::Result<card::Idm> wait(std::chrono::milliseconds longest);
    // Answers up to the first silence; then the card is to be waited for again.
    base::Result<std::vector<base::Bytes>> relay(const std::vector<base::SecretBytes>& frames);
    void let_go();

private:
    base::Result<card::Idm> look();
    base::Result<card::Idm> asked_idm();

    const std::string filter_;
    const base::SystemClock clock_{};
    std::optional<CardThere> there_;
    std::optional<reader::Conversation> talk_;  // ends before its connection
};

}  // namespace kazashi::card_tool
