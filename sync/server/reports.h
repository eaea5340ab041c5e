// What the region's people read: who looked, what is to be reviewed, which terminals there are. One JSON form and one
// for people of each. Patients stand in them by their number, staff by theirs; nobody by name.
#pragma once

#include <string>

#include "sync/server/terminal_office.h"

namespace kazashi::server {

enum class ReportForm { text, json };

// All looks at one record, newest first, and not only what the patient's own history shows. not_found: no such patient.
Result<std::string> who_looked(Records& records, const std::string& number, ReportForm form);
// Every time the glass was broken and nobody has reviewed it yet; with `all` those that were reviewed too.
Result<std::string> to_review(Records& records, bool all, ReportForm form);
Result<std::string> terminal_list(Records& records, ReportForm form);
Result<std::string> staff_list(Records& records, ReportForm form);
Result<std::string> code_name_list(Records& records, ReportForm form);
std::string lost_report(const LostReport& report, ReportForm form);

}  // namespace kazashi::server
