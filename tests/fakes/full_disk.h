// A disk that takes no more bytes, for as long as this lives: of this whole process, and really refused by the kernel.
#pragma once

#include <signal.h>
#include <sys/resource.h>

#include <cstdlib>

namespace kazashi::fakes {

class FullDisk {
public:
    FullDisk() {
        ::signal(SIGXFSZ, SIG_IGN);
        if (::getrlimit(RLIMIT_FSIZE, &before_) != 0) std::abort();
        const rlimit none{0, before_.rlim_max};
        if (::setrlimit(RLIMIT_FSIZE, &none) != 0) std::abort();
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;
    ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &before_); }

private:
    rlimit before_{};
};

}  // namespace kazashi::fakes
