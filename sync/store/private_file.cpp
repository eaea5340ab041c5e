#include "sync/store/private_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "sync/store/tuning.h"

namespace kazashi::store {

namespace {

namespace fs = std::filesystem;
using base::Error;
using base::Fault;
using base::Result;
using base::Status;

class FileHandle {
public:
    FileHandle(const fs::path& path, int flags) : number_{::open(path.c_str(), flags | O_CLOEXEC, 0600)} {}
    FileHandle(const FileHandle&) = delete;
    FileHandle& operator=(const FileHandle&) = delete;
    ~FileHandle() {
        if (number_ >= 0) ::close(number_);
    }
    explicit operator bool() const { return number_ >= 0; }
    int number() const { return number_; }

private:
    int number_;
};

// What failed, and the system's word for it; never the content.
Error failure(const char* what, const fs::path& file) {
    const int code = errno;
    return {code == ENOSPC || code == EDQUOT ? Fault::disk_full : Fault::io,
            std::string{what} + " " + file.filename().string() + ": " + std::generic_category().message(code)};
}

bool write_all(int number, base::ByteView bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(number, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return true;
}

Status write_to_disk(const fs::path& file, base::ByteView bytes) {
    const FileHandle handle{file, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW};
    if (!handle || ::fchmod(handle.number(), 0600) != 0) return failure("cannot create", file);
    return write_all(handle.number(), bytes) ? base::ok() : Status{failure("cannot write", file)};
}

}  // namespace

Status place_private_file(const fs::path& temporary, const fs::path& file) {
    const FileHandle written{temporary, O_RDONLY};
    if (!written || ::fsync(written.number()) != 0) return failure("cannot write", temporary);
    if (::rename(temporary.c_str(), file.c_str()) != 0) return failure("cannot rename", temporary);
    const FileHandle folder{file.parent_path(), O_RDONLY | O_DIRECTORY};
    if (!folder || ::fsync(folder.number()) != 0) return failure("cannot sync the folder of", file);
    return base::ok();
}

Status write_private_file(const fs::path& file, base::ByteView bytes) {
    fs::path temporary = file;
    temporary += ".new";
    auto written = write_to_disk(temporary, bytes);
    if (written) written = place_private_file(temporary, file);
    if (!written) ::unlink(temporary.c_str());
    return written;
}

Result<base::SecretBytes> read_private_file(const fs::path& file) {
    const FileHandle handle{file, O_RDONLY};
    if (!handle && errno == ENOENT) return Error{Fault::not_found, file.filename().string()};
    struct stat about {};
    if (!handle || ::fstat(handle.number(), &about) != 0) return failure("cannot open", file);
    if (!S_ISREG(about.st_mode)) return Error{Fault::malformed, file.filename().string() + " is not a file"};
    if ((about.st_mode & 077U) != 0) {
        return Error{Fault::denied, file.filename().string() + " can be read by others than its owner"};
    }
    if (std::cmp_greater(about.st_size, tuning::enrolment_file_bytes)) {
        return Error{Fault::limit, file.filename().string() + " is too large"};
    }
    base::SecretBytes bytes{static_cast<std::size_t>(about.st_size)};
    std::size_t have = 0;
    while (have < bytes.size()) {
        const auto got = ::read(handle.number(), bytes.data() + have, bytes.size() - have);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return failure("cannot read", file);
        have += static_cast<std::size_t>(got);
    }
    return bytes;
}

}  // namespace kazashi::store
