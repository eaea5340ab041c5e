// One-line files of the kernel and links between them, as /sys and /proc have them. Absent or unreadable: empty.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace kazashi::doctor {

std::string first_line(const std::filesystem::path& file);
std::vector<std::string> lines_of(const std::filesystem::path& file);
std::string link_name(const std::filesystem::path& link);  // the last part of what it points to
// The programs that have `file` open, by their names; as far as this user may see.
std::vector<std::string> holders_of(const std::filesystem::path& proc, const std::filesystem::path& file);

}  // namespace kazashi::doctor
