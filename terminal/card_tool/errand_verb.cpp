#include "terminal/card_tool/errand_verb.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "terminal/card_tool/tell.h"

namespace kazashi::card_tool {

namespace {

using nlohmann::json;
using wire::CardOutcome;

constexpr const char* more = R"(OUTPUT
  A line per step, the memory configuration as it is and as it becomes before it is written, and a sentence at the end.
  With --json one object: outcome (done, refused, scrap), note, step, steps, mc_now and mc_next of a dry run, and
  mc_writes: step, now and next of each memory configuration that was written.
  What the region tells the card is never printed: the key of the card is in it.

EXIT STATUS
  0  done
  1  failure: no reader, no line to the region; a sentence on standard error says which
  2  the command line was not understood
  3  no card came in time, or not the same one again
  5  the region refused: the note says why
  6  scrap: this card can never become one of the region's

NOTES
  The terminal of --state must not be running. Only facilities whose type may issue cards (policy issues_cards; the city
  hall's) are let, but for verify. A card that is taken away is asked for again, and goes on where it stopped; one that
  was put aside half done is finished with `kazashi-card issue --finish`.

  Cards are FeliCa Lite-S. The older FeliCa Lite is taken too; it cannot ask for a MAC when it is written, so all of it
  becomes read-only for ever and it carries no emergency facts.

SEE ALSO
  kazashi(1), kazashi-region(1))";

// What a note means, for people at a command line.
constexpr std::array sentences{
    std::pair{"card_issued", "the card is issued, locked and checked"},
    std::pair{"card_issued_lite", "the card is issued, locked and checked; a FeliCa Lite, so without emergency facts"},
    std::pair{"card_complete", "this card was whole already"},
    std::pair{"card_genuine", "this card is genuine: it knows its key, and is not revoked"},
    std::pair{"card_scrapped", "the card is nobody's any more"},
    std::pair{"card_fixed", "nobody believes the card any more; a locked FeliCa Lite cannot be cleared"},
    std::pair{"capsule_written", "the emergency facts on the card are up to date"},
    std::pair{"no_capsule", "there are no emergency facts to write"},
    std::pair{"dry_run", "nothing was written"},
    std::pair{"has_card", "this number has a live card; with --reissue a new one takes its place"},
    std::pair{"number_wrong", "not ten digits, or no staff member of that number"},
    std::pair{"card_in_use", "this card is somebody's already"},
    std::pair{"card_revoked", "this card is revoked"},
    std::pair{"card_unfinished", "this card was locked for another number: finish that one with --finish"},
    std::pair{"card_unknown", "the region does not know this card"},
    std::pair{"card_foreign", "somebody else has written on this card; it is left as it is"},
    std::pair{"card_unreadable", "neither FeliCa Lite-S nor Lite, or too far from the reader"},
    std::pair{"card_stuck", "the card does not take what is written to it"},
    std::pair{"card_not_genuine", "the card does not know the key it should have"},
    std::pair{"order_over", "the order took too long, or another one has taken its place"},
    std::pair{"card_scrap", "this card is locked, and not as one of ours: it cannot be used"},
};

std::string sentence(const std::string& note) {
    for (const auto& [key, words] : sentences)
        if (note == key) return words;
    return note;
}

const char* name(CardOutcome outcome) {
    switch (outcome) {
        case CardOutcome::running:
            return "running";
        case CardOutcome::done:
            return "done";
        case CardOutcome::refused:
            return "refused";
        case CardOutcome::scrap:
            return "scrap";
    }
    return "unknown";
}

int exit_code(CardOutcome outcome) {
    if (outcome == CardOutcome::done) return exit_done;
    return outcome == CardOutcome::scrap ? int{exit_scrap} : int{exit_refused};
}

// The memory configuration, with the octets that change marked.
void print_difference(const card::Block& now, const card::Block& next) {
    std::string marks;
    for (std::size_t i = 0; i < card::Block::size; ++i) marks += now.bytes.at(i) == next.bytes.at(i) ? "  " : "^^";
    fmt::print("  memory configuration now  {}\n  and then                  {}\n                            {}\n",
               base::to_hex(now.view()), base::to_hex(next.view()), marks);
}

int tell_end(const engine::CardTurn& end, const json& mc_writes, bool as_json) {
    if (as_json) {
        json out{{"outcome", name(end.outcome)}, {"note", end.note}, {"step", end.step}, {"steps", end.steps}};
        if (end.mc_now) out["mc_now"] = base::to_hex(end.mc_now->view());
        if (end.mc_next) out["mc_next"] = base::to_hex(end.mc_next->view());
        if (!mc_writes.empty()) out["mc_writes"] = mc_writes;
        fmt::print("{}\n", out.dump());
    } else {
        if (end.mc_now && end.mc_next) print_difference(*end.mc_now, *end.mc_next);
        fmt::print("{}\n", sentence(end.note));
    }
    return exit_code(end.outcome);
}

}  // namespace

ErrandVerb::ErrandVerb(CLI::App& verb) : Verb{verb} {
    verb.add_option("--state", errand.state, "Folder of an enrolled terminal that is not running")->required();
    verb.add_option("--reader", errand.reader, "Part of the reader's name; any reader without it");
    verb.add_option("--wait", errand.wait_s, "Seconds to wait for a card, also for one that was taken away")
        ->check(CLI::Range(1, 3600))
        ->capture_default_str();
    verb.add_flag("--json", as_json_, "Print one JSON object at the end");
    verb.footer(more);
}

int ErrandVerb::perform() {
    Progress progress;
    json mc_writes = json::array();
    progress.step = [&](const engine::CardTurn& turn) {
        const bool locks = turn.mc_now && turn.mc_next;
        if (locks)
            mc_writes.push_back({{"step", turn.step},
                                 {"now", base::to_hex(turn.mc_now->view())},
                                 {"next", base::to_hex(turn.mc_next->view())}});
        if (as_json_) return;
        fmt::print("step {} of {}\n", turn.step, turn.steps);
        if (locks) print_difference(*turn.mc_now, *turn.mc_next);
        std::fflush(stdout);
    };
    progress.put_back = [] { fmt::print(stderr, "kazashi-card: the card was taken away; put it back\n"); };
    progress.another = [] {
        fmt::print(stderr, "kazashi-card: another card lies there now; put the first one back\n");
    };
    const auto end = run_errand(errand, progress);
    if (end) return tell_end(*end, mc_writes, as_json_);
    const int code = fail(end.error());
    return end.fault() == base::Fault::timeout ? int{exit_no_card} : code;
}

}  // namespace kazashi::card_tool
