// Samples that stand beside the repository. They are never copied in: where they are missing, a test says so and
// passes.
#pragma once

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

namespace kazashi::tests {

inline std::optional<std::string> sample(const std::string& name) {
    const auto path = std::filesystem::path{KAZASHI_SAMPLES} / name;
    std::ifstream file{path, std::ios::binary};
    if (!file) {
        std::printf("skipped: no sample %s\n", name.c_str());
        return std::nullopt;
    }
    return std::string{std::istreambuf_iterator<char>{file}, {}};
}

// Every .json below a folder of the samples, sorted; empty (and said) where there is none.
inline std::vector<std::string> samples_below(const std::string& folder) {
    std::vector<std::string> names;
    const std::filesystem::path root{KAZASHI_SAMPLES};
    if (!std::filesystem::is_directory(root / folder)) {
        std::printf("skipped: no samples in %s\n", folder.c_str());
        return names;
    }
    for (const auto& file : std::filesystem::recursive_directory_iterator{root / folder})
        if (file.path().extension() == ".json") names.push_back(std::filesystem::relative(file.path(), root).string());
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace kazashi::tests
