// The region's name index in memory, for the searches of emergency staff. Its texts lie in one wiping arena, never
// in strings of their own: that is faster to read through, and goes at once when it goes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cardio/base/secret.h"
#include "sync/desk/desk.h"
#include "sync/wire/names.h"

namespace kazashi::desk {

class NameIndex {
public:
    NameIndex() = default;
    NameIndex(NameIndex&&) noexcept = default;
    NameIndex& operator=(NameIndex&&) noexcept = default;

    void add(const std::vector<wire::NameEntry>& page);
    void sort();  // by kana; once, after the last page

    // The first `most` people in the order of their kana. `record` is left for the caller to say.
    std::vector<Candidate> find(const Query& query, std::size_t most) const;
    // Towns: what stands in an address before its first figure. Most people first.
    std::vector<std::string> places(std::size_t most) const;
    std::size_t size() const { return people_.size(); }

private:
    struct Person {  // every text is in an arena
        model::PatientRef patient;
        std::string_view kanji;
        std::string_view kana;
        std::string_view born;     // "1941-03-02"
        std::string_view address;  // as written
        std::string_view phone;
        std::string_view reading;      // kana in full-width katakana, one blank between its parts
        std::string_view born_digits;  // "19410302"
        std::string_view place;        // address as it is compared
        model::Sex sex{};
    };
    struct Wanted;
    void pack();
    static bool fits(const Person& person, const Wanted& wanted);

    std::vector<base::SecretBytes> arenas_;
    std::vector<Person> people_;
};

}  // namespace kazashi::desk
