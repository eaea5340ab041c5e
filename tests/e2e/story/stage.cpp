#include "tests/e2e/story/stage.h"

#include "sync/store/enrolment.h"
#include "tests/e2e/story/tuning.h"

namespace kazashi::story {

Result<Stage> set_stage(const StageOptions& options) {
    KAZASHI_TRY(auto words, Words::load(options.assets / "strings" / "ja.toml"));
    KAZASHI_TRY(auto facts, load_facts(options.run / "data" / "story.json"));
    KAZASHI_TRY(const auto enrolment, store::read_enrolment(options.run / "terminal"));
    KAZASHI_TRY(auto inspector, InspectorClient::connect(options.run / "inspect.sock", tuning::start));
    KAZASHI_TRY(auto cards, CardDesk::connect(options.run / "cards.sock", tuning::moment));
    KAZASHI_TRY(auto finger, XInput::open());
    KAZASHI_TRY(auto display, open_display());
    RegionServer region{options.serve, options.run / "region", options.run / "server.pid", options.out / "logs"};
    return Stage{options,
                 std::move(inspector),
                 std::move(cards),
                 std::move(finger),
                 std::move(display),
                 std::move(region),
                 StoryClock{options.run / "clock"},
                 TerminalDb{options.run / "terminal"},
                 std::move(words),
                 std::move(facts),
                 enrolment.region_verify};
}

}  // namespace kazashi::story
