// FHIR date and dateTime: year, month, day or instant; whole or in part (fhir.md §1.10).
#pragma once

#include <string_view>

#include "sync/model/summary.h"

namespace kazashi::fhir {

// "2026-03-02T23:30:00Z" is the 3rd of March in Japan: days are days of Japanese local time, and a time without a zone
// is one already. Text that is no date becomes an empty RecordDate.
model::RecordDate record_date(std::string_view text);

model::RecordDate record_date(base::Date day);
base::Date plus_days(base::Date day, int days);
int days_between(base::Date from, base::Date to);

}  // namespace kazashi::fhir
