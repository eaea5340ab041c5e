// Every word of the region that must never be readable in a stolen terminal.
#pragma once

#include <set>
#include <string>

namespace kazashi::demo {

class Needles {
public:
    // Short words would be found in any bytes by chance.
    void add(const std::string& word) {
        if (word.size() >= shortest) words_.insert(word);
    }
    std::string lines() const {
        std::string out;
        for (const auto& word : words_) out += word + "\n";
        return out;
    }

private:
    static constexpr std::size_t shortest = 9;  // three kanji
    std::set<std::string> words_;
};

}  // namespace kazashi::demo
