// The file names of codes are loaded from: TOML, a table for each system, a line for each code.
//
//   [yj7]                                            # first seven digits of YJ codes: ingredient and way
//   1149019 = ["ロキソプロフェン", "Loxoprofen"]     # Japanese, then English where there is one
//   [jfagy]                                          # foods and other substances
//   J9FC11310000 = ["サバ"]
//   [icd10]                                          # three or four characters, without a dot
//   I10 = ["本態性高血圧症", "Essential hypertension"]
//   [institution]                                    # ten-digit numbers of hospitals and clinics
//   4410000001 = ["臼杵中央病院"]
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cardio/base/result.h"
#include "sync/model/code_name.h"

namespace kazashi::server {

struct CodeNameTable {
    std::set<model::CodeSystem> systems;  // that the files name, be it without a code
    std::vector<model::CodeName> names;
};

// Adds what one file says. `file` is its name, for errors: "file:line: what is wrong". malformed: not such a table, not
// a code of its system, a code that an earlier file has; limit: a name too long, or too many.
base::Status add_code_names(CodeNameTable& table, const std::string& file, std::string_view text);

}  // namespace kazashi::server
