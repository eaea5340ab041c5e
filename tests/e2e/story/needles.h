// The thief's search: every name, kana, drug name and free text of the region, looked for in raw bytes as UTF-8, as
// UTF-16 of either order, and again inside every zstd frame.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

#include "cardio/base/bytes.h"
#include "cardio/base/result.h"

namespace kazashi::story {

using base::Bytes;
using base::ByteView;

class Needles {
public:
    // A word that stands in a public text (a facility's or staff member's name) proves nothing and is left out, and so
    // is one that occurs by chance in random bytes because it is too short.
    Needles(const std::vector<std::string>& words, const std::vector<std::string>& public_texts);
    // One word a line.
    static base::Result<Needles> load(const std::filesystem::path& file, const std::vector<std::string>& public_texts);

    std::size_t size() const { return words_; }
    // How many different words occur.
    std::size_t count_in(ByteView bytes) const;

private:
    void add(Bytes form, std::size_t word);
    void search(ByteView bytes, std::vector<bool>& found) const;

    struct Form {
        Bytes bytes;
        std::size_t word{};
    };
    std::size_t words_{0};
    std::vector<Form> forms_;
    std::vector<bool> first_two_;  // does a form begin with these octets?
    std::unordered_map<std::uint32_t, std::vector<std::size_t>> by_first_four_;
};

// What was found in one file.
struct Find {
    std::filesystem::path file;
    std::size_t words{};
};
// Every regular file below the folder; only those with something in them.
base::Result<std::vector<Find>> search_folder(const Needles& needles, const std::filesystem::path& folder);

base::Result<Bytes> read_file(const std::filesystem::path& file);

}  // namespace kazashi::story
