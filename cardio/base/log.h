// One line per event on stderr. Never a name, IDm, PIN or key: ids go through masked(), whose key is random per
// process, so that lines of one run can be related and no line can be turned back into an id.
#pragma once

#include <string>
#include <string_view>

#include "cardio/base/bytes.h"

namespace kazashi::base {

enum class LogLevel { debug, info, warning, error };

void set_log_level(LogLevel level);
// `where` is the part that speaks ("engine"), `what` a sentence without identifiers.
void log(LogLevel level, std::string_view where, std::string_view what);
std::string masked(ByteView id);  // eight hexadecimal digits

}  // namespace kazashi::base
