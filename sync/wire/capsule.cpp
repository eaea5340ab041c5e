#include "sync/wire/capsule.h"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <initializer_list>
#include <optional>

#include "sync/vault/capsule.h"

namespace kazashi::wire {

namespace {

using base::Bytes;
using base::ByteView;
using base::Error;
using base::Fault;
using base::Result;
using model::Capsule;
using model::CapsuleAllergy;

constexpr std::size_t size = vault::capsule_facts_size;
constexpr std::size_t fixed_part = 8;
constexpr std::size_t condition_size = 2;
constexpr std::uint64_t letters = 26;
constexpr std::uint64_t jfagy_digits = 100'000'000;  // eight of them
constexpr std::chrono::sys_days first_day{std::chrono::year{2020} / 1 / 1};
constexpr int most_days = 0xffff;

enum Kind : unsigned { yj = 0, food = 1, other = 2 };

Kind kind_of(const CapsuleAllergy& allergy) {
    if (allergy.code.size() == 7) return yj;
    return allergy.code[2] == 'F' ? food : other;
}
std::size_t value_size(unsigned kind) { return kind == yj ? 3 : 4; }
std::size_t entry_size(const CapsuleAllergy& allergy) { return 1 + value_size(kind_of(allergy)); }

std::uint64_t number_of(std::string_view digits) {
    std::uint64_t number = 0;
    for (const char c : digits) number = number * 10 + static_cast<std::uint64_t>(c - '0');
    return number;
}
std::string digits_of(std::uint64_t number, std::size_t count) {
    std::string digits(count, '0');
    for (auto at = digits.rbegin(); at != digits.rend(); ++at, number /= 10) *at = static_cast<char>('0' + number % 10);
    return digits;
}
bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }

// ---- allergies and conditions as numbers

std::uint64_t allergy_number(const CapsuleAllergy& allergy) {
    const std::string_view code = allergy.code;
    if (code.size() == 7) return number_of(code);
    if (!is_letter(code[3])) return letters * jfagy_digits + number_of(code.substr(3));
    return static_cast<std::uint64_t>(code[3] - 'A') * jfagy_digits + number_of(code.substr(4));
}

std::optional<std::string> allergy_code(unsigned kind, std::uint64_t number) {
    if (kind == yj) return number < 10'000'000 ? std::optional{digits_of(number, 7)} : std::nullopt;
    const std::string prefix = kind == food ? "J9F" : "J9N";
    if (number < letters * jfagy_digits)
        return prefix + static_cast<char>('A' + number / jfagy_digits) + digits_of(number % jfagy_digits, 8);
    number -= letters * jfagy_digits;
    return number < 10 * jfagy_digits ? std::optional{prefix + digits_of(number, 9)} : std::nullopt;
}

std::uint64_t condition_number(std::string_view code) {
    const auto letter = static_cast<std::uint64_t>(code[0] - 'A');
    const auto fourth = code.size() == 4 ? 1 + number_of(code.substr(3)) : 0;
    return (letter * 100 + number_of(code.substr(1, 2))) * 11 + fourth;
}

std::optional<std::string> condition_code(std::uint64_t number) {
    if (number >= letters * 100 * 11) return std::nullopt;
    const auto fourth = number % 11;
    number /= 11;
    auto code = std::string{static_cast<char>('A' + number / 100)} + digits_of(number % 100, 2);
    if (fourth > 0) code += digits_of(fourth - 1, 1);
    return code;
}

// ---- writing

void put_number(Bytes& to, std::uint64_t number, std::size_t octets) {
    for (; octets > 0; --octets) to.push_back(static_cast<std::uint8_t>(number >> (octets - 1) * 8 & 0xffU));
}

void put_digits(Bytes& to, std::string digits) {
    if (digits.size() % 2 != 0) digits.push_back('0');
    for (std::size_t i = 0; i < digits.size(); i += 2)
        to.push_back(static_cast<std::uint8_t>((digits[i] - '0') << 4 | (digits[i + 1] - '0')));
}

std::string phone_digits(const Capsule& capsule) {
    return capsule.emergency_phone.starts_with('+') ? capsule.emergency_phone.substr(1) : capsule.emergency_phone;
}

std::size_t size_without_lists(const Capsule& capsule) {
    return fixed_part + (phone_digits(capsule).size() + 1) / 2 + capsule.preferred_hospital.size() / 2;
}

std::uint8_t bits(std::initializer_list<unsigned> values, unsigned width) {
    unsigned all = 0;
    unsigned shift = 0;
    for (const auto value : values) {
        all |= value << shift;
        shift += width;
    }
    return static_cast<std::uint8_t>(all);
}

template <class Enum>
unsigned number(Enum value) {
    return static_cast<unsigned>(value);
}

void put_fixed_part(Bytes& to, const Capsule& capsule) {
    const auto days = (std::chrono::sys_days{capsule.date} - first_day).count();
    const auto phone = phone_digits(capsule);
    const bool plus = phone.size() != capsule.emergency_phone.size();
    put_number(to, static_cast<std::uint64_t>(days), 2);
    to.push_back(bits({number(capsule.abo), number(capsule.rh)}, 3));
    to.push_back(bits(
        {number(capsule.implant), number(capsule.dialysis), number(capsule.anticoagulant), number(capsule.pregnancy)},
        2));
    to.push_back(bits({number(capsule.allergy_knowledge), static_cast<unsigned>(capsule.allergies_left_out)}, 2));
    to.push_back(bits(
        {static_cast<unsigned>(capsule.conditions.size()), static_cast<unsigned>(capsule.conditions_left_out)}, 4));
    to.push_back(static_cast<std::uint8_t>(phone.size() | (plus ? 0x10U : 0U) |
                                           (capsule.preferred_hospital.empty() ? 0U : 0x20U)));
    to.push_back(static_cast<std::uint8_t>(capsule.allergies.size()));
}

void put_allergy(Bytes& to, const CapsuleAllergy& allergy) {
    const auto kind = kind_of(allergy);
    to.push_back(static_cast<std::uint8_t>(kind | (allergy.contraindicated ? 0x04U : 0U) |
                                           (allergy.severe ? 0x08U : 0U) | (allergy.unconfirmed ? 0x10U : 0U)));
    put_number(to, allergy_number(allergy), value_size(kind));
}

// ---- reading: what runs past the end, or is none of the values there are, is remembered and reads as zero

class Reader {
public:
    explicit Reader(ByteView bytes) : rest_{bytes} {}

    std::uint64_t number(std::size_t octets) {
        if (rest_.size() < octets) octets = fail();
        std::uint64_t value = 0;
        for (; octets > 0; --octets, rest_ = rest_.subspan(1)) value = value << 8 | rest_[0];
        return value;
    }
    std::string digits(std::size_t count) {
        std::string found;
        for (std::size_t octet = 0; octet < (count + 1) / 2; ++octet) {
            const auto two = number(1);
            if (two >> 4 > 9 || (two & 0xfU) > 9) fail();
            found += digits_of(two >> 4 & 0xfU, 1) + digits_of(two & 0xfU, 1);
        }
        if (found.size() > count && found.back() != '0') fail();
        found.resize(std::min(found.size(), count));
        return found;
    }
    template <class Enum>
    Enum choice(std::uint64_t value, Enum last) {
        if (value > static_cast<std::uint64_t>(last)) value = fail();
        return static_cast<Enum>(value);
    }
    std::size_t fail() {
        failed_ = true;
        return 0;
    }
    bool ok() const { return !failed_; }
    bool only_zeros_left() const {
        return std::all_of(rest_.begin(), rest_.end(), [](std::uint8_t octet) { return octet == 0; });
    }

private:
    ByteView rest_;
    bool failed_{false};
};

CapsuleAllergy read_allergy(Reader& from) {
    CapsuleAllergy allergy;
    const auto tag = from.number(1);
    const auto kind = static_cast<unsigned>(tag & 0x03U);
    if (tag > 0x1f || kind > other) from.fail();
    allergy.contraindicated = (tag & 0x04U) != 0;
    allergy.severe = (tag & 0x08U) != 0;
    allergy.unconfirmed = (tag & 0x10U) != 0;
    const auto code = allergy_code(kind, from.number(value_size(kind)));
    if (!code) from.fail();
    allergy.code = code.value_or("");
    return allergy;
}

std::string read_condition(Reader& from) {
    const auto code = condition_code(from.number(condition_size));
    if (!code) from.fail();
    return code.value_or("");
}

bool agrees_with_itself(const Capsule& capsule) {
    const bool allergic = std::any_of(capsule.allergies.begin(), capsule.allergies.end(),
                                      [](const auto& allergy) { return !allergy.contraindicated; });
    return !allergic || capsule.allergy_knowledge == model::AllergyKnowledge::listed;
}

int more(int count, std::size_t by, int most) { return std::min(count + static_cast<int>(by), most); }

}  // namespace

Capsule fit(Capsule capsule) {
    const auto date =
        std::clamp(std::chrono::sys_days{capsule.date}, first_day, first_day + std::chrono::days{most_days});
    capsule.date = base::Date{date};
    if (!model::is_capsule_phone(capsule.emergency_phone)) capsule.emergency_phone.clear();
    if (!model::is_capsule_hospital(capsule.preferred_hospital)) capsule.preferred_hospital.clear();

    auto room = size - size_without_lists(capsule);
    std::vector<CapsuleAllergy> allergies;
    for (auto& allergy : capsule.allergies) {
        if (!model::is_capsule_allergy(allergy.code) || entry_size(allergy) > room) continue;
        room -= entry_size(allergy);
        allergies.push_back(std::move(allergy));
    }
    capsule.allergies_left_out = more(capsule.allergies_left_out, capsule.allergies.size() - allergies.size(),
                                      model::capsule_allergies_left_out);
    capsule.allergies = std::move(allergies);

    std::vector<std::string> conditions;
    for (auto& condition : capsule.conditions) {
        const bool room_left = conditions.size() < model::capsule_conditions && condition_size <= room;
        if (!model::is_capsule_condition(condition) || !room_left) continue;
        room -= condition_size;
        conditions.push_back(std::move(condition));
    }
    capsule.conditions_left_out = more(capsule.conditions_left_out, capsule.conditions.size() - conditions.size(),
                                       model::capsule_conditions_left_out);
    capsule.conditions = std::move(conditions);
    const bool none = capsule.allergy_knowledge == model::AllergyKnowledge::none_confirmed;
    const bool some = !capsule.allergies.empty() || capsule.allergies_left_out > 0;
    if ((none && some) || !agrees_with_itself(capsule)) capsule.allergy_knowledge = model::AllergyKnowledge::listed;
    return capsule;
}

Bytes pack_capsule(const Capsule& capsule) {
    Bytes octets;
    octets.reserve(size);
    put_fixed_part(octets, capsule);
    put_digits(octets, phone_digits(capsule));
    put_digits(octets, capsule.preferred_hospital);
    for (const auto& condition : capsule.conditions) put_number(octets, condition_number(condition), condition_size);
    for (const auto& allergy : capsule.allergies) put_allergy(octets, allergy);
    assert(octets.size() <= size);  // fit() was not asked
    octets.resize(size);
    return octets;
}

Result<Capsule> unpack_capsule(ByteView bytes) {
    if (bytes.size() != size) return Error{Fault::malformed, "capsule: length"};
    Reader from{bytes};
    Capsule capsule;
    capsule.date = base::Date{first_day + std::chrono::days{from.number(2)}};
    const auto blood = from.number(1);
    capsule.abo = from.choice(blood & 0x07U, model::Abo::ab);
    capsule.rh = from.choice(blood >> 3, model::Rh::negative);
    const auto flags = from.number(1);
    const auto flag = [&](unsigned shift) { return from.choice(flags >> shift & 0x03U, model::Known::no); };
    capsule.implant = flag(0);
    capsule.dialysis = flag(2);
    capsule.anticoagulant = flag(4);
    capsule.pregnancy = flag(6);
    const auto about_allergies = from.number(1);
    capsule.allergy_knowledge = from.choice(about_allergies & 0x03U, model::AllergyKnowledge::listed);
    capsule.allergies_left_out = static_cast<int>(about_allergies >> 2);
    const auto about_conditions = from.number(1);
    const auto conditions = about_conditions & 0x0fU;
    capsule.conditions_left_out = static_cast<int>(about_conditions >> 4);
    const auto contact = from.number(1);
    const auto allergies = from.number(1);
    const auto phone = from.digits(contact & 0x0fU);
    const bool plus = (contact & 0x10U) != 0;
    if (conditions > model::capsule_conditions || contact > 0x3f || (plus && phone.empty())) from.fail();
    capsule.emergency_phone = (plus ? "+" : "") + phone;
    if ((contact & 0x20U) != 0) capsule.preferred_hospital = from.digits(10);
    for (std::uint64_t i = 0; i < conditions && from.ok(); ++i) capsule.conditions.push_back(read_condition(from));
    for (std::uint64_t i = 0; i < allergies && from.ok(); ++i) capsule.allergies.push_back(read_allergy(from));
    if (!from.ok() || !from.only_zeros_left()) return Error{Fault::malformed, "capsule: a value that is none"};
    if (!agrees_with_itself(capsule)) return Error{Fault::malformed, "capsule: allergies where there are none"};
    return capsule;
}

}  // namespace kazashi::wire
