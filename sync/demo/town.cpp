#include "sync/demo/town.h"

#include <fmt/format.h>

#include <algorithm>

namespace kazashi::demo {
namespace {

constexpr std::uint32_t town_stream = 0xffff0000U;
constexpr int prefecture_number = 44;

std::string institution_of(int digit, std::size_t place) {
    return digit == 0 ? std::string{} : fmt::format("{}{}9900{:03}", prefecture_number, digit, place);
}

Worker make_worker(const Tables& tables, Random& random, const Place& place, std::size_t number) {
    const auto& family = random.pick(tables.families, [](const FamilyName& name) { return name.weight; });
    std::vector<GivenName> of_age;
    for (const auto& given : tables.givens)
        if (given.born == "middle") of_age.push_back(given);
    return {fmt::format("{:010}", number), place.id, family.kanji + " " + random.pick(of_age).kanji};
}

}  // namespace

const Place& Town::named(const std::string& name) const {
    const auto found =
        std::find_if(places.begin(), places.end(), [&](const Place& place) { return place.name == name; });
    return found == places.end() ? places.front() : *found;
}

std::vector<Place> Town::of_type(const std::string& type) const {
    std::vector<Place> found;
    std::copy_if(places.begin(), places.end(), std::back_inserter(found),
                 [&](const Place& place) { return place.type == type; });
    return found;
}

std::vector<Place> Town::clinics_for(const std::string& field) const {
    std::vector<Place> found;
    std::copy_if(places.begin(), places.end(), std::back_inserter(found),
                 [&](const Place& place) { return place.type == "clinic" && place.field == field; });
    return found;
}

Town make_town(const Tables& tables, std::uint32_t seed) {
    Town town;
    Random random{seed, town_stream};
    for (const auto& kind : tables.facilities)
        for (const auto& name : kind.names) {
            const auto place = town.places.size() + 1;
            town.places.push_back(
                {fmt::format("F{:04}", place), kind.type, kind.field, name, institution_of(kind.digit, place)});
        }
    for (const auto& place : town.places) {
        auto workers = place.type == "hospital" || place.type == "fire" ? 5 : 2 + random.below(2);
        // The story's counter: two colleagues let a third in.
        if (place.id == town.places.front().id) workers = 3;
        for (std::uint32_t i = 0; i < workers; ++i)
            town.workers.push_back(make_worker(tables, random, place, town.workers.size() + 1));
    }
    return town;
}

}  // namespace kazashi::demo
