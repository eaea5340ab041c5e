// The facilities of the town and who works there.
#pragma once

#include <string>
#include <vector>

#include "sync/demo/random.h"
#include "sync/demo/tables.h"

namespace kazashi::demo {

struct Place {
    std::string id;     // "F0001"
    std::string type;   // "pharmacy"
    std::string field;  // of a clinic
    std::string name;
    std::string institution;  // ten digits; empty: not a place of health insurance
};

struct Worker {
    std::string number;  // ten digits
    std::string facility;
    std::string name;
};

struct Town {
    std::vector<Place> places;
    std::vector<Worker> workers;

    const Place& named(const std::string& name) const;  // the first place where there is none of the name
    std::vector<Place> of_type(const std::string& type) const;
    std::vector<Place> clinics_for(const std::string& field) const;
};

Town make_town(const Tables& tables, std::uint32_t seed);

}  // namespace kazashi::demo
