#include "sync/demo/resident.h"

#include <fmt/format.h>

#include <algorithm>

namespace kazashi::demo {
namespace {

using namespace std::chrono;

std::string given_names_of(int birth_year) {
    return birth_year < 1956 ? "old" : birth_year < 1991 ? "middle" : "young";
}

std::size_t band_of(int age) { return age < 40 ? 0 : age < 65 ? 1 : age < 80 ? 2 : 3; }

base::Date birthday(base::Date today, int age, Random& random) {
    const auto year = today.year() - years{age + 1};
    const auto first = sys_days{year / today.month() / std::min(today.day(), day{28})} + days{1};
    return first + days{random.below(365)};
}

void name_resident(const Tables& tables, Random& random, int index, Resident& resident) {
    // One in forty has one of the very long names.
    if (index % 40 == 7) {
        const auto& name = tables.long_names[static_cast<std::size_t>(index / 40) % tables.long_names.size()];
        resident.family = name.kanji;
        resident.family_kana = name.kana;
        resident.latin = name.latin;
        resident.sex = name.sex;
        return;
    }
    const auto& family = random.pick(tables.families, [](const FamilyName& name) { return name.weight; });
    const auto born = given_names_of(static_cast<int>(resident.born.year()));
    std::vector<GivenName> fitting;
    for (const auto& given : tables.givens)
        if (given.sex == resident.sex && given.born == born) fitting.push_back(given);
    const auto& given = random.pick(fitting);
    resident.family = family.kanji;
    resident.family_kana = family.kana;
    resident.given = given.kanji;
    resident.given_kana = given.kana;
}

std::string address_in(const Tables& tables, const std::string& district, Random& random) {
    return fmt::format("{}{}{}{}番地{}", tables.prefecture, tables.city, district, random.between(1, 980),
                       random.between(1, 12));
}

// Nobody has such a number: it begins with two exchanges of zeros.
std::string phone_of(Random& random) { return fmt::format("000-0000-{:04}", random.below(10000)); }

void make_ill(const Tables& tables, Random& random, Resident& resident) {
    for (const auto& illness : tables.illnesses) {
        const bool has = random.in_1000(illness.share[band_of(resident.age)]);
        if (has && (illness.sex.empty() || illness.sex == resident.sex)) resident.illnesses.push_back(illness);
    }
}

std::string blood_of(Random& random) {
    if (!random.in_1000(550)) return {};
    const auto share = random.below(10);  // A 4, O 3, B 2, AB 1 of ten, as in Japan
    return share < 4 ? "A" : share < 7 ? "O" : share < 9 ? "B" : "AB";
}

}  // namespace

int age_on(base::Date born, base::Date day) {
    const int whole_years = static_cast<int>(day.year()) - static_cast<int>(born.year());
    const bool before = std::pair{day.month(), day.day()} < std::pair{born.month(), born.day()};
    return before ? whole_years - 1 : whole_years;
}

Resident make_resident(const Tables& tables, const Town& town, base::Date today, int index, Random& random) {
    Resident resident;
    resident.number = fmt::format("{:010}", index);
    const auto& band = random.pick(tables.ages, [](const AgeBand& ages) { return ages.share; });
    resident.born = birthday(today, random.between(band.from, band.to), random);
    resident.age = age_on(resident.born, today);
    // Women live longer.
    resident.sex = random.in_1000(resident.age >= 80 ? 640 : 510) ? "female" : "male";
    name_resident(tables, random, index, resident);
    resident.address = address_in(tables, random.pick(tables.districts), random);
    resident.phone = phone_of(random);
    if (resident.age >= 70 && random.in_1000(700)) {
        const auto& family = random.pick(tables.families, [](const FamilyName& name) { return name.weight; });
        resident.contact = family.kanji + " " + random.pick(tables.givens).kanji;
    }
    resident.blood = blood_of(random);
    resident.clinic = random.pick(town.clinics_for(resident.age < 15 ? "child" : "general"));
    for (const auto* field : {"orthopaedics", "eye", "ear", "mind", "urology", "brain", "women"})
        resident.specialists[field] = random.pick(town.clinics_for(field));
    resident.hospital = random.pick(town.of_type("hospital"));
    resident.pharmacy = random.pick(town.of_type("pharmacy"));
    make_ill(tables, random, resident);
    return resident;
}

Resident make_heroine(const Tables& tables, const Town& town, base::Date today) {
    const auto& story = tables.story;
    Resident resident;
    resident.number = "0000000001";
    resident.family = story.family.kanji;
    resident.given = story.given.kanji;
    resident.family_kana = story.family.kana;
    resident.given_kana = story.given.kana;
    resident.sex = story.given.sex;
    const month_day day{month{static_cast<unsigned>(story.birth_month)},
                        std::chrono::day{static_cast<unsigned>(story.birth_day)}};
    auto year = today.year() - years{story.age};
    if (month_day{today.month(), today.day()} < day) year -= years{1};
    resident.born = year / day;
    resident.age = story.age;
    resident.address = fmt::format("{}{}{}128番地3", tables.prefecture, tables.city, story.district);
    resident.phone = "000-0000-0128";
    resident.contact = story.family.kanji + " 恵子";
    resident.blood = story.blood;
    resident.clinic = town.named(story.facilities.at("clinic"));
    resident.hospital = town.named(story.facilities.at("hospital"));
    resident.pharmacy = town.named(story.facilities.at("pharmacy"));
    return resident;
}

}  // namespace kazashi::demo
