#include "sync/server/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace kazashi::server {

namespace {

class Handle {
public:
    explicit Handle(int number) : number_{number} {}
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() {
        if (number_ >= 0) ::close(number_);
    }
    int number() const { return number_; }

private:
    int number_;
};

// Only the file's own name: folders may hold a person's.
base::Error failed(const std::filesystem::path& file, int error) {
    const auto fault = error == ENOENT   ? base::Fault::not_found
                       : error == ENOSPC ? base::Fault::disk_full
                                         : base::Fault::io;
    return {fault, file.filename().string() + ": " + std::generic_category().message(error)};
}

base::Status write_all(int handle, base::ByteView bytes, const std::filesystem::path& file) {
    while (!bytes.empty()) {
        const auto written = ::write(handle, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return failed(file, errno);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    if (::fsync(handle) != 0) return failed(file, errno);
    return base::ok();
}

}  // namespace

base::Status write_file(const std::filesystem::path& file, base::ByteView bytes, FileMode mode) {
    auto fresh = file;
    fresh += ".new";
    ::unlink(fresh.c_str());
    {
        const Handle handle{
            ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode == FileMode::secret ? 0600 : 0644)};
        if (handle.number() < 0) return failed(file, errno);
        KAZASHI_CHECK(write_all(handle.number(), bytes, file));
    }
    if (::rename(fresh.c_str(), file.c_str()) != 0) return failed(file, errno);
    return base::ok();
}

base::Result<base::SecretBytes> read_file(const std::filesystem::path& file, std::size_t most) {
    const Handle handle{::open(file.c_str(), O_RDONLY | O_CLOEXEC)};
    if (handle.number() < 0) return failed(file, errno);
    struct stat about {};
    if (::fstat(handle.number(), &about) != 0) return failed(file, errno);
    if (!S_ISREG(about.st_mode)) return base::Error{base::Fault::io, file.filename().string() + ": not a file"};
    const auto size = static_cast<std::size_t>(about.st_size);
    if (size > most) return base::Error{base::Fault::limit, file.filename().string() + ": too large"};
    base::SecretBytes bytes{size};
    std::size_t have = 0;
    while (have < size) {
        const auto count = ::read(handle.number(), bytes.data() + have, size - have);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return failed(file, errno);
        if (count == 0) break;
        have += static_cast<std::size_t>(count);
    }
    bytes.shrink(have);
    return bytes;
}

}  // namespace kazashi::server
