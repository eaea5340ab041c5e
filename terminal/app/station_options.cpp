#include "terminal/app/station_options.h"

#include <fstream>
#include <iterator>
#include <utility>

#include "terminal/app/tuning.h"

namespace kazashi::app {

namespace {

using base::Error;
using base::Fault;

base::Result<std::vector<card::CardProfile>> read_profiles(const std::filesystem::path& file) {
    if (file.empty()) return std::vector<card::CardProfile>{};
    std::error_code failed;
    const auto size = std::filesystem::file_size(file, failed);
    if (failed) return Error{Fault::io, "the file of card profiles cannot be read"};
    if (size > tuning::profiles_file) return Error{Fault::limit, "the file of card profiles"};
    std::ifstream in{file, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    if (!in) return Error{Fault::io, "the file of card profiles cannot be read"};
    return card::parse_profiles(text);
}

}  // namespace

base::Result<reader::StationOptions> station_options(const RunOptions& options, std::uint16_t region) {
    KAZASHI_TRY(auto profiles, read_profiles(options.profiles));
    return reader::StationOptions{options.reader, region, std::move(profiles), options.libnfc};
}

}  // namespace kazashi::app
