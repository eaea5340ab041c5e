#include "sync/demo/record.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace kazashi::demo {
namespace {

using namespace std::chrono;

base::Date before(base::Date day, int count) { return sys_days{day} - days{count}; }

std::string years_before(base::Date today, int count, Random& random) {
    const auto year = static_cast<int>(today.year()) - count;
    switch (random.below(3)) {  // records say it whole or in part
        case 0:
            return std::to_string(year);
        case 1:
            return fmt::format("{}-{:02}", year, random.between(1, 12));
        default:
            return fmt::format("{}-{:02}-{:02}", year, random.between(1, 12), random.between(1, 28));
    }
}

// Values in whole steps of their last digit: the same on every machine.
class Series {
public:
    Series(const Lab& lab, double shift, Random& random) : lab_{lab}, random_{random} {
        const auto spread = scaled(lab.step) * 2;
        now_ = scaled(lab.usual + shift) + random.between(-static_cast<int>(spread), static_cast<int>(spread));
    }
    std::string next() {
        const auto step = static_cast<int>(scaled(lab_.step));
        now_ = std::max<std::int64_t>(now_ + random_.between(-step, step), 1);
        const auto whole = scale();
        if (lab_.digits == 0) return std::to_string(now_);
        return fmt::format("{}.{:0{}}", now_ / whole, now_ % whole, lab_.digits);
    }

private:
    std::int64_t scale() const {
        std::int64_t scale = 1;
        for (int i = 0; i < lab_.digits; ++i) scale *= 10;
        return scale;
    }
    std::int64_t scaled(double value) const { return std::llround(value * static_cast<double>(scale())); }

    const Lab& lab_;
    Random& random_;
    std::int64_t now_{};
};

// Which of the ingredients a person must not take: the first seven characters of YJ codes, and a brand's name.
bool is_forbidden(const Drug& drug, const std::vector<AllergyKind>& allergies) {
    return std::any_of(allergies.begin(), allergies.end(), [&](const AllergyKind& allergy) {
        if (!allergy.code.starts_with("YCM")) return false;
        const bool same_drug = allergy.code.substr(3, 7) == drug.code.substr(0, 7);
        return same_drug || (allergy.what.starts_with("ロキソニン") && drug.name.starts_with("ロキソニン"));
    });
}

class Life {
public:
    Life(const Tables& tables, const Resident& resident, base::Date today, Random& random, Needles& needles)
        : tables_{tables}, resident_{resident}, today_{today}, random_{random}, bundle_{resident, needles} {}

    std::string write() {
        write_allergies();
        if (!resident_.blood.empty())
            bundle_.blood_group(resident_.blood, before(today_, random_.between(300, 4000)), resident_.hospital);
        for (const auto& illness : resident_.illnesses) {
            if (illness.brief)
                write_brief(illness);
            else
                write_chronic(illness);
        }
        for (const auto& [at, keys] : labs_) write_labs(at, keys);
        write_rare();
        return bundle_.text();
    }

private:
    void write_allergies() {
        const auto face = random_.below(100);
        if (face < 35) {
            bundle_.no_allergies(iso(before(today_, random_.between(20, 500))), resident_.clinic);
        } else if (face < 60) {
            const auto count = random_.in_1000(250) ? 2 : 1;
            for (int i = 0; i < count; ++i) {
                const auto& allergy = random_.pick(tables_.allergies);
                const auto known = [&](const AllergyKind& other) { return other.what == allergy.what; };
                if (std::any_of(allergies_.begin(), allergies_.end(), known)) continue;
                allergies_.push_back(allergy);
                bundle_.allergy(allergy, years_before(today_, random_.between(1, 12), random_), resident_.clinic,
                                random_.in_1000(150));
            }
        }
    }

    // The last visit of each kind of facility; one in twenty has not come back for months.
    base::Date last_visit(const std::string& at) {
        const auto known = visits_.find(at);
        if (known != visits_.end()) return known->second;
        const auto ago = random_.in_1000(50) ? random_.between(60, 130) : random_.between(0, 27);
        return visits_[at] = before(today_, ago);
    }

    void write_chronic(const Illness& illness) {
        const auto& place = resident_.treated_at(illness.at);
        bundle_.problem({.name = illness.name,
                         .icd10 = illness.icd10,
                         .key = illness.key,
                         .since = years_before(today_, random_.between(1, 14), random_),
                         .ended = {},
                         .suspected = false,
                         .withheld = false},
                        place);
        for (const auto& key : illness.labs) {
            labs_[illness.at].insert(key);
            if (const auto shift = illness.shift.find(key); shift != illness.shift.end()) shifts_[key] += shift->second;
        }
        if (!illness.drugs.empty()) prescribe(random_.pick(illness.drugs), last_visit(illness.at), place, 2);
    }

    void write_brief(const Illness& illness) {
        const auto& place = resident_.treated_at(illness.at);
        const auto day = before(today_, random_.between(12, 200));
        bundle_.problem({.name = illness.name,
                         .icd10 = illness.icd10,
                         .key = illness.key,
                         .since = iso(day),
                         .ended = iso(sys_days{day} + days{8}),
                         .suspected = false,
                         .withheld = false},
                        place);
        for (const auto& key : illness.labs) {
            const auto shift = illness.shift.find(key);
            const auto& lab = tables_.labs.at(key);
            bundle_.lab(lab, Series{lab, shift == illness.shift.end() ? 0 : shift->second, random_}.next(), day, place);
        }
        prescribe(random_.pick(illness.drugs), day, place, 1);
    }

    void prescribe(const std::vector<std::string>& codes, base::Date last, const Place& place, int rounds) {
        for (const auto& code : codes) {
            const auto& drug = tables_.drugs.at(code);
            if (is_forbidden(drug, allergies_) || !taken_.insert(code.substr(0, 7)).second) continue;
            const auto& usage = tables_.usages.at(drug.usage);
            const auto turns = drug.days > 0 ? rounds : 1;
            for (int round = turns - 1; round >= 0; --round) {
                // Half of the sources still wrote the old URI at the visit before.
                const bool old_uri = round > 0 && resident_.number.back() % 2 == 0;
                bundle_.prescription({drug, usage, before(last, drug.days * round), group_, old_uri}, place,
                                     resident_.pharmacy);
            }
            ++group_;
        }
    }

    void write_labs(const std::string& at, const std::set<std::string>& keys) {
        const auto& place = resident_.treated_at(at);
        for (const auto& key : keys) {
            if (!measured_.insert(key).second) continue;
            const auto& lab = tables_.labs.at(key);
            Series series{lab, shifts_.contains(key) ? shifts_[key] : 0, random_};
            const auto last = last_visit(at);
            for (int visit = 2; visit >= 0; --visit) bundle_.lab(lab, series.next(), before(last, 56 * visit), place);
        }
    }

    void write_rare() {
        const auto at = resident_.hospital;
        const auto recently = [&] { return iso(before(today_, random_.between(10, 700))); };
        const auto diagnosis = [&](const Illness& illness) {
            return BundleWriter::Problem{.name = illness.name,
                                         .icd10 = illness.icd10,
                                         .key = illness.key,
                                         .since = recently(),
                                         .ended = {},
                                         .suspected = false,
                                         .withheld = false};
        };
        if (resident_.age > 55 && random_.in_1000(25)) {
            auto problem = diagnosis(random_.pick(tables_.withheld));
            problem.withheld = true;
            bundle_.problem(problem, at);
        }
        if (resident_.age > 40 && random_.in_1000(30)) {
            auto problem = diagnosis(random_.pick(tables_.suspected));
            problem.suspected = true;
            bundle_.problem(problem, at);
        }
        if (resident_.age > 60 && random_.in_1000(120)) {
            auto problem = diagnosis(random_.pick(tables_.past));
            problem.since = years_before(today_, random_.between(3, 15), random_);
            problem.ended = std::to_string(static_cast<int>(today_.year()) - 1);
            bundle_.problem(problem, at);
        }
        if (random_.in_1000(200))
            bundle_.vaccination("インフルエンザHAワクチン", before(today_, random_.between(30, 300)), resident_.clinic);
        if (resident_.age > 65 && random_.in_1000(110))
            bundle_.procedure("水晶体再建術（眼内レンズ挿入）", years_before(today_, random_.between(1, 9), random_),
                              at);
        if (resident_.age > 65 && random_.in_1000(20))
            bundle_.pacemaker(years_before(today_, random_.between(1, 9), random_));
        if (resident_.age > 78 && random_.in_1000(60))
            bundle_.care_plan("訪問看護計画：服薬の見守り、転倒の予防", before(today_, random_.between(10, 150)),
                              resident_.clinic);
    }

    const Tables& tables_;
    const Resident& resident_;
    base::Date today_;
    Random& random_;
    BundleWriter bundle_;
    std::vector<AllergyKind> allergies_;
    std::map<std::string, base::Date> visits_;
    std::map<std::string, std::set<std::string>> labs_;
    std::map<std::string, double> shifts_;
    std::set<std::string> taken_;
    std::set<std::string> measured_;
    int group_{1};
};

}  // namespace

std::string write_record(const Tables& tables, const Resident& resident, base::Date today, Random& random,
                         Needles& needles) {
    return Life{tables, resident, today, random, needles}.write();
}

}  // namespace kazashi::demo
