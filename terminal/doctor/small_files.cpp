#include "terminal/doctor/small_files.h"

#include <algorithm>
#include <fstream>
#include <system_error>

namespace kazashi::doctor {

namespace {

namespace fs = std::filesystem;

bool has_open(const fs::path& process, const fs::path& file) {
    std::error_code failed;
    for (auto it = fs::directory_iterator{process / "fd", failed}; !failed && it != fs::directory_iterator{};
         it.increment(failed)) {
        std::error_code unreadable;
        if (fs::read_symlink(it->path(), unreadable) == file) return true;
    }
    return false;
}

bool is_process(const fs::path& folder) {
    const auto name = folder.filename().string();
    return !name.empty() && std::ranges::all_of(name, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string first_line(const fs::path& file) {
    std::ifstream in{file};
    std::string line;
    std::getline(in, line);
    return line;
}

std::vector<std::string> lines_of(const fs::path& file) {
    std::ifstream in{file};
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

std::string link_name(const fs::path& link) {
    std::error_code failed;
    return fs::read_symlink(link, failed).filename().string();
}

std::vector<std::string> holders_of(const fs::path& proc, const fs::path& file) {
    std::vector<std::string> holders;
    std::error_code failed;
    for (auto it = fs::directory_iterator{proc, failed}; !failed && it != fs::directory_iterator{};
         it.increment(failed)) {
        if (is_process(it->path()) && has_open(it->path(), file)) holders.push_back(first_line(it->path() / "comm"));
    }
    return holders;
}

}  // namespace kazashi::doctor
