#pragma once

#include "sync/fhir/record.h"
#include "sync/model/summary.h"

namespace kazashi::fhir {

// One row per drug, current ones first, then newest first. Prescriptions, dispensings and statements of a drug are
// brought together by their codes: YJ by its first nine characters (ingredient, route, form, strength), so that another
// maker's product is the same drug and another strength is not; HOT by its first seven; text where there is no code.
//
// Still being taken, an estimate (fhir.md §1.6; "completed" of JP-CLINS says nothing about it):
//   stopped, cancelled, on hold, a completed statement        no
//   start + supply days, or a period's end, + grace_days      yes until then; the start is the day it was handed over
//   as needed, or completed, without days                     open_ended_days + grace_days from the start
//   active without days or end                                yes
// A row shows the newest prescription of each facility whose supply is current: its usage, days and dates.
std::vector<model::Medicine> read_medicines(const Record& record, base::Date today);

}  // namespace kazashi::fhir
