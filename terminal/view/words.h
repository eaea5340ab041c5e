// Sentences with their figures filled in, and dates as people here read them.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "sync/model/summary.h"
#include "terminal/view/strings.h"

namespace kazashi::view {

class Words {
public:
    using Arguments = std::initializer_list<std::pair<const char*, std::string>>;

    Words(const Strings& strings, state::Language language, base::UtcTime now, std::chrono::minutes utc_offset)
        : strings_{strings}, language_{language}, now_{now}, offset_{utc_offset} {}

    std::string say(std::string_view key) const { return std::string{strings_.get(language_, key)}; }
    std::string say(std::string_view key, Arguments arguments) const;  // {name} in the sentence
    using Figures = std::vector<std::pair<std::string, std::string>>;
    std::string say_figures(std::string_view key, const Figures& figures) const;  // the same
    // `key` when the strings have it, else `otherwise`: keys that come from other parts of the program.
    std::string say_known(std::string_view key, std::string_view otherwise) const;
    bool has(std::string_view key) const { return strings_.has(key); }
    Words in(state::Language language) const { return {strings_, language, now_, offset_}; }
    state::Language language() const { return language_; }

    std::string clock(base::UtcTime time) const;            // 14:05
    std::string moment(base::UtcTime time) const;           // 14:05 today, else 11月19日 14:05
    std::string day(base::UtcTime time) const;              // 2026年11月20日
    std::string last_day(base::UtcTime end) const;          // of a window that ends at 24:00
    std::string date(const model::RecordDate& date) const;  // as exact as the record is; empty: none
    std::string born(const model::RecordDate& date) const;  // 昭和17年(1942年)3月2日
    std::string age(const model::RecordDate& date) const;   // 84歳; 約84歳 when the day is not known; empty: none
    bool old(base::UtcTime time) const;                     // older than 90 days
    bool old(const model::RecordDate& date) const;

private:
    base::Date today() const;
    base::Date local_date(base::UtcTime time) const;
    std::string day(base::Date date) const;

    const Strings& strings_;
    state::Language language_;
    base::UtcTime now_;
    std::chrono::minutes offset_;
};

}  // namespace kazashi::view
