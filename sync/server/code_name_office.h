// What codes are called: loaded by the region's operator, sealed as a glossary for every terminal.
#pragma once

#include <filesystem>
#include <vector>

#include "sync/server/code_name_file.h"
#include "sync/server/region.h"

namespace kazashi::server {

struct CodeNameReport {
    int changed{};  // new, or called something else
    int removed{};
    int names{};  // there are now
};

// Each system of the table is replaced whole, the others stay. If anything is different now, a new glossary goes into
// the feed. limit: more names than a terminal takes.
Result<CodeNameReport> take_code_names(Records& records, const RegionKeys& keys, const CodeNameTable& table);

// The files together are one table: taken whole or not at all.
Result<CodeNameReport> take_code_name_files(const Region& region, const std::vector<std::filesystem::path>& files);

}  // namespace kazashi::server
