// The region's local time, by the name of its zone ("Asia/Tokyo") in the IANA data of the machine: days begin and end
// in it, also where the clocks are changed in spring.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sync/model/ids.h"

namespace kazashi::model {

class TimeZone {
public:
    TimeZone();                                                   // Asia/Tokyo
    static std::optional<TimeZone> named(std::string_view name);  // nullopt: this machine does not know it

    const std::string& name() const { return name_; }
    std::chrono::minutes offset_at(UtcTime time) const;
    base::Date date_at(UtcTime time) const;
    UtcTime start_of(base::Date day) const;  // 0:00, or the first moment after it where 0:00 is left out
    bool operator==(const TimeZone& other) const { return name_ == other.name_; }

private:
    explicit TimeZone(std::string_view name) : name_{name} {}
    std::string name_;
};

}  // namespace kazashi::model
