#include "tests/e2e/story/secrets.h"

#include <sodium.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/e2e/story/needles.h"

namespace kazashi::story {

using base::ByteView;
using base::Error;
using base::Fault;
using base::Result;
using json = nlohmann::json;
namespace fs = std::filesystem;
using Texts = std::vector<std::string>;

namespace {

constexpr std::size_t pem_line = 32;  // the last line of a PEM file may be too short to mean anything

std::string spaced(const std::string& hex) {
    std::string out;
    for (std::size_t at = 0; at < hex.size(); at += 2) out += (at == 0 ? "" : " ") + hex.substr(at, 2);
    return out;
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

std::string base64(ByteView octets) {
    constexpr int variant = sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
    std::string out(sodium_base64_encoded_len(octets.size(), variant), '\0');
    sodium_bin2base64(out.data(), out.size(), octets.data(), octets.size(), variant);
    out.resize(out.find('\0'));
    return out;
}

void append(Texts& to, Texts more) { std::move(more.begin(), more.end(), std::back_inserter(to)); }

Texts lines_of(const std::string& text, std::size_t least) {
    Texts lines;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);) {
        if (line.size() >= least && line.find("-----") == std::string::npos) lines.push_back(line);
    }
    return lines;
}

// An Ed25519 secret key ends with its public half, which is no secret.
Texts key_forms(const base::Bytes& key) {
    const std::string text{base::as_text(key)};
    if (text.starts_with("-----BEGIN")) return lines_of(text, pem_line);
    return forms_of(ByteView{key}.first(std::min<std::size_t>(key.size(), 32)));
}

Result<json> read_json(const fs::path& file) {
    std::ifstream in{file};
    auto parsed = json::parse(in, nullptr, /*allow_exceptions=*/false);
    if (parsed.is_discarded()) return Error{Fault::malformed, "cannot read " + file.filename().string()};
    return parsed;
}

}  // namespace

Texts forms_of(ByteView octets) {
    const std::string upper = base::to_hex(octets);
    return {
        std::string{base::as_text(octets)}, upper, lower(upper), spaced(upper), spaced(lower(upper)), base64(octets)};
}

Result<Texts> card_secrets(const fs::path& cards) {
    KAZASHI_TRY(const auto file, read_json(cards));
    Texts words;
    for (const auto& card : file.value("cards", json::array())) {
        for (const char* part : {"idm", "ck"}) {
            const auto octets = base::from_hex(card.value(part, ""));
            if (!octets || octets->empty()) return Error{Fault::malformed, "a card without IDm or key"};
            append(words, forms_of(*octets));
        }
    }
    return words;
}

Result<Texts> key_secrets(const fs::path& folder) {
    Texts words;
    std::error_code problem;
    for (const auto& entry : fs::directory_iterator{folder, problem}) {
        if (entry.path().extension() != ".key") continue;
        KAZASHI_TRY(const auto key, read_file(entry.path()));
        append(words, key_forms(key));
    }
    if (problem || words.empty()) return Error{Fault::io, "no keys in " + folder.filename().string()};
    return words;
}

Result<Texts> patient_words(const fs::path& data) {
    std::ifstream in{data / "needles.txt"};
    if (!in) return Error{Fault::not_found, "no needles.txt"};
    Texts words;
    for (std::string line; std::getline(in, line);) words.push_back(line);
    return words;
}

}  // namespace kazashi::story
