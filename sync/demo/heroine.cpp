#include "sync/demo/record.h"

namespace kazashi::demo {
namespace {

using namespace std::chrono;

// Days before today of her last visits, and the weeks between two of them.
constexpr int clinic_visit = 9;
constexpr int hospital_visit = 16;
constexpr int weeks_between_visits = 8;

base::Date before(base::Date day, int count) { return sys_days{day} - days{count}; }

base::Date last_visit(const std::string& at, base::Date today) {
    return before(today, at == "hospital" ? hospital_visit : clinic_visit);
}

BundleWriter::Problem problem_of(const StoryProblem& problem, base::Date today, bool withheld) {
    return {.name = problem.name,
            .icd10 = problem.icd10,
            .key = problem.key,
            .since = problem.since.empty() ? iso(before(today, 40)) : problem.since,
            .ended = {},
            .suspected = false,
            .withheld = withheld};
}

}  // namespace

std::string write_heroine(const Tables& tables, const Resident& heroine, base::Date today, Needles& needles) {
    const auto& story = tables.story;
    BundleWriter bundle{heroine, needles};
    auto allergy = story.allergy;
    allergy.drug = true;
    allergy.severe = true;
    bundle.allergy(allergy, iso(before(today, 2200)), heroine.hospital);
    bundle.blood_group(heroine.blood, before(today, 1650), heroine.hospital);
    for (const auto& problem : story.problems)
        bundle.problem(problem_of(problem, today, false), heroine.treated_at(problem.at));
    bundle.problem(problem_of(story.withheld, today, true), heroine.treated_at(story.withheld.at));
    int group = 1;
    for (const auto& medicine : story.medicines) {
        const auto& drug = tables.drugs.at(medicine.code);
        const auto& usage = tables.usages.at(drug.usage);
        const auto last = last_visit(medicine.at, today);
        for (int round = 1; round >= 0; --round)
            bundle.prescription({drug, usage, before(last, drug.days * round), group, round > 0},
                                heroine.treated_at(medicine.at), heroine.pharmacy);
        ++group;
    }
    for (const auto& series : story.labs) {
        const auto last = last_visit(series.at, today);
        auto visits = static_cast<int>(series.values.size());
        for (const auto& value : series.values)
            bundle.lab(tables.labs.at(series.key), value, before(last, --visits * 7 * weeks_between_visits),
                       heroine.treated_at(series.at));
    }
    return bundle.text();
}

std::string write_new_medicine(const Tables& tables, const Resident& heroine, base::Date today, Needles& needles) {
    // Numbers its resources far behind those of the first Bundle, so that nothing of hers is replaced.
    BundleWriter bundle{heroine, needles, 1001};
    const auto& drug = tables.drugs.at(tables.story.new_medicine);
    bundle.prescription({drug, tables.usages.at(drug.usage), today, 9, false}, heroine.hospital, heroine.pharmacy);
    return bundle.text();
}

}  // namespace kazashi::demo
