#include "sync/model/capsule.h"

#include <algorithm>

namespace kazashi::model {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }
bool all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

}  // namespace

bool is_capsule_allergy(std::string_view code) {
    if (code.size() == 7) return all_digits(code);
    if (code.size() != 12 || !(code.starts_with("J9F") || code.starts_with("J9N"))) return false;
    return (is_letter(code[3]) || is_digit(code[3])) && all_digits(code.substr(4));
}

bool is_capsule_condition(std::string_view code) {
    return (code.size() == 3 || code.size() == 4) && is_letter(code[0]) && all_digits(code.substr(1));
}

bool is_capsule_phone(std::string_view phone) {
    if (phone.starts_with('+')) phone.remove_prefix(1);
    return !phone.empty() && phone.size() <= capsule_phone_digits && all_digits(phone);
}

bool is_capsule_hospital(std::string_view number) { return number.size() == 10 && all_digits(number); }

}  // namespace kazashi::model
