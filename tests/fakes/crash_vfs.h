// A file system under SQLite that a test can watch, break and cut the power of. It works on real files through the
// system's own; a sync only marks what would be safe, so it is also fast.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace kazashi::fakes {

// One thing done to a file that lasts, in the order it was done.
struct DiskOp {
    enum class Kind { create, write, truncate, sync, remove };
    Kind kind{};
    std::string file;       // its name, without the folder
    std::int64_t offset{};  // write: where; truncate: the new size
    std::string bytes;      // write
    bool lasting{};         // remove: the folder was synced with it
};

// Usage: Store::open(file, {.vfs = vfs.name()}). No connection may outlive it. One thread.
class CrashVfs {
public:
    CrashVfs();
    CrashVfs(const CrashVfs&) = delete;
    CrashVfs& operator=(const CrashVfs&) = delete;
    ~CrashVfs();
    const std::string& name() const;

    const std::vector<DiskOp>& record() const;  // since the last start
    void start_record();
    void stop_record();

    // What a write, truncation, sync or creation answers. full: SQLITE_FULL for what needs space, a failed sync else.
    enum class Failure { full, io };
    void fail_from(int op, Failure failure, int how_many = 1 << 30);  // 0: the next one
    void fail_now(Failure failure) { fail_from(0, failure); }
    void fail_reads();  // every one from now on: SQLITE_IOERR_READ
    void heal();
    int failed() const;   // how many did fail since fail_from
    int changes() const;  // how many there were in all

    struct Parts;

private:
    std::unique_ptr<Parts> parts_;
};

// File name → content.
using Disk = std::map<std::string, std::string>;
Disk read_disk(const std::string& folder);
void write_disk(const std::string& folder, const Disk& disk);  // the folder holds this and nothing else afterwards

// What a power cut after `done` may leave of a disk that was `before`: what was synced is there; of what was not, some
// is missing, some came in another order, some is torn at a sector of 512 bytes. Names made or removed without a sync
// of their folder may be as before. Seed 0: all of that is lost; seed 1: nothing is.
Disk after_power_cut(const Disk& before, std::span<const DiskOp> done, std::uint64_t seed);

}  // namespace kazashi::fakes
