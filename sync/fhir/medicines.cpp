#include "sync/fhir/medicines.h"

#include <algorithm>
#include <unordered_map>

#include "sync/fhir/course.h"
#include "sync/fhir/dates.h"
#include "sync/fhir/text.h"

namespace kazashi::fhir {
namespace {

using Courses = std::vector<Course>;

// Brings courses of one drug together. Coded ones first: text joins what is known under its name.
class Drugs {
public:
    explicit Drugs(Courses courses) {
        std::vector<Course> uncoded;
        for (auto& course : courses) {
            if (course.keys.empty())
                uncoded.push_back(std::move(course));
            else
                add_coded(std::move(course));
        }
        for (auto& course : uncoded) groups_[place_of_name(course.name)].push_back(std::move(course));
    }

    std::vector<Courses> take() {
        std::erase_if(groups_, [](const Courses& group) { return group.empty(); });
        return std::move(groups_);
    }

private:
    void add_coded(Course course) {
        const auto place = place_of(course.keys);
        names_.emplace(folded(course.name), place);
        groups_[place].push_back(std::move(course));
    }

    // One key may have met the drug as YJ, another as HOT: a course that carries both makes them one.
    std::size_t place_of(const std::vector<std::string>& keys) {
        std::size_t place = groups_.size();
        for (const auto& key : keys)
            if (const auto known = keys_.find(key); known != keys_.end()) place = std::min(place, known->second);
        if (place == groups_.size()) groups_.emplace_back();
        for (const auto& key : keys) {
            const auto [known, made] = keys_.emplace(key, place);
            if (!made && known->second != place) move_group(known->second, place);
        }
        return place;
    }

    void move_group(std::size_t from, std::size_t to) {
        for (auto& course : groups_[from]) groups_[to].push_back(std::move(course));
        groups_[from].clear();
        for (auto* map : {&keys_, &names_})
            for (auto& [key, place] : *map)
                if (place == from) place = to;
    }

    std::size_t place_of_name(const std::string& name) {
        const auto [known, made] = names_.emplace(folded(name), groups_.size());
        if (made) groups_.emplace_back();
        return known->second;
    }

    std::vector<Courses> groups_;
    std::unordered_map<std::string, std::size_t> keys_;
    std::unordered_map<std::string, std::size_t> names_;
};

bool newer(const Course& a, const Course& b) { return a.first_day() > b.first_day(); }

// The newest course first; the others of the same day and place belong to it: one drug, two instructions.
model::Medicine row_of(Courses group, base::Date today) {
    std::stable_sort(group.begin(), group.end(), newer);
    const bool current = std::any_of(group.begin(), group.end(), [&](const Course& c) { return c.current(today); });
    if (current) std::erase_if(group, [&](const Course& c) { return !c.current(today); });
    const auto& newest = group.front();
    model::Medicine row;
    row.code = newest.code;
    row.name = newest.name;
    row.days = newest.days;
    row.as_needed = newest.as_needed;
    row.current = current;
    if (const auto first = newest.first_day()) row.since = record_date(*first);
    if (const auto last = newest.last_day()) row.until = record_date(*last);
    for (const auto& course : group) {
        const auto same_place = [&](const Course& c) { return c.prescribed_at == course.prescribed_at; };
        const auto& latest = *std::find_if(group.begin(), group.end(), same_place);
        const bool shown = current ? course.start == latest.start : course.first_day() == newest.first_day();
        if (!shown) continue;
        join(row.usage, course.usage, " ／ ");
        join(row.prescribed_at, course.prescribed_at, "、");
        join(row.dispensed_at, course.dispensed_at, "、");
    }
    return row;
}

}  // namespace

std::vector<model::Medicine> read_medicines(const Record& record, base::Date today) {
    std::vector<model::Medicine> medicines;
    for (auto& group : Drugs{read_courses(record)}.take()) medicines.push_back(row_of(std::move(group), today));
    std::stable_sort(medicines.begin(), medicines.end(), [](const model::Medicine& a, const model::Medicine& b) {
        if (a.current != b.current) return a.current;
        return a.since.day != b.since.day ? a.since.day > b.since.day : a.name < b.name;
    });
    return medicines;
}

}  // namespace kazashi::fhir
