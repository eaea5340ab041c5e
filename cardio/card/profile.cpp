#include "cardio/card/profile.h"

#include <toml++/toml.h>

#include <algorithm>
#include <limits>
#include <optional>

namespace kazashi::card {

namespace {

using base::Error;
using base::Fault;

constexpr std::size_t digits = 10;
constexpr std::size_t block_size = 16;
constexpr std::size_t most_blocks = 12;  // a standard card reads no more at once (felica.md §1.4)
constexpr std::size_t most_profiles = 16;
constexpr std::size_t longest_name = 64;
constexpr std::size_t largest_binary = 5;  // octets: ten digits have fewer than 34 bits

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool all_digits(const std::string& text) { return std::all_of(text.begin(), text.end(), is_digit); }

// One [[card]] table; the first field that is wrong is remembered.
class Reader {
public:
    Reader(const toml::table& table, std::size_t number) : table_{table}, number_{number} {}

    std::string text(const char* field) { return get<std::string>(field).value_or(""); }
    std::string text_or(const char* field, const char* otherwise) {
        return table_.contains(field) ? text(field) : otherwise;
    }
    template <class Number>
    Number number(const char* field) {
        const auto value = get<std::int64_t>(field).value_or(0);
        require(field, value >= 0 && value <= std::int64_t{std::numeric_limits<std::uint16_t>::max()});
        return static_cast<Number>(value);
    }
    std::vector<std::uint16_t> numbers(const char* field) {
        std::vector<std::uint16_t> out;
        const auto* array = table_[field].as_array();
        require(field, array != nullptr);
        for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
            const auto value = (*array)[i].value_exact<std::int64_t>().value_or(-1);
            require(field, value >= 0 && value <= std::int64_t{std::numeric_limits<std::uint16_t>::max()});
            out.push_back(static_cast<std::uint16_t>(value));
        }
        return out;
    }
    // A field nobody knows is a field somebody misspelt.
    void nothing_but(std::initializer_list<std::string_view> fields) {
        for (const auto& [key, value] : table_)
            if (std::find(fields.begin(), fields.end(), key.str()) == fields.end())
                require(std::string{key.str()}, false);
    }
    void require(const std::string& field, bool good) {
        if (!good && !wrong_) wrong_ = field;
    }
    base::Status status() const {
        if (!wrong_) return base::ok();
        return Error{Fault::malformed, "card profile " + std::to_string(number_) + ": " + *wrong_};
    }

private:
    template <class T>
    std::optional<T> get(const char* field) {
        const auto value = table_[field].value_exact<T>();
        require(field, value.has_value());
        return value;
    }

    const toml::table& table_;
    const std::size_t number_;
    std::optional<std::string> wrong_;
};

// How many digits come off the card.
std::size_t digits_of(const CardProfile& profile) {
    switch (profile.coding) {
        case NumberCoding::ascii:
            return profile.length;
        case NumberCoding::bcd:
            return 2 * profile.length;
        case NumberCoding::hexadecimal:
            return profile.length >= 1 && profile.length <= largest_binary && profile.prefix.size() < digits
                       ? digits - profile.prefix.size()
                       : 0;
    }
    return 0;
}

// FF in either octet stands for any; and a card of the Lite-S system is the region's own, which proves itself.
bool names_one_system(std::uint16_t system) {
    constexpr std::uint16_t lite_s = 0x88B4;
    return (system & 0xFFU) != 0xFF && system >> 8U != 0xFF && system != lite_s;
}

base::Result<CardProfile> parse_profile(const toml::table& table, std::size_t number) {
    Reader from{table, number};
    from.nothing_but({"name", "system", "service", "blocks", "kind", "region", "coding", "offset", "length", "prefix"});
    CardProfile out;
    out.name = from.text("name");
    from.require("name", !out.name.empty() && out.name.size() <= longest_name);
    out.system = from.number<std::uint16_t>("system");
    from.require("system", names_one_system(out.system));
    out.service = from.number<std::uint16_t>("service");
    from.require("service", (out.service & 1U) != 0);  // readable without a key
    out.blocks = from.numbers("blocks");
    from.require("blocks", !out.blocks.empty() && out.blocks.size() <= most_blocks);
    const auto kind = from.text_or("kind", "patient");
    from.require("kind", kind == "patient" || kind == "staff");
    out.kind = kind == "staff" ? CardKind::staff : CardKind::patient;
    out.region = from.number<std::uint16_t>("region");
    const auto coding = from.text("coding");
    from.require("coding", coding == "ascii" || coding == "bcd" || coding == "hexadecimal");
    if (coding == "bcd") out.coding = NumberCoding::bcd;
    if (coding == "hexadecimal") out.coding = NumberCoding::hexadecimal;
    out.offset = table.contains("offset") ? from.number<std::size_t>("offset") : 0;
    out.length = from.number<std::size_t>("length");
    from.require("length", out.length > 0 && out.offset + out.length <= out.blocks.size() * block_size);
    out.prefix = from.text_or("prefix", "");
    from.require("prefix", all_digits(out.prefix) && out.prefix.size() + digits_of(out) == digits);
    KAZASHI_CHECK(from.status());
    return out;
}

std::string decode_bcd(base::ByteView octets) {
    std::string out;
    const auto digit = [](unsigned half) { return half < digits ? static_cast<char>('0' + half) : '?'; };
    for (const unsigned octet : octets) {
        out += digit(octet >> 4U);
        out += digit(octet & 0x0FU);
    }
    return out;
}

std::string decode_binary(base::ByteView octets, std::size_t width) {
    std::uint64_t value = 0;
    for (const auto octet : octets) value = value << 8U | octet;
    std::string out = std::to_string(value);
    if (out.size() < width) out.insert(0, width - out.size(), '0');
    return out;
}

std::string decode(const CardProfile& profile, base::ByteView octets) {
    switch (profile.coding) {
        case NumberCoding::ascii:
            return std::string{base::as_text(octets)};
        case NumberCoding::bcd:
            return decode_bcd(octets);
        case NumberCoding::hexadecimal:
            return decode_binary(octets, digits_of(profile));
    }
    return {};
}

}  // namespace

base::Result<std::vector<CardProfile>> parse_profiles(std::string_view text) {
    toml::table root;
    try {
        root = toml::parse(text);
    } catch (const toml::parse_error& error) {
        return Error{Fault::malformed, std::string{"card profiles: "} + std::string{error.description()}};
    }
    const auto* tables = root["card"].as_array();
    if (tables == nullptr || tables->empty() || root.size() != 1)
        return Error{Fault::malformed, "card profiles: [[card]] and nothing else"};
    if (tables->size() > most_profiles) return Error{Fault::limit, "card profiles: more than 16"};
    std::vector<CardProfile> out;
    for (std::size_t i = 0; i < tables->size(); ++i) {
        const auto* table = (*tables)[i].as_table();
        if (table == nullptr) return Error{Fault::malformed, "card profiles: card is no table"};
        KAZASHI_TRY(auto profile, parse_profile(*table, i + 1));
        out.push_back(std::move(profile));
    }
    return out;
}

std::optional<RegionalRecord> record_of(const CardProfile& profile, base::ByteView data) {
    if (data.size() != profile.blocks.size() * block_size || profile.offset + profile.length > data.size())
        return std::nullopt;
    RegionalRecord record{profile.kind, profile.region, {}};
    record.number = profile.prefix + decode(profile, data.subspan(profile.offset, profile.length));
    // A card of this system that was never given a number has blanks there, or zeros.
    const bool none = std::all_of(record.number.begin() + static_cast<std::ptrdiff_t>(profile.prefix.size()),
                                  record.number.end(), [](char c) { return c == '0'; });
    if (record.number.size() != digits || !all_digits(record.number) || none) return std::nullopt;
    return record;
}

}  // namespace kazashi::card
