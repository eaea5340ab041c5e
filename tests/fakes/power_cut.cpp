// Which disks a power cut may leave (crash_vfs.h).
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <random>

#include "tests/fakes/crash_vfs.h"

namespace kazashi::fakes {

namespace {

namespace fs = std::filesystem;
using Kind = DiskOp::Kind;
using Random = std::mt19937_64;

constexpr std::size_t sector = 512;

// How unkind this cut is.
enum class Mood { lose_all, lose_nothing, lose_writes, lose_sectors, tear_last, reorder };

struct FileOnDisk {
    std::string safe;                    // as of its last sync
    std::vector<const DiskOp*> pending;  // since
    bool name_safe{true};
    bool removed{false};  // without a sync of the folder
};

void put(std::string& content, std::size_t offset, std::string_view bytes, char filling) {
    if (content.size() < offset + bytes.size()) content.resize(offset + bytes.size(), filling);
    std::copy(bytes.begin(), bytes.end(), content.begin() + static_cast<std::ptrdiff_t>(offset));
}

void apply_whole(std::string& content, const DiskOp& op, char filling) {
    const auto offset = static_cast<std::size_t>(op.offset);
    if (op.kind == Kind::truncate) content.resize(offset, filling);
    if (op.kind == Kind::write) put(content, offset, op.bytes, filling);
}

// Only some of the sectors a write touches. The bytes of a sector outside the write are never harmed.
template <class Survives>
void apply_sectors(std::string& content, const DiskOp& op, char filling, Survives survives) {
    const auto begin = static_cast<std::size_t>(op.offset);
    const auto end = begin + op.bytes.size();
    for (std::size_t at = begin; at < end;) {
        const auto next = std::min(end, (at / sector + 1) * sector);
        if (survives()) put(content, at, std::string_view{op.bytes}.substr(at - begin, next - at), filling);
        at = next;
    }
}

std::string content_after(const FileOnDisk& file, Mood mood, Random& random) {
    const auto coin = [&random] { return random() % 2 == 0; };
    const char filling = coin() ? '\0' : '\xA7';  // of a place that was never written: zeros, or what was there before
    auto content = file.safe;
    auto pending = file.pending;
    if (mood == Mood::lose_all) pending.clear();
    if (mood == Mood::reorder) std::shuffle(pending.begin(), pending.end(), random);
    const auto torn = random() % (pending.size() + 1);
    for (std::size_t n = 0; n < pending.size(); ++n) {
        const auto& op = *pending[n];
        const bool whole = op.kind == Kind::truncate || mood == Mood::lose_nothing || mood == Mood::reorder ||
                           mood == Mood::lose_writes || (mood == Mood::tear_last && n + 1 < pending.size());
        if (mood == Mood::reorder && n >= torn) break;
        if (mood == Mood::lose_writes && coin()) continue;
        if (mood == Mood::lose_sectors && op.kind == Kind::truncate && coin()) continue;
        if (whole) {
            apply_whole(content, op, filling);
        } else if (mood == Mood::tear_last) {
            auto left = random() % (op.bytes.size() / sector + 2);
            apply_sectors(content, op, filling, [&left] { return left > 0 && left-- > 0; });
        } else {
            apply_sectors(content, op, filling, coin);
        }
    }
    return content;
}

}  // namespace

Disk after_power_cut(const Disk& before, std::span<const DiskOp> done, std::uint64_t seed) {
    std::map<std::string, FileOnDisk> files;
    for (const auto& [name, content] : before) files[name].safe = content;
    for (const auto& op : done) {
        auto& file = files[op.file];
        switch (op.kind) {
            case Kind::create:
                file = {.safe = {}, .pending = {}, .name_safe = false, .removed = false};
                break;
            case Kind::write:
            case Kind::truncate:
                file.pending.push_back(&op);
                break;
            case Kind::sync:
                for (const auto* one : file.pending) apply_whole(file.safe, *one, '\0');
                file.pending.clear();
                if (file.name_safe) break;
                // The first sync of a new file takes its folder along, and with it all names.
                for (auto& [name, other] : files) other.name_safe = true;
                std::erase_if(files, [](const auto& entry) { return entry.second.removed; });
                break;
            case Kind::remove:
                if (op.lasting)
                    files.erase(op.file);
                else
                    file.removed = true;
                break;
        }
    }
    Random random{seed};
    const auto mood = seed == 0 ? Mood::lose_all : seed == 1 ? Mood::lose_nothing : static_cast<Mood>(2 + random() % 4);
    Disk disk;
    for (const auto& [name, file] : files) {
        const bool lucky = mood == Mood::lose_nothing || (mood != Mood::lose_all && random() % 2 == 0);
        if (!file.name_safe && !lucky) continue;
        if (file.removed && lucky) continue;
        disk[name] = content_after(file, mood, random);
    }
    return disk;
}

Disk read_disk(const std::string& folder) {
    Disk disk;
    for (const auto& file : fs::directory_iterator{folder}) {
        if (file.path().string().ends_with("-shm")) continue;  // memory, not disk
        std::ifstream in{file.path(), std::ios::binary};
        disk[file.path().filename()] = {std::istreambuf_iterator<char>{in}, {}};
    }
    return disk;
}

void write_disk(const std::string& folder, const Disk& disk) {
    for (const auto& file : fs::directory_iterator{folder}) fs::remove(file.path());
    for (const auto& [name, content] : disk) {
        std::ofstream out{fs::path{folder} / name, std::ios::binary};
        out << content;
        out.close();
        fs::permissions(fs::path{folder} / name, fs::perms::owner_read | fs::perms::owner_write);
    }
}

}  // namespace kazashi::fakes
