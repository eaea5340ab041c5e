#include "terminal/card_tool/issue_verbs.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "terminal/card_tool/card_errand.h"

namespace kazashi::card_tool {

namespace {

using nlohmann::json;
using wire::CardOutcome;
using wire::CardPurpose;

enum Exit : int { done = 0, failed = 1, usage = 2, refused = 3, scrap = 4 };

constexpr auto footer = R"(Exit codes:
  0  done
  1  something failed: no reader, no card in time, no line to the region
  2  the command line is wrong
  3  the region refused; the note says why
  4  this card can never become one of the region's

The card may be taken away at any time: put it back, and the order goes on. What was broken off altogether is
finished with `kazashi-card issue --finish`. The terminal of --state must not be running, and its facility's type
must be one that issues cards (policy issues_cards; the city hall's does). Frames of the region are never printed:
in one of them stands the key of the card.)";

// What a note means, for people at a command line.
constexpr std::array sentences{
    std::pair{"card_issued", "The card is issued, locked and checked."},
    std::pair{"card_complete", "This card was whole already."},
    std::pair{"card_genuine", "This card is genuine: it knows its key, and the region has not revoked it."},
    std::pair{"card_scrapped", "The card is nobody's any more."},
    std::pair{"dry_run", "Nothing was written."},
    std::pair{"has_card", "This number has a live card. With --reissue a new one takes its place."},
    std::pair{"number_wrong", "Not ten digits, or no staff member of that number."},
    std::pair{"card_in_use", "This card is somebody's already."},
    std::pair{"card_revoked", "This card was revoked."},
    std::pair{"card_unfinished", "This card was locked for another number: finish that one with --finish."},
    std::pair{"card_unknown", "The region does not know this card."},
    std::pair{"card_foreign", "Somebody else has written on this card; it is left as it is."},
    std::pair{"card_unreadable", "Not a FeliCa Lite-S, or too far from the reader."},
    std::pair{"card_stuck", "The card does not take what is written to it."},
    std::pair{"card_not_genuine", "The card does not know the key it should have."},
    std::pair{"order_over", "The order took too long, or another one has taken its place."},
    std::pair{"card_scrap", "This card is locked, and not as one of ours: it cannot be used."},
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

// The memory configuration, octet by octet, with what changes marked.
void print_difference(const card::Block& now, const card::Block& next) {
    fmt::print("  memory configuration now   {}\n", base::to_hex(now.view()));
    fmt::print("  and with this              {}\n", base::to_hex(next.view()));
    std::string marks;
    for (std::size_t i = 0; i < card::Block::size; ++i) marks += now.bytes[i] == next.bytes[i] ? "  " : "^^";
    fmt::print("                             {}\n", marks);
}

int exit_code(CardOutcome outcome) {
    if (outcome == CardOutcome::done) return done;
    return outcome == CardOutcome::scrap ? scrap : refused;
}

int tell_end(const engine::CardTurn& end, bool as_json) {
    if (as_json) {
        json out{{"outcome", name(end.outcome)}, {"note", end.note}, {"step", end.step}, {"steps", end.steps}};
        if (end.mc_now) out["mc_now"] = base::to_hex(end.mc_now->view());
        if (end.mc_next) out["mc_next"] = base::to_hex(end.mc_next->view());
        fmt::print("{}\n", out.dump());
    } else {
        if (end.mc_now && end.mc_next) print_difference(*end.mc_now, *end.mc_next);
        fmt::print("{}\n", sentence(end.note));
    }
    return exit_code(end.outcome);
}

struct Shared {
    ErrandOptions errand;
    bool as_json{};
    bool verbose{};
};

int perform(const Shared& shared) {
    Progress progress;
    // Progress goes beside the answer, so that --json stays one object.
    progress.step = [&shared](const engine::CardTurn& turn) {
        if (shared.as_json) return;
        fmt::print("step {} of {}\n", turn.step, turn.steps);
        if (shared.verbose && turn.mc_now && turn.mc_next) print_difference(*turn.mc_now, *turn.mc_next);
        std::fflush(stdout);
    };
    progress.put_back = [] { fmt::print(stderr, "the card was taken away: put it back\n"); };
    const auto end = run_errand(shared.errand, progress);
    if (end) return tell_end(*end, shared.as_json);
    fmt::print(stderr, "kazashi-card: {} ({})\n", end.error().detail, base::name(end.fault()));
    return failed;
}

void add_shared(CLI::App& verb, Shared& shared) {
    verb.add_option("--state", shared.errand.state, "Folder of an enrolled terminal that is not running")->required();
    verb.add_option("--reader", shared.errand.reader, "Part of the reader's name; any reader without it");
    verb.add_option("--wait", shared.errand.wait_s, "Seconds to wait for a card, also for one taken away")
        ->check(CLI::Range(1, 3600))
        ->capture_default_str();
    verb.add_flag("--json", shared.as_json, "Print one JSON object at the end instead of sentences");
    verb.footer(footer);
}

}  // namespace

struct IssueVerbs::Parts {
    Shared issue;
    Shared verify;
    Shared erase;
    std::string kind{"patient"};
    std::string number;
    bool reissue{};
    bool finish{};
    CLI::App* issue_verb{};
    CLI::App* verify_verb{};
    CLI::App* erase_verb{};

    int run_issue() {
        auto& wish = issue.errand.wish;
        wish.kind = kind == "staff" ? card::CardKind::staff : card::CardKind::patient;
        wish.number = number;
        wish.purpose = finish ? CardPurpose::finish : reissue ? CardPurpose::reissue : CardPurpose::issue;
        if (finish == number.empty()) return perform(issue);
        fmt::print(stderr, finish ? "kazashi-card: --finish takes no --number: the region knows the card\n"
                                  : "kazashi-card: --number is missing\n");
        return usage;
    }
};

IssueVerbs::IssueVerbs(CLI::App& app) : parts_{std::make_unique<Parts>()} {
    auto& p = *parts_;
    p.issue_verb = app.add_subcommand("issue", "Make the blank card on the reader a card of the region");
    add_shared(*p.issue_verb, p.issue);
    p.issue_verb->add_option("--kind", p.kind, "Whose card it shall be")
        ->check(CLI::IsMember({"patient", "staff"}))
        ->capture_default_str();
    p.issue_verb->add_option("--number", p.number, "The regional id, or the staff number: ten digits");
    auto* const reissue =
        p.issue_verb->add_flag("--reissue", p.reissue, "A new card for a number that has one; the old one is revoked");
    p.issue_verb->add_flag("--finish", p.finish, "Finish a card that was torn off or put aside half done")
        ->excludes(reissue);
    p.issue_verb->add_flag("--dry-run", p.issue.errand.wish.dry_run,
                           "Look at the card, show what would be locked, write nothing");
    p.issue_verb->add_flag("--verbose", p.issue.verbose, "Show the memory configuration before each change of it");

    p.verify_verb = app.add_subcommand("verify", "Let the card prove itself to the region");
    add_shared(*p.verify_verb, p.verify);
    p.verify.errand.wish.purpose = CardPurpose::verify;

    p.erase_verb = app.add_subcommand(
        "erase-demo",
        "Take a card out of a demonstration: revoked, cleared, its key thrown away. A locked Lite-S never "
        "becomes blank again; one that was not locked yet does");
    add_shared(*p.erase_verb, p.erase);
    p.erase.errand.wish.purpose = CardPurpose::scrap;
}

IssueVerbs::~IssueVerbs() = default;

std::optional<int> IssueVerbs::run() const {
    if (*parts_->issue_verb) return parts_->run_issue();
    if (*parts_->verify_verb) return perform(parts_->verify);
    if (*parts_->erase_verb) return perform(parts_->erase);
    return std::nullopt;
}

}  // namespace kazashi::card_tool
