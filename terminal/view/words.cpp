#include "terminal/view/words.h"

#include <fmt/args.h>
#include <fmt/format.h>

#include <array>
#include <chrono>

namespace kazashi::view {
namespace {

using base::Date;
using namespace std::chrono;

constexpr days old_after{90};
constexpr std::size_t whole_date = 10;  // "2026-03-02"
constexpr std::size_t month_only = 7;   // "2026-03"

struct Era {
    const char* key;
    Date first;
};
constexpr std::array eras{
    Era{"era.reiwa", 2019y / 5 / 1},   Era{"era.heisei", 1989y / 1 / 8}, Era{"era.showa", 1926y / 12 / 25},
    Era{"era.taisho", 1912y / 7 / 30}, Era{"era.meiji", 1868y / 1 / 25},
};

std::string number(int value) { return std::to_string(value); }
std::string month_key(Date date) { return "month." + std::to_string(static_cast<unsigned>(date.month())); }
std::string day_number(Date date) { return std::to_string(static_cast<unsigned>(date.day())); }

int whole_years(Date from, Date to) {
    const int years = static_cast<int>(to.year()) - static_cast<int>(from.year());
    const bool birthday_to_come = std::pair{to.month(), to.day()} < std::pair{from.month(), from.day()};
    return years - (birthday_to_come ? 1 : 0);
}

const char* name_of(const char* name) { return name; }
const char* name_of(const std::string& name) { return name.c_str(); }

template <class Arguments>
std::string filled_in(std::string_view sentence, const Arguments& arguments) {
    fmt::dynamic_format_arg_store<fmt::format_context> store;
    for (const auto& [name, value] : arguments) store.push_back(fmt::arg(name_of(name), value));
    try {
        return fmt::vformat(sentence, store);
    } catch (const fmt::format_error&) {
        return std::string{sentence};  // a test formats every sentence of ours
    }
}

}  // namespace

std::string Words::say(std::string_view key, Arguments arguments) const {
    return filled_in(strings_.get(language_, key), arguments);
}

std::string Words::say_figures(std::string_view key, const Figures& figures) const {
    return filled_in(strings_.get(language_, key), figures);
}

std::string Words::say_known(std::string_view key, std::string_view otherwise) const {
    return say(has(key) ? key : otherwise);
}

Date Words::local_date(base::UtcTime time) const { return Date{floor<days>(time + offset_)}; }
Date Words::today() const { return local_date(now_); }

std::string Words::clock(base::UtcTime time) const {
    const auto local = time + offset_;
    const hh_mm_ss of_day{floor<minutes>(local - floor<days>(local))};
    return fmt::format("{}:{:02}", of_day.hours().count(), of_day.minutes().count());
}

std::string Words::moment(base::UtcTime time) const {
    const Date date = local_date(time);
    if (date == today()) return clock(time);
    return say("date.moment", {{"month", say(month_key(date))}, {"day", day_number(date)}, {"time", clock(time)}});
}

std::string Words::day(Date date) const {
    return say(
        "date.day",
        {{"year", number(static_cast<int>(date.year()))}, {"month", say(month_key(date))}, {"day", day_number(date)}});
}
std::string Words::day(base::UtcTime time) const { return day(local_date(time)); }
std::string Words::last_day(base::UtcTime end) const { return day(local_date(end - milliseconds{1})); }

std::string Words::date(const model::RecordDate& date) const {
    if (!date.day || date.text.size() < month_only) return date.text;
    if (date.text.size() >= whole_date) return day(*date.day);
    return say("date.month",
               {{"year", number(static_cast<int>(date.day->year()))}, {"month", say(month_key(*date.day))}});
}

std::string Words::born(const model::RecordDate& date) const {
    if (!date.day) return date.text;
    std::string era, era_year;
    for (const Era& candidate : eras) {
        if (sys_days{*date.day} < sys_days{candidate.first}) continue;
        const int year = static_cast<int>(date.day->year()) - static_cast<int>(candidate.first.year()) + 1;
        era = say(candidate.key);
        era_year = year == 1 ? say("era.first") : number(year);
        break;
    }
    const char* key = date.text.size() >= whole_date   ? "date.born_day"
                      : date.text.size() >= month_only ? "date.born_month"
                                                       : "date.born_year";
    return say(key, {{"era", era},
                     {"era_year", era_year},
                     {"year", number(static_cast<int>(date.day->year()))},
                     {"month", say(month_key(*date.day))},
                     {"day", day_number(*date.day)}});
}

std::string Words::age(const model::RecordDate& date) const {
    if (!date.day) return {};
    const char* key = date.text.size() >= whole_date ? "summary.age" : "summary.age_about";
    return say(key, {{"age", number(whole_years(*date.day, today()))}});
}

bool Words::old(base::UtcTime time) const { return sys_days{today()} - sys_days{local_date(time)} > old_after; }
bool Words::old(const model::RecordDate& date) const {
    return date.day && sys_days{today()} - sys_days{*date.day} > old_after;
}

}  // namespace kazashi::view
