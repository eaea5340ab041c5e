#include "terminal/app/card_profiles.h"

#include <fstream>
#include <iterator>

#include "terminal/app/tuning.h"

namespace kazashi::app {

using base::Error;
using base::Fault;

base::Result<std::vector<card::CardProfile>> read_profiles(const std::filesystem::path& file) {
    if (file.empty()) return std::vector<card::CardProfile>{};
    std::error_code failed;
    const auto size = std::filesystem::file_size(file, failed);
    if (failed) return Error{Fault::io, "the file of card profiles cannot be read"};
    if (size > tuning::profiles_file) return Error{Fault::limit, "the file of card profiles is too long"};
    std::ifstream in{file, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    if (!in) return Error{Fault::io, "the file of card profiles cannot be read"};
    auto profiles = card::parse_profiles(text);
    if (!profiles) return Error{profiles.fault(), "the file of card profiles is wrong: " + profiles.error().detail};
    return profiles;
}

}  // namespace kazashi::app
