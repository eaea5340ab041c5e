#include "tests/fakes/crash_vfs.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <filesystem>

namespace kazashi::fakes {

using Kind = DiskOp::Kind;

struct CrashVfs::Parts {
    sqlite3_vfs vfs{};
    sqlite3_vfs* real{sqlite3_vfs_find(nullptr)};
    std::string name;
    std::vector<DiskOp> record;
    bool recording{false};
    int changes{0};
    int failing_from{-1};  // number of the change; -1: none
    int failing_to{-1};
    int failed{0};
    Failure failure{};
    bool unreadable{false};

    // Whether this change fails; else it is remembered.
    bool fails(DiskOp op) {
        const int number = changes++;
        if (failing_from >= 0 && number >= failing_from && number < failing_to) {
            ++failed;
            return true;
        }
        if (recording) record.push_back(std::move(op));
        return false;
    }
    bool full() const { return failure == Failure::full; }
};

namespace {

struct File {
    sqlite3_file base;
    CrashVfs::Parts* parts;
    std::string* name;  // of a file that lasts; SQLite's own temporary files have none
    sqlite3_file* real;
};

File& of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
CrashVfs::Parts& of(sqlite3_vfs* vfs) { return *static_cast<CrashVfs::Parts*>(vfs->pAppData); }
std::string short_name(const char* path) { return std::filesystem::path{path}.filename(); }

int close_file(sqlite3_file* file) {
    auto& own = of(file);
    const int code = own.real->pMethods->xClose(own.real);
    delete own.name;
    return code;
}
int read_file(sqlite3_file* file, void* data, int size, sqlite3_int64 offset) {
    if (of(file).parts->unreadable) return SQLITE_IOERR_READ;
    return of(file).real->pMethods->xRead(of(file).real, data, size, offset);
}
int write_file(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
    auto& own = of(file);
    const auto* bytes = static_cast<const char*>(data);
    if (own.parts->fails({Kind::write, *own.name, offset, std::string(bytes, static_cast<std::size_t>(size)), false})) {
        // A disk that runs full in the middle of a write has taken the first part of it.
        own.real->pMethods->xWrite(own.real, data, size / 2, offset);
        return own.parts->full() ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    }
    return own.real->pMethods->xWrite(own.real, data, size, offset);
}
int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
    auto& own = of(file);
    if (own.parts->fails({Kind::truncate, *own.name, size, {}, false})) return SQLITE_IOERR_TRUNCATE;
    return own.real->pMethods->xTruncate(own.real, size);
}
int sync_file(sqlite3_file* file, int) {
    auto& own = of(file);
    return own.parts->fails({Kind::sync, *own.name, 0, {}, false}) ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}
int file_size(sqlite3_file* file, sqlite3_int64* size) {
    return of(file).real->pMethods->xFileSize(of(file).real, size);
}
int lock(sqlite3_file* file, int level) { return of(file).real->pMethods->xLock(of(file).real, level); }
int unlock(sqlite3_file* file, int level) { return of(file).real->pMethods->xUnlock(of(file).real, level); }
int reserved(sqlite3_file* file, int* out) { return of(file).real->pMethods->xCheckReservedLock(of(file).real, out); }
int control(sqlite3_file* file, int op, void* arg) {
    return of(file).real->pMethods->xFileControl(of(file).real, op, arg);
}
int sector_size(sqlite3_file* file) { return of(file).real->pMethods->xSectorSize(of(file).real); }
int characteristics(sqlite3_file* file) { return of(file).real->pMethods->xDeviceCharacteristics(of(file).real); }
int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
    return of(file).real->pMethods->xShmMap(of(file).real, page, size, extend, out);
}
int shm_lock(sqlite3_file* file, int offset, int n, int flags) {
    return of(file).real->pMethods->xShmLock(of(file).real, offset, n, flags);
}
void shm_barrier(sqlite3_file* file) { of(file).real->pMethods->xShmBarrier(of(file).real); }
int shm_unmap(sqlite3_file* file, int remove) { return of(file).real->pMethods->xShmUnmap(of(file).real, remove); }

// Version 2: with shared memory, without memory mapping, so that every write passes here.
const sqlite3_io_methods methods{
    2,       close_file,  read_file,       write_file, truncate_file, sync_file,   file_size, lock,    unlock, reserved,
    control, sector_size, characteristics, shm_map,    shm_lock,      shm_barrier, shm_unmap, nullptr, nullptr};

int open_file(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
    auto& parts = of(vfs);
    auto& own = of(file);
    own.base.pMethods = nullptr;
    own.parts = &parts;
    own.real = reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + sizeof(File));
    if (path == nullptr) return parts.real->xOpen(parts.real, path, file, flags, out_flags);
    const bool makes = (flags & SQLITE_OPEN_CREATE) != 0 && !std::filesystem::exists(path);
    if (makes && parts.fails({Kind::create, short_name(path), 0, {}, false})) {
        return parts.full() ? SQLITE_FULL : SQLITE_CANTOPEN;
    }
    const int code = parts.real->xOpen(parts.real, path, own.real, flags, out_flags);
    if (code != SQLITE_OK) return code;
    own.name = new std::string{short_name(path)};
    own.base.pMethods = &methods;
    return code;
}
int delete_file(sqlite3_vfs* vfs, const char* path, int sync_folder) {
    auto& parts = of(vfs);
    if (parts.fails({Kind::remove, short_name(path), 0, {}, sync_folder != 0})) return SQLITE_IOERR_DELETE;
    return parts.real->xDelete(parts.real, path, 0);
}
int access(sqlite3_vfs* vfs, const char* path, int flags, int* out) {
    return of(vfs).real->xAccess(of(vfs).real, path, flags, out);
}
int full_path(sqlite3_vfs* vfs, const char* path, int size, char* out) {
    return of(vfs).real->xFullPathname(of(vfs).real, path, size, out);
}
int randomness(sqlite3_vfs* vfs, int size, char* out) { return of(vfs).real->xRandomness(of(vfs).real, size, out); }
int sleep_for(sqlite3_vfs* vfs, int microseconds) { return of(vfs).real->xSleep(of(vfs).real, microseconds); }
int current_time(sqlite3_vfs* vfs, double* out) { return of(vfs).real->xCurrentTime(of(vfs).real, out); }
int last_error(sqlite3_vfs* vfs, int size, char* out) { return of(vfs).real->xGetLastError(of(vfs).real, size, out); }
int current_time_64(sqlite3_vfs* vfs, sqlite3_int64* out) { return of(vfs).real->xCurrentTimeInt64(of(vfs).real, out); }

}  // namespace

CrashVfs::CrashVfs() : parts_{std::make_unique<Parts>()} {
    static int made = 0;
    parts_->name = "crash-" + std::to_string(++made);
    auto& vfs = parts_->vfs;
    vfs.iVersion = 2;
    vfs.szOsFile = static_cast<int>(sizeof(File)) + parts_->real->szOsFile;
    vfs.mxPathname = parts_->real->mxPathname;
    vfs.zName = parts_->name.c_str();
    vfs.pAppData = parts_.get();
    vfs.xOpen = open_file;
    vfs.xDelete = delete_file;
    vfs.xAccess = access;
    vfs.xFullPathname = full_path;
    vfs.xRandomness = randomness;
    vfs.xSleep = sleep_for;
    vfs.xCurrentTime = current_time;
    vfs.xGetLastError = last_error;
    vfs.xCurrentTimeInt64 = current_time_64;
    sqlite3_vfs_register(&vfs, 0);
}
CrashVfs::~CrashVfs() { sqlite3_vfs_unregister(&parts_->vfs); }

const std::string& CrashVfs::name() const { return parts_->name; }
const std::vector<DiskOp>& CrashVfs::record() const { return parts_->record; }
void CrashVfs::start_record() {
    parts_->record.clear();
    parts_->recording = true;
}
void CrashVfs::stop_record() { parts_->recording = false; }
void CrashVfs::fail_from(int op, Failure failure, int how_many) {
    parts_->failing_from = parts_->changes + op;
    parts_->failing_to = how_many > (1 << 29) ? 1 << 30 : parts_->failing_from + how_many;
    parts_->failure = failure;
    parts_->failed = 0;
}
void CrashVfs::fail_reads() { parts_->unreadable = true; }
void CrashVfs::heal() {
    parts_->failing_from = -1;
    parts_->unreadable = false;
}
int CrashVfs::failed() const { return parts_->failed; }
int CrashVfs::changes() const { return parts_->changes; }

}  // namespace kazashi::fakes
