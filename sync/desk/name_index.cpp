#include "sync/desk/name_index.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <tuple>

#include "sync/desk/tuning.h"
#include "sync/fhir/text.h"

namespace kazashi::desk {

namespace {

std::string digits_of(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (c >= '0' && c <= '9') digits += c;
    }
    return digits;
}

// Texts one behind the other in memory that was asked for once.
class Arena {
public:
    explicit Arena(std::size_t size) : bytes_{size} {}
    std::string_view put(std::string_view text) {
        auto* const to = reinterpret_cast<char*>(bytes_.data()) + used_;
        if (!text.empty()) std::memcpy(to, text.data(), text.size());
        used_ += text.size();
        return {to, text.size()};
    }
    base::SecretBytes take() { return std::move(bytes_); }

private:
    base::SecretBytes bytes_;
    std::size_t used_{0};
};

// What an entry is compared by.
struct Folded {
    std::string reading;
    std::string born_digits;
    std::string place;
};
Folded folded(const wire::NameEntry& entry) {
    return {fhir::katakana(entry.kana), digits_of(entry.born), fhir::folded(entry.address)};
}
std::size_t size_of(const wire::NameEntry& entry, const Folded& folds) {
    return entry.kanji.size() + entry.kana.size() + entry.born.size() + entry.address.size() + entry.phone.size() +
           folds.reading.size() + folds.born_digits.size() + folds.place.size();
}

// Whether the text begins with it, its blanks left out: ウスキハナ is the beginning of ウスキ ハナコ.
bool begins(std::string_view text, std::string_view with) {
    std::size_t matched = 0;
    for (const char c : text) {
        if (matched == with.size()) return true;
        if (c == ' ') continue;
        if (c != with[matched]) return false;
        ++matched;
    }
    return matched == with.size();
}

bool contains(std::string_view text, std::string_view part) {
    return part.empty() || ::memmem(text.data(), text.size(), part.data(), part.size()) != nullptr;
}

bool a_part_begins(std::string_view reading, std::string_view with) {
    for (std::size_t at = 0; at < reading.size();) {
        if (begins(reading.substr(at), with)) return true;
        const auto blank = reading.find(' ', at);
        if (blank == std::string_view::npos) return false;
        at = blank + 1;
    }
    return false;
}

std::vector<std::string> parts_of(const std::string& text) {
    std::vector<std::string> parts;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find(' ', at), text.size());
        if (end > at) parts.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

// An address up to its first figure, half-width or full-width (U+FF10 to U+FF19).
std::string_view town_of(std::string_view address) {
    for (std::size_t at = 0; at < address.size(); ++at) {
        const auto c = static_cast<unsigned char>(address[at]);
        const auto rest = address.substr(at);
        const bool wide = rest.size() > 2 && rest.starts_with("\xEF\xBC") &&
                          static_cast<unsigned char>(rest[2]) >= 0x90 && static_cast<unsigned char>(rest[2]) <= 0x99;
        if (wide || (c >= '0' && c <= '9')) return address.substr(0, at);
    }
    return address;
}

}  // namespace

struct NameIndex::Wanted {
    std::vector<std::string> kana;
    std::string born;
    std::string phone;
    std::string place;

    explicit Wanted(const Query& query)
        : kana{parts_of(fhir::katakana(query.kana))},
          born{digits_of(fhir::folded(query.born))},
          phone{digits_of(fhir::folded(query.phone))},
          place{fhir::folded(query.address)} {
        if (phone.size() < tuning::least_phone_digits) phone.clear();
    }
    bool nothing() const { return kana.empty() && born.empty() && phone.empty() && place.empty(); }
};

bool NameIndex::fits(const Person& person, const Wanted& wanted) {
    return std::all_of(wanted.kana.begin(), wanted.kana.end(),
                       [&](const std::string& part) { return a_part_begins(person.reading, part); }) &&
           person.born_digits.starts_with(wanted.born) && contains(person.phone, wanted.phone) &&
           contains(person.place, wanted.place);
}

void NameIndex::add(const std::vector<wire::NameEntry>& page) {
    std::vector<Folded> folds;
    folds.reserve(page.size());
    std::size_t size = 0;
    for (const auto& entry : page) {
        folds.push_back(folded(entry));
        size += size_of(entry, folds.back());
    }
    Arena arena{size};
    people_.reserve(people_.size() + page.size());
    for (std::size_t i = 0; i < page.size(); ++i) {
        const auto& entry = page[i];
        people_.push_back({entry.patient, arena.put(entry.kanji), arena.put(entry.kana), arena.put(entry.born),
                           arena.put(entry.address), arena.put(entry.phone), arena.put(folds[i].reading),
                           arena.put(folds[i].born_digits), arena.put(folds[i].place),
                           static_cast<model::Sex>(entry.sex)});
    }
    arenas_.push_back(arena.take());
}

void NameIndex::sort() {
    std::sort(people_.begin(), people_.end(), [](const Person& a, const Person& b) {
        return std::tie(a.reading, a.kanji, a.born, a.patient) < std::tie(b.reading, b.kanji, b.born, b.patient);
    });
    pack();
}

// What is compared with one thing asked for lies side by side, in the order it is read in: a search reads straight on.
void NameIndex::pack() {
    static constexpr std::array fields{&Person::reading, &Person::born_digits, &Person::phone,   &Person::place,
                                       &Person::kanji,   &Person::kana,        &Person::address, &Person::born};
    std::size_t size = 0;
    for (const auto& arena : arenas_) size += arena.size();
    Arena packed{size};
    for (const auto field : fields) {
        for (auto& person : people_) person.*field = packed.put(person.*field);
    }
    arenas_.clear();
    arenas_.push_back(packed.take());
}

std::vector<std::string> NameIndex::places(std::size_t most) const {
    std::map<std::string_view, std::size_t> people;
    for (const auto& person : people_) ++people[town_of(person.address)];
    people.erase(std::string_view{});
    std::vector<std::pair<std::string_view, std::size_t>> towns{people.begin(), people.end()};
    std::stable_sort(towns.begin(), towns.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    std::vector<std::string> names;
    for (const auto& [town, living] : towns) {
        if (names.size() == most) break;
        names.emplace_back(town);
    }
    return names;
}

std::vector<Candidate> NameIndex::find(const Query& query, std::size_t most) const {
    const Wanted wanted{query};
    std::vector<Candidate> found;
    if (wanted.nothing()) return found;
    for (const auto& person : people_) {
        if (found.size() == most) break;
        if (!fits(person, wanted)) continue;
        found.push_back({person.patient, std::string{person.kanji}, std::string{person.kana}, std::string{person.born},
                         std::string{person.address}, person.sex, false});
    }
    return found;
}

}  // namespace kazashi::desk
