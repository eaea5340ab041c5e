#include "tests/repo/tree.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

namespace kazashi::repo {

namespace fs = std::filesystem;

std::vector<std::string> File::lines() const {
    std::vector<std::string> lines;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

std::vector<File> files(const std::vector<std::string>& folders, const std::vector<std::string>& endings) {
    const fs::path root{KAZASHI_SOURCE};
    std::vector<File> found;
    for (const auto& folder : folders) {
        if (!fs::exists(root / folder)) continue;
        for (const auto& entry : fs::recursive_directory_iterator{root / folder}) {
            const std::string path = fs::relative(entry.path(), root).generic_string();
            const bool wanted =
                std::any_of(endings.begin(), endings.end(), [&](const std::string& e) { return path.ends_with(e); });
            if (!entry.is_regular_file() || !wanted) continue;
            std::ifstream in{entry.path(), std::ios::binary};
            found.push_back({path, {std::istreambuf_iterator<char>{in}, {}}});
        }
    }
    std::sort(found.begin(), found.end(), [](const File& a, const File& b) { return a.path < b.path; });
    return found;
}

std::string second_level(const std::string& path) {
    const auto first = path.find('/');
    const auto second = path.find('/', first + 1);
    return second == std::string::npos ? path.substr(0, first) : path.substr(0, second);
}

}  // namespace kazashi::repo
