#include "terminal/app/state_lock.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>

namespace kazashi::app {

using base::Error;
using base::Fault;

base::Result<StateLock> StateLock::take(const std::filesystem::path& state) {
    const auto name = state / "in-use";
    Descriptor file{::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)};
    if (!file) return Error{errno == ENOENT ? Fault::not_found : Fault::io, "the state folder cannot be used"};
    if (::flock(file.get(), LOCK_EX | LOCK_NB) == 0) return StateLock{std::move(file)};
    return Error{errno == EWOULDBLOCK ? Fault::denied : Fault::io,
                 "another kazashi uses this state folder; end it first"};
}

}  // namespace kazashi::app
