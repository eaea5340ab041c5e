#include "tests/e2e/story/needles.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>

#include "tests/e2e/story/text_forms.h"
#include "tests/e2e/story/tuning.h"

namespace kazashi::story {

using base::Error;
using base::Fault;
namespace fs = std::filesystem;

namespace {

std::uint32_t four(const std::uint8_t* at) {
    std::uint32_t value{};
    std::memcpy(&value, at, sizeof value);
    return value;
}
std::size_t two(const std::uint8_t* at) { return std::size_t{at[0]} << 8U | at[1]; }

bool stands_in(const std::vector<std::string>& texts, const std::string& word) {
    return std::any_of(texts.begin(), texts.end(),
                       [&](const std::string& text) { return text.find(word) != std::string::npos; });
}

}  // namespace

Needles::Needles(const std::vector<std::string>& words, const std::vector<std::string>& public_texts)
    : first_two_(65536) {
    for (const auto& word : words) {
        if (word.size() < tuning::needle_bytes || stands_in(public_texts, word)) continue;
        const ByteView utf8 = base::as_bytes(word);
        add({utf8.begin(), utf8.end()}, words_);
        for (const auto order : {ByteOrder::little, ByteOrder::big}) {
            if (auto form = utf16(word, order)) add(std::move(*form), words_);
        }
        ++words_;
    }
}

base::Result<Needles> Needles::load(const fs::path& file, const std::vector<std::string>& public_texts) {
    std::ifstream in{file};
    if (!in) return Error{Fault::not_found, "no " + file.filename().string()};
    std::vector<std::string> words;
    for (std::string line; std::getline(in, line);) words.push_back(line);
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return Needles{words, public_texts};
}

void Needles::add(Bytes form, std::size_t word) {
    if (form.size() < tuning::needle_bytes) return;
    first_two_[two(form.data())] = true;
    by_first_four_[four(form.data())].push_back(forms_.size());
    forms_.push_back({std::move(form), word});
}

void Needles::search(ByteView bytes, std::vector<bool>& found) const {
    for (std::size_t at = 0; at + tuning::needle_bytes <= bytes.size(); ++at) {
        if (!first_two_[two(&bytes[at])]) continue;
        const auto candidates = by_first_four_.find(four(&bytes[at]));
        if (candidates == by_first_four_.end()) continue;
        for (const std::size_t i : candidates->second) {
            const auto& form = forms_[i].bytes;
            if (form.size() <= bytes.size() - at && base::equal(form, bytes.subspan(at, form.size()))) {
                found[forms_[i].word] = true;
            }
        }
    }
}

std::size_t Needles::count_in(ByteView bytes) const {
    std::vector<bool> found(words_);
    search(bytes, found);
    for_each_zstd_frame(bytes, [&](ByteView plain) { search(plain, found); });
    return static_cast<std::size_t>(std::count(found.begin(), found.end(), true));
}

base::Result<std::vector<Find>> search_folder(const Needles& needles, const fs::path& folder) {
    std::vector<Find> finds;
    std::error_code problem;
    for (const auto& entry : fs::recursive_directory_iterator{folder, problem}) {
        if (!entry.is_regular_file()) continue;
        KAZASHI_TRY(const Bytes bytes, read_file(entry.path()));
        if (const auto words = needles.count_in(bytes); words > 0) finds.push_back({entry.path(), words});
    }
    if (problem) return Error{Fault::io, "a folder could not be searched"};
    return finds;
}

base::Result<Bytes> read_file(const fs::path& file) {
    std::ifstream in{file, std::ios::binary};
    if (!in) return Error{Fault::io, "a file could not be read"};
    return Bytes{std::istreambuf_iterator<char>{in}, {}};
}

}  // namespace kazashi::story
