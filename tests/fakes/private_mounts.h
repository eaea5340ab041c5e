// Mounts that only one thread sees, and only while it runs. Needs root, as the virtual reader does.
#pragma once

#include <sched.h>
#include <sys/mount.h>

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <thread>

namespace kazashi::fakes {

inline void in_private_mounts(const std::function<void()>& work) {
    std::thread{[&] {
        if (::unshare(CLONE_NEWNS) != 0) std::abort();
        if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) std::abort();
        work();
    }}.join();
}

// A small disk of its own at `folder`.
inline void mount_small_disk(const std::filesystem::path& folder, const char* size) {
    const std::string options = std::string{"size="} + size;
    if (::mount("none", folder.c_str(), "tmpfs", 0, options.c_str()) != 0) std::abort();
}
inline void make_read_only(const std::filesystem::path& folder) {
    if (::mount("none", folder.c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, nullptr) != 0) std::abort();
}

}  // namespace kazashi::fakes
