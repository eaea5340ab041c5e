#include "terminal/doctor/leftovers.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <system_error>
#include <vector>

#include "sync/store/enrolment.h"
#include "sync/store/store.h"
#include "terminal/doctor/tuning.h"

namespace kazashi::doctor {

namespace {

namespace fs = std::filesystem;

// The endings of private_file.cpp, backup.cpp and restore: under their whole names these files are never used.
constexpr std::array endings{".new", ".part", ".restoring"};
constexpr const char* write_ahead = "kazashi.db-wal";

bool leftover(const fs::path& file, const base::Clock& clock) {
    const auto name = file.filename().string();
    if (std::ranges::none_of(endings, [&](const char* ending) { return name.ends_with(ending); })) return false;
    struct ::stat about {};
    if (::lstat(file.c_str(), &about) != 0 || !S_ISREG(about.st_mode)) return false;
    const base::UtcTime changed{std::chrono::seconds{about.st_mtim.tv_sec}};
    return clock.wall() - changed > tuning::leftover_age;
}

std::vector<fs::path> leftovers(const fs::path& state, const base::Clock& clock) {
    std::vector<fs::path> all;
    std::error_code failed;
    for (auto it = fs::directory_iterator{state, failed}; !failed && it != fs::directory_iterator{};
         it.increment(failed))
        if (leftover(it->path(), clock)) all.push_back(it->path());
    return all;
}

std::uintmax_t size_of(const fs::path& file) {
    std::error_code failed;
    const auto size = fs::file_size(file, failed);
    return failed ? 0 : size;
}

// Its content goes into the store proper; nothing of it is lost.
base::Status empty_write_ahead(const fs::path& state) {
    if (size_of(state / write_ahead) == 0) return base::ok();
    const auto enrolment = store::read_enrolment(state);
    if (!enrolment) return base::ok();
    KAZASHI_TRY(auto opened, store::Store::open(enrolment->database, {}));
    return opened.tidy();
}

}  // namespace

std::uintmax_t freeable(const fs::path& state, const base::Clock& clock) {
    std::uintmax_t bytes = size_of(state / write_ahead);
    for (const auto& file : leftovers(state, clock)) bytes += size_of(file);
    return bytes;
}

base::Status remove_leftovers(const fs::path& state, const base::Clock& clock) {
    for (const auto& file : leftovers(state, clock)) {
        std::error_code failed;
        fs::remove(file, failed);
        if (failed) return base::Error{base::Fault::io, "a left file could not be removed"};
    }
    return empty_write_ahead(state);
}

}  // namespace kazashi::doctor
