// One verb of the region's people, at the time of the region's clock.
#pragma once

#include <iostream>

#include "sync/server/office.h"
#include "sync/server/verbs.h"

namespace kazashi::server {

template <class Verb>
base::Status in_office(const Options& o, const Verb& verb) {
    KAZASHI_TRY(const auto region, open_region(o.dir));
    KAZASHI_CHECK(check_demo_clock(o, region));
    Office office{region, clock_of(o)->wall(), o.json ? ReportForm::json : ReportForm::text, std::cout};
    return verb(office);
}

}  // namespace kazashi::server
