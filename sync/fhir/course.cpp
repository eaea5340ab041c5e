#include "sync/fhir/course.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>

#include "sync/fhir/dates.h"
#include "sync/fhir/resource.h"
#include "sync/fhir/text.h"
#include "sync/fhir/tuning.h"

namespace kazashi::fhir {
namespace {

using Said = Course::Said;

constexpr std::string_view period_of_use =
    "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_MedicationDosage_PeriodOfUse";
constexpr int longest_supply = 400;  // days; more is a slip of the pen

template <std::size_t N>
bool among(const std::array<std::string_view, N>& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

std::optional<base::Date> day_of(Node date) { return record_date(date.text()).day; }

// Whole days of a Duration: 7 d, 2 wk, 1 mo.
int days_of(Node duration) {
    const auto value = duration["value"].number();
    if (!value || !(*value > 0) || *value > longest_supply) return 0;
    auto unit = duration["code"].text();
    if (unit.empty()) unit = duration["unit"].text();
    const double each = unit == "d" || unit == "日" || unit == "day" || unit == "days" ? 1
                        : unit == "wk" || unit == "週"                                 ? 7
                        : unit == "mo" || unit == "月" || unit == "か月"               ? 30
                                                                                       : 0;
    const auto days = std::lround(*value * each);
    return days <= longest_supply ? static_cast<int>(days) : 0;
}

// What the patient is told; several instructions (tapering, uneven doses) are all of it.
std::string usage_of(Node dosages) {
    std::string usage;
    for (const auto dosage : dosages) {
        auto text = tidy(dosage["text"].text());
        if (text.empty()) text = words(dosage["timing"]["code"]);
        if (text.empty()) text = tidy(dosage["patientInstruction"].text());
        join(usage, text, " ／ ");
    }
    return usage;
}

bool as_needed(Node dosages) {
    for (const auto dosage : dosages)
        if (dosage["asNeededBoolean"].boolean() == true || dosage["asNeededCodeableConcept"].present()) return true;
    return false;
}

void add_key(Course& course, Node coding) {
    const auto system = code_system(coding["system"].text());
    const auto code = canonical_code(system, coding["code"].text());
    if (code.empty()) return;
    switch (system) {
        case CodeSystem::yj:
        case CodeSystem::generic_order:
        case CodeSystem::price_list:
            if (code.size() < 9) return;
            course.keys.push_back("Y" + code.substr(0, 9));
            if (course.code.empty() || system == CodeSystem::yj) course.code = code;
            return;
        case CodeSystem::hot:
            if (code.size() < 7) return;
            course.keys.push_back("H" + code.substr(0, 7));
            break;
        case CodeSystem::receipt_drug:
            course.keys.push_back("R" + code);
            break;
        case CodeSystem::nocoded:
            return;
        default:
            // ATC and SNOMED CT name substances and classes, not drugs: two of a class would become one row.
            if (system == CodeSystem::snomed || coding["system"].text().find("whocc.no") != std::string_view::npos)
                return;
            course.keys.push_back(std::string{coding["system"].text()}.append("|").append(code));
    }
    if (course.code.empty()) course.code = code;
}

void read_drug(const Record& record, const Entry& entry, Course& course) {
    auto concept_ = entry.resource["medicationCodeableConcept"];
    if (!concept_.present()) concept_ = record.entries().resolve(entry.resource["medicationReference"], entry)["code"];
    for (const auto coding : concept_["coding"]) add_key(course, coding);
    course.name = words(concept_);
    if (course.name.empty()) course.name = tidy(entry.resource["medicationReference"]["display"].text());
}

void read_dosage(Node dosages, Course& course) {
    course.usage = usage_of(dosages);
    course.as_needed = as_needed(dosages);
    const auto dosage = dosages.at(0);
    const auto repeat = dosage["timing"]["repeat"];
    for (const auto extension : dosage["extension"]) {
        if (extension["url"].text() != period_of_use) continue;
        course.start = day_of(extension["valuePeriod"]["start"]);
        course.end = day_of(extension["valuePeriod"]["end"]);
    }
    if (!course.start) course.start = day_of(repeat["boundsPeriod"]["start"]);
    if (!course.end) course.end = day_of(repeat["boundsPeriod"]["end"]);
    if (course.days == 0) course.days = days_of(repeat["boundsDuration"]);
}

// nullopt: not an order to take something.
std::optional<Course> read_request(const Record& record, const Entry& entry) {
    const auto request = entry.resource;
    constexpr std::array<std::string_view, 3> never{"entered-in-error", "draft", "cancelled"};
    constexpr std::array<std::string_view, 4> wishes{"proposal", "plan", "directive", "option"};
    const auto status = request["status"].text();
    if (among(never, status) || among(wishes, request["intent"].text())) return std::nullopt;
    if (request["doNotPerform"].boolean() == true) return std::nullopt;
    Course course;
    course.days = days_of(request["dispenseRequest"]["expectedSupplyDuration"]);
    read_drug(record, entry, course);
    read_dosage(request["dosageInstruction"], course);
    if (!course.start) course.start = day_of(request["authoredOn"]);
    course.said = status == "stopped" || status == "on-hold" ? Said::over
                  : status == "active"                       ? Said::running
                                                             : Said::nothing;
    course.prescribed_at = record.facility(entry, {"requester", "recorder"});
    return course;
}

std::optional<Course> read_statement(const Record& record, const Entry& entry) {
    const auto statement = entry.resource;
    const auto status = statement["status"].text();
    if (status == "entered-in-error" || status == "not-taken") return std::nullopt;
    Course course;
    read_drug(record, entry, course);
    read_dosage(statement["dosage"], course);
    if (const auto start = day_of(statement["effectivePeriod"]["start"])) course.start = start;
    if (!course.start) course.start = day_of(statement["effectiveDateTime"]);
    if (!course.start) course.start = day_of(statement["dateAsserted"]);
    if (const auto end = day_of(statement["effectivePeriod"]["end"])) course.end = end;
    course.said = status == "active" || status.empty() ? Said::running : Said::over;
    if (status == "unknown") course.said = Said::nothing;
    course.prescribed_at = record.facility(entry, {"informationSource"});
    return course;
}

std::optional<Course> read_dispense(const Record& record, const Entry& entry) {
    const auto dispense = entry.resource;
    constexpr std::array<std::string_view, 5> never{"entered-in-error", "cancelled", "declined", "preparation",
                                                    "on-hold"};
    if (among(never, dispense["status"].text())) return std::nullopt;
    Course course;
    course.days = days_of(dispense["daysSupply"]);
    read_drug(record, entry, course);
    read_dosage(dispense["dosageInstruction"], course);
    course.dispensed_on = day_of(dispense["whenHandedOver"]);
    if (!course.dispensed_on) course.dispensed_on = day_of(dispense["whenPrepared"]);
    if (!course.start) course.start = course.dispensed_on;
    course.dispensed_at = record.facility(entry, {"performer", "location"});
    return course;
}

// Given once, by somebody: part of the record, never a medicine at home.
std::optional<Course> read_administration(const Record& record, const Entry& entry) {
    const auto administration = entry.resource;
    const auto status = administration["status"].text();
    if (status == "entered-in-error" || status == "not-done") return std::nullopt;
    Course course;
    read_drug(record, entry, course);
    course.usage = usage_of(administration["dosage"]);
    course.start = day_of(administration["effectiveDateTime"]);
    if (!course.start) course.start = day_of(administration["effectivePeriod"]["start"]);
    course.said = Said::over;
    course.prescribed_at = record.facility(entry, {"performer"});
    return course;
}

// What the pharmacy did to a prescription; the last time counts.
void join_dispense(Course& request, Course dispense) {
    for (auto& key : dispense.keys)
        if (std::find(request.keys.begin(), request.keys.end(), key) == request.keys.end())
            request.keys.push_back(std::move(key));
    if (request.dispensed_on > dispense.dispensed_on) return;
    request.dispensed_on = dispense.dispensed_on;
    request.dispensed_at = std::move(dispense.dispensed_at);
    if (dispense.days > 0) request.days = dispense.days;
    if (request.usage.empty()) request.usage = std::move(dispense.usage);
}

}  // namespace

std::optional<base::Date> Course::first_day() const {
    return dispensed_on && (!start || *dispensed_on > *start) ? dispensed_on : start;
}

std::optional<base::Date> Course::last_day() const {
    if (end) return end;
    const auto first = first_day();
    return first && days > 0 ? std::optional{plus_days(*first, days - 1)} : std::nullopt;
}

bool Course::current(base::Date today) const {
    if (said == Said::over) return false;
    const auto first = first_day();
    if (first && *first > today) return false;
    if (const auto last = last_day()) return today <= plus_days(*last, grace_days);
    if (said == Said::running && !as_needed) return true;
    return first && today <= plus_days(*first, open_ended_days - 1 + grace_days);
}

std::vector<Course> read_courses(const Record& record) {
    std::vector<Course> courses;
    std::unordered_map<const char*, std::size_t> requests;  // by where their text begins
    const auto usable = [](const Entry& entry) { return !has_unknown_modifier(entry.resource); };
    record.each("MedicationRequest", [&](const Entry& entry) {
        if (!usable(entry)) return;
        auto course = read_request(record, entry);
        if (!course) return;
        requests.emplace(entry.resource.raw().data(), courses.size());
        courses.push_back(std::move(*course));
    });
    record.each("MedicationDispense", [&](const Entry& entry) {
        if (!usable(entry)) return;
        auto course = read_dispense(record, entry);
        if (!course) return;
        const auto request = record.entries().resolve(entry.resource["authorizingPrescription"].at(0), entry);
        const auto known = requests.find(request.raw().data());
        if (known == requests.end())
            courses.push_back(std::move(*course));
        else
            join_dispense(courses[known->second], std::move(*course));
    });
    const auto read_all = [&](std::string_view type, auto read) {
        record.each(type, [&](const Entry& entry) {
            if (!usable(entry)) return;
            if (auto course = read(record, entry)) courses.push_back(std::move(*course));
        });
    };
    read_all("MedicationStatement", read_statement);
    read_all("MedicationAdministration", read_administration);
    std::erase_if(courses, [](const Course& course) { return course.name.empty() && course.code.empty(); });
    return courses;
}

}  // namespace kazashi::fhir
