// The repository as text, for the tests of the house rules.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace kazashi::repo {

struct File {
    std::string path;  // relative, with '/'
    std::string text;
    std::vector<std::string> lines() const;
};

// Every file below the given folders whose name ends in one of `endings`, sorted by path.
std::vector<File> files(const std::vector<std::string>& folders, const std::vector<std::string>& endings);

// "sync/vault" of "sync/vault/seal.h": the second-level folder a file belongs to.
std::string second_level(const std::string& path);

}  // namespace kazashi::repo
