// The terminal is stolen: what its files tell.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "sync/vault/lock.h"
#include "tests/e2e/story/needles.h"
#include "tests/e2e/story/steps.h"
#include "tests/e2e/story/text_forms.h"

namespace kazashi::story {

namespace fs = std::filesystem;

namespace {

bool nothing_in(const Needles& needles, const fs::path& folder) {
    const auto finds = search_folder(needles, folder);
    if (!finds) return false;
    for (const auto& find : *finds) {
        fmt::print("story:    {} holds {} words\n", fs::relative(find.file, folder).string(), find.words);
    }
    return finds->empty();
}

// The same search on a record that is sealed with a key we know: sealed it must find nothing, and with the key at once.
void control(Play& play, const Needles& needles) {
    const auto record = read_file(play.stage.options.run / "data" / "bundles" / "00001.json");
    if (!play.must("a record to try the search on", static_cast<bool>(record))) return;
    const model::PackageId id{};
    const auto key = vault::random_key<vault::DataKey>();
    const model::Package sealed{id, {}, vault::seal_package(key, id, zstd(*record))};
    play.check("control: sealed, it is found nowhere", needles.count_in(sealed.sealed) == 0);
    const auto opened = vault::open_package(key, sealed);
    play.check("control: with the key, it is found at once", opened && needles.count_in(opened->view()) > 10);
    play.check("control: as it came, it is found at once", needles.count_in(*record) > 10);
    const auto wide = utf16(base::as_text(*record), ByteOrder::little);
    play.check("control: as UTF-16, it is found at once", wide && needles.count_in(*wide) > 10);
}

}  // namespace

void thief(Play& play) {
    play.keep_picture();
    const auto pid = play.stage.terminal();
    play.check("the terminal is stopped", pid && static_cast<bool>(stop(*pid, tuning::stop)));
    const auto shared = public_texts(play.stage.options.run / "data");
    play.must("the public names", static_cast<bool>(shared));
    const auto needles =
        Needles::load(play.stage.options.run / "data" / "needles.txt", shared ? *shared : std::vector<std::string>{});
    if (!play.must("the words to look for", static_cast<bool>(needles))) return;
    play.check("there is much to look for", needles->size() > static_cast<std::size_t>(play.stage.options.patients));
    play.check("the terminal's files tell nothing", nothing_in(*needles, play.stage.terminal_state()));
    play.check("its log tells nothing", nothing_in(*needles, play.stage.options.out / "logs"));
    control(play, *needles);
}

}  // namespace kazashi::story
