#include "terminal/app/options.h"

#include <array>
#include <charconv>

#include "terminal/platform/tuning.h"

namespace kazashi::app {

namespace {

constexpr int largest_side = 16'384;  // what every GL 3 driver can show

std::optional<int> whole_number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

base::Status allowed(const RunOptions& options, const store::Enrolment& enrolment) {
    if (enrolment.demo) return base::ok();
    if (!options.demo_clock.empty()) return base::Error{base::Fault::denied, "--demo-clock: this is a real region"};
    if (!options.inspect.empty()) return base::Error{base::Fault::denied, "--inspect: this is a real region"};
    return base::ok();
}

std::optional<PixelSize> parse_size(const std::string& text) {
    const auto cross = text.find('x');
    if (cross == std::string::npos) return std::nullopt;
    const auto width = whole_number(std::string_view{text}.substr(0, cross));
    const auto height = whole_number(std::string_view{text}.substr(cross + 1));
    if (!width || !height) return std::nullopt;
    if (*width < platform::tuning::smallest_width || *width > largest_side) return std::nullopt;
    if (*height < platform::tuning::smallest_height || *height > largest_side) return std::nullopt;
    return PixelSize{*width, *height};
}

base::Result<std::filesystem::path> find_assets() {
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
    for (const auto* beside : {"../share/kazashi", "../../../assets"}) {
        const auto folder = (program / beside).lexically_normal();
        if (std::filesystem::is_directory(folder / "strings", error)) return folder;
    }
    return base::Error{base::Fault::not_found, "no assets beside the program; say --assets"};
}

}  // namespace kazashi::app
