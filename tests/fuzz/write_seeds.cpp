// Writes the seeds of tests/sync/wire/seeds.h into a corpus folder. After an encoding has changed:
//   ninja write_seeds && tests/fuzz/write_seeds ../tests/fuzz/corpus/feed_page      (from the build folder)
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "tests/sync/wire/seeds.h"

int main(int argc, char** argv) {
    if (argc != 2 || !std::filesystem::is_directory(argv[1])) {
        std::fprintf(stderr, "usage: write_seeds FOLDER\n");
        return 2;
    }
    for (const auto& [file, bytes] : kazashi::samples::seeds()) {
        std::ofstream out{std::filesystem::path{argv[1]} / file, std::ios::binary};
        out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
        if (!out.flush()) return 1;
    }
    return 0;
}
